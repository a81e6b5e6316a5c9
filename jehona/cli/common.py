"""What every command needs: the workspace, the options that all share, words and JSON apart."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.speech import read_by, tell
from reports.forms import Group

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.models import Language
    from jehona.actions.office import Office
    from jehona.actions.roundup import RoundupOptions

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="Folder with jehona.toml. Else $JEHONA_WORKSPACE, else the nearest above.",
        show_default=False,
    ),
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who says so. Else JEHONA_USER.")
]
# One event, as a command's argument or as its option: `one_event` takes both.
EventArgument = Annotated[
    str | None,
    typer.Argument(metavar="EVENT", help="By its slug or title.", show_default=False),
]
EventOption = Annotated[
    str | None, typer.Option("--event", "-e", metavar="EVENT", help="The same.", show_default=False)
]
OutletsOption = Annotated[
    list[str] | None, typer.Option("--outlet", "-o", metavar="SLUG", help="Only these.")
]
WaitOption = Annotated[
    float, typer.Option("--wait", metavar="SECONDS", help="For another crawl to end.")
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help="The result as one JSON document, and nothing else, on stdout."),
]


class Tongues(StrEnum):
    """The languages of what readers see."""

    SQ = "sq"
    EN = "en"


LanguageOption = Annotated[
    Tongues | None, typer.Option("--language", help="Of what readers see. Else the workspace's.")
]
GroupOption = Annotated[
    Group | None,
    typer.Option("--group", help="What a proposal's headlines stand under. Else: outlet."),
]
AcceptedOnlyOption = Annotated[
    bool, typer.Option("--accepted-only", help="Leave out what nobody accepted.")
]
WithoutCompletenessOption = Annotated[
    bool, typer.Option("--without-completeness", help="Leave out how complete the list is.")
]

# `jehona -w DIR crawl` as well as `jehona crawl -w DIR`
NAMED_FIRST: ContextVar[Path | None] = ContextVar(
    "workspace named before the command", default=None
)


MOST_TYPED: Final = 1_000_000
# of any count or number that an option takes: what lies above is a slip of the finger
# What a line may hold beside letters that are seen: its end, and joiners, which are invisible
# and part of Persian spelling.
SEEN = "\n\u200c\u200d"


def office_of(explicit: Path | None, by: str | None = None) -> Office:
    """Where this command works, and who acts.

    Raises NoWorkspace (with the next three commands to type) and RegistryError.
    """
    office = actions.office.open_office(explicit or NAMED_FIRST.get(), by=by)
    read_by(office.language(), office.workspace)
    return office


def language_of(office: Office, asked: Tongues | None) -> Language:
    """Of what readers see: as it was asked for, else the workspace's."""
    return asked.value if asked else office.workspace.language


def roundup_options(
    office: Office,
    language: Tongues | None,
    group: Group | None,
    *,
    accepted_only: bool,
    without_completeness: bool,
    no_chart: bool = False,
) -> RoundupOptions:
    """What goes into a post, as it was typed."""
    return actions.roundup.RoundupOptions(
        language=language_of(office, language),
        group=group,
        accepted_only=accepted_only,
        completeness=not without_completeness,
        chart=not no_chart,
    )


def one_event(office: Office, argument: str | None, option: str | None) -> str:
    """The slug of the event that was named, either way. Raises Wrong, RegistryError."""
    name = event_or_none(argument, option)
    if name is None:
        raise Wrong("which event? `jehona events list` has them")
    return office.event(name).slug


def event_or_none(argument: str | None, option: str | None) -> str | None:
    """The event that was named, either way, where none need be. Raises Wrong for two."""
    if argument and option and argument != option:
        raise Wrong(
            "{argument} and {option}: one event at a time",
            argument=shown(argument),
            option=shown(option),
        )
    return argument or option


def day(text: str | None, option: str, zone: str, *, may_lie_ahead: bool = False) -> date | None:
    """A date as people type it: 2025-05-10, 10.5.2025, 10 maj 2025, dje. Raises Wrong.

    `zone` is the workspace's; a day that may lie ahead needs its year.
    """
    from crawler.reading.typed_dates import WrongDate, typed_day  # noqa: PLC0415 - large tables

    if text is None:
        return None
    try:
        return typed_day(text, now=datetime.now(UTC), zone=zone, may_lie_ahead=may_lie_ahead)
    except WrongDate as error:
        raise Wrong(
            "{option} {text}: {error}", option=option, text=shown(text[:60]), error=error
        ) from None


def words(*, to_stderr: bool = False, unheard: bool = False) -> Console:
    """Where people's words go: stdout, or stderr beside a JSON result.

    With `unheard` the command goes on where nobody reads them any more.
    """
    from jehona.cli.terminal import Terminal, Unheard  # noqa: PLC0415 - not on the path of --help

    return (Unheard if unheard else Terminal)(stderr=to_stderr)


def shown(text: str | None) -> str:
    """Words of others as a terminal may show them: one line, no control signs, nothing turned."""
    return printable(text or "").replace("\n", " ").strip()


def printable(text: str, *, blank: str = " ") -> str:
    """`text` with `blank` for each sign that is not seen, but for line ends and joiners."""
    return "".join(c if c.isprintable() or c in SEEN else blank for c in text)


def counted(number: int, one: str, more: str | None = None) -> str:
    """`1 match`, `2 matches`; without `more` an s is added."""
    return tell(f"{{n}} {one}", f"{{n}} {more or one + 's'}", n=number)


def say_written(paths: Sequence[Path], *, to_stderr: bool = False) -> None:
    """Where the papers are now, a line each."""
    for path in paths:
        words(to_stderr=to_stderr).print(tell("wrote {path}", path=path))


def print_json(document: Any) -> None:
    """One JSON document on stdout; a reader that left takes nothing from what was done."""
    try:
        sys.stdout.write(actions.as_json.text(document) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        into_silence(sys.stdout)


def into_silence(stream: Any) -> None:
    """What is written to `stream` from now on goes nowhere, what it still holds too."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
