"""Printed dates to instants: own rules for what outlets print, dateparser for the rest.

A wrong date is worse than none. Order: ISO 8601, RFC 822, the rules of `date_rules` (measured on
Albanian outlets), and dateparser last, for whole dates only. Whoever calls hands over a *date*:
nothing here searches running text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from crawler.models import Precision, When

Reason: TypeAlias = Literal[
    "empty",  # nothing but white space
    "not-a-date",  # words or figures that are something else
    "incomplete",  # a month, a weekday or a clock without a day
    "two-dates",  # a range, or more than one date
    "impossible",  # 32.13.2024
    "future",  # more than a day ahead of the fetching
    "too-old",  # before 1995
]
EARLIEST: Final = datetime(1995, 1, 1, tzinfo=UTC)
# no listed outlet published on the web before
AHEAD: Final = timedelta(days=1)
# how far a date may lie ahead of the fetching: clocks differ, drafts are dated tomorrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A date that was not understood, or that cannot be one of publication."""

    reason: Reason
    # why: "future"
    raw: str
    # as printed, at most 100 characters: "Tirana 2030"
    understood: When | None = None
    # what it says, where the words are clear and only the date cannot be one of publication


_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ,]\s*(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_RFC: Final = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})[ -]([A-Za-z]{3})[a-z]{0,6}[ -](\d{4}|\d\d)\s+"
    r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([+-]\d{4}|[A-Za-z]{1,4})?(?:\s*\([A-Za-z ]{1,40}\))?"
)
_RFC_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_RFC_ZONES: Final = {
    "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "wet": 0,
    "west": 1, "bst": 1,
}  # fmt: skip
# RFC 822, section 5, and the zones of Europe as feeds name them; single letters mean UTC (RFC 2822)
CENTRAL: Final = frozenset({"CET", "CEST", "MEZ", "MESZ"})
_JULY: Final = datetime(2024, 7, 1, tzinfo=UTC)
_JALALI_OR_OLDER: Final = 1500
_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?::\d{2})?(?!\d)")
_LONGEST_WORDS: Final = 80
# characters that dateparser gets to see
_LONGEST: Final = 400
# characters that are looked at, white space included
_SHOWN: Final = 100


def read_date(
    text: str, *, base: datetime, zone: str, languages: Sequence[str] = ("sq", "en")
) -> When | Refused:
    """The instant that a printed date means, or why none.

    `base` is the aware time of fetching, `zone` the outlet's (as `zone_of` takes it): where no
    offset is printed the date is meant in it. `languages` only serve dateparser; the rules know
    the languages of `date_words` at once.
    """
    raw = " ".join(text[: _LONGEST + 1].split())
    lines = " | ".join(line.strip() for line in text.splitlines() if line.strip())
    local = base.astimezone(zone_of(zone))
    read: When | Reason = "not-a-date"
    if len(text) <= _LONGEST:
        read = _exact(raw, local) or _ruled(lines, local, languages)
    if isinstance(read, str):
        return Refused(reason=read, raw=raw[:_SHOWN])
    if doubt := _incredible(read, base):
        return Refused(reason=doubt, raw=raw[:_SHOWN], understood=read)
    return read


def read_iso(text: str, *, zone: str) -> When | None:
    """The instant of an ISO 8601 date that a machine wrote, `zone` where it has no offset.

    None for anything else and for days before 1995; whether it lies ahead is for `read_date`.
    """
    iso = _ISO.fullmatch(text.strip())
    read = _from_iso(iso, zone_of(zone)) if iso else None
    return read if isinstance(read, When) and read.instant >= EARLIEST else None


@lru_cache(maxsize=64)
def zone_of(zone: str) -> tzinfo:
    """The zone of an IANA name ("Europe/Tirane") or of a fixed offset ("+05:30").

    Raises ZoneInfoNotFoundError or ValueError for anything else.
    """
    if fixed := re.fullmatch(r"([+-])(\d{1,2}):(\d{2})", zone):
        minutes = int(fixed[2]) * 60 + int(fixed[3])
        return timezone(timedelta(minutes=-minutes if fixed[1] == "-" else minutes))
    return ZoneInfo(zone)


def _incredible(when: When, base: datetime) -> Reason | None:
    if when.instant > base + AHEAD:
        return "future"
    return "too-old" if when.instant < EARLIEST else None


# --- exact formats -----------------------------------------------------------------


def _exact(raw: str, local: datetime) -> When | Reason | None:
    """ISO 8601 and RFC 822, None for other formats."""
    if not raw:
        return "empty"
    if iso := _ISO.fullmatch(raw):
        return _from_iso(iso, local.tzinfo)
    if rfc := _RFC.fullmatch(raw):
        return _from_rfc(rfc, local.tzinfo)
    return None


def _from_iso(iso: re.Match[str], local: tzinfo | None) -> When | Reason | None:
    year, month, day, hour, minute, second = (int(iso[n] or 0) for n in range(1, 7))
    if year < _JALALI_OR_OLDER:
        return None
    zone = _iso_zone(iso[7]) if iso[7] else local
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        return _when(moment, "minute" if iso[4] else "day", "iso")
    except (ValueError, OverflowError):
        return "impossible"


def _iso_zone(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    return _offset(-1 if text[0] == "-" else 1, digits)


def _offset(sign: int, digits: str) -> timezone:
    """Raises ValueError for a day and more."""
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def _from_rfc(rfc: re.Match[str], local: tzinfo | None) -> When | Reason | None:
    name = rfc[2].lower()
    if name not in _RFC_MONTHS:
        return None
    day, hour, minute, second = (int(rfc[n] or 0) for n in (1, 4, 5, 6))
    year = int(rfc[3])
    if len(rfc[3]) == 2:  # noqa: PLR2004
        year += 2000 if year < 50 else 1900  # noqa: PLR2004 - RFC 2822, section 4.3
    try:
        zone = _rfc_zone(rfc[7], local) if rfc[7] else local
        month = _RFC_MONTHS.index(name) + 1
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        return _when(moment, "minute", "rfc822")
    except (ValueError, OverflowError, KeyError):
        return "impossible"


def _rfc_zone(text: str, local: tzinfo | None) -> tzinfo | None:
    """Raises KeyError for a zone nobody knows.

    Central Europe prints CET all summer: in its own zone the name says nothing.
    """
    if text[0] in "+-":
        return _offset(-1 if text[0] == "-" else 1, text[1:])
    if text.upper() in CENTRAL and _JULY.astimezone(local).tzname() in CENTRAL:
        return local
    return UTC if len(text) == 1 else timezone(timedelta(hours=_RFC_ZONES[text.lower()]))


def _when(moment: datetime, precision: Precision, rule: str) -> When:
    """`moment` with its offset at that time: two zones' datetimes then compare as instants."""
    fixed = moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
    return When(instant=fixed, precision=precision, rule=rule)


# --- rules and dateparser -----------------------------------------------------------


def _ruled(raw: str, local: datetime, languages: Sequence[str]) -> When | Reason:
    from crawler.reading.date_rules import read_printed  # noqa: PLC0415 - large tables
    from crawler.reading.date_tokens import NoDate  # noqa: PLC0415

    try:
        printed = read_printed(raw, local=local)
    except NoDate as refused:
        if refused.reason != "unknown-word":
            return refused.reason
        return _parsed(raw, local, languages) or "not-a-date"
    try:
        moment = datetime.combine(
            printed.day, printed.clock or time(), tzinfo=printed.offset or local.tzinfo
        )
        return _when(moment, "minute" if printed.clock else "day", printed.rule)
    except (ValueError, OverflowError):
        return "impossible"


def _parsed(raw: str, local: datetime, languages: Sequence[str]) -> When | None:
    """What dateparser makes of a whole date in words that the rules do not know."""
    if len(raw) > _LONGEST_WORDS or not _is_day_and_year(_CLOCK.sub(" ", raw)):
        return None
    import dateparser  # noqa: PLC0415 - 0.3 s
    from dateparser.data.languages_info import language_order  # noqa: PLC0415

    settings = {
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": local.replace(tzinfo=None),
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
    }
    known = [language for language in languages if language in language_order]
    found = dateparser.parse(raw, languages=known, settings=settings) if known else None
    if found is None or not {found.year, found.day} <= set(_figures(raw)):
        return None
    zone = found.tzinfo or local.tzinfo
    precision: Precision = "minute" if _CLOCK.search(raw) else "day"
    return _when(found.replace(tzinfo=zone), precision, "dateparser")


def _is_day_and_year(words: str) -> bool:
    figures = sorted(_figures(words))
    return len(figures) == 2 and 1 <= figures[0] <= 31 and 1990 < figures[1] < 2100  # noqa: PLR2004


def _figures(raw: str) -> list[int]:
    return [int(figure) for figure in re.findall(r"\d+", raw)]
