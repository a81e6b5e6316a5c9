"""The sheets of an Excel workbook (.xlsx), as tables (pure).

calamine reads them. It lays a sheet out whole, from its first to its last cell, and unpacks what
it is told to, so what is handed to it was unpacked and measured before.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from crawler.limits import (
    TABLE_COLUMNS,
    TABLE_ROWS,
    WORKBOOK,
    WORKBOOK_MEMBERS,
    WORKBOOK_SHEETS,
)
from crawler.reading.tables import DAY_ZERO, HEAD_WITHIN, Table, WrongTable, bounded

# The other calendar of workbooks, of old Macs.
DAY_ZERO_1904: Final = date(1904, 1, 1)
SAVE_AS: Final = "in Excel: File > Save As > Excel Workbook (.xlsx)"
_COUNTS_FROM_1904: Final = re.compile(rb"""date1904\s*=\s*["'](?:1|true)["']""")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PARTS: Final = ("[Content_Types].xml", "_rels/", "xl/")
# Of a workbook with words, all that its tables are made of; pictures and charts are left out.
_LEFT_OUT: Final = ("xl/media/", "xl/charts/", "xl/drawings/", "xl/embeddings/", "xl/theme/")
_LATEST: Final = TABLE_ROWS + 10 * HEAD_WITHIN


def is_packed(body: bytes) -> bool:
    """Whether these bytes are a zip file, as every workbook of today is."""
    return body.startswith(b"PK\x03\x04")


def workbook_tables(body: bytes) -> list[Table]:
    """Its visible sheets that hold something, in their order.

    A formula is what Excel last made of it, a cell of a merged column what its first one says.
    Raises WrongTable for what is no workbook, is hidden whole, or is beyond every bound.
    """
    parts = _unpacked(body)
    zero = DAY_ZERO_1904 if _COUNTS_FROM_1904.search(parts["xl/workbook.xml"]) else DAY_ZERO
    try:
        with CalamineWorkbook.from_filelike(_repacked(parts)) as book:
            seen = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible is SheetVisibleEnum.Visible
            ]
            if len(seen) > WORKBOOK_SHEETS:
                raise WrongTable(
                    "more than {workbook_sheets} sheets: keep the one with the list",
                    workbook_sheets=WORKBOOK_SHEETS,
                )
            tables = [_table(book.get_sheet_by_name(name), zero) for name in seen]
    except CalamineError:
        raise WrongTable("it cannot be read as a workbook: {save_as}", save_as=SAVE_AS) from None
    return [table for table in tables if table.rows]


# --- measured before it is read ----------------------------------------------------------------


def _unpacked(body: bytes) -> dict[str, bytes]:
    """The members that tables are made of, by name. Raises WrongTable."""
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            _want_workbook(set(packed.namelist()))
            left = WORKBOOK
            for member in packed.infolist():
                if not member.filename.startswith(_PARTS) or member.filename.startswith(_LEFT_OUT):
                    continue
                with packed.open(member) as file:
                    parts[member.filename] = file.read(left + 1)
                left -= len(parts[member.filename])
                if left < 0:
                    raise WrongTable(
                        "it unpacks to more than {workbook} MB: part the list",
                        workbook=WORKBOOK // 1_000_000,
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise WrongTable(
            "it is damaged, or locked by a password: {save_as}", save_as=SAVE_AS
        ) from None
    for name, part in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _want_small(part)
    return parts


def _want_workbook(names: set[str]) -> None:
    """Raises WrongTable where these are not the members of a workbook."""
    if len(names) > WORKBOOK_MEMBERS:
        raise WrongTable(
            "more than {workbook_members:,} parts: no workbook has so many",
            workbook_members=WORKBOOK_MEMBERS,
        )
    if "content.xml" in names and "mimetype" in names:
        raise WrongTable(
            "it is a LibreOffice table (.ods): in LibreOffice: File > Save As > Excel 2007-365"
        )
    if "xl/workbook.xml" not in names:
        raise WrongTable("it is no Excel workbook: {save_as}", save_as=SAVE_AS)


def _want_small(sheet: bytes) -> None:
    """Raises WrongTable for a sheet whose last cell lies too far out to lay it out whole."""
    for row, column in _filled(sheet):
        if row > _LATEST:
            raise WrongTable(
                "row {row}: more than {table_rows:,} rows: part the list",
                row=row,
                table_rows=TABLE_ROWS,
            )
        if column > TABLE_COLUMNS:
            raise WrongTable(
                "row {row}: more than {table_columns} columns: keep the list",
                row=row,
                table_columns=TABLE_COLUMNS,
            )


def _filled(sheet: bytes) -> Iterator[tuple[int, int]]:
    """Row and column, from 1, of each cell that holds something. Raises WrongTable for no XML."""
    walk = etree.iterparse(
        io.BytesIO(sheet),
        events=("start", "end"),
        tag=("{*}row", "{*}c"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    )
    row = column = 0
    try:
        for event, element in walk:
            is_cell = str(element.tag).endswith("}c")
            if event == "start" and not is_cell:
                row, column = _counted(element.get("r"), row), 0
            elif event == "end" and is_cell:
                placed = _PLACE.fullmatch(element.get("r", ""))
                column = _number(placed[1]) if placed else column + 1
                row = int(placed[2]) if placed else row
                if len(element):
                    yield row, column
            elif event == "end":
                _forget(element)
    except etree.XMLSyntaxError:
        raise WrongTable("one of its sheets is damaged: {save_as}", save_as=SAVE_AS) from None


def _counted(said: str | None, before: int) -> int:
    """The number of a row, which follows the one before where it says none."""
    return int(said) if said and said.isascii() and said.isdecimal() else before + 1


def _number(name: str) -> int:
    """The number of a column, from 1: A is 1, AA is 27."""
    said = 0
    for letter in name:
        said = said * 26 + ord(letter) - ord("A") + 1
    return said


def _forget(row: Any) -> None:
    """Lets go of a row that was looked at, and of those before it."""
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]


def _repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """The workbook again, of nothing but the members that were measured, and not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    out.seek(0)
    return out


# --- what cells hold ---------------------------------------------------------------------------


def _table(sheet: CalamineSheet, zero: date) -> Table:
    empty = Table(rows=(), sheet=sheet.name, day_zero=zero)
    grid = [[_written(cell) for cell in cells] for cells in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for cells in grid[top + 1 : bottom + 1]:
            cells[left] = grid[top][left] if left < len(cells) else ""
    rows = bounded(empty, enumerate(grid, 1))
    return Table(rows=rows, sheet=sheet.name, day_zero=zero)


def _written(cell: object) -> str:
    """A cell as a person would type it."""
    match cell:
        case bool():
            return "po" if cell else "jo"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return _to_seconds(cell).isoformat(" ").removesuffix(":00")
        case time():
            moment = datetime.combine(date(2000, 1, 1), cell)
            return _to_seconds(moment).time().isoformat().removesuffix(":00")
        case timedelta():
            hours, minutes = divmod(round(cell.total_seconds() / 60), 60)
            return f"{hours:02}:{minutes:02}"
        case _:
            return str(cell)


def _to_seconds(moment: datetime) -> datetime:
    """Excel keeps a clock as a part of a day, and is off by some microseconds."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
