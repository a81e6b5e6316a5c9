"""What a person brings, to the tables in it: a workbook, or text in whichever letters (pure).

A text without a mark that is no UTF-8 was saved by an Excel of Windows, in one of two alphabets
that write Albanian alike. It is taken for one where no sign tells them apart, and no sign stands
where none belongs; else whoever brings it is told how to save it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from typing import Final

from crawler.limits import TABLE
from crawler.reading.tables import Table, WrongTable, csv_table
from crawler.reading.workbooks import SAVE_AS, is_packed, workbook_tables

SAVE_AS_UTF8: Final = "in Excel: File > Save As > CSV UTF-8 (Comma delimited)"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN: Final = "cp1252"
_CENTRAL: Final = "cp1250"
# Signs of both that stand inside no word, or end none. DOS (ë is ‰) and old Macs (ë is ‘) put
# theirs there; ‘ ends a word only where ‚ began one.
_MISPLACED: Final = re.compile(
    r"[^\W\d_](?:[ƒ†‡ˆ‰¤¦¨¬¯±×÷]|[€‚„…‹“”•–—˜™›§©«®°¶·¸»][^\W\d_])|\A[^‚]*[^\W\d_]‘"
)
# Three letters beyond ASCII in a row: another alphabet.
_FOREIGN: Final = re.compile(r"[\u00c0-\u024f]{3}")
_STARTS_AS_PAGE: Final = re.compile(r"\s*<(?:!doctype|html|table|\?xml|meta)", re.IGNORECASE)


def tables_in(body: bytes, known: Callable[[Sequence[str]], int]) -> list[Table]:
    """The tables of a file, one of a CSV, those of the visible sheets of a workbook.

    `known` counts the columns of a row that is a head, 0 of another. Raises WrongTable.
    """
    if len(body) > TABLE:
        raise WrongTable("larger than {table} MB: part the list", table=TABLE // 1_000_000)
    if body.startswith(_OLD_EXCEL):
        raise WrongTable(
            "an old Excel file (.xls), or one with a password: {save_as}", save_as=SAVE_AS
        )
    if is_packed(body):
        return workbook_tables(body)
    text = text_of(body)
    if "\0" in text:
        raise WrongTable("it is neither a workbook (.xlsx) nor a text (.csv)")
    if _STARTS_AS_PAGE.match(text[:200]):
        raise WrongTable("it is a web page and no table: {save_as}", save_as=SAVE_AS)
    return [csv_table(text, known)]


def text_of(body: bytes) -> str:
    """The text of a CSV: UTF-8, UTF-16, or Windows' letters where nothing speaks against them.

    Raises WrongTable, with the line and what to press in Excel.
    """
    for mark, letters in _MARKS:
        if body.startswith(mark):
            return _decoded(body.removeprefix(mark), letters)
    if unmarked := _unmarked_utf16(body):
        return _decoded(body, unmarked)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _of_windows(body)


def _decoded(body: bytes, letters: str) -> str:
    try:
        return body.decode(letters)
    except UnicodeDecodeError:
        raise WrongTable(
            "it is no {upper}, as its mark says: {save_as_utf8}",
            upper=letters.upper(),
            save_as_utf8=SAVE_AS_UTF8,
        ) from None


def _unmarked_utf16(body: bytes) -> str | None:
    """Which UTF-16, told by the empty halves of its first separators and letters."""
    start = body[:400]
    if len(start) < 4 or len(body) % 2:  # noqa: PLR2004 - two signs
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 < len(start):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _of_windows(body: bytes) -> str:
    """Windows-1252 or -1250 where they say the same. Raises WrongTable with the line."""
    for at, line in enumerate(body.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            western, central = line.decode(_WESTERN), line.decode(_CENTRAL)
        except UnicodeDecodeError:
            western, central = "", "?"
        if western != central or _MISPLACED.search(western) or _FOREIGN.search(western):
            raise WrongTable(
                "line {at}: its letters can be read in two ways: {save_as_utf8}",
                at=at,
                save_as_utf8=SAVE_AS_UTF8,
            )
    return body.decode(_WESTERN)
