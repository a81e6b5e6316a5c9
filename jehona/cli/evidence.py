"""`jehona evidence`: what is kept of an event, as an archive for the office's own proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    EventArgument,
    EventOption,
    WorkspaceOption,
    counted,
    office_of,
    one_event,
    say_written,
    words,
)
from jehona.cli.speech import tell


def evidence(
    event: EventArgument = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A name that ends in .wacz."),
    ] = None,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """What is kept of an event's pieces as a web archive, with seal and report: your own proof.

    It holds full texts of others: it is not for passing on. `jehona verify FILE` looks it over.
    """
    office = office_of(workspace)
    slug = one_event(office, event, named)
    made = actions.evidence.evidence(office, slug, output or Path(f"{slug}.wacz"))
    say_written([made.file])
    words().print(
        tell(
            "{answers}, {pages} of pieces; full texts of others: for your own proof",
            answers=counted(made.answers, "answer"),
            pages=counted(made.pages, "kept page"),
        )
    )
