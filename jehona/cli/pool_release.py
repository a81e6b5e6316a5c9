"""`jehona pool release`: ask an outlet again that was put aside."""

from __future__ import annotations

from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import WorkspaceOption, office_of, words
from jehona.cli.speech import tell


def pool_release(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET", help="Its slug.", show_default=False)],
    workspace: WorkspaceOption = None,
) -> None:
    """Ask an outlet again that was put aside because workers died while they asked it."""
    actions.pool.release(office_of(workspace), outlet)
    words().print(tell("{outlet} is asked again", outlet=outlet))
