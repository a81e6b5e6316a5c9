"""The front door: one command line mounted from the two sides."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from crawler import __version__
from jehona.cli import (
    clip,
    common,
    crawl,
    decisions,
    demo,
    explore,
    init,
    lists,
    match,
    newsletter,
    publish,
    read,
    report,
    reread,
    review,
    roundup,
    stories,
    translate,
    upkeep,
)
from jehona.cli.common import WorkspaceOption

COMMANDS = (
    init,
    lists,
    crawl,
    read,
    upkeep,
    reread,
    match,
    review,
    clip,
    stories,
    decisions,
    demo,
    report,
    translate,
    roundup,
    publish,
    newsletter,
    explore,
)

USAGE, REFUSED, INTERRUPTED = 2, 4, 130
CUT_SHORT = "interrupted; what was done is kept, start again to go on"


def build() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        name="jehona",
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(front_door)
    for part in COMMANDS:
        part.mount(app)
    return app


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"jehona {__version__}")
        raise typer.Exit


def front_door(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Name and version.")
    ] = False,
) -> None:
    """What did the listed media publish about our event, how sure are we that this is all,
    and can we post the roundup now?
    """
    common.NAMED_FIRST.set(workspace)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """The command `jehona`: exit codes as in the docs, one line for a person's mistake."""
    sys.exit(run(lambda: build()(prog_name="jehona", standalone_mode=False)))


def run(command: Callable[[], object]) -> int:
    """Run a command, turn what it raises into a line and an exit code."""
    try:
        ended = command()
    except typer.TyperException as wrong:
        return _say(" ".join(wrong.format_message().split()), USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _say(CUT_SHORT, INTERRUPTED)
    except Exception as error:
        code = _code(error)
        if code is None:
            raise
        return _say(str(error), code)
    if ended == INTERRUPTED:
        return _say(CUT_SHORT, INTERRUPTED)
    return ended if isinstance(ended, int) else 0


def _code(error: Exception) -> int | None:
    """The exit code of an error that is a sentence for people; None: a fault of ours."""
    from crawler.config import NoWorkspace, RegistryError  # noqa: PLC0415
    from crawler.record import RecordRefused  # noqa: PLC0415
    from jehona.actions.errors import Wrong  # noqa: PLC0415

    if isinstance(error, RecordRefused):
        return REFUSED
    return USAGE if isinstance(error, Wrong | RegistryError | NoWorkspace) else None


def _say(line: str, code: int) -> int:
    typer.echo(common.printable(line), err=True)
    return code
