"""`jehona decisions export`: all decisions as JSON lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.common import WorkspaceOption, office_of, words


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
    try:
        output.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise Wrong(f"{output}: cannot be written ({error.strerror})") from None
    words().print(f"wrote {output}: {len(lines)} decisions")
