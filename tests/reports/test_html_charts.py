"""The charts: every piece drawn or told, every word escaped, well-formed at every width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from crawler.models import Outcome
from reports.charts import (
    NARROW,
    PRINT,
    WIDE,
    days,
    days_title,
    gauge,
    mark,
    outlets,
    outlets_title,
    spread,
    spread_title,
    tiles,
)
from reports.models import Completeness, Report
from tests.reports.full import full, hostile, many, silent

SVG = "{http://www.w3.org/2000/svg}"
Draw = Callable[[Report, int], str]
DRAWN: dict[str, Draw] = {
    "days": lambda report, width: days(report, "sq", width=width),
    "outlets": lambda report, width: outlets(report, "en", width=width, colours=PRINT),
    "spread": lambda report, width: spread(report.texts[0], "sq", width=width),
    "tiles": lambda report, width: tiles(report, "en", width=width),
}
every_chart = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)


def tree(drawing: str) -> etree._Element:
    return etree.fromstring(drawing.encode())


def written(drawing: str) -> list[str]:
    return [text.text or "" for text in tree(drawing).iter(f"{SVG}text")]


@every_chart
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("report", [full(), hostile(), many(300)], ids=["full", "hostile", "many"])
def test_a_drawing_is_well_formed_and_told(draw: Draw, width: int, report: Report) -> None:
    root = tree(draw(report, width))
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert float(root.get("width", "0")) <= width
    assert {node.tag for node in root.iter()} <= {
        SVG + name for name in ("svg", "g", "title", "text", "rect", "circle", "line", "path")
    }


@every_chart
def test_nothing_is_drawn_outside(draw: Draw) -> None:
    root = tree(draw(full(), NARROW))
    for node in root.iter(f"{SVG}rect", f"{SVG}circle"):
        x = float(node.get("x", node.get("cx", "0")))
        assert 0 <= x <= NARROW
        assert x + float(node.get("width", "0")) <= NARROW + 0.1


def test_columns_of_days_add_up_to_the_dated_pieces() -> None:
    report = full()
    root = tree(days(report, "sq"))
    numbers = [
        int(text.text or "") for text in root.iter(f"{SVG}text")
        if text.get("font-weight") and text.get("text-anchor") == "middle"
        and (text.text or "").isdigit() and float(text.get("y", "0")) < 96
    ]  # fmt: skip
    assert sum(numbers) == len(report.dated)


def test_the_day_of_the_event_is_marked() -> None:
    assert "ngjarja" in written(days(full(), "sq"))
    undated = replace(full(), event=replace(full().event, date=None))
    assert "ngjarja" not in written(days(undated, "sq"))


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 5, 11), date(2026, 5, 24), "12 nga 40 shkrime dolën ditën e ngjarjes"),
        (date(2026, 5, 17), date(2026, 5, 24), "Më shumë shkrime më 17 maj: 7"),
        (date(2026, 3, 2), date(2026, 5, 31), "Më shumë shkrime në javën që nis më 11 maj: 31"),
        (date(2026, 1, 1), date(2026, 1, 3), "Shkrime në ditë, sipas mediave"),
    ],
    ids=["event", "peak", "weeks", "nothing"],
)
def test_the_title_says_what_is_seen(first: date, last: date, told: str) -> None:
    report = replace(full(), event=replace(full().event, first_day=first, last_day=last))
    assert days_title(report, "sq") == told


def test_outlets_without_a_row_are_told_in_one() -> None:
    report = many(300)
    *rows, last = [w for w in written(outlets(report, "en")) if not w.isdigit()]
    assert len(rows) == 13
    shown = [int(w) for w in written(outlets(report, "en")) if w.isdigit()]
    assert last == f"27 more: {300 - sum(shown)} pieces"


def test_two_outlets_of_one_name_stay_two() -> None:
    report = full()
    same = tuple(replace(piece, outlet_name="Lajme") for piece in report.pieces)
    assert written(outlets(replace(report, pieces=same), "sq")).count("Lajme") == 14


def test_who_published_most() -> None:
    assert outlets_title(full(), "sq") == "Më shumë shkrime: Gazeta Shembull (6)"
    assert outlets_title(silent(), "en") == "Pieces by outlet"


def test_a_text_is_told_with_its_lags() -> None:
    text = full().texts[0]
    assert (
        spread_title(text, "en")
        == "The same text in 8 other outlets, half of them within 1 h 35 min"
    )
    told = written(spread(text, "en"))
    assert {"first", "+12 min", "+3 h 10 min", "+2 days", "time not known"} <= set(told)


def test_a_text_without_any_time_is_drawn() -> None:
    text = full().texts[0]
    bare = tuple(replace(piece, published=None, lag_minutes=None) for piece in text.pieces)
    assert written(spread(replace(text, pieces=bare), "sq")).count("ora nuk dihet") == 8


def test_a_piece_on_the_last_evening_is_inside_and_one_after_it_is_not() -> None:
    report = full()
    moments = (datetime(2026, 5, 24, 21, 59, tzinfo=UTC), datetime(2026, 5, 24, 22, 0, tzinfo=UTC))
    pieces = tuple(
        replace(piece, published=when) for piece, when in zip(report.pieces, moments, strict=False)
    )
    assert days_title(replace(report, pieces=pieces), "en") == "Most pieces on 24 May: 1"


@pytest.mark.parametrize("outcome", [*Outcome, None])
def test_every_outcome_has_a_sign(outcome: Outcome | None) -> None:
    assert "<path" in mark(outcome)
    row = replace(full().completeness[0], outcome=outcome)
    root = tree(tiles(replace(full(), completeness=(row,)), "sq"))
    assert len(list(root.iter(f"{SVG}title"))) == 1


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"listed": 100, "read": 100, "matched": 3}, 3),
        ({"listed": 100, "read": 40, "matched": 0}, 2),
        ({"listed": None, "read": 40, "matched": 1}, 3),
        ({"listed": 0, "read": 0, "matched": 0}, 0),
        ({"outcome": None, "read": 0}, 0),
    ],
    ids=["complete", "half", "no-number", "empty", "unasked"],
)
def test_a_gauge_shows_listed_read_and_matched(change: dict[str, int | None], parts: int) -> None:
    row: Completeness = replace(full().completeness[0], **change)  # type: ignore[arg-type]
    assert gauge(row).count("<rect") == parts
    assert ("dasharray" in gauge(row)) == (change.get("listed", 0) is None)
