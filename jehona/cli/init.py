"""`jehona init`: a workspace anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import words
from jehona.cli.speech import tell

CONTACT_HELP = "Goes into our user agent. Without one only loopback is crawled."


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="MAIL", help=CONTACT_HELP)
    ] = None,
) -> None:
    """Make a workspace: jehona.toml, outlets/ and events/ with an example each, what is where."""
    out = words()
    for path in actions.workspace.make(directory, contact=contact):
        out.print(tell("wrote {path}", path=path))
    if contact is None:
        out.print(
            tell(
                "next: write your address under contact in {file}",
                file=directory / "jehona.toml",
            )
        )
    out.print(tell("then: cd {directory}", directory=directory))
    out.print(tell("      jehona events add, which asks what the event is and writes its file"))
    out.print(tell("      jehona crawl --event SLUG"))
