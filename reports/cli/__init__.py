"""The telling half of the command line: `report` and its like."""

from __future__ import annotations

import typer

from reports.cli import (
    exploring,
    mailing,
    playing,
    publishing,
    reporting,
    rounding,
    translating,
)

__all__ = ["mount"]

MOUNTED = (playing, reporting, translating, rounding, publishing, mailing, exploring)


def mount(app: typer.Typer) -> None:
    """Add the telling commands to the front door."""
    for part in MOUNTED:
        part.mount(app)
