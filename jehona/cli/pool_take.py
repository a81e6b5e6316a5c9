"""`jehona pool take`: what workers brought, into the record."""

from __future__ import annotations

from jehona import actions
from jehona.cli.common import JsonOption, WaitOption, WorkspaceOption, office_of
from jehona.cli.take import say_taken


def pool_take(
    wait: WaitOption = 0.0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take what the workers brought into this workspace's record: one machine does this."""
    say_taken(actions.pool.take(office_of(workspace), wait=wait), as_json=as_json)
