"""Dates as machines write them, read whole: ISO 8601, RFC 822, epochs, and what Java, JavaScript,
.NET and PHP print. No other character may stand with them; nothing is guessed.

Sources: ISO 8601:2019 (basic and extended form, weeks, days of the year, 24:00); RFC 822, 850,
2822, 3339; RFC 9557 (zones in brackets); ECMA-262, Date.prototype.toString; POSIX asctime.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

from crawler.reading.zones import printed_zone

LONGEST: Final = 120
# characters; the longest is JavaScript's, with the zone's name in words
DAY: Final = timedelta(days=1)
NOON: Final = 12
MIDNIGHT_AT_END: Final = 24
# hours: 24:00 is the end of its day (ISO 8601:2004)
CENTURY: Final = 100
PIVOT: Final = 50
# years of two digits below it are of this century (RFC 2822, section 4.3)
GREGORIAN: Final = 1500
# earlier "years" are another calendar's
_FIRST, _LAST = 788_918_400, 4_102_444_800
# epoch seconds of 1995 and 2100: other figures are counts and telephone numbers


@dataclass(frozen=True, slots=True)
class Written:
    """What a machine wrote."""

    moment: datetime
    # aware, or naive where no zone stands with it and none was given
    clock: bool
    # whether it tells the time of the day
    rule: str
    # what read it: "iso", "rfc822", "epoch"


_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
)  # fmt: skip
_NAMED_ZONE: Final = (
    r"(?:(?:utc|gmt)?\s*[+\u2212-]\d{1,2}(?::?\d\d){0,2}(?:\s+[a-z]{2,5})?"
    r"|[a-z]{1,5}|[a-z]{2,20}(?:/[a-z_+-]{2,30}\d{0,2}){1,2})?"
)
_ZONE: Final = rf"(?P<zone>{_NAMED_ZONE}\s*(?:[\[(][^\[\]()]{{0,60}}[\])])?)"
_CLOCK: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,12})?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?(?![a-z]))?"
)
_TIME: Final = (
    r"(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,12})?)?)?\s*" + _ZONE
)
_ISO: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    rf"(?:(?P<mark>T|_|[ ,]\s*){_TIME}|\s*(?P<of_day>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?",
    re.IGNORECASE,
)
_BASIC: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    rf"(?:[T _]?(?=\d{{4}}|\d\d:){_TIME})?",
    re.IGNORECASE,
)
_WEEK: Final = re.compile(
    rf"(?P<year>\d{{4}})-?W(?P<week>\d\d)-?(?P<weekday>[1-7])(?:T{_TIME})?", re.IGNORECASE
)
_ORDINAL: Final = re.compile(
    rf"(?P<year>(?:19|20)\d\d)-(?P<ordinal>\d{{3}})(?:T{_TIME})?", re.IGNORECASE
)
_DAY_OF_WEEK: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_MONTH: Final = r"(?P<name>[a-z]{3})[a-z]{0,6}\.?"
_DAY_MONTH_YEAR: Final = re.compile(
    # RFC 822 and 850: "Sat, 10 May 2025 09:30:00 +0200", "Saturday, 10-May-25 09:30:00 GMT";
    # a server's log: "10/May/2025:09:30:00 +0200"
    rf"(?:[a-z]{{3,9}}\.?,?\s+)?(?P<day>\d{{1,2}})[ /-]{_MONTH}[ /-](?P<year>\d{{4}}|\d\d)"
    rf"(?:,?\s+|:){_CLOCK}\s*{_ZONE}",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR: Final = re.compile(
    # JavaScript: "Sat May 10 2025 09:30:00 GMT+0200 (Central European Summer Time)"
    rf"{_DAY_OF_WEEK}{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}),?\s+{_CLOCK}\s*{_ZONE}",
    re.IGNORECASE,
)
_YEAR_LAST: Final = re.compile(
    # asctime, Java's Date.toString(), Twitter: "Sat May 10 09:30:00 CEST 2025"
    rf"{_DAY_OF_WEEK}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s*"
    rf"(?P<zone>{_NAMED_ZONE})\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_TEXTUAL: Final = ((_MONTH_DAY_YEAR, "javascript"), (_YEAR_LAST, "asctime"))
_SECONDS: Final = re.compile(r"@?(\d{9,10})(?:\.\d{1,9})?")
_PARTS: Final = re.compile(r"(\d{13}|\d{16}|\d{19})")
_PER_SECOND: Final = {13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
_NET: Final = re.compile(
    r"\\?/?(?:new )?Date\(\s*(-?\d{9,13})\s*([+-]\d{4})?\s*\)\\?/?", re.IGNORECASE
)


def written(text: str, local: tzinfo | None) -> Written | Literal["impossible"] | None:
    """The moment that a machine wrote, in `local` where no zone stands with it.

    None for what no machine writes, "impossible" for a form that is clear and a day, a clock or an
    offset that does not exist. Longer than LONGEST is not looked at.
    """
    if not 8 <= len(text) <= LONGEST:  # noqa: PLR2004 - 20250510 is the shortest
        return None
    try:
        if text[0].isalpha():
            return _textual(text, local) or _epoch(text)
        return _by_figures(text, local) or _epoch(text) or _textual(text, local)
    except LookupError:
        return None
    except (ValueError, OverflowError):
        return "impossible"


def _by_figures(text: str, local: tzinfo | None) -> Written | None:
    """ISO 8601. Raises ValueError where it cannot be, LookupError for words behind it."""
    if iso := _ISO.fullmatch(text):
        loose = iso["mark"] not in {None, "T", "t"} and ":" not in text
        if loose or 0 < int(iso["year"]) < GREGORIAN:
            return None
        return _calendar(iso, local)
    if basic := _BASIC.fullmatch(text):
        return _calendar(basic, local)
    if week := _WEEK.fullmatch(text):
        day = date.fromisocalendar(int(week["year"]), int(week["week"]), int(week["weekday"]))
        return _timed(week, day, local)
    if ordinal := _ORDINAL.fullmatch(text):
        day = date(int(ordinal["year"]), 1, 1) + (int(ordinal["ordinal"]) - 1) * DAY
        if not int(ordinal["ordinal"]) or day.year != int(ordinal["year"]):
            raise ValueError("no such day of the year")
        return _timed(ordinal, day, local)
    return None


def _calendar(found: re.Match[str], local: tzinfo | None) -> Written:
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    return _timed(found, day, local)


def _timed(found: re.Match[str], day: date, local: tzinfo | None) -> Written:
    """A day with the clock and the zone of its match."""
    parts = found.groupdict()
    if parts["hour"] is None:
        zone = printed_zone(parts.get("of_day") or "", local)
        return Written(datetime.combine(day, time(), zone), clock=False, rule="iso")
    return Written(_at(day, parts, local), clock=True, rule="iso")


def _at(day: date, parts: dict[str, str | None], local: tzinfo | None) -> datetime:
    zone = printed_zone(parts["zone"] or "", local)
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = int(parts["second"] or 0)
    if half := parts.get("half"):
        if not 1 <= hour <= NOON:
            raise ValueError("no such hour of half a day")
        hour = hour % NOON + (NOON if half.lower() == "p" else 0)
    if hour == MIDNIGHT_AT_END and not minute and not second:
        day, hour = day + DAY, 0
    # a leap second is the one before
    return datetime.combine(day, time(hour, minute, min(second, 59)), zone)


def _textual(text: str, local: tzinfo | None) -> Written | None:
    """Dates with an English month: of mail, of JavaScript, of C."""
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        return _named(found, "rfc822", local)
    for shape, rule in _TEXTUAL:
        if found := shape.fullmatch(text):
            return _named(found, rule, local)
    return None


def _named(found: re.Match[str], rule: str, local: tzinfo | None) -> Written | None:
    """None where the month's name is not English: others may know it.

    Raises ValueError where it cannot be; a zone that nobody knows makes the moment unknown.
    """
    name = found["name"].lower()
    if name not in _MONTHS:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:  # noqa: PLR2004
        year += 2000 if year < PIVOT else 1900
    day = date(year, _MONTHS.index(name) + 1, int(found["day"]))
    try:
        return Written(_at(day, found.groupdict(), local), clock=True, rule=rule)
    except LookupError as error:
        raise ValueError(str(error)) from error


def _epoch(text: str) -> Written | None:
    """Seconds, or parts of seconds, since 1970. Raises ValueError for an offset that is none."""
    zone: tzinfo | None = UTC
    if seconds := _SECONDS.fullmatch(text):
        since = int(seconds[1])
    elif parts := _PARTS.fullmatch(text):
        since = int(parts[1]) // _PER_SECOND[len(text)]
    elif net := _NET.fullmatch(text):
        since, zone = int(net[1]) // 1_000, printed_zone(net[2] or "", UTC)
    else:
        return None
    if not _FIRST <= since < _LAST:
        return None
    return Written(datetime.fromtimestamp(since, zone), clock=True, rule="epoch")
