"""`jehona feed`: the accepted pieces of an event for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    EventArgument,
    EventOption,
    WorkspaceOption,
    office_of,
    one_event,
    say_written,
)
from reports.forms import Feed


def feed(
    event: EventArgument = None,
    form: Annotated[
        Feed, typer.Option("--format", help="Atom, JSON Feed, or the event's day as a calendar.")
    ] = Feed.ATOM,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Into this file. Else: stdout."),
    ] = None,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """The accepted pieces of an event as Atom or JSON Feed, its day as a calendar.

    Headline, outlet, day and link; nothing that nobody accepted.
    """
    office = office_of(workspace)
    slug = one_event(office, event, named)
    if output is None:
        sys.stdout.write(actions.feeds.feed(office, slug, form))
        return
    say_written([actions.feeds.write(office, slug, form, output)])
