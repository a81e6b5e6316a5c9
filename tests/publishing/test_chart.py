"""The chart: pieces per day as a picture, and the same in words of the reader's language."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.models import Language
from reports.charts.days import DAYS_SHOWN, bins_of
from reports.models import Report
from reports.publishing.chart import chart
from tests.reports.made import EVENT, ZONE, outlet, piece, report

FIRST = datetime(2026, 5, 11, 23, 30, tzinfo=ZONE)


def told_of(days: Sequence[int], window: int = 14) -> Report:
    """A report of pieces so many days after the first, which is the first day of the window."""
    pieces = [
        piece("gazeta", key=f"a_{n}", published=FIRST + timedelta(days=day))
        for n, day in enumerate(days)
    ]
    last = EVENT.first_day + timedelta(days=window - 1)
    return report([outlet("gazeta")], pieces, event=replace(EVENT, last_day=last))


def drawn(
    days: Sequence[int],
    language: Language = "en",
    colour: str | None = None,
    window: int = 14,
) -> str:
    """The words of a chart; looks at the picture too."""
    made = chart(told_of(days, window), language, colour)
    assert made is not None
    assert made.png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", made.png[16:24])
    assert width == 1440
    assert 400 <= height <= 700
    assert len(made.png) < 200_000
    return made.alt


@pytest.mark.parametrize(
    ("language", "alt"),
    [
        ("sq", "Grafik me shtylla. Shkrime në ditë, “Dita e Bregut”: 11 maj (1) dhe 13 maj (2)."),
        ("en", "Bar chart. Pieces per day, “Dita e Bregut”: 11 May (1) and 13 May (2)."),
    ],
)
def test_the_words_say_what_the_picture_shows(language: Language, alt: str) -> None:
    assert drawn([0, 2, 2], language, "#7a1f2b") == alt


def test_a_long_time_is_told_in_weeks_and_only_its_highest() -> None:
    alt = drawn([*range(0, 70, 7), 14, 14, 21], window=70)
    assert alt.startswith("Bar chart. Pieces per week, “Dita e Bregut”, 11 May – 13 July. Most: ")
    assert "week of 25 May (3), week of 1 June (2)" in alt


def test_years_are_drawn() -> None:
    drawn([0, 1, 8, 4000], window=4001)


@pytest.mark.parametrize("window", [DAYS_SHOWN - 5, DAYS_SHOWN, DAYS_SHOWN + 1])
def test_the_post_counts_in_weeks_exactly_where_the_page_does(window: int) -> None:
    days = [0, 2, 20, 38]
    page = bins_of(told_of(days, window)).step == 7
    assert page == (window > DAYS_SHOWN)
    assert ("per week" in drawn(days, window=window)) == page


def test_what_lies_outside_the_window_is_in_no_column() -> None:
    assert drawn([0, 2, 20]).endswith("11 May (1) and 13 May (1).")


@pytest.mark.parametrize("days", [[], [0], [0, 0]], ids=["none", "one", "one-day"])
def test_where_nothing_can_be_compared_there_is_no_chart(days: list[int]) -> None:
    assert chart(told_of(days), "sq", None) is None
