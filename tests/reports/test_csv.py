"""CSV: one row a piece, and no cell that a spreadsheet would obey."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats.csv import BOM, guarded, to_csv, written
from tests.reports.attacks import attacked
from tests.reports.full import full
from tests.reports.readers import csv_rows

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n"


@pytest.mark.parametrize(
    ("language", "first"),
    [
        (
            "sq",
            ["media", "botuar (Europe/Tirane)", "titulli", "adresa", "kopja e arkivuar", "vendimi"],
        ),
        (
            "en",
            ["outlet", "published (Europe/Tirane)", "headline", "URL", "archived copy", "decision"],
        ),
    ],
)
def test_what_is_always_there_comes_first(language: str, first: list[str]) -> None:
    heads, *rows = csv_rows(full(), "sq" if language == "sq" else "en")
    assert heads[:6] == first
    assert len(rows) == 40
    assert {len(row) for row in rows} == {len(heads)}


def test_times_are_local_and_days_are_days() -> None:
    rows = {row[-1]: row for row in csv_rows(full(), "sq")[1:]}
    assert rows["a_2"][1] == "2026-05-16 09:20"
    assert rows["a_11"][1] == "2026-05-18"
    assert rows["a_17"][1] == ""


@pytest.mark.parametrize("bom", [True, False])
def test_the_mark_of_utf_8_is_asked_for(bom: bool) -> None:
    assert to_csv(full(), "sq", bom=bom).startswith(BOM) is bom


def test_lines_end_as_the_rfc_says() -> None:
    told = to_csv(attacked(), "sq")
    assert told.count("\r\n") == 41
    assert "\n" not in told.replace("\r\n", "")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+355 69", "'+355 69"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\uff1d1", "'\uff1d1"),
        ('"=1"', '\'"=1"'),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("një; =1", "një;' =1"),
        ("një;=1;-2", "një;'=1;'-2"),
        ("a-b = c", "a-b = c"),
        ("një; dy", "një; dy"),
        ("", ""),
    ],
)
def test_a_cell_is_never_a_formula(cell: str, safe: str) -> None:
    assert guarded(cell) == safe


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_cell_of_the_file_is_a_formula_whatever_cuts_it(delimiter: str) -> None:
    told = to_csv(attacked(), "sq")
    cells = [cell for row in csv.reader(io.StringIO(told), delimiter=delimiter) for cell in row]
    assert not [
        cell for cell in cells if cell.strip(" \"'").startswith(tuple(SIGNS)) and not _safe(cell)
    ]


def _safe(cell: str) -> bool:
    return cell.startswith("'")


@given(st.text(st.sampled_from(SIGNS + ";\"' ab"), max_size=12))
def test_no_part_of_a_cell_begins_with_a_sign(text: str) -> None:
    for part in guarded(text).split(";"):
        assert not part.lstrip(' "').startswith(tuple(SIGNS))


@pytest.mark.parametrize(
    ("cell", "told"), [(None, ""), (0, "0"), (-3, "-3"), (0.93, "0.93"), ("x", "x")]
)
def test_numbers_of_ours_stay_numbers(cell: str | float | None, told: str) -> None:
    assert written(cell) == told


def test_an_address_that_would_be_cut_leads_to_the_same_place() -> None:
    assert written("https://a.example/?a;=1", link=True) == "https://a.example/?a%3B=1"
    assert written("https://a.example/?a;b", link=True) == "https://a.example/?a;b"
