"""`jehona runs`: what was gathered when, and how each run stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table

from jehona import actions
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    counted,
    office_of,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import tell, tells

if TYPE_CHECKING:
    from jehona.actions.runs import RunStanding

# Runs of a table; older ones by --all.
NEWEST: Final = 20


def runs(
    every: Annotated[bool, typer.Option("--all", help="Not only the newest twenty.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the runs, the newest first: when, for what, and whether each came to its end."""
    found = actions.runs.runs(office_of(workspace))
    if as_json:
        print_json({"runs": [run.as_json() for run in found]})
        return
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for name in tells("run", "started", "state", "for"):
        table.add_column(name, no_wrap=True)
    for name in tells("outlets", "complete", "new", "requests"):
        table.add_column(name, justify="right")
    listed = found if every else found[:NEWEST]
    for run in listed:
        table.add_row(*_row(run))
    words().print(table)
    if len(listed) < len(found):
        words().print(
            tell("and {runs}: --all", runs=counted(len(found) - len(listed), "earlier run"))
        )


def _row(standing: RunStanding) -> tuple[str, ...]:
    run, told = standing.run, standing.as_json()
    window = told["window"]
    days = tell("{first} to {last}", first=window["from"], last=window["to"]) if window else ""
    days = days or tell("what is new")
    what = tell("by hand") if standing.by_hand else run.event or days
    counts = (str(told[name]) for name in ("outlets", "complete", "new", "requests"))
    started = f"{run.started.astimezone():%Y-%m-%d %H:%M}"
    return (str(run.number), started, tell(standing.state.value), shown(what), *counts)
