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
from reports.forms import Edition
from tests.reports.attacks import attacked
from tests.reports.full import full, silent
from tests.reports.readers import BRAND, workbook


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("sq", ["Përmbledhje", "Shkrimet", "Tekstet", "Plotësia", "Të dyshimta", "Metoda"]),
        ("en", ["Summary", "Pieces", "Stories", "Completeness", "Doubtful", "Method"]),
    ],
)
def test_the_sheets(language: str, names: list[str]) -> None:
    book = workbook(full(), "sq" if language == "sq" else "en")
    assert book.sheetnames == names
    assert [sheet.max_row - 1 for sheet in book][1:5] == [40, 40, 18, 2]


@pytest.mark.parametrize("at", range(1, 6))
def test_a_heading_stays_filters_and_is_printed_on_every_page(at: int) -> None:
    sheet = workbook(full(), "sq").worksheets[at]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width >= 8


def test_dates_are_dates_in_local_time() -> None:
    sheet = workbook(full(), "sq").worksheets[1]
    rows = {row[-1].value: row for row in sheet.iter_rows(min_row=2)}
    timed, day, undated = rows["a_2"][1], rows["a_11"][1], rows["a_17"][1]
    assert {type(timed.value), type(day.value)} == {datetime}
    assert (str(timed.value), timed.number_format) == ("2026-05-16 09:20:00", "yyyy-mm-dd hh:mm")
    assert (str(day.value), day.number_format) == ("2026-05-18 00:00:00", "yyyy-mm-dd")
    assert undated.value is None


def test_addresses_are_links_and_headlines_words_that_wrap() -> None:
    sheet = workbook(full(), "sq").worksheets[1]
    for row in sheet.iter_rows(min_row=2):
        assert row[3].hyperlink.target == row[3].value
        assert row[2].hyperlink is None


def test_long_words_wrap_and_persian_is_read_from_the_right() -> None:
    sheet = workbook(full(), "sq").worksheets[1]
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
    sheet = workbook(replace(report, pieces=(first, *report.pieces[1:])), "sq").worksheets[1]
    assert sheet["D2"].value == url
    assert sheet["D2"].hyperlink is None


def test_stories_and_what_may_be_the_same() -> None:
    sheet = workbook(full(), "sq").worksheets[2]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in rows if row[0] == "s_2"] == [0, 4, 66, 142, 1300]
    assert [row[6] for row in rows if row[0] == "s_14"] == ["https://gazeta.example/a_8/"]


def test_the_method_sheet_says_the_answer() -> None:
    sheet = workbook(silent(), "en").worksheets[-1]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert told["Summary"].startswith("No piece about this event was found. This can be believed")


@pytest.mark.parametrize("edition", Edition)
def test_the_first_ten_columns_are_read_and_the_others_stand_folded_behind(
    edition: Edition,
) -> None:
    sheet = workbook(full(), "en", edition).worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:4] == ["outlet", "published (Europe/Tirane)", "headline", "URL"]
    folded = [sheet.column_dimensions[cell.column_letter] for cell in sheet[1][10:]]
    assert folded[0].hidden
    assert sheet.print_area.replace("$", "").endswith(f"A1:J{sheet.max_row}")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    office = {"note", "decided by", "score of the match", "words found"}
    assert bool(office & set(heads)) == (edition is Edition.FULL)


def test_the_summary_has_the_figures_and_a_chart_of_its_own() -> None:
    made = to_xlsx(full(), "en", BRAND, Edition.READERS)
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    rows = {row[1]: row[0] for row in sheet.iter_rows(max_col=2, values_only=True)}
    assert (rows["Pieces"], rows["Distinct texts"], rows["Outlets"]) == (40, 17, 14)
    assert any("12 of 18 outlets checked completely" in str(words) for words in rows)
    days = list(sheet.iter_rows(min_row=2, min_col=4, max_col=6, values_only=True))
    counted = sum((row[1] or 0) + (row[2] or 0) for row in days)
    assert counted == len(full().dated)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert "xl/charts/chart1.xml" in parts.namelist()


def test_the_book_knows_its_title_and_the_same_report_gives_the_same_bytes() -> None:
    made = to_xlsx(full(), "sq", Brand(name="Zyra"))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.properties.title == "Panairi i Librit në Bregvalë"
    assert f"{book.properties.created:%Y-%m-%d %H:%M}" == "2026-05-25 06:00"
    assert made == to_xlsx(full(), "sq", Brand(name="Zyra"))
