"""One sheet of a workbook: typed cells, links of the web only, a heading that stays."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from crawler.models import Brand
from reports.formats.colours import on_paper, readable
from reports.formats.columns import Cell
from reports.formats.plain import plain, right_to_left, web_address

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# What Excel holds in one cell, as an address, and as links of one sheet (its specifications).
LETTERS: Final = 32_000
ADDRESS: Final = 2_000
LINKS: Final = 65_000

# The size of paper, as Excel numbers it.
A4: Final = 9
# Points of a line, and lines of a row at most: what is longer is read in its cell.
LINE: Final = 15
LINES: Final = 6
# Characters across a sheet of paper that can still be read.
ACROSS: Final = 230


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
    # of the columns, in characters
    wraps: Sequence[bool]
    # columns whose words go on in the next line
    rows: Iterable[Sequence[Value]]
    # below the heading
    read: int | None = None
    # columns that people read; the others stand folded behind them, and are not printed


# How a workbook is made: in memory, and words are words.
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def book_of(table: Table, brand: Brand, made: datetime) -> bytes:
    """A workbook of one sheet; `made` is when, in UTC: the same table gives the same bytes."""
    import xlsxwriter  # noqa: PLC0415 - only who asks for a workbook waits for it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"created": made.replace(tzinfo=None)})
        Sheet(book.add_worksheet(table.name), table, looks_of(book, brand)).fill()
    return out.getvalue()


class Sheet:
    """Writes a table into a worksheet."""

    def __init__(self, sheet: Worksheet, table: Table, looks: Mapping[str, Format]) -> None:
        self._sheet = sheet
        self._table = table
        self._looks = looks
        self._links = 0

    def fill(self) -> None:
        """Heading, rows, filters, and how it is printed."""
        for at, (heading, width) in enumerate(
            zip(self._table.headings, self._table.widths, strict=True)
        ):
            behind = self._table.read is not None and at >= self._table.read
            self._sheet.set_column(
                at, at, width, None, {"level": 1, "hidden": True} if behind else {}
            )
            self._sheet.write_string(0, at, heading, self._looks["head"])
        if self._table.read is not None:
            # the sign that unfolds them
            self._sheet.set_column(
                len(self._table.headings), len(self._table.headings), 3, None, {"collapsed": True}
            )
        self._sheet.set_row(0, 2 * LINE + 2)
        last = 0
        for last, row in enumerate(self._table.rows, 1):
            self._row(last, row)
        self._sheet.freeze_panes(1, 1)
        self._sheet.autofilter(0, 0, last, len(self._table.headings) - 1)
        self._page(last)

    def _page(self, last: int) -> None:
        """On paper: A4 lying, the columns that are read, the heading on every page."""
        fits = sum(across <= ACROSS for across in accumulate(self._table.widths))
        shown = self._table.read or fits
        self._sheet.print_area(0, 0, last, shown - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_footer("&C&P / &N")

    def _row(self, at: int, row: Sequence[Value]) -> None:
        lines = 1
        for column, value in enumerate(row):
            self._write(at, column, value)
            if self._table.wraps[column] and isinstance(value, str):
                lines = max(lines, -(-len(value) // self._table.widths[column]))
        if lines > 1:
            # not every program sees by itself that a line does not suffice
            self._sheet.set_row(at, LINE * min(lines, LINES))

    def _write(self, row: int, column: int, value: Value) -> None:
        match value:
            case None:
                return
            case Link():
                self._link(row, column, value)
            case str():
                self._words(row, column, value)
            case datetime():
                self._sheet.write_datetime(row, column, value, self._looks["moment"])
            case date():
                self._sheet.write_datetime(row, column, value, self._looks["day"])
            case _:
                self._sheet.write_number(row, column, value, self._looks["number"])

    def _link(self, row: int, column: int, value: Link) -> None:
        address = web_address(value.address)
        if address is None or len(address) > ADDRESS or self._links == LINKS:
            self._words(row, column, value.words)
            return
        self._links += 1
        look = self._look("link", column, value.words)
        self._sheet.write_url(row, column, address, look, string=plain(value.words, LETTERS))

    def _words(self, row: int, column: int, words: str) -> None:
        shown = plain(words, LETTERS)
        self._sheet.write_string(row, column, shown, self._look("words", column, shown))

    def _look(self, kind: str, column: int, words: str) -> Format:
        wrapped = "-wrapped" if self._table.wraps[column] else ""
        return self._looks[f"{kind}{wrapped}{'-rtl' if right_to_left(words) else ''}"]


def looks_of(book: Workbook, brand: Brand) -> dict[str, Format]:
    """The formats, by what they are for."""
    ink, paint = readable(brand.colour)
    top: dict[str, object] = {"valign": "top", "font_name": "Calibri", "font_size": 11}
    head = {"bold": True, "valign": "vcenter", "font_color": ink, "bg_color": paint}
    wrapped, turned = {"text_wrap": True}, {"reading_order": 2, "align": "right"}
    given: dict[str, dict[str, object]] = {
        "head": {**top, **wrapped, **head},
        "number": top,
        "title": {**top, "bold": True, "font_size": 20, "font_color": on_paper(brand.colour)},
        "lead": {**top, "bold": True, "font_size": 13, **wrapped},
        "figure": {**top, "bold": True, "font_size": 14, "align": "left"},
        "label": {**top, "font_color": "#595959"},
        "moment": {**top, "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
        "day": {**top, "num_format": "yyyy-mm-dd", "align": "left"},
    }
    for kind, look in {"words": {}, "link": {"font_color": "#1a4f8b", "underline": 1}}.items():
        given[kind] = {**top, **look}
        given[f"{kind}-rtl"] = {**top, **look, **turned}
        given[f"{kind}-wrapped"] = {**top, **look, **wrapped}
        given[f"{kind}-wrapped-rtl"] = {**top, **look, **wrapped, **turned}
    return {name: book.add_format(look) for name, look in given.items()}
