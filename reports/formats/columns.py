"""The columns of a table of pieces: what a spreadsheet shows of each, typed.

CSV has them in this order: the first are the answer, the rest is everything else that the
contract's piece holds. Excel has those that people read before the others. An edition for readers
is without the columns of the office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from crawler.models import Language
from reports.formats.plain import plain
from reports.forms import Edition
from reports.models import Piece, Report
from reports.sentences import moment
from reports.words import say, tongue

Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a cell needs beside its piece."""

    report: Report
    # the whole
    language: Language
    # of the reader
    zone: ZoneInfo
    # the event's: dates are local
    pieces: Mapping[str, Piece]
    # by key


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column."""

    name: str
    # key of its heading in `reports.words`
    width: int
    # in characters of a spreadsheet
    value: Callable[[Piece, View], Cell]
    # plain words, a number, a naive local time, a day; None: not known
    wraps: bool = False
    # long words
    links: bool = False
    # an address


def view(report: Report, language: Language) -> View:
    """The report with what its cells look up."""
    pieces = {piece.article: piece for piece in report.pieces}
    zone = ZoneInfo(report.event.zone)
    return View(report=report, language=language, zone=zone, pieces=pieces)


def headings(columns: Iterable[Column], looking: View) -> list[str]:
    """The first row."""
    return [say(column.name, looking.language, zone=looking.zone.key) for column in columns]


def local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A naive local time, which is all that a spreadsheet knows."""
    return instant.astimezone(zone).replace(tzinfo=None, microsecond=0) if instant else None


def _published(piece: Piece, looking: View) -> Cell:
    """A day where no more is known: a midnight that nobody meant would mislead."""
    told = local(piece.published, looking.zone)
    return told.date() if told and piece.precision == "day" else told


def _copy_of(piece: Piece, looking: View) -> Cell:
    first = looking.pieces.get(piece.copy_of or "")
    return plain(first.handle) if first else piece.copy_of


def _old(piece: Piece, looking: View) -> Cell:
    event, language = looking.report.event, looking.language
    told = (
        say("paper_was_before", language, old=change.old, when=moment(change.at, event, language))
        for change in piece.changes
    )
    return plain("; ".join(told))


def _words(name: str) -> Callable[[Piece, View], Cell]:
    """A field as it is, plain; nothing where it is not known."""

    def value(piece: Piece, looking: View) -> Cell:
        told = getattr(piece, name)
        return None if told is None else plain(str(told))

    return value


def _number(name: str) -> Callable[[Piece, View], Cell]:
    def value(piece: Piece, looking: View) -> Cell:
        told: int | None = getattr(piece, name)
        return told

    return value


def _said(name: str) -> Callable[[Piece, View], Cell]:
    """A field of few values, in the reader's words."""

    def value(piece: Piece, looking: View) -> Cell:
        told = getattr(piece, name)
        return say(f"{name}_{told}", looking.language) if told else None

    return value


PIECES: Final[tuple[Column, ...]] = (
    Column(name="col_outlet", width=24, value=_words("outlet_name"), wraps=True),
    Column(name="col_published", width=18, value=_published),
    Column(name="col_headline", width=60, value=_words("headline"), wraps=True),
    Column(name="col_url", width=44, value=_words("link"), links=True),
    Column(name="col_archive", width=30, value=_words("archive"), links=True),
    Column(
        name="col_decision",
        width=15,
        value=lambda piece, looking: say(piece.decision or "undecided", looking.language),
    ),
    Column(name="col_note", width=30, value=_words("note"), wraps=True),
    Column(name="col_by", width=14, value=_words("by")),
    Column(name="col_tone", width=14, value=_words("tone"), wraps=True),
    Column(name="col_translation", width=44, value=_words("translation"), wraps=True),
    Column(name="col_translation_by", width=22, value=_words("translation_by"), wraps=True),
    Column(name="col_corrected", width=44, value=_words("corrected"), wraps=True),
    Column(name="col_old_headlines", width=44, value=_old, wraps=True),
    Column(name="col_story", width=8, value=_words("story")),
    Column(name="col_copy_of", width=34, value=_copy_of, links=True),
    Column(name="col_lag", width=12, value=_number("lag_minutes")),
    Column(
        name="col_language",
        width=12,
        value=lambda piece, looking: (
            plain(tongue(piece.language, looking.language)) if piece.language else None
        ),
    ),
    Column(
        name="col_byline",
        width=22,
        value=lambda piece, looking: plain(", ".join(piece.byline)),
        wraps=True,
    ),
    Column(name="col_lead", width=52, value=_words("lead"), wraps=True),
    Column(name="col_owner", width=22, value=_words("owner"), wraps=True),
    Column(name="col_kind", width=12, value=_said("kind")),
    Column(name="col_tier", width=10, value=_number("tier")),
    Column(name="col_precision", width=12, value=_said("precision")),
    Column(
        name="col_gone",
        width=18,
        value=lambda piece, looking: local(piece.gone_since, looking.zone),
    ),
    Column(
        name="added_by_hand",
        width=12,
        value=lambda piece, looking: say("paper_yes", looking.language) if piece.by_hand else None,
    ),
    Column(name="col_score", width=10, value=lambda piece, looking: round(piece.score, 2)),
    Column(
        name="col_because",
        width=30,
        value=lambda piece, _: plain(", ".join(dict.fromkeys(why.form for why in piece.because))),
        wraps=True,
    ),
    Column(name="col_remark", width=30, value=_words("remark"), wraps=True),
    Column(name="col_genre", width=12, value=_said("genre")),
    Column(name="col_article", width=12, value=_words("article")),
)

# What colleagues wrote for each other, and how the program judged: no reader's business.
OFFICE: Final = ("col_note", "col_by", "col_score", "col_because")
# What people read in a workbook, in this order; the others stand behind.
READ: Final = (
    "col_outlet", "col_published", "col_headline", "col_url", "col_translation", "col_lead",
    "col_language", "col_genre", "col_tone", "col_remark",
)  # fmt: skip


def columns_of(edition: Edition) -> tuple[Column, ...]:
    """The columns of an edition, in the order of a CSV."""
    if edition is Edition.FULL:
        return PIECES
    return tuple(column for column in PIECES if column.name not in OFFICE)


def read_first(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The same columns, those that people read before the others."""
    held = {column.name: column for column in columns}
    behind = (column for name, column in held.items() if name not in READ)
    return (*(held[name] for name in READ), *behind)
