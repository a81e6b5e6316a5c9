"""`jehona translate`: a headline's translation, by a person first, by a machine only when asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.models import Language, Workspace
from jehona.actions import report as report_action
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)
from jehona.cli.report import EventArgument, LanguageOption, save

if TYPE_CHECKING:
    from reports.models import Piece, Report

VARIABLE = "JEHONA_TRANSLATOR_KEY"
Row = tuple[str, str, str]
# key of the article, the words, who wrote them


def translate(
    event: EventArgument,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="One piece, with --words.")
    ] = None,
    told: Annotated[
        str | None, typer.Option("--words", metavar="TEXT", help="Its headline, translated.")
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            metavar="FILE",
            help="A table: written where there is none, taken in where there is one.",
        ),
    ] = None,
    machine: Annotated[
        bool, typer.Option("--machine", help="Ask the [translator] server; its words are marked.")
    ] = False,
    language: LanguageOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be kept, and keep nothing.")
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who translated. Else JEHONA_USER.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Translate headlines: one by one, as a table, or by a machine whose words stay marked."""
    desk = workspace_of(workspace)
    spoken: Language = language.value if language else desk.language
    if sum((url is not None, csv is not None, machine)) > 1:
        raise Wrong("give one of --url, --csv and --machine")
    report = report_action.report_of(desk, event, now=datetime.now(UTC), language=spoken)
    if csv is not None and not csv.exists():
        _write_table(report, spoken, csv, as_json=as_json)
        return
    rows = _rows(desk, report, spoken, url=url, told=told, csv=csv, machine=machine, by=by)
    kept = 0 if dry_run else _keep(desk, rows, spoken)
    if as_json:
        shown = [{"article": key, "translation": text, "by": name} for key, text, name in rows]
        print_json({"event": event, "language": spoken, "kept": kept, "translations": shown})
        return
    _say(report, rows, kept, dry_run=dry_run)


def _write_table(report: Report, language: Language, path: Path, *, as_json: bool) -> None:
    """What people shall translate, with a machine's words beside the headlines it had."""
    from reports.translating import to_table, wanting  # noqa: PLC0415

    pieces = wanting(report, language, machine_too=True)
    if pieces:
        save(to_table(pieces), path)
    if as_json:
        table = path if pieces else None
        print_json({"event": report.event.slug, "language": language, "kept": 0, "table": table})
        return
    if not pieces:
        words().print(f"{report.event.slug}: no headline waits for a translation", markup=False)
        return
    line = f"wrote {path}: fill in translation, then run the same command to take it in"
    words().print(f"{line} ({len(pieces)} headlines)", markup=False)


def _rows(
    desk: Workspace,
    report: Report,
    language: Language,
    *,
    url: str | None,
    told: str | None,
    csv: Path | None,
    machine: bool,
    by: str | None,
) -> list[Row]:
    """What shall be kept. Raises Wrong for what cannot be."""
    if machine:
        return _by_machine(desk, report, language)
    if csv is not None:
        return _from_table(report, csv, by)
    if url is not None:
        return _one(report, url, told, by)
    return _asked(report, language, by)


def _one(report: Report, url: str, told: str | None, by: str | None) -> list[Row]:
    piece = _finder(report)(url)
    if piece is None:
        raise Wrong(f"--url {url}: no piece of {report.event.slug} has this address")
    text = " ".join((told or "").split())
    if not text:
        raise Wrong("--url needs --words with the translation")
    return [(piece.article, text, who(by))]


def _from_table(report: Report, path: Path, by: str | None) -> list[Row]:
    """What a table says that is new: a machine's own words that come back are left as they are."""
    from reports.translating import WrongTable, from_table  # noqa: PLC0415

    find = _finder(report)
    rows = []
    try:
        table = from_table(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Wrong(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeError:
        raise Wrong(f"{path}: it is not UTF-8 text") from None
    except WrongTable as wrong:
        raise Wrong(f"{path}: {wrong}") from None
    for row in table:
        piece = find(row.url)
        if piece is None:
            raise Wrong(f"{path}: line {row.line}: url: no piece of the event has {row.url}")
        if row.words != piece.translation:
            rows.append((piece.article, row.words, _person(row.by, by)))
    return rows


def _person(told: str | None, by: str | None) -> str:
    """Who changed a row: a machine's name left standing beside new words is not theirs."""
    return told if told and not told.startswith("machine") else who(by)


def _finder(report: Report) -> Callable[[str], Piece | None]:
    from crawler.urls import alias_key  # noqa: PLC0415

    known = {_named(alias_key, piece.url): piece for piece in report.pieces}
    return lambda url: known.get(_named(alias_key, url))


def _named(name: Callable[[str], str], url: str) -> str:
    """The spelling by which addresses are compared; what is none stands for itself."""
    try:
        return name(url)
    except ValueError:
        return url


def _by_machine(desk: Workspace, report: Report, language: Language) -> list[Row]:
    from reports.credentials import find_password  # noqa: PLC0415
    from reports.translating import (  # noqa: PLC0415
        ask_machine,
        machine_name,
        wanting,
    )

    if desk.translator is None:
        raise Wrong(f"{desk.root / 'jehona.toml'}: [translator] url names no server to ask")
    key = find_password(VARIABLE, "jehona translator", desk.translator.url, os.environ)
    name = machine_name(desk.translator)
    rows: list[Row] = []
    for source, pieces in _by_language(wanting(report, language)).items():
        headlines = [piece.shown for piece in pieces]
        told = ask_machine(headlines, source, language, desk.translator, key)
        rows += [(p.article, text, name) for p, text in zip(pieces, told, strict=True)]
    return rows


def _by_language(pieces: Iterable[Piece]) -> dict[str | None, list[Piece]]:
    found: dict[str | None, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.language, []).append(piece)
    return found


def _asked(report: Report, language: Language, by: str | None) -> list[Row]:
    """One headline after the other; an empty line passes one over, Ctrl-D ends."""
    from reports.translating import wanting  # noqa: PLC0415

    name, out, rows = who(by), words(), []
    pieces = wanting(report, language, machine_too=True)
    for at, piece in enumerate(pieces, 1):
        out.print(f"{at}/{len(pieces)}  {piece.outlet_name}: {piece.shown}", markup=False)
        try:
            text = typer.prompt("  ->", default=shown(piece.translation), show_default=True)
        except typer.Abort:
            break
        if text.strip() and text != piece.translation:
            rows.append((piece.article, " ".join(text.split()), name))
    return rows


def _keep(desk: Workspace, rows: Sequence[Row], language: Language) -> int:
    """Every translation, or none."""
    from crawler.record import decisions, open_record  # noqa: PLC0415

    now = datetime.now(UTC)
    with open_record(desk.record, desk.snapshots) as record, record.transaction():
        for key, text, name in rows:
            made = decisions.fresh(
                "translation", key, event=None, value=text, language=language, by=name, at=now
            )
            decisions.decide(record, made)
    return len(rows)


def _say(report: Report, rows: Sequence[Row], kept: int, *, dry_run: bool) -> None:
    pieces = {piece.article: piece for piece in report.pieces}
    out = words()
    for key, text, name in rows:
        out.print(f"{pieces[key].shown}\n  -> {text}  ({name})", markup=False)
    would = "would be kept" if dry_run else "kept"
    out.print(f"{len(rows) if dry_run else kept} translations {would}", markup=False)
