"""A report as an Excel workbook: pieces, stories, completeness, what waits, and the method.

Dates are dates (local ones of the event's zone), addresses of the web are links, all words are
words: what begins with `=` is a string here and no formula. The same report gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

from crawler.models import Brand, Language
from reports.document import paper
from reports.formats.columns import PIECES, Column, View, headings, local, view
from reports.formats.plain import plain
from reports.formats.sheets import OPTIONS, Link, Sheet, Table, Value, looks_of
from reports.models import Completeness, Piece, Report, Text
from reports.sentences import outcome
from reports.words import say


def to_xlsx(report: Report, language: Language, brand: Brand) -> bytes:
    """The workbook; its first sheet opens, with filters and a heading that stays."""
    import xlsxwriter  # noqa: PLC0415 - only who asks for a workbook waits for it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties(
            {
                "title": plain(report.event.title, 250),
                "company": plain(brand.name or "", 250),
                "created": report.made.astimezone(UTC).replace(tzinfo=None),
            }
        )
        looks = looks_of(book, brand)
        for table in _tables(report, language):
            Sheet(book.add_worksheet(table.name), table, looks).fill()
    return out.getvalue()


def _tables(report: Report, language: Language) -> Iterator[Table]:
    looking = view(report, language)
    yield _pieces(looking, "sheet_pieces", report.pieces)
    yield _stories(looking)
    yield _completeness(looking)
    if report.doubtful:
        yield _pieces(looking, "sheet_doubtful", report.doubtful)
    yield _method(report, language)


# --- what the sheets hold ---------------------------------------------------------------


def _pieces(looking: View, name: str, pieces: Iterable[Piece]) -> Table:
    return Table(
        name=say(name, looking.language),
        headings=headings(PIECES, looking),
        widths=[column.width for column in PIECES],
        wraps=[column.wraps for column in PIECES],
        rows=([_cell(piece, column, looking) for column in PIECES] for piece in pieces),
    )


def _cell(piece: Piece, column: Column, looking: View) -> Value:
    value = column.value(piece, looking)
    if column.links and isinstance(value, str):
        return Link(address=value, words=value)
    return value


def _stories(looking: View) -> Table:
    """One row a piece, with the story it carries, so that the sheet sorts and filters."""
    names = ("col_story", "col_outlet", "col_published", "col_lag", "col_headline", "col_url")
    heads = (*names, "col_possibly")
    return Table(
        name=say("sheet_stories", looking.language),
        headings=[say(name, looking.language, zone=looking.zone.key) for name in heads],
        widths=(8, 24, 18, 12, 60, 44, 44),
        wraps=(False, True, False, False, True, False, False),
        rows=(
            row
            for text in looking.report.texts
            for piece in text.pieces
            if (row := _carrier(text, piece, looking))
        ),
    )


def _carrier(text: Text, piece: Piece, looking: View) -> Sequence[Value]:
    handles = {one.url: one.handle for one in looking.report.pieces}
    alike = (
        handles.get(other := next(iter(others)), other)
        for pair in text.possibly
        if piece.url in pair and (others := set(pair) - {piece.url})
    )
    by_name = {column.name: _cell(piece, column, looking) for column in PIECES[:4]}
    first = piece is text.first
    return (
        plain(text.key),
        by_name["col_outlet"],
        by_name["col_published"],
        0 if first and piece.published else piece.lag_minutes,
        by_name["col_headline"],
        by_name["col_url"],
        plain(" ".join(alike)) or None,
    )


def _completeness(looking: View) -> Table:
    language = looking.language
    names = (
        *("col_outlet", "outcome", "listed", "read", "matched", "col_reached", "how"),
        *("col_note", "col_next_step", "col_checked_by", "col_checked"),
    )
    return Table(
        name=say("sheet_completeness", language),
        headings=[say(name, language) for name in names],
        widths=(26, 28, 12, 10, 14, 18, 22, 44, 44, 16, 18),
        wraps=[True] * len(names),
        rows=(_check(row, looking.zone, language) for row in looking.report.completeness),
    )


def _check(row: Completeness, zone: ZoneInfo, language: Language) -> Sequence[Value]:
    return (
        plain(row.outlet_name),
        outcome(row, language),
        row.listed,
        row.read if row.outcome else None,
        row.matched,
        local(row.reached, zone),
        ", ".join(say(way.value, language) for way in row.how) or None,
        plain(row.note) if row.note else None,
        plain(row.next_step) if row.next_step else None,
        plain(row.by) if row.by else None,
        local(row.at, zone),
    )


def _method(report: Report, language: Language) -> Table:
    """What the other sheets stand on, in words: the summary, the statement, the method."""
    told = paper(report, language)
    rows: list[tuple[str, str]] = [(say("page_kind", language), told.title)]
    rows += [("", told.under)] if told.under else []
    rows += [(say("paper_summary", language), told.answer)]
    rows += [(card.words, card.figure) for card in told.cards]
    rows += [(say("completeness", language), sentence) for sentence in told.statement]
    rows += [(say("method", language), line) for line in told.method]
    return Table(
        name=say("sheet_method", language),
        headings=[say("col_what", language), say("col_told", language)],
        widths=(38, 110),
        wraps=(True, True),
        rows=rows,
    )
