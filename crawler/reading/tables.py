"""A table that a person brings, before anybody knows what its columns mean (pure).

What a cell holds is text: a day is `2025-05-10`, a moment `2025-05-10 09:30`, a clock `09:30`, a
number as a person writes it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from crawler.failure import Failure
from crawler.limits import TABLE_COLUMNS, TABLE_ROWS

# What Excel counts days from (ECMA-376, 18.17.4.1): it holds 1900 for a leap year.
DAY_ZERO: Final = date(1899, 12, 30)
# Rows among which a head is looked for: titles and blank lines may stand above it.
HEAD_WITHIN: Final = 20
_SEPARATORS: Final = ",;\t"
# What Excel writes above a CSV, and reads: which sign parts the cells.
_SEP_LINE: Final = re.compile(r'"?sep=(.)"?[ ,;\t]*\r?\n', re.IGNORECASE)


class WrongTable(Failure):
    """A table that cannot be taken in: one line that says where, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that holds something."""

    # of the file, from 1; of a row with line breaks in a cell, its last one
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as it stands."""

    rows: tuple[Row, ...]
    # the sheet of a workbook; None of a CSV
    sheet: str | None = None
    # from which bare numbers count days
    day_zero: date = DAY_ZERO

    def place(self, line: int, column: int | None = None) -> str:
        """Where a row or a cell is, for people: `line 3`, `Lista!C3`; columns count from 0."""
        if self.sheet is None:
            return f"line {line}"
        return f"{self.sheet}!{line if column is None else f'{letters_of(column)}{line}'}"


def letters_of(column: int) -> str:
    """The letters of a column that counts from 0: 0 is A, 26 is AA."""
    said, left = "", column + 1
    while left:
        left, sign = divmod(left - 1, 26)
        said = chr(ord("A") + sign) + said
    return said


def csv_table(text: str, known: Callable[[Sequence[str]], int]) -> Table:
    """The table of a text. Comma, semicolon or tab part it: what a first line `sep=;` says, else
    that with which a row has the most columns that are `known`, else what its first line has most.

    Raises WrongTable.
    """
    text = text.removeprefix("\ufeff")
    if said := _SEP_LINE.match(text):
        return Table(rows=_rows(text[said.end() :], said[1], above=1))
    likely = sorted(_SEPARATORS, key=text.partition("\n")[0].count, reverse=True)
    start = "".join(text[: 1 << 16].splitlines(keepends=True)[: 2 * HEAD_WITHIN])
    mark = max(likely, key=lambda mark: _most_known(start, mark, known))
    return Table(rows=_rows(text, mark))


def _most_known(start: str, mark: str, known: Callable[[Sequence[str]], int]) -> int:
    try:
        rows = _rows(start, mark)[:HEAD_WITHIN]
    except WrongTable:
        return 0
    return max((known(row.cells) for row in rows), default=0)


def _rows(text: str, mark: str, *, above: int = 0) -> tuple[Row, ...]:
    """The rows that hold something; `above` lines stood before them. Raises WrongTable."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return bounded(Table(rows=()), ((reader.line_num + above, cells) for cells in reader))
    except csv.Error as error:
        raise WrongTable(
            "line {line_num}: it is no table: {error}",
            line_num=reader.line_num + above,
            error=error,
        ) from None


def bounded(place: Table, rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[Row, ...]:
    """The rows that hold something, each with its line. Raises WrongTable for too many."""
    found: list[Row] = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(found) > TABLE_ROWS + HEAD_WITHIN:
            raise WrongTable(
                "{place}: more than {table_rows:,} rows: part the list",
                place=place.place(line),
                table_rows=TABLE_ROWS,
            )
        if len(cells) > TABLE_COLUMNS and any(cells[TABLE_COLUMNS:]):
            raise WrongTable(
                "{place}: more than {table_columns} columns",
                place=place.place(line),
                table_columns=TABLE_COLUMNS,
            )
        found.append(Row(line=line, cells=tuple(cells[:TABLE_COLUMNS])))
    return tuple(found)
