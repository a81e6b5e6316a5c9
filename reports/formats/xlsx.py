"""A report as an Excel workbook: summary, pieces, stories, completeness, what waits, the method.

Dates are dates (local ones of the event's zone), addresses of the web are links, all words are
words: what begins with `=` is a string here and no formula. The same report gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

import xlsxwriter

from crawler.models import Brand, Language
from reports.document import document
from reports.document.blocks import Document, Items, Text
from reports.formats.columns import (
    PIECES,
    READ,
    Column,
    View,
    columns_of,
    headings,
    local,
    read_first,
    view,
)
from reports.formats.plain import plain
from reports.formats.sheets import OPTIONS, Link, Sheet, Table, Value, looks_of
from reports.formats.summary_sheet import SummarySheet
from reports.forms import Edition
from reports.models import Completeness, Piece, Report
from reports.models import Text as Carried
from reports.readers_edition import told_to
from reports.sentences import outcome
from reports.words import say


def to_xlsx(
    report: Report, language: Language, brand: Brand, edition: Edition = Edition.FULL
) -> bytes:
    """The workbook; its first sheet is the summary, the second has filters and all pieces."""
    told = told_to(report, edition)
    laid = document(report, language, edition)
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
        name = say("paper_summary", language)
        summary = SummarySheet(book, book.add_worksheet(name), looks, brand)
        summary.fill(told, laid, language)
        for table in _tables(told, laid, language, edition):
            Sheet(book.add_worksheet(table.name), table, looks).fill()
    return out.getvalue()


def _tables(
    report: Report, laid: Document, language: Language, edition: Edition
) -> Iterator[Table]:
    looking, columns = view(report, language), read_first(columns_of(edition))
    yield _pieces(looking, "sheet_pieces", report.pieces, columns)
    yield _stories(looking)
    yield _completeness(looking, edition)
    if report.doubtful:
        yield _pieces(looking, "sheet_doubtful", report.doubtful, columns)
    yield _method(laid)


# --- what the sheets hold ---------------------------------------------------------------


def _pieces(looking: View, name: str, pieces: Iterable[Piece], columns: Sequence[Column]) -> Table:
    return Table(
        name=say(name, looking.language),
        headings=headings(columns, looking),
        widths=[column.width for column in columns],
        wraps=[column.wraps for column in columns],
        rows=([_cell(piece, column, looking) for column in columns] for piece in pieces),
        read=len(READ),
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


def _carrier(text: Carried, piece: Piece, looking: View) -> Sequence[Value]:
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


def _completeness(looking: View, edition: Edition) -> Table:
    """A row an outlet; what to do, what was noted and who looked is the office's."""
    language, own = looking.language, edition is Edition.FULL
    names = (
        *("col_outlet", "outcome", "listed", "read", "matched", "col_reached", "how"),
        *(("col_note", "col_next_step", "col_checked_by") if own else ()),
        "col_checked",
    )
    return Table(
        name=say("sheet_completeness", language),
        headings=[say(name, language) for name in names],
        widths=(26, 28, 12, 10, 14, 18, 22, *((44, 44, 16) if own else ()), 18),
        wraps=[True] * len(names),
        rows=(_check(row, looking.zone, language, own) for row in looking.report.completeness),
    )


def _check(row: Completeness, zone: ZoneInfo, language: Language, own: bool) -> Sequence[Value]:
    office = (row.note, row.next_step, row.by) if own else ()
    return (
        plain(row.outlet_name),
        outcome(row, language),
        row.listed,
        row.read if row.outcome else None,
        row.matched,
        local(row.reached, zone),
        ", ".join(say(way.value, language) for way in row.how) or None,
        *(plain(words) if words else None for words in office),
        local(row.at, zone),
    )


def _method(laid: Document) -> Table:
    """What the other sheets stand on, in words: the statement and the method."""
    language = laid.language
    rows = [(laid.kind, laid.cover.title), ("", " · ".join(laid.cover.about))]
    for section in laid.sections:
        if section.key in ("answer", "completeness", "method"):
            texts = (block.words for block in section.blocks if isinstance(block, Text))
            lists = (block.items for block in section.blocks if isinstance(block, Items))
            rows += [(section.title, words) for words in texts]
            rows += [(section.title, item.words) for items in lists for item in items]
    return Table(
        name=say("sheet_method", language),
        headings=[say("col_what", language), say("col_told", language)],
        widths=(38, 110),
        wraps=(True, True),
        rows=rows,
    )
