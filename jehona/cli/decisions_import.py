"""`jehona decisions import`: a colleague's decisions, each once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from jehona import actions
from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, shown, words

# Refused lines that are shown; --json has them all.
SHOWN: Final = 10


def decisions_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a colleague's decisions, each once; lines that cannot be used are named."""
    done = actions.decisions.take(office_of(workspace), file)
    taken, beside = done.taken, words(to_stderr=True)
    if as_json:
        print_json(taken)
    else:
        for line in taken.refused[:SHOWN]:
            beside.print(f"{file}: line {line.line}: {shown(line.why)}")
        if len(taken.refused) > SHOWN:
            beside.print(f"{file}: {len(taken.refused) - SHOWN} more: --json has them all")
        told = f"{taken.added} added, {taken.known} known already, {len(taken.refused)} refused"
        words().print(f"{file}: {told}")
        for slug in done.unknown_events:
            beside.print(
                f"there is no event {shown(slug)!r} here yet: its file is needed before these count"
            )
    if taken.refused:
        raise typer.Exit(3 if taken.added or taken.known else 1)
