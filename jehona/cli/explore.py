"""`jehona explore`: the record in the browser, read-only, by Datasette."""

from __future__ import annotations

from typing import Annotated

import typer

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.common import WorkspaceOption, office_of, words
from jehona.cli.speech import tell


def explore(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="On this machine only.")
    ] = 8001,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    workspace: WorkspaceOption = None,
) -> None:
    """Look at the record in the browser: tables, facets and a dozen ready questions; read-only."""
    office, out = office_of(workspace), words(to_stderr=True)

    def begun(address: str) -> None:
        out.print(
            tell(
                "{record} at {address} - Ctrl-C ends it",
                record=office.workspace.record,
                address=address,
            )
        )

    if actions.explore.serve(office, port=port, browser=show, begun=begun):
        raise Wrong(
            "--port {port}: it is taken, or Datasette did not start: try --port 8002", port=port
        )
