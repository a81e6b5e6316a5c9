"""`jehona desk`: the day's work in the browser, on this machine."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import NAMED_FIRST, WorkspaceOption, office_of, shown, words


def desk(
    context: typer.Context,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=1, max=65_535, help="Else the workspace's, 8470, or any free one."
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    shortcut: Annotated[
        bool,
        typer.Option("--install-shortcut", help="Only put an icon among your applications."),
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """The day's work in the browser: what is complete, what waits, what broke; on this machine."""
    if context.invoked_subcommand is not None:
        NAMED_FIRST.set(workspace or NAMED_FIRST.get())
        return
    if shortcut:
        office = office_of(workspace)
        words().print(f"wrote {actions.desk_shortcut.install(office, os.environ)}")
        return
    run(workspace or NAMED_FIRST.get(), port=port, show=show)


def run(workspace: Path | None, *, port: int | None, show: bool) -> None:
    """Serve the desk of a workspace until Ctrl-C, or name the one that is open already."""
    from jehona.desk import opening  # noqa: PLC0415 - not on the path of --help

    opening.run(
        workspace,
        port=port,
        environ=os.environ,
        told=lambda link: _told(link, show=show),
    )


def _told(link: str, *, show: bool) -> None:
    typer.echo(f"desk: {shown(link)}")
    if show:
        webbrowser.open(link)
