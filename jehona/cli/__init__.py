"""The front door: one command line mounted from the two sides."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from crawler import __version__
from crawler.failure import Failure
from jehona.cli import common, speech
from jehona.cli.commands import TABLE
from jehona.cli.common import WorkspaceOption
from jehona.cli.help_words import slip
from jehona.cli.lazy_group import Commands, LazyGroup
from jehona.cli.speech import reader, tell
from reports.words import said

USAGE, REFUSED, INTERRUPTED = 2, 4, 130
CUT_SHORT = "interrupted; what was done is kept, start again to go on"


def build() -> LazyGroup:
    """The whole command line."""
    app = typer.Typer(
        name="jehona",
        cls=LazyGroup,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(front_door)
    door = typer.main.get_command(app)
    assert isinstance(door, LazyGroup)
    door.commands = Commands(TABLE)
    return door


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
    speech.READER.set(None)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """The command `jehona`: exit codes as in the docs, one line for a person's mistake."""
    sys.exit(run(lambda: build()(prog_name="jehona", standalone_mode=False)))


def run(command: Callable[[], object]) -> int:
    """Run a command, turn what it raises into a line and an exit code."""
    # a slip is told before the front door is reached
    speech.READER.set(None)
    try:
        ended = command()
    except typer.TyperException as wrong:
        return _say(slip(wrong), USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _say(tell(CUT_SHORT), INTERRUPTED)
    except Failure as failure:
        return _say(said(failure, reader().language), failure.code)
    except OSError as error:
        from crawler.record.errors import refusal_anywhere  # noqa: PLC0415

        refused = refusal_anywhere(error)
        if refused is None:
            raise
        return _say(said(refused, reader().language), refused.code)
    if ended == INTERRUPTED:
        return _say(tell(CUT_SHORT), INTERRUPTED)
    return ended if isinstance(ended, int) else 0


def _say(line: str, code: int) -> int:
    typer.echo(common.printable(line), err=True)
    return code
