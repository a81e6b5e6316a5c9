"""The gathering and relating half of the command line: `init outlets events crawl match` ..."""

from __future__ import annotations

import typer

from crawler.cli import (
    clipping,
    crawling,
    deciding,
    desk,
    keeping,
    listing,
    reading,
    relating,
    rereading,
    reviewing,
    starting,
    storying,
)

__all__ = ["desk", "mount"]

GATHERING = (starting, listing, crawling, reading, keeping, rereading)
RELATING = (relating, reviewing, clipping, storying, deciding)


def mount(app: typer.Typer) -> None:
    """Add the commands to the front door."""
    for part in (*GATHERING, *RELATING):
        part.mount(app)
