"""The chart: pieces per day as a picture, and the same in words of the reader's language."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from crawler.models import Language
from reports.publishing.chart import chart
from tests.reports.made import ZONE, outlet, piece, report

FIRST = datetime(2026, 5, 11, 23, 30, tzinfo=ZONE)


def drawn(days: Sequence[int], language: Language = "en", colour: str | None = None) -> str:
    """The words of a chart of pieces so many days after the first; looks at the picture too."""
    pieces = [
        piece("gazeta", key=f"a_{n}", published=FIRST + timedelta(days=day))
        for n, day in enumerate(days)
    ]
    made = chart(report([outlet("gazeta")], pieces), language, colour)
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
    alt = drawn([*range(0, 70, 7), 14, 14, 21])
    assert alt.startswith("Bar chart. Pieces per week, “Dita e Bregut”, 11 May – 13 July. Most: ")
    assert "week of 25 May (3), week of 1 June (2)" in alt


def test_years_are_bounded() -> None:
    drawn([0, 1, 4000])


@pytest.mark.parametrize("days", [[], [0], [0, 0]], ids=["none", "one", "one-day"])
def test_where_nothing_can_be_compared_there_is_no_chart(days: list[int]) -> None:
    pieces = [piece("gazeta", key=f"a_{n}", published=FIRST) for n, _ in enumerate(days)]
    assert chart(report([outlet("gazeta")], pieces), "sq", None) is None
