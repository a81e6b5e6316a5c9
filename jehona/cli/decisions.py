"""`jehona decisions`: what people said of pieces: list, set, take back, export, import."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from crawler.models import Decision, DecisionKind, Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    counted,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from crawler.record import Record
    from crawler.record.decisions import Taken

PANEL: Final = "Relate"
SHOWN: Final = 10
# refused lines of an import; --json has them all
# kinds that hold for the piece in every event
EVERYWHERE: Final = ("headline", "translation", "archive", "excerpt")
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides. Else JEHONA_USER.")
]


def list_decisions(
    event: Annotated[
        str | None, typer.Argument(metavar="[EVENT]", help="Else all.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every decision ever made, the latest last; none is ever deleted."""
    from crawler.config import load_event  # noqa: PLC0415
    from crawler.record import decisions, open_record  # noqa: PLC0415

    desk = workspace_of(workspace)
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        made = decisions.history(record, event=event)
        names = _headlines(record, made)
    if event and not any(one.event == event for one in made):
        load_event(desk, event)  # a name that is mistyped has no decisions either
    if as_json:
        print_json({"decisions": made})
        return
    out = words()
    for one in made:
        out.print(_line(one, names, desk.zone, with_event=event is None), markup=False)
    out.print(counted(len(made), "decision"), markup=False)


def _line(one: Decision, names: Mapping[str, str], zone: str, *, with_event: bool) -> str:
    """`2026-05-20 10:05  ana  festa  match: accepted (why)  Headline`, on one line."""
    when = one.at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    value = "taken back" if one.value is None else one.value
    note = f" ({one.note})" if one.note else ""
    other = f"  and  {names[one.other]}" if one.other else ""
    where = [one.event or "every event"] if with_event else []
    parts = [when, one.by, *where, f"{one.kind}: {value}{note}", names[one.article] + other]
    return "  ".join(map(shown, parts))


def _headlines(record: Record, made: tuple[Decision, ...]) -> dict[str, str]:
    from crawler.record import read  # noqa: PLC0415

    keys = {key for one in made for key in (one.article, one.other) if key}
    found = {key: read.article(record, key) for key in keys}
    return {key: shown(a.headline or a.url) if a else key for key, a in found.items()}


def set_decisions(
    event: Annotated[str, typer.Argument(metavar="EVENT")],
    url: Annotated[str, typer.Argument(metavar="URL")],
    headline: Annotated[
        str | None, typer.Option("--headline", metavar="TEXT", help="What is really printed.")
    ] = None,
    tone: Annotated[str | None, typer.Option("--tone", metavar="WORD")] = None,
    tier: Annotated[int | None, typer.Option("--tier", metavar="N", min=1, max=9999)] = None,
    pin: Annotated[
        int | None,
        typer.Option("--pin", metavar="N", min=1, max=9999, help="Place in the roundup."),
    ] = None,
    archive: Annotated[
        str | None, typer.Option("--archive", metavar="URL", help="An archived copy.")
    ] = None,
    excerpt: Annotated[
        str | None, typer.Option("--excerpt", metavar="TEXT", help="For the newsletter.")
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", metavar="KIND", help="match, headline, tone, tier, pin, ..."),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT")] = None,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say something of a piece: a corrected headline, tone, tier, its place, an archived copy."""
    from crawler.config import load_event  # noqa: PLC0415
    from crawler.record import decisions, open_record, read  # noqa: PLC0415

    desk = workspace_of(workspace)
    load_event(desk, event)
    numbers = {"tier": tier, "pin": pin}
    texts = {"headline": headline, "tone": tone, "archive": archive, "excerpt": excerpt}
    said = _said(texts, numbers, undo or [])
    name = who(by)
    with open_record(desk.record, desk.snapshots, readonly=False) as record:
        article = read.article(record, url)
        if article is None:
            raise Wrong(
                f"{shown(url)}: the record has no such piece: "
                f"`jehona clip URL --event {event}` adds one by hand"
            )
        try:
            made = _set(record, event, article.key, said, name, note)
        except (ValueError, decisions.UnknownArticle) as wrong:
            raise Wrong(f"{shown(url)}: {wrong}") from None
    if as_json:
        print_json({"decisions": made})
        return
    for one in made:
        value = "taken back" if one.value is None else one.value
        words().print(f"{one.kind}: {shown(value)}", markup=False)


def _said(
    texts: Mapping[str, str | None], numbers: Mapping[str, int | None], undo: list[str]
) -> dict[str, str | None]:
    """Kind -> what is said; None takes it back. Raises Wrong where nothing is."""
    told = {**texts, **{kind: None if n is None else str(n) for kind, n in numbers.items()}}
    said: dict[str, str | None] = {kind: value for kind, value in told.items() if value is not None}
    said |= dict.fromkeys(_kinds(undo))
    if not said:
        raise Wrong(
            "say what to set: --headline, --tone, --tier, --pin, --archive, --excerpt, --undo"
        )
    return said


def _kinds(undo: list[str]) -> list[DecisionKind]:
    """Kinds that can be taken back here. Raises Wrong."""
    known: tuple[DecisionKind, ...] = (
        *("match", "headline", "tone", "tier", "pin"),
        *("archive", "excerpt"),
    )
    for name in undo:
        if name not in known:
            raise Wrong(f"--undo {shown(name)}: one of {', '.join(known)}")
    return [kind for kind in known if kind in undo]


def _set(
    record: Record,
    event: str,
    article: str,
    said: Mapping[str, str | None],
    by: str,
    note: str | None,
) -> list[Decision]:
    """Keeps all of them or none."""
    from crawler.record import decisions  # noqa: PLC0415

    now = datetime.now(UTC)
    with record.transaction():
        return [
            decisions.decide(
                record,
                decisions.fresh(
                    kind,  # type: ignore[arg-type]
                    article,
                    event=None if kind in EVERYWHERE else event,
                    value=value,
                    by=by,
                    at=now,
                    note=note,
                ),
            )
            for kind, value in said.items()
        ]


def export_decisions(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to the terminal.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """All decisions as JSON lines, for a colleague who has a copy of the record."""
    from crawler.record import decisions, open_record  # noqa: PLC0415

    desk = workspace_of(workspace)
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        lines = list(decisions.export(record))
    text = "".join(f"{line}\n" for line in lines)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise Wrong(f"{output}: cannot be written ({error.strerror})") from None
    words().print(f"wrote {output}: {len(lines)} decisions", markup=False)


def import_decisions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a colleague's decisions, each once; lines that cannot be used are named."""
    from crawler.record import decisions, open_record  # noqa: PLC0415

    desk = workspace_of(workspace)
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text, as `export` writes it"
        raise Wrong(f"{file}: cannot be read: {why}") from None
    with open_record(desk.record, desk.snapshots) as record:
        taken = decisions.take(record, lines)
    if as_json:
        print_json(taken)
    else:
        _tell(file, taken)
        _tell_unknown(desk, lines)
    if taken.refused:
        raise typer.Exit(3 if taken.added or taken.known else 1)


def _tell(file: Path, taken: Taken) -> None:
    beside = words(to_stderr=True)
    for line in taken.refused[:SHOWN]:
        beside.print(f"{file}: line {line.line}: {shown(line.why)}", markup=False)
    if len(taken.refused) > SHOWN:
        beside.print(
            f"{file}: {len(taken.refused) - SHOWN} more: --json has them all", markup=False
        )
    told = f"{taken.added} added, {taken.known} known already, {len(taken.refused)} refused"
    words().print(f"{file}: {told}", markup=False)


def _tell_unknown(desk: Workspace, lines: Sequence[str]) -> None:
    """Events that a colleague decides upon and that have no file here."""
    from crawler.config import event_files  # noqa: PLC0415

    for slug in sorted(_events_in(lines) - event_files(desk).keys()):
        line = f"there is no event {shown(slug)!r} here yet: its file is needed before these count"
        words(to_stderr=True).print(line, markup=False)


def _events_in(lines: Sequence[str]) -> set[str]:
    found = set()
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict) and isinstance(told.get("event"), str):
            found.add(told["event"])
    return found
