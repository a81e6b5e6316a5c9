"""A report as CSV (RFC 4180): one row a piece, for a spreadsheet and for scripts.

No cell is a formula, whatever an outlet wrote. A spreadsheet takes one for a formula when it
begins with `= + - @`, so such a cell is given an apostrophe (OWASP, "CSV Injection"). Where the
list separator is a semicolon, which is so in Albania, a spreadsheet cuts our rows there, and what
follows begins a cell of its own: it is given one too.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Final

from crawler.models import Language
from reports.formats.columns import Cell, columns_of, headings, view
from reports.forms import Edition
from reports.models import Report
from reports.readers_edition import told_to

BOM: Final = "\ufeff"

_FORMULA: Final = re.compile(r"(^|;)(?=[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n])")


def to_csv(
    report: Report, language: Language, bom: bool = False, edition: Edition = Edition.FULL
) -> str:
    """The pieces, earliest first, undated last; times are local ones of the event's zone.

    Lines end in CRLF. `bom` sets the mark by which Excel knows UTF-8.
    """
    looking, columns = view(told_to(report, edition), language), columns_of(edition)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(guarded(heading) for heading in headings(columns, looking))
    for piece in looking.report.pieces:
        cells = ((column.value(piece, looking), column.links) for column in columns)
        rows.writerow(written(cell, link=links) for cell, links in cells)
    return (BOM if bom else "") + out.getvalue()


def written(cell: Cell, *, link: bool = False) -> str:
    """A cell as text; numbers and dates are ours and stay what they are."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(_uncut(cell) if link else cell)
    return cell.strftime("%Y-%m-%d %H:%M") if isinstance(cell, datetime) else str(cell)


def _uncut(address: str) -> str:
    """An address that a semicolon would cut, spelled so that it leads to the same place."""
    return address if guarded(address) == address else address.replace(";", "%3B")


def guarded(text: str) -> str:
    """`text` that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", text)


_GUARD: Final = re.compile(r"(^|;)'(?=[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n])")


def unguarded(cell: str) -> str:
    """The text that `guarded` was given, out of a table that comes back."""
    return _GUARD.sub(r"\1", cell)
