"""What machines print in place of a date: each form, each zone, what cannot be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.models import When
from crawler.reading.dates import Refused, read_date, read_machine
from crawler.reading.machine_dates import LONGEST, written
from crawler.reading.zones import named_zone, printed_zone

TIRANE = "Europe/Tirane"
BASE = datetime(2025, 5, 12, 12, tzinfo=UTC)
HALF_PAST_9 = datetime(2025, 5, 10, 7, 30, tzinfo=UTC)
# in Tirana


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-10T09:30:00+02:00",
        "2025-05-10T09:30:00.123456789+02:00",
        "2025-05-10T09:30:00,5+0200",
        "2025-05-10T09:30+02",
        "2025-05-10T05:30:00\u221202:00",
        "2025-05-10t07:30:00z",
        "2025-05-10 09:30",
        "2025-05-10, 09:30",
        "2025-05-10_09:30",
        "2025-05-10 07:30:00 UTC",
        "2025-05-10 07:30:00 +0000 UTC",
        "2025-05-10 09:30:00 +0200 CEST",
        "2025-05-10 09:30:00 CEST",
        "2025-05-10T0930+0200",
        "20250510T073000Z",
        "20250510T0930",
        "20250510 0930",
        "20250510T09:30:00+02:00",
        "20250510093000",
        "202505100930",
        "2025-W19-6T09:30",
        "2025W196T093000",
        "2025-130T09:30",
        "2025-05-10T09:30:00+02:00[Europe/Tirane]",
        "2025-05-10T09:30+02:00[Europe/Tirane]",
        "2025-05-10T09:30[Europe/Tirane]",
        "2025-05-10T07:30:00Z[UTC]",
        "2025-05-10T03:30:00-04:00[America/New_York]",
        "2025-05-10 03:30 America/New_York",
        "1746862200",
        "@1746862200",
        "1746862200.123",
        "1746862200123",
        "1746862200123456",
        "1746862200123456789",
        "/Date(1746862200000)/",
        "/Date(1746862200000+0200)/",
        r"\/Date(1746862200000)\/",
        "new Date(1746862200000)",
        "Sat, 10 May 2025 09:30:00 +0200",
        "Sat, 10 May 2025 09:30 +0200 (CEST)",
        "Sat, 10 May 2025 02:30:00 -05:00",
        "Sat, 10 May 2025 09:30:00 GMT+2",
        "Sat, 10 May 2025 09:30:00 UTC+02:00",
        "Sat, 10 May 2025 9:30 AM",
        "Saturday, 10-May-25 07:30:00 GMT",
        "10/May/2025:09:30:00 +0200",
        "10-May-2025 09:30",
        "Sat May 10 2025 09:30:00 GMT+0200 (Central European Summer Time)",
        "Sat May 10 2025 09:30:00 GMT+0200 (Ora verore e Evropës Qendrore)",
        "Sat May 10 2025 09:30:00 GMT+0200",
        "Sat, May 10 2025 07:30:00 +0000",
        "May 10, 2025 9:30 AM",
        "Sat May 10 09:30:00 2025",
        "Sat May 10 09:30:00 CEST 2025",
        "Sat May 10 09:30:00 +0200 2025",
        "Sat May 10 09:30:00 GMT+02:00 2025",
    ],
)
def test_a_form_of_one_moment(text: str) -> None:
    when = read_date(text, base=BASE, zone=TIRANE)
    assert isinstance(when, When), when
    assert when.precision == "minute"
    assert when.instant.replace(second=0, microsecond=0) == HALF_PAST_9
    assert read_machine(text, zone=TIRANE) == when


@pytest.mark.parametrize("text", ["20250510", "2025-05-10", "2025-W19-6", "2025W196", "2025-130"])
def test_a_form_of_one_day(text: str) -> None:
    when = read_date(text, base=BASE, zone=TIRANE)
    assert isinstance(when, When)
    assert (when.precision, when.instant.isoformat()) == ("day", "2025-05-10T00:00:00+02:00")


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-10T24:00:00+02:00",
        "2025-05-10T24:00",
        "20250510T240000",
        "2025-05-10 24:00:00",
        "Sat, 10 May 2025 24:00:00 +0200",
        "Sat May 10 2025 24:00:00 GMT+0200",
        "10.05.2025 24:00",
        "10/05/2025, ora 24:00",
        "E shtunë, 10 maj 2025, ora 24:00",
        "10 мај 2025 24:00",
        "2025-05-11T00:00+02:00",
    ],
)
def test_24_is_the_midnight_at_the_end_of_the_day(text: str) -> None:
    when = read_date(text, base=BASE, zone=TIRANE)
    assert isinstance(when, When), when
    assert when.instant == datetime(2025, 5, 10, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-10T24:30",
        "2025-05-10T24:00:01",
        "2025-05-10T25:00",
        "2025-02-30",
        "2025-W54-1",
        "2025-366",
        "2025-000",
        "2025-05-10T10:00:00+24:00",
        "2025-05-10T10:00:00+99:00",
        "2025-05-10T10:00:00-99:99",
        "2025-05-10T10:00:00+02:75",
        "2025-05-10T10:00:00+9900[Europe/Tirane]",
        "20250510T100000+9900",
        "Sat, 10 May 2025 10:00:00 +9900",
        "Sat, 10 May 2025 10:00:00 GMT+24",
        "Sat, 10 May 2025 10:00:00 XYZ",
        "Sat May 10 10:00:00 +2500 2025",
        "Sat, 10 May 2025 13:00 PM",
        "10 maj 2025 10:00 +9900",
        "10.05.2025 10:00:00 -24:00",
        "/Date(1746862200000+9900)/",
        "9999-12-31T24:00",
    ],
)
def test_what_no_calendar_and_no_clock_has_is_undated(text: str) -> None:
    refused = read_date(text, base=BASE, zone=TIRANE)
    assert isinstance(refused, Refused)
    assert refused.reason == "impossible"


@pytest.mark.parametrize(
    "text",
    [
        "0691234567", "+355691234567", "123456789", "12345678", "20259999", "20251310",
        "978999270012", "4102444800", "/Date(12)/", "2025051", "1" * 10, "9" * 13,
    ],
)  # fmt: skip
def test_other_figures_are_no_moment(text: str) -> None:
    when = read_machine(text, zone=TIRANE)
    assert when is None or when.instant < datetime(2006, 1, 1, tzinfo=UTC)
    if text != "1" * 10:
        assert isinstance(read_date(text, base=BASE, zone=TIRANE), Refused)


@pytest.mark.parametrize(
    ("name", "zone", "hours"),
    [
        ("UTC", TIRANE, 0),
        ("Z", TIRANE, 0),
        ("A", TIRANE, 0),
        ("CET", TIRANE, 2),
        ("CEST", TIRANE, 2),
        ("MET", TIRANE, 2),
        ("MEST", "UTC", 2),
        ("MET", "UTC", 1),
        ("CET", "+03:00", 1),
        ("EET", "Europe/Athens", 3),
        ("EET", TIRANE, 2),
        ("EEST", TIRANE, 3),
        ("EST", TIRANE, -5),
        ("EST", "America/New_York", -4),
        ("EDT", TIRANE, -4),
        ("ET", TIRANE, -4),
        ("pt", TIRANE, -7),
        ("PST", TIRANE, -8),
        ("+02", TIRANE, 2),
        ("-0330", TIRANE, -3.5),
        ("GMT-5", TIRANE, -5),
        ("Europe/Athens", TIRANE, 3),
        ("+0100 (CEST)", TIRANE, 1),
        ("(CEST)", "UTC", 2),
        ("[Europe/Athens]", TIRANE, 3),
        ("", TIRANE, 2),
    ],
)
def test_the_zone_behind_a_clock(name: str, zone: str, hours: float) -> None:
    local = ZoneInfo(zone) if "/" in zone or zone == "UTC" else printed_zone(zone, None)
    found = printed_zone(name, local)
    assert found is not None
    assert datetime(2025, 5, 10, 9, 30, tzinfo=found).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name", ["XYZ", "IST", "Nowhere/Land", "../etc/passwd", "Europe/../Rome", ""]
)
def test_a_name_that_nobody_knows(name: str) -> None:
    with pytest.raises(LookupError):
        named_zone(name, None)
    with pytest.raises(LookupError):
        printed_zone(name or "()", None)


def test_without_a_zone_the_moment_is_left_naive() -> None:
    found = written("2025-05-10T09:30", None)
    assert found is not None
    assert not isinstance(found, str)
    assert found.moment == datetime(2025, 5, 10, 9, 30)  # noqa: DTZ001


def test_longer_than_any_machine_writes_is_not_looked_at() -> None:
    text = "Sat May 10 2025 09:30:00 GMT+0200 (" + "x" * LONGEST + ")"
    assert written(text, UTC) is None


WORDS = """
2025 05 10 9999 0000 24 -05 +99:00 T Z : - / . , ( ) [ ] May Sat GMT AM Date( @ W19 CET ET dje ora
Europe/Tirane 1746862200
"""
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=12)


@given(PIECES.map("".join) | PIECES.map(" ".join) | st.text(max_size=80))
@example("2026-11-30T10:00:00+99:00")
@example("0001-01-01T00:00:00+14:00")
@example("9999-12-31T23:59:59-14:00")
@example("31 dhjetor 9999 24:00")
def test_nothing_printed_ends_a_check(text: str) -> None:
    assert isinstance(read_date(text, base=BASE, zone=TIRANE), When | Refused)
    assert isinstance(read_machine(text, zone=TIRANE), When | None)
