"""`jehona pool work`: ask outlets together with other machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    ByOption,
    JsonOption,
    OutletsOption,
    WaitOption,
    WorkspaceOption,
    counted,
    office_of,
    print_json,
    words,
)
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from jehona.actions.pool import Turn


def pool_work(
    outlet: OutletsOption = None,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="Leave when none is due and nobody is asking.")
    ] = False,
    wait: WaitOption = 0.0,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask outlets whose time has come, one worker an outlet at a time over all machines.

    What came is brought to the pool as bundles; `jehona pool take` takes them where the record is.
    """
    console = words(to_stderr=as_json, unheard=True)

    def told(turn: Turn) -> None:
        console.print(
            tell(
                "asked {outlets}, brought {bundles}",
                outlets=counted(len(turn.asked), "outlet"),
                bundles=counted(turn.brought, "bundle"),
            )
        )
        for slug in turn.aside:
            console.print(tell("{outlet} is put aside: jehona pool status", outlet=slug))
        if turn.lost:
            console.print(tell("the pool did not answer: what came is brought later"))

    office = office_of(workspace, by=by)
    done = actions.pool.work(
        office, outlets=outlet or [], until_idle=until_idle, wait=wait, tell=told
    )
    if as_json:
        print_json(done.as_json())
        return
    console.print(tell("nothing is due: {outlets} asked", outlets=counted(done.asked, "outlet")))
