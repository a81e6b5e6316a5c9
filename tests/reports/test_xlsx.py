"""The workbook: sheets, types, links, and words that stay words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from crawler.models import Brand
from reports.formats.xlsx import to_xlsx
from tests.reports.attacks import attacked
from tests.reports.full import full, silent
from tests.reports.readers import BRAND, workbook


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("sq", ["Shkrimet", "Tekstet", "Plotësia", "Të dyshimta", "Metoda"]),
        ("en", ["Pieces", "Stories", "Completeness", "Doubtful", "Method"]),
    ],
)
def test_the_sheets(language: str, names: list[str]) -> None:
    book = workbook(full(), "sq" if language == "sq" else "en")
    assert book.sheetnames == names
    assert [sheet.max_row - 1 for sheet in book][:4] == [40, 40, 18, 2]


@pytest.mark.parametrize("at", range(5))
def test_a_heading_stays_filters_and_is_printed_on_every_page(at: int) -> None:
    sheet = workbook(full(), "sq").worksheets[at]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width >= 8


def test_dates_are_dates_in_local_time() -> None:
    sheet = workbook(full(), "sq").worksheets[0]
    rows = {row[-1].value: row for row in sheet.iter_rows(min_row=2)}
    timed, day, undated = rows["a_2"][1], rows["a_11"][1], rows["a_17"][1]
    assert {type(timed.value), type(day.value)} == {datetime}
    assert (str(timed.value), timed.number_format) == ("2026-05-16 09:20:00", "yyyy-mm-dd hh:mm")
    assert (str(day.value), day.number_format) == ("2026-05-18 00:00:00", "yyyy-mm-dd")
    assert undated.value is None


def test_addresses_are_links_and_headlines_words_that_wrap() -> None:
    sheet = workbook(full(), "sq").worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        assert row[3].hyperlink.target == row[3].value
        assert row[2].hyperlink is None


def test_long_words_wrap_and_persian_is_read_from_the_right() -> None:
    sheet = workbook(full(), "sq").worksheets[0]
    rows = {row[-1].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows["a_1"][2].alignment.wrap_text
    assert rows["a_6"][2].alignment.readingOrder == 2
    assert rows["a_1"][2].alignment.readingOrder == 0


def test_no_cell_is_a_formula() -> None:
    cells = [
        cell for sheet in workbook(attacked(), "sq") for row in sheet.iter_rows() for cell in row
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "=HYPERLINK(" in " ".join(str(cell.value) for cell in cells)
    with zipfile.ZipFile(io.BytesIO(to_xlsx(attacked(), "sq", BRAND))) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not [name for name in sheets if b"<f>" in parts.read(name)]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "internal:Sheet2!A1",
        "https://a.example/" + "x" * 3000,
    ],
    ids=["script", "file", "internal", "too long for Excel"],
)
def test_an_address_that_cannot_be_a_link_is_words(url: str) -> None:
    report = full()
    first = replace(report.pieces[0], url=url)
    sheet = workbook(replace(report, pieces=(first, *report.pieces[1:])), "sq").worksheets[0]
    assert sheet["D2"].value == url
    assert sheet["D2"].hyperlink is None


def test_stories_and_what_may_be_the_same() -> None:
    sheet = workbook(full(), "sq").worksheets[1]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in rows if row[0] == "s_2"] == [0, 4, 66, 142, 1300]
    assert [row[6] for row in rows if row[0] == "s_14"] == ["https://gazeta.example/a_8/"]


def test_the_method_sheet_says_the_answer() -> None:
    sheet = workbook(silent(), "en").worksheets[-1]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert told["Summary"].startswith("No piece about this event was found. This can be believed")


def test_the_book_knows_its_title_and_the_same_report_gives_the_same_bytes() -> None:
    made = to_xlsx(full(), "sq", Brand(name="Zyra"))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.properties.title == "Panairi i Librit në Bregvalë"
    assert f"{book.properties.created:%Y-%m-%d %H:%M}" == "2026-05-25 06:00"
    assert made == to_xlsx(full(), "sq", Brand(name="Zyra"))
