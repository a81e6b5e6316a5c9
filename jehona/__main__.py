"""`python -m jehona`."""

from __future__ import annotations

from jehona.cli import main

if __name__ == "__main__":
    main()
