"""Jumping through pages: never more requests than 2 log2(pages) and a handful."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.jump import next_probe, start_page

NEWEST = datetime(2026, 5, 24, 12, 0, tzinfo=UTC)


def search(middles: list[datetime], end: datetime) -> tuple[int, int]:
    """The page where the walk begins, and how many pages were asked on the way."""
    seen, beyond, guesses, asked = {1: middles[0]}, None, 0, 0
    while (number := next_probe(seen, end, beyond=beyond, guesses=guesses)) is not None:
        asked += 1
        assert number not in seen, "a page is never asked twice"
        guesses += bool(beyond or any(middle < end for middle in seen.values()))
        if number > len(middles):
            beyond = min(number, beyond or number)
        else:
            seen[number] = middles[number - 1]
    return start_page(seen, end), asked


def expected(middles: list[datetime], end: datetime) -> int:
    newer = [number for number, middle in enumerate(middles, 1) if middle >= end]
    return max(newer, default=1)


@pytest.mark.parametrize(
    ("pages", "away"),
    [(1, 0), (2, 1), (10, 9), (300, 1), (320, 300), (300, 299), (5000, 4321)],
    ids=str,
)
def test_regular_outlets_take_a_handful_of_requests(pages: int, away: int) -> None:
    middles = [NEWEST - timedelta(hours=6 * page) for page in range(pages)]
    end = NEWEST - timedelta(hours=6 * away - 1)
    start, asked = search(middles, end)
    assert start == expected(middles, end)
    assert asked <= 2 * log2(max(away, 2)) + 3


@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=900),
    st.integers(0, 100_000),
)
def test_any_rhythm_stays_within_the_bound(gaps: list[int], back: int) -> None:
    moments, at = [], NEWEST
    for gap in gaps:
        moments.append(at)
        at -= timedelta(hours=gap)
    end = NEWEST - timedelta(hours=back)
    start, asked = search(moments, end)
    assert start == expected(moments, end)
    assert asked <= 2 * log2(max(len(moments), 2)) + 4


def test_a_window_that_is_still_open_needs_no_jump() -> None:
    assert next_probe({1: NEWEST}, NEWEST + timedelta(days=1), beyond=None, guesses=0) is None
    assert start_page({1: NEWEST}, NEWEST + timedelta(days=1)) == 1
