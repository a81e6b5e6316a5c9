"""A report as an Excel workbook: pieces, stories, completeness, what waits, and the method.

Dates are dates (local ones of the event's zone), addresses of the web are links, all words are
words: what begins with `=` is a string here and no formula. The same report gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from crawler.models import Brand, Language
from reports.formats.colours import readable
from reports.formats.columns import PIECES, Cell, Column, View, headings, local, view
from reports.formats.plain import plain, right_to_left, web_address
from reports.nouns import Completeness, Piece, Report, Text
from reports.paper import paper
from reports.sentences import outcome
from reports.words import say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# What Excel holds in one cell, as an address, and as links of one sheet (its specifications).
LETTERS: Final = 32_000
ADDRESS: Final = 2_000
LINKS: Final = 65_000

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cell that leads somewhere."""

    address: str
    # as the piece has it; only one of the web becomes a link
    words: str
    # what the cell shows


Value = Cell | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet of rows below a heading."""

    name: str
    # of the sheet
    headings: Sequence[str]
    # first row
    widths: Sequence[int]
    # in characters
    rows: Iterable[Sequence[Value]]
    # the others


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
        looks = _looks(book, brand)
        for table in _tables(report, language):
            _fill(book.add_worksheet(table.name), table, looks)
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
        rows=([_cell(piece, column, looking) for column in PIECES] for piece in pieces),
    )


def _cell(piece: Piece, column: Column, looking: View) -> Value:
    value = column.value(piece, looking)
    if column.links and isinstance(value, str):
        return Link(address=value, words=value)
    if column.name == "col_headline" and value:
        return Link(address=piece.url, words=str(value))
    return value


def _stories(looking: View) -> Table:
    """One row a piece, with the story it carries, so that the sheet sorts and filters."""
    names = ("col_story", "col_outlet", "col_published", "col_lag", "col_headline", "col_url")
    heads = (*names, "col_possibly")
    return Table(
        name=say("sheet_stories", looking.language),
        headings=[say(name, looking.language, zone=looking.zone.key) for name in heads],
        widths=(8, 24, 18, 12, 60, 44, 44),
        rows=(
            row
            for text in looking.report.texts
            for piece in text.pieces
            if (row := _carrier(text, piece, looking))
        ),
    )


def _carrier(text: Text, piece: Piece, looking: View) -> Sequence[Value]:
    alike = (
        next(iter(others))
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
    rows: list[tuple[str, str]] = [(say("paper_report_title", language), told.title)]
    rows += [("", told.under)] if told.under else []
    rows += [(say("paper_summary", language), told.answer)]
    rows += [(card.words, card.figure) for card in told.cards]
    rows += [(say("completeness", language), sentence) for sentence in told.statement]
    rows += [(say("method", language), line) for line in told.method]
    return Table(
        name=say("sheet_method", language),
        headings=[say("col_what", language), say("col_told", language)],
        widths=(38, 110),
        rows=rows,
    )


# --- how they look ------------------------------------------------------------------------


def _looks(book: Workbook, brand: Brand) -> dict[str, Format]:
    """The formats, by what they are for."""
    ink, paint = readable(brand.colour)
    top: dict[str, object] = {"valign": "top", "font_name": "Calibri", "font_size": 11}
    words = {**top, "text_wrap": True}
    link = {**words, "font_color": "#1a4f8b", "underline": 1}
    head = {**words, "bold": True, "valign": "vcenter", "font_color": ink, "bg_color": paint}
    given = {
        "head": head,
        "words": words,
        "words-rtl": {**words, "reading_order": 2, "align": "right"},
        "link": link,
        "link-rtl": {**link, "reading_order": 2, "align": "right"},
        "number": top,
        "moment": {**top, "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
        "day": {**top, "num_format": "yyyy-mm-dd", "align": "left"},
    }
    return {name: book.add_format(look) for name, look in given.items()}


def _fill(sheet: Worksheet, table: Table, looks: dict[str, Format]) -> None:
    for at, width in enumerate(table.widths):
        sheet.set_column(at, at, width)
    sheet.set_row(0, 32)
    for at, heading in enumerate(table.headings):
        sheet.write_string(0, at, heading, looks["head"])
    last, links = 0, 0
    for last, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            linked = isinstance(value, Link) and links < LINKS
            links += linked
            _write(sheet, (last, at), value, looks, linked=linked)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(table.headings) - 1)
    _page(sheet)


def _page(sheet: Worksheet) -> None:
    """On paper: A4 lying, all columns, the heading on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _write(
    sheet: Worksheet,
    at: tuple[int, int],
    value: Value,
    looks: dict[str, Format],
    *,
    linked: bool,
) -> None:
    if value is None:
        return
    if isinstance(value, Link):
        _write_link(sheet, at, value, looks, linked=linked)
    elif isinstance(value, str):
        _write_words(sheet, at, value, looks, "words")
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value, looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, looks["day"])
    else:
        sheet.write_number(*at, value, looks["number"])


def _write_words(
    sheet: Worksheet, at: tuple[int, int], words: str, looks: dict[str, Format], kind: str
) -> None:
    shown = plain(words, LETTERS)
    sheet.write_string(*at, shown, looks[f"{kind}-rtl" if right_to_left(shown) else kind])


def _write_link(
    sheet: Worksheet,
    at: tuple[int, int],
    value: Link,
    looks: dict[str, Format],
    *,
    linked: bool,
) -> None:
    address = web_address(value.address)
    if not linked or address is None or len(address) > ADDRESS:
        _write_words(sheet, at, value.words, looks, "words")
        return
    look = looks["link-rtl" if right_to_left(value.words) else "link"]
    sheet.write_url(*at, address, look, string=plain(value.words, LETTERS))
