"""`jehona decisions import`: a colleague's decisions, each once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jehona import actions
from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, shown, words
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from jehona.actions.decisions import Import

# Refused lines that are shown; --json has them all.
SHOWN: Final = 10


def decisions_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a colleague's decisions, each once; lines that cannot be used are named."""
    done = actions.decisions.take(office_of(workspace), file)
    if as_json:
        print_json(done.taken)
    else:
        _show(done, file)
    if done.taken.refused:
        raise typer.Exit(3 if done.taken.added or done.taken.known else 1)


def _show(done: Import, file: Path) -> None:
    """What was added, and what a person has to look at."""
    taken, beside = done.taken, words(to_stderr=True)
    for line in taken.refused[:SHOWN]:
        beside.print(
            tell("{file}: line {line}: {why}", file=file, line=line.line, why=shown(line.why))
        )
    if (more := len(taken.refused) - SHOWN) > 0:
        beside.print(tell("{file}: {n} more: --json has them all", file=file, n=more))
    words().print(
        tell(
            "{file}: {added} added, {known} known already, {refused} refused",
            file=file,
            added=taken.added,
            known=taken.known,
            refused=len(taken.refused),
        )
    )
    for slug in done.unknown_events:
        told = "there is no event {slug!r} here yet: its file is needed before these count"
        beside.print(tell(told, slug=shown(slug)))
