"""`jehona pool status`: who collects, what is due, what was put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from jehona import actions
from jehona.cli.common import JsonOption, WorkspaceOption, counted, office_of, print_json, words
from jehona.cli.speech import tell, tells

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from jehona.actions.pool import Standing, WorkerStanding

SHOWN = 3
# outlets of a worker that a table names


def pool_status(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Who collects, what is due and under way, what was put aside, what waits to be taken."""
    standing = actions.pool.status(office_of(workspace))
    if as_json:
        print_json(standing)
        return
    console = words()
    _say_counts(console, standing)
    console.print(_workers(standing))
    for one in standing.aside:
        console.print(
            tell(
                "{outlet} is put aside since {moment}: {why}; jehona pool release {outlet}",
                outlet=one.outlet,
                moment=_moment(one.since),
                why=_deaths(one.deaths),
            )
        )


def _say_counts(console: Console, standing: Standing) -> None:
    console.print(
        tell(
            "{outlets}: {due} due, {waiting} queued, {asking} being asked",
            outlets=counted(standing.outlets, "outlet"),
            due=standing.due,
            waiting=standing.waiting,
            asking=standing.asking,
        )
    )
    if standing.next:
        console.print(tell("the next is due {moment}", moment=_moment(standing.next)))
    if standing.bundles:
        bundles = counted(standing.bundles, "bundle")
        console.print(tell("{bundles} to take: jehona pool take", bundles=bundles))


def _workers(standing: Standing) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for name in tells("worker", "seen", "state", "asks"):
        table.add_column(name)
    for worker in standing.workers:
        state = tell("works") if worker.lives else tell("silent")
        table.add_row(worker.told, _moment(worker.seen), state, _asks(worker))
    return table


def _asks(worker: WorkerStanding) -> str:
    named = ", ".join(worker.asking[:SHOWN])
    more = len(worker.asking) - SHOWN
    return f"{named} +{more}" if more > 0 else named


def _deaths(n: int) -> str:
    return tell("{n} worker died while it asked", "{n} workers died while they asked", n=n)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
