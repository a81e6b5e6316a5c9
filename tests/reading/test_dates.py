"""Dates beyond the labelled shapes: zones, reasons for refusing, precision, dateparser's part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import When
from crawler.reading.dates import Refused, read_date, read_machine
from crawler.reading.jalali import JALALI_YEARS, gregorian, is_leap
from crawler.reading.zones import zone_of

BASE = datetime(2024, 6, 24, 11, 30, tzinfo=UTC)
TIRANE = "Europe/Tirane"


def read(text: str, *, base: datetime = BASE, zone: str = TIRANE, **more: Any) -> When:
    """A date that must be understood."""
    when = read_date(text, base=base, zone=zone, **more)
    assert isinstance(when, When), when
    return when


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2024-06-23T21:16:00", TIRANE, "2024-06-23T19:16:00+00:00"),
        ("2024-01-23T21:16:00", TIRANE, "2024-01-23T20:16:00+00:00"),
        ("2024-06-23T21:16:00", "America/New_York", "2024-06-24T01:16:00+00:00"),
        ("2024-06-23T21:16:00", "UTC", "2024-06-23T21:16:00+00:00"),
        ("2024-06-23T21:16:00", "+05:30", "2024-06-23T15:46:00+00:00"),
        ("2024-06-23T21:16:00", "Etc/GMT-2", "2024-06-23T19:16:00+00:00"),
        ("2024-06-23T21:16:00-04:00", TIRANE, "2024-06-24T01:16:00+00:00"),
        ("23 Qershor 2024, 21:16", "America/New_York", "2024-06-24T01:16:00+00:00"),
        ("23 Qershor 2024", TIRANE, "2024-06-22T22:00:00+00:00"),
        ("Sun, 23 Jun 2024 08:05:00 EST", TIRANE, "2024-06-23T13:05:00+00:00"),
        ("Sun, 23 Jun 2024 08:05:00 GMT", TIRANE, "2024-06-23T08:05:00+00:00"),
        ("Sun, 23 Jun 2024 08:05:00 -0000", TIRANE, "2024-06-23T08:05:00+00:00"),
        ("Sun, 23 Jun 2024 08:05:00 A", TIRANE, "2024-06-23T08:05:00+00:00"),
        ("Sun, 23 Jun 2024 08:05:00", TIRANE, "2024-06-23T06:05:00+00:00"),
        ("Sun, 23 Jun 2024 08:05:00 +0200 (CEST)", TIRANE, "2024-06-23T06:05:00+00:00"),
        ("Mon, 23 Jun 97 08:05:00 GMT", TIRANE, "1997-06-23T08:05:00+00:00"),
        ("23 June 2024 14:05 GMT+2", "America/New_York", "2024-06-23T12:05:00+00:00"),
        ("23 June 2024 14:05 CET", TIRANE, "2024-06-23T12:05:00+00:00"),
        ("23 June 2024 14:05 CET", "America/New_York", "2024-06-23T13:05:00+00:00"),
        ("dje, 23:30", "America/New_York", "2024-06-24T03:30:00+00:00"),
        ("para 2 orësh", "America/New_York", "2024-06-24T09:30:00+00:00"),
    ],
)  # fmt: skip
def test_an_instant(text: str, zone: str, instant: str) -> None:
    assert read(text, zone=zone).instant == datetime.fromisoformat(instant)


def test_a_day_begins_at_local_midnight() -> None:
    when = read("2024-06-23", zone=TIRANE)
    assert when.precision == "day"
    assert when.instant.isoformat() == "2024-06-23T00:00:00+02:00"


def test_an_evening_in_utc_is_the_next_day_in_tirana() -> None:
    when = read("2024-06-22T22:30:00Z")
    assert when.instant.astimezone(ZoneInfo(TIRANE)).date() == date(2024, 6, 23)


@pytest.mark.parametrize("text", ["tani", "para 90 minutash", "2 hours ago"])
def test_relative_times_survive_the_change_of_clocks(text: str) -> None:
    base = datetime(2024, 10, 27, 1, 10, tzinfo=UTC)  # 02:10 in Tirana, for the second time
    assert timedelta() <= base - read(text, base=base).instant <= timedelta(hours=2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \u00a0\n ", "empty"),
        ("Redaksia", "not-a-date"),
        ("23 Qershor 2024 festa e librit", "not-a-date"),
        ("qershor 2024", "incomplete"),
        ("e enjte", "incomplete"),
        ("12:30", "incomplete"),
        ("23/06/2024 - 25/06/2024", "two-dates"),
        ("32.13.2024", "impossible"),
        ("2024-02-30", "impossible"),
        ("2024-06-23T25:00:00", "impossible"),
        ("Sun, 32 Jun 2024 08:05:00 GMT", "impossible"),
        ("Sun, 23 Jun 2024 08:05:00 ABCD", "impossible"),
        ("31 qershor 2024", "impossible"),
        ("0000-00-00 00:00:00", "impossible"),
        ("26 qershor 2024", "future"),
        ("2099-01-01T00:00:00Z", "future"),
        ("Tue, 25 Jun 2024 11:30:01 +0000", "future"),
        ("1994-12-31T23:59:59Z", "too-old"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "too-old"),
        ("40 vite më parë", "too-old"),
        ("23 qershor 2024 " + "x" * 10_000, "not-a-date"),
        ("1" * 390, "not-a-date"),
    ],
)
def test_a_refusal_says_why(text: str, reason: str) -> None:
    refused = read_date(text, base=BASE, zone=TIRANE)
    assert isinstance(refused, Refused)
    assert refused.reason == reason
    assert len(refused.raw) <= 100


def test_a_clear_date_that_is_refused_is_still_understood() -> None:
    refused = read_date("22 Mars 2026, 15:25", base=BASE, zone=TIRANE)
    assert isinstance(refused, Refused)
    assert refused.understood is not None
    assert refused.understood.instant.isoformat() == "2026-03-22T15:25:00+01:00"


def test_a_day_ahead_is_believed() -> None:
    assert read("Tue, 25 Jun 2024 11:30:00 +0000").instant == BASE + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "rule", "precision"),
    [
        ("2024-06-23T21:16", "iso", "minute"),
        ("Sun, 23 Jun 2024 08:05 GMT", "rfc822", "minute"),
        ("23.06.2024", "numeric", "day"),
        ("23 qershor 2024", "name", "day"),
        ("23 qershor 2024, ora 9", "name", "minute"),
        ("dje", "day-word", "day"),
        ("dje 9:00", "day-word", "minute"),
        ("para 3 ditësh", "relative", "day"),
        ("para 3 orësh", "relative", "minute"),
        ("1403/04/03", "jalali", "day"),
    ],
)
def test_rule_and_precision_are_kept(text: str, rule: str, precision: str) -> None:
    when = read(text)
    assert (when.rule, when.precision) == (rule, precision)


@pytest.mark.parametrize(
    ("text", "languages", "day"),
    [
        ("23 de junio de 2024", ("es",), date(2024, 6, 23)),
        ("23 iunie 2024", ("ro",), date(2024, 6, 23)),
        ("23 czerwca 2024", ("sq", "pl"), date(2024, 6, 23)),
    ],
)
def test_dateparser_knows_other_languages(text: str, languages: tuple[str, ...], day: date) -> None:
    when = read(text, languages=languages)
    assert when.rule == "dateparser"
    assert when.instant.date() == day
    assert isinstance(read_date(text, base=BASE, zone=TIRANE), Refused), "only where asked"


@pytest.mark.parametrize(
    "text", ["Fier 2 maj 2024", "11 gola 2024", "23 junio", "Zona 5, 2024", "23-24 junio 2024"]
)
def test_dateparser_gets_whole_dates_only(text: str) -> None:
    assert isinstance(read_date(text, base=BASE, zone=TIRANE, languages=("es", "sq")), Refused)


def test_a_language_that_nobody_knows_is_no_trouble() -> None:
    refused = read_date("23 frimaire 2024", base=BASE, zone=TIRANE, languages=("xx", "sh"))
    assert isinstance(refused, Refused)


@pytest.mark.parametrize("order", [str.strip, str.upper, str.lower, str.title])
@pytest.mark.parametrize(
    "month",
    ["Janar", "Shkurt", "Mars", "Prill", "Maj", "Qershor", "Korrik", "Gusht", "Shtator", "Tetor",
     "Nëntor", "Dhjetor"],
)  # fmt: skip
def test_every_albanian_month_in_every_case(month: str, order: type[str]) -> None:
    number = ["Jan", "Shk", "Mar", "Pri", "Maj", "Qer", "Kor", "Gus", "Sht", "Tet", "Nën", "Dhj"]
    expected = date(2023, number.index(month[:3]) + 1, 5)
    for ending in ("", "i", "it", "in", "u", "ut", "un"):
        plain = f"{month}{ending}".replace("ë", "e")
        for spelt in (f"{month}{ending}", plain):
            assert read(order(f"5 {spelt} 2023")).instant.date() == expected


FORMS = ["{0:%d.%m.%Y}", "{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%d-%m-%Y}"]
FORMS += ["{0.day}.{0.month}.{0.year}", "Publikuar më {0:%d/%m/%Y}"]


@given(
    day=st.dates(date(1995, 1, 2), date(2024, 6, 24)),
    form=st.sampled_from(FORMS),
)
def test_a_printed_day_comes_back(day: date, form: str) -> None:
    when = read(form.format(day))
    assert when.instant.astimezone(ZoneInfo(TIRANE)).date() == day


@given(year=st.sampled_from(JALALI_YEARS), month=st.integers(1, 12), day=st.integers(1, 29))
def test_jalali_days_follow_each_other(year: int, month: int, day: int) -> None:
    first = gregorian(year, 1, 1)
    place = 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    assert gregorian(year, month, day) == first + timedelta(days=place)
    if year + 1 in JALALI_YEARS:
        assert gregorian(year + 1, 1, 1) - first == timedelta(days=366 if is_leap(year) else 365)


@pytest.mark.parametrize(
    ("jalali", "day"),
    [
        ((1300, 1, 1), date(1921, 3, 21)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1395, 12, 30), date(2017, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_known_jalali_days(jalali: tuple[int, int, int], day: date) -> None:
    assert gregorian(*jalali) == day


@pytest.mark.parametrize("jalali", [(1404, 12, 30), (1403, 13, 1), (1403, 7, 31), (2024, 1, 1)])
def test_days_that_no_jalali_year_has(jalali: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such Jalali day"):
        gregorian(*jalali)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-06-15T08:30:00", "2024-06-15T08:30:00+00:00"),
        ("2024-06-15T08:30:00+02:00", "2024-06-15T06:30:00+00:00"),
        ("2099-01-01T00:00:00", "2099-01-01T00:00:00+00:00"),
        ("1970-01-01T00:00:00", None),
        ("0000-00-00T00:00:00", None),
        ("15 qershor 2024", None),
        ("", None),
    ],
)
def test_what_a_machine_wrote(text: str, instant: str | None) -> None:
    when = read_machine(text, zone="UTC")
    assert (when and when.instant) == (datetime.fromisoformat(instant) if instant else None)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "+99", "2"])
def test_no_zone(zone: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        zone_of(zone)
