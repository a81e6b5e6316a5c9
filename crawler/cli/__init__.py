"""The gathering half of the command line: `init outlets events crawl checked backup prune` ..."""

from __future__ import annotations

import typer

from crawler.cli import (
    crawling,
    desk,
    keeping,
    listing,
    reading,
    relating,
    rereading,
    starting,
    storying,
)

__all__ = ["desk", "mount"]

MOUNTED = (starting, listing, crawling, relating, storying, reading, keeping, rereading)


def mount(app: typer.Typer) -> None:
    """Add the gathering commands to the front door."""
    for part in MOUNTED:
        part.mount(app)
