"""Dates that a person types: what is read, and what is refused with its reason."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Outlet, When
from crawler.reading.clips import read_clip
from crawler.reading.typed_dates import (
    LONGEST,
    WrongDate,
    is_relative_day,
    typed_day,
    typed_moment,
    written_day,
)

TIRANE = "Europe/Tirane"
NOW = datetime(2025, 5, 10, 23, 30, tzinfo=UTC)
# 11 May, 01:30 in Tirana
SATURDAY = date(2025, 5, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-10", "2025/05/10", "20250510", "10.5.2025", "10.05.2025", "10/5/2025",
        "10-5-2025", " 10 . 5 . 2025 ", "10. 5. 2025.", "10 maj 2025", "10 Maji 2025",
        "10 May 2025", "May 10, 2025", "10th May 2025", "10 мај 2025", "10 Μαΐου 2025",
        "10 maggio 2025", "10 Mayıs 2025", "E shtunë, 10 maj 2025", "e shtune 10/5/2025",
        "Saturday, May 10, 2025", "Sat 2025-05-10",
    ],
)  # fmt: skip
def test_a_day_in_every_form(text: str) -> None:
    assert typed_day(text, now=NOW, zone=TIRANE) == SATURDAY
    assert typed_day(text, now=NOW, zone=TIRANE, may_lie_ahead=True) == SATURDAY
    assert written_day(text) == SATURDAY
    when = typed_moment(text, now=NOW, zone=TIRANE)
    assert (when.precision, when.instant.isoformat()) == ("day", "2025-05-10T00:00:00+02:00")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("sot", date(2025, 5, 11)),
        ("today", date(2025, 5, 11)),
        ("dje", SATURDAY),
        ("Dje", SATURDAY),
        ("yesterday", SATURDAY),
        ("pardje", date(2025, 5, 9)),
        ("para 3 ditësh", date(2025, 5, 8)),
        ("2 days ago", date(2025, 5, 9)),
    ],
)
def test_a_day_by_today(text: str, day: date) -> None:
    assert typed_day(text, now=NOW, zone=TIRANE) == day
    assert is_relative_day(text)
    with pytest.raises(WrongDate, match="another day every day"):
        written_day(text)


def test_today_is_the_offices() -> None:
    assert typed_day("sot", now=NOW, zone="America/New_York") == SATURDAY


@pytest.mark.parametrize(
    ("text", "day"), [("19 nëntor", date(2024, 11, 19)), ("9 maj", date(2025, 5, 9))]
)
def test_a_day_without_a_year_is_the_latest(text: str, day: date) -> None:
    assert typed_day(text, now=NOW, zone=TIRANE) == day
    with pytest.raises(WrongDate, match="the year is missing"):
        typed_day(text, now=NOW, zone=TIRANE, may_lie_ahead=True)
    with pytest.raises(WrongDate, match="the year is missing"):
        written_day(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10.5.25", "two digits"),
        ("10/5/25", "two digits"),
        ("25-05-10", "two digits"),
        ("10 maj 25", "two digits"),
        ("10 May '25", "two digits"),
        ("5/13/2025", "no month 13: numbers are read day first"),
        ("5.13.2025", "no month 13"),
        ("31.6.2025", "no day 31.6.2025"),
        ("29/2/2025", "no day 29.2.2025"),
        ("31 qershor 2025", "no such day"),
        ("2025-02-30", "no such day"),
        ("2025-13-01", "no such day"),
        ("0.5.2025", "no day 0.5.2025"),
        ("e hënë, 10 maj 2025", "2025-05-10 is a Saturday, not a Monday"),
        ("Monday 10/5/2025", "is a Saturday, not a Monday"),
        ("Mon, 2025-05-10", "is a Saturday, not a Monday"),
        ("недела 10.5.2025", "is a Saturday, not a Sunday"),
        ("9999-12-31", "the year 9999 is none from 1900 to 2199"),
        ("31.12.9999", "the year 9999"),
        ("1025-05-10", "the year 1025"),
        ("10.5.2025 - 12.5.2025", "more than one date"),
        ("maj 2025", "day, month and year are needed"),
        ("2025", "write it like 2025-05-10"),
        ("10.5", "write it like"),
        ("shumë herët", "write it like"),
        ("1746862200", "write it like"),
        ("", "no date is given"),
        ("  ", "no date is given"),
        ("10.5.2025" + " " * LONGEST, "longer than any date"),
    ],
)
def test_a_refusal_has_its_reason_in_one_line(text: str, reason: str) -> None:
    for read in (
        lambda: typed_day(text, now=NOW, zone=TIRANE),
        lambda: typed_moment(text, now=NOW, zone=TIRANE),
        lambda: written_day(text),
    ):
        with pytest.raises(WrongDate) as refused:
            read()
        assert reason in str(refused.value)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-05-10 09:30", "2025-05-10T09:30:00+02:00"),
        ("2025-05-10T09:30:00-04:00", "2025-05-10T09:30:00-04:00"),
        ("10.5.2025 9:30", "2025-05-10T09:30:00+02:00"),
        ("10/5/2025, ora 9.30", "2025-05-10T09:30:00+02:00"),
        ("10 maj 2025 24:00", "2025-05-11T00:00:00+02:00"),
        ("dje, 14:20", "2025-05-10T14:20:00+02:00"),
    ],
)
def test_a_clock_counts_for_pieces_and_not_for_days(text: str, instant: str) -> None:
    when = typed_moment(text, now=NOW, zone=TIRANE)
    assert (when.precision, when.instant.isoformat()) == ("minute", instant)
    with pytest.raises(WrongDate, match="without a clock"):
        typed_day(text, now=NOW, zone=TIRANE)


def test_a_piece_that_lies_ahead_is_refused_and_an_event_is_not() -> None:
    with pytest.raises(WrongDate, match="2025-05-13 lies ahead"):
        typed_moment("13.5.2025", now=NOW, zone=TIRANE)
    assert typed_day("13.5.2025", now=NOW, zone=TIRANE, may_lie_ahead=True) == date(2025, 5, 13)


def test_whole_dates_in_an_outlets_own_words() -> None:
    when = typed_moment("10 de mayo de 2025", now=NOW, zone=TIRANE, languages=("es",))
    assert when.instant.date() == SATURDAY


@pytest.mark.parametrize(
    ("text", "day"), [("5/10/2025", date(2025, 10, 5)), ("10.5.25", SATURDAY), ("5/13/24", None)]
)
def test_a_kept_clip_of_an_earlier_release_is_read_as_it_was(text: str, day: date | None) -> None:
    told = {"url": "https://gazeta.example/1", "headline": "Libri", "published": text}
    outlet = Outlet(slug="gazeta", name="Gazeta", zone=TIRANE, languages=("sq",))
    fetched = datetime(2025, 12, 1, tzinfo=UTC)
    said = read_clip(told, outlet=outlet, fetched=fetched, zone=TIRANE)
    assert said.published is not None
    assert said.published.value.instant.date() == (day or date(2024, 5, 13))


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    for form in ("{0:%Y-%m-%d}", "{0.day}.{0.month}.{0.year}", "{0:%d/%m/%Y}", "{0:%d %B %Y}"):
        assert written_day(form.format(day)) == day


@given(st.text(max_size=120))
def test_nothing_typed_ends_in_a_traceback(text: str) -> None:
    with suppress(WrongDate):
        assert isinstance(typed_moment(text, now=NOW, zone=TIRANE), When)
