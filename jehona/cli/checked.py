"""`jehona checked`: that a person looked where no machine can."""

from __future__ import annotations

from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    MOST_TYPED,
    ByOption,
    JsonOption,
    WorkspaceOption,
    office_of,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import tell


def checked(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET")],
    event: Annotated[str, typer.Option("--event", "-e", metavar="EVENT", show_default=False)],
    found: Annotated[int, typer.Option("--found", min=0, max=MOST_TYPED, help="Pieces you found.")],
    note: Annotated[str, typer.Option("--note", help="Where you looked, what you saw.")],
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record that a person looked where no machine can: a `checked-by-hand` check."""
    made = actions.checks.by_hand(
        office_of(workspace, by), outlet, event=event, found=found, note=note
    )
    if as_json:
        print_json(made.as_json())
        return
    words().print(
        tell(
            "{name}: checked by hand by {by}, {found} found",
            name=made.outlet.name,
            by=shown(made.check.by),
            found=found,
        )
    )
