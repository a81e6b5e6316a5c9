"""Translations of headlines: what waits for one, what people and a machine say, kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.models import Language
from crawler.reading.tables import WrongTable
from crawler.record import decisions
from crawler.urls import alias_key
from jehona.actions import papers
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office
from jehona.actions.report import report_of
from reports.credentials import find_password
from reports.models import Piece, Report
from reports.translating import (
    LONGEST,
    ask_machine,
    from_table,
    machine_name,
    to_table,
    to_workbook,
    wanting,
)

VARIABLE = "JEHONA_TRANSLATOR_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What somebody says instead of a headline."""

    piece: Piece
    words: str
    # a person, or "machine: HOST"
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table for people to fill in."""

    event: str
    language: Language
    # None: no headline waits, nothing was written
    path: Path | None
    headlines: int

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {"event": self.event, "language": self.language, "kept": 0, "table": self.path}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was said, and whether it is kept."""

    event: str
    language: Language
    # 0 of a dry run
    kept: int
    translations: tuple[Translation, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        rows = [
            {"article": one.piece.article, "translation": one.words, "by": one.by}
            for one in self.translations
        ]
        return {
            "event": self.event,
            "language": self.language,
            "kept": self.kept,
            "translations": rows,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One headline's row as a person left it."""

    # key
    article: str
    # the translation that they were shown; "": none
    was: str
    # what stands there now; "" takes the translation back
    words: str
    # whether a machine's words, as they are, become theirs
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Rows that say something new, and those that somebody else changed meanwhile."""

    said: tuple[Translation, ...]
    # the piece as it is now, and what was typed over what it was
    crossed: tuple[tuple[Piece, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """An event's headlines in other languages than the readers'."""

    # translated or not
    every: tuple[Piece, ...]

    @property
    def waiting(self) -> tuple[Piece, ...]:
        """Those that no person translated."""
        return tuple(one for one in self.every if one.translation is None or one.by_machine)


# --- what waits ----------------------------------------------------------------------------


def waiting(office: Office, event: str, language: Language) -> list[Piece]:
    """Pieces whose headline a person has not translated; a machine's words are to be looked at.

    Raises as `report_of`, like everything here that is given an event.
    """
    return wanting(report_of(office, event, language=language), language, machine_too=True)


def foreign(office: Office, event: str, language: Language) -> Foreign:
    """Every piece whose headline is in another language."""
    every = report_of(office, event, language=language).pieces
    return Foreign(every=tuple(one for one in every if one.headline and one.language != language))


def write_table(office: Office, event: str, path: Path, language: Language) -> Table:
    """A table of what waits, for people: CSV, or by its ending .xlsx; no file where nothing does.

    Raises as `papers.save`.
    """
    pieces = waiting(office, event, language)
    if pieces and path.suffix.lower() == ".xlsx":
        papers.save({path: to_workbook(pieces, office.workspace.brand, office.clock())})
    elif pieces:
        papers.save({path: to_table(pieces)})
    there = path if pieces else None
    return Table(event=event, language=language, path=there, headlines=len(pieces))


# --- what is said --------------------------------------------------------------------------


def of_piece(
    office: Office, event: str, url: str, words: str, language: Language
) -> list[Translation]:
    """A person's words for the piece of an address. Raises Unknown for a piece, Wrong for none."""
    piece = _finder(report_of(office, event, language=language))(url)
    if piece is None:
        raise Unknown("{url}: no piece of {event} has this address", url=url, event=event)
    text = " ".join(words.split())
    if not text:
        raise Wrong("{url}: a translation needs words", url=url)
    return [Translation(piece=piece, words=text, by=office.who())]


def of_table(office: Office, event: str, path: Path, language: Language) -> list[Translation]:
    """What a table says that is new: a machine's own words that come back are left as they are.

    Raises Wrong with file and line.
    """
    find = _finder(report_of(office, event, language=language))
    try:
        rows = from_table(papers.body_of(path))
    except WrongTable as wrong:
        raise Wrong("{path}: {wrong}", path=path, wrong=wrong) from None
    said = []
    for row in rows:
        piece = find(row.url)
        if piece is None:
            raise Wrong(
                "{path}: line {line}: url: no piece of the event has {url}",
                path=path,
                line=row.line,
                url=row.url,
            )
        if row.words != piece.translation:
            # a machine's name left standing beside new words is not theirs
            person = row.by if row.by and not row.by.startswith("machine") else office.who()
            said.append(Translation(piece=piece, words=row.words, by=person))
    return said


def of_rows(office: Office, event: str, rows: Sequence[Typed], language: Language) -> Sorted:
    """What rows say that is new; one that was changed meanwhile is told apart, never overwritten.

    Raises Unknown for a piece that the event does not have, Wrong for words without an end.
    """
    known = {piece.article: piece for piece in report_of(office, event, language=language).pieces}
    said, crossed = [], []
    for row in rows:
        piece = known.get(row.article)
        if piece is None:
            raise Unknown("{key}: no piece of {event} has this key", key=row.article, event=event)
        words, here = " ".join(row.words.split()), piece.translation or ""
        if len(words) > LONGEST:
            raise Wrong(
                "{piece}: a translation has at most {most:,} characters",
                piece=piece.shown,
                most=LONGEST,
            )
        confirmed = row.confirmed and piece.by_machine and words == here
        if not confirmed and words in (here, row.was):
            continue
        if here != row.was:
            crossed.append((piece, words))
            continue
        said.append(Translation(piece=piece, words=words, by=office.who()))
    return Sorted(said=tuple(said), crossed=tuple(crossed))


def of_machine(office: Office, event: str, language: Language) -> list[Translation]:
    """What the [translator] server says to what nobody translated; its words stay marked.

    Raises Wrong where jehona.toml names no server, NotTranslated where it does not answer well.
    """
    report = report_of(office, event, language=language)
    server = office.workspace.translator
    if server is None:
        raise Wrong(
            "{root}: [translator] url names no server to ask",
            root=office.workspace.root / "jehona.toml",
        )
    key = find_password(VARIABLE, "jehona translator", server.url, os.environ)
    by_language: dict[str | None, list[Piece]] = {}
    for piece in wanting(report, language):
        by_language.setdefault(piece.language, []).append(piece)
    said: list[Translation] = []
    for source, pieces in by_language.items():
        words = ask_machine([piece.shown for piece in pieces], source, language, server, key)
        said += [
            Translation(piece=piece, words=text, by=machine_name(server))
            for piece, text in zip(pieces, words, strict=True)
        ]
    return said


def keep(
    office: Office,
    event: str,
    said: Sequence[Translation],
    language: Language,
    *,
    dry_run: bool = False,
) -> Kept:
    """Keep every translation, or none; one without words takes back what was said.

    A dry run keeps none. Raises RecordRefused.
    """
    if not dry_run:
        now = office.clock()
        with office.to_write() as record, record.transaction():
            for one in said:
                made = decisions.fresh(
                    "translation",
                    one.piece.article,
                    event=None,
                    value=one.words or None,
                    language=language,
                    by=one.by,
                    at=now,
                )
                decisions.decide(record, made)
    kept = 0 if dry_run else len(said)
    return Kept(event=event, language=language, kept=kept, translations=tuple(said))


def _finder(report: Report) -> Callable[[str], Piece | None]:
    """Finds a piece of the report by any spelling of its address."""
    known = {_name_of(piece.handle): piece for piece in report.pieces}
    return lambda url: known.get(_name_of(url))


def _name_of(url: str) -> str:
    """The spelling by which addresses are compared; what is none stands for itself."""
    try:
        return alias_key(url)
    except ValueError:
        return url
