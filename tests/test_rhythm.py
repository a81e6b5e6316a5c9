"""The arithmetic of an outlet's rhythm: whole local weeks that were checked completely."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.run.publishing_rate import expected_in, rhythm, united

ZONE = "Europe/Tirane"
TZ = ZoneInfo(ZONE)
NOW = datetime(2026, 6, 17, 12, tzinfo=TZ)
# a Wednesday; the last complete week begins on Monday the 8th


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


WEEKS = {
    "a-whole-week": ([("2026-06-08", "2026-06-15")], 1),
    "a-second-short": ([("2026-06-08T00:00:01", "2026-06-15")], 0),
    "two-halves-that-touch": ([("2026-06-08", "2026-06-11"), ("2026-06-11", "2026-06-15")], 1),
    "two-halves-with-a-hole": ([("2026-06-08", "2026-06-11"), ("2026-06-12", "2026-06-15")], 0),
    "this-week-is-not-over": ([("2026-06-15", "2026-06-22")], 0),
    "three-weeks": ([("2026-05-25", "2026-06-17")], 3),
    "nothing": ([], 0),
}


@pytest.mark.parametrize("name", WEEKS)
def test_only_complete_weeks_count(name: str) -> None:
    stretches, weeks = WEEKS[name]
    found = rhythm([], [(at(a), at(b)) for a, b in stretches], zone=ZONE, now=NOW)
    assert len(found.weeks) == weeks
    assert found.missing == 4 - weeks
    assert len(found.weekdays) == (7 if weeks else 0)


def test_a_day_is_a_local_day() -> None:
    late = datetime(2026, 6, 14, 22, 30, tzinfo=UTC)
    # Monday the 15th in Tirana
    found = rhythm([late], [(at("2026-06-01"), at("2026-06-15"))], zone=ZONE, now=NOW)
    assert [count for _, count in found.weeks] == [0, 0]


def test_a_week_of_the_clock_change_is_whole() -> None:
    now = datetime(2026, 4, 2, 12, tzinfo=TZ)
    found = rhythm([], [(at("2026-03-23"), at("2026-03-30"))], zone=ZONE, now=now)
    assert len(found.weeks) == 1


def test_the_expectation_of_uneven_weeks() -> None:
    mondays = [at("2026-05-18") + timedelta(weeks=week) for week in range(4)]
    dates = [day for day, count in zip(mondays, (3, 10, 6, 8), strict=True) for _ in range(count)]
    found = rhythm(dates, [(mondays[0], at("2026-06-15"))], zone=ZONE, now=NOW)
    assert found.expectation == (1, 20)
    assert found.weekdays[0] == 6.8
    assert found.per_week == 6.75


SCALED = {
    "a-week": (7, (20, 400)),
    "two-weeks": (14, (40, 800)),
    "a-day": (1, (2, 58)),
    "an-hour": (1 / 24, (0, 3)),
}


@pytest.mark.parametrize("name", SCALED)
def test_expectations_are_scaled(name: str) -> None:
    days, bounds = SCALED[name]
    assert expected_in((20, 400), timedelta(days=days)) == bounds


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=12))
def test_united_stretches_cover_the_same_and_never_touch(pairs: list[tuple[int, int]]) -> None:
    hour = timedelta(hours=1)
    stretches = [(NOW + hour * start, NOW + hour * (start + size)) for start, size in pairs]
    whole = united(stretches)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(whole))
    for moment in (NOW + hour / 2 + hour * step for step in range(70)):
        inside = any(since <= moment <= until for since, until in stretches)
        assert inside == any(since <= moment <= until for since, until in whole)
