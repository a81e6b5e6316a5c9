"""`jehona take`: what other machines collected, into the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    JsonOption,
    WaitOption,
    WorkspaceOption,
    counted,
    office_of,
    print_json,
    words,
)
from jehona.cli.speech import reader, tell
from reports.words import said

if TYPE_CHECKING:
    from jehona.actions.bundles import Taken, TakenBundle


def take(
    where: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|DIR", help="A bundle, or a folder of them.", show_default=False
        ),
    ],
    wait: WaitOption = 0.0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take bundles of `jehona collect` into the record: in any order, each whole or not at all.

    One that was taken before changes nothing.
    """
    say_taken(actions.bundles.take(office_of(workspace), where, wait=wait), as_json=as_json)


def say_taken(done: Taken, *, as_json: bool) -> None:
    """What was taken, what was refused and why; ends with the exit code."""
    if as_json:
        print_json(done.as_json())
        raise typer.Exit(done.code)
    console = words()
    for one in done.taken:
        console.print(_line(one))
        if one.gap:
            console.print(
                tell("  the bundle that {who} sealed before it is not here yet", who=one.collector)
            )
    for sentence in done.unmatched:
        console.print(sentence)
    for _, why in done.refused:
        words(to_stderr=True).print(said(why, reader().language))
    raise typer.Exit(done.code)


def _line(one: TakenBundle) -> str:
    name, run = one.file.name, one.run
    if one.already:
        return tell("{name}: taken before, as run {run}", name=name, run=run)
    return tell(
        "{name}: run {run}, by {who}: {outlets}, {pieces}",
        name=name,
        run=run,
        who=one.collector,
        outlets=counted(len(one.outlets), "outlet"),
        pieces=counted(one.new, "new piece"),
    )
