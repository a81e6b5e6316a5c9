"""Events and months side by side: what is counted once, and how sure each side is."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import Final

import openpyxl
import pytest
from bs4 import BeautifulSoup

from crawler.models import Brand, Event
from reports.charts.comparison import comparison
from reports.comparison import Comparison, SideWords, compared, days_of, of_period
from reports.document.comparison_document import comparison_document
from reports.formats.comparison_xlsx import to_comparison_xlsx
from reports.formats.html import set_html
from reports.formats.markdown import set_markdown
from reports.models import Report
from tests.reports.full import MADE, full, many, silent
from tests.reports.own import told as told_of_ours

JUNE: Final = {
    "date": date(2026, 6, 3),
    "first_day": date(2026, 6, 1),
    "last_day": date(2026, 6, 9),
}


def of(report: Report, slug: str, **changed: date | None) -> Report:
    event: Event = replace(report.event, slug=slug, title=f"Dita {slug}", **changed)
    return replace(report, event=event)


def test_events_stand_in_the_order_given_each_with_its_completeness() -> None:
    told = compared([of(silent(), "heshtja"), full()], "sq")
    quiet, loud = told.sides
    assert (quiet.events, quiet.pieces, quiet.checked.open) == (("heshtja",), 0, 0)
    assert (loud.pieces, loud.texts, loud.outlets, loud.owners) == (40, 17, 14, 9)
    assert (loud.checked.outlets, loud.checked.complete, loud.checked.by_hand) == (18, 12, 1)
    assert loud.checked.open == 5
    assert loud.on_the_day == 12


def test_our_words_stand_side_by_side_and_what_was_not_measured_is_no_nought() -> None:
    told = compared([of(told_of_ours(), "jona"), of(silent(), "heshtja")], "en")
    ours, quiet = told.sides
    assert ours.own == SideWords(pieces=8, share=0.5, messages=1, carried=1, quoted=1)
    assert quiet.own is None
    changed = sum(bool(piece.changes) for piece in full().pieces)
    assert ours.changed == changed
    words = set_markdown(comparison_document(told, "en"))
    assert f"| Dita jona | 8 | 50 % | 1/1 | 1 | {changed} |" in words
    assert "| Dita heshtja | – | – | – | – |" in words
    sheet = openpyxl.load_workbook(
        io.BytesIO(to_comparison_xlsx(told, "en", Brand(), made=MADE))
    ).worksheets[0]
    rows = [[cell.value for cell in row][-6:-2] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert rows == [[8, 0.5, 1, 1], [None, None, None, None]]
    first, second = told.as_json()["sides"]
    assert first["own_words"]["share"] == 0.5
    assert (second["own_words"], second["corrections"]["gone"]) == (None, quiet.gone)


def test_a_month_counts_a_piece_of_two_events_once_and_its_outlets_for_each() -> None:
    one, other = full(), of(full(), "tjetra")
    (side,) = of_period("2026", [one, other], "sq").sides
    assert (side.name, side.pieces, side.texts) == ("maj", 40, 17)
    assert (side.checked.complete, side.checked.outlets) == (24, 36)


def test_a_year_is_told_by_its_months_and_its_events_in_order() -> None:
    told = of_period("2026", [of(many(5), "qershori", **JUNE), full()], "en")
    assert [side.name for side in told.sides] == ["May", "June"]
    assert [side.events for side in told.events] == [("panairi",), ("qershori",)]
    month = of_period("2026-06", [of(many(5), "qershori", **JUNE)], "en")
    assert (month.title, month.events, [s.pieces for s in month.sides]) == ("June 2026", (), [5])


def test_an_event_without_a_date_is_of_the_month_of_its_first_day() -> None:
    later = of(full(), "x", date=None, first_day=date(2026, 7, 30), last_day=date(2026, 8, 9))
    assert [side.name for side in of_period("2026", [later], "en").sides] == ["July"]


def test_days_say_both_years_where_they_differ() -> None:
    years = {"first_day": date(2025, 12, 30), "last_day": date(2026, 1, 2), "date": None}
    (side, _) = compared([of(full(), "x", **years), full()], "en").sides
    assert days_of(side, "en") == "30 December 2025 – 2 January 2026"


@pytest.fixture
def told() -> Comparison:
    return compared([of(silent(), "heshtja"), full()], "en")


def test_every_form_has_the_same_figures(told: Comparison) -> None:
    laid = comparison_document(told, "en")
    page = BeautifulSoup(set_html(laid), "lxml")
    rows = [
        [cell.get_text() for cell in row.select("th, td")]
        for row in page.select("#answer tbody tr")
    ]
    assert [row[2:6] for row in rows] == [["0", "0", "0", "0"], ["40", "17", "14", "9"]]
    made = set_markdown(laid)
    assert (
        "| Panairi i Librit në Bregvalë | 11 May – 24 May 2026 | 40 | 17 | 14 | 9 | 12 | 13/18 |"
        in made
    )
    assert "12 of 18 outlets checked completely; 1 checked by hand; 5 not read to the end" in made
    assert not page.select("script")
    body = to_comparison_xlsx(told, "en", Brand(), made=MADE)
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    table = [row[1:5] for row in sheet.iter_rows(min_row=2, max_row=3, values_only=True)]
    assert table == [(0, 0, 0, 0), (40, 17, 14, 9)]
    sides = json.loads(json.dumps(told.as_json()))["sides"]
    assert [side["pieces"] for side in sides] == [0, 40]
    assert sides[1]["completeness"] == {"outlets": 18, "complete": 12, "by_hand": 1, "open": 5}


def test_a_bar_has_its_completeness_below_it(told: Comparison) -> None:
    drawn = comparison(told.sides, "en")
    assert "13/18 outlets" in drawn
    assert "12 of 18 outlets checked completely" in drawn


def test_hostile_names_are_words(told: Comparison) -> None:
    evil = '"><script>alert(1)</script>'
    sides = tuple(replace(side, name=evil) for side in told.sides)
    page = set_html(comparison_document(replace(told, sides=sides, title=evil), "en"))
    assert "<script>alert" not in page
    drawn = comparison(sides, "en")
    assert "<script>" not in drawn
