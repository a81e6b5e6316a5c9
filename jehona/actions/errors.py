"""What an action refuses: one family, each with a sentence for people and an exit code."""

from __future__ import annotations


class Wrong(Exception):
    """A wrong use: one line, exit code 2."""
