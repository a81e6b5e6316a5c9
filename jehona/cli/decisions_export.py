"""`jehona decisions export`: all decisions as JSON lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import WorkspaceOption, office_of, words
from jehona.cli.speech import tell


def decisions_export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to the terminal.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """All decisions as JSON lines, for a colleague who has a copy of the record."""
    lines = actions.decisions.export(office_of(workspace))
    text = "".join(f"{line}\n" for line in lines)
    if output is None:
        sys.stdout.write(text)
        return
    actions.papers.save({output: text.encode()})
    words().print(tell("wrote {output}: {n} decisions", output=output, n=len(lines)))
