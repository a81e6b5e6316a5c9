"""`jehona desk token`: what a feed reader or a script reads the desk with."""

from __future__ import annotations

from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import WorkspaceOption, office_of, shown, words
from jehona.cli.speech import tell


def desk_token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who or what it is for.")],
    revoke: Annotated[bool, typer.Option("--revoke", help="It reads nothing more.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """A token for a feed reader or a script: it reads pages as JSON, and nothing else."""
    access = actions.desk_access.access_of(office_of(workspace))
    if revoke:
        access.revoke_token(name)
        words().print(tell("{name}: it reads nothing more", name=shown(name)))
        return
    token = access.new_token(name)
    typer.echo(shown(token))
    words(to_stderr=True).print(tell("shown this once; send it as `Authorization: Bearer ...`"))
