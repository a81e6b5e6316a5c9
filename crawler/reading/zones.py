"""Zones as dates name them: IANA names, offsets in every spelling, the abbreviations of clocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WIDEST: Final = 14 * 60
# minutes: no clock on earth is further from UTC (Kiritimati); -12:00 is the other end
HOUR: Final = 60
# minutes
NAMED: Final[Mapping[str, float]] = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1,
    "cet": 1, "cest": 2, "met": 1, "mest": 2, "mez": 1, "mesz": 2,
    "eet": 2, "eest": 3, "oez": 2, "oesz": 3, "msk": 3, "trt": 3, "irst": 3.5,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
# hours east of UTC: RFC 822, section 5, and names that are one zone's wherever news is printed;
# IST, AST and others of several countries are nobody's
REGIONS: Final[Mapping[str, str]] = {
    "et": "America/New_York", "ct": "America/Chicago",
    "mt": "America/Denver", "pt": "America/Los_Angeles",
}  # fmt: skip
# names that mean summer and winter alike
_FAMILIES: Final = (
    frozenset(("cet", "cest", "met", "mest", "mez", "mesz")),
    frozenset(("eet", "eest", "oez", "oesz")),
    frozenset(("wet", "west")),
    frozenset(("est", "edt", "et")),
    frozenset(("cst", "cdt", "ct")),
    frozenset(("mst", "mdt", "mt")),
    frozenset(("pst", "pdt", "pt")),
)
_JANUARY: Final = datetime(2024, 1, 1, tzinfo=UTC)
_OFFSET: Final = re.compile(
    r"(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d\d)(?::?00)?)?(?:\s+[a-z]{2,5})?", re.IGNORECASE
)
_IANA: Final = re.compile(r"[A-Za-z]{2,20}(?:/[A-Za-z_+-]{2,30}\d{0,2}){1,2}")
_IN_BRACKETS: Final = re.compile(r"\s*[\[(]([^\[\]()]{0,80})[\])]\s*\Z")


@lru_cache(maxsize=64)
def zone_of(zone: str) -> tzinfo:
    """The zone of an IANA name ("Europe/Tirane") or of a fixed offset ("+05:30").

    Raises ZoneInfoNotFoundError or ValueError for anything else.
    """
    if fixed := re.fullmatch(r"([+-])(\d{1,2}):(\d{2})", zone):
        minutes = int(fixed[2]) * 60 + int(fixed[3])
        return timezone(timedelta(minutes=-minutes if fixed[1] == "-" else minutes))
    return ZoneInfo(zone)


@lru_cache(maxsize=256)
def printed_zone(text: str, local: tzinfo | None) -> tzinfo | None:
    """The zone that stands behind a clock, `local` where none does.

    "+02:00", "GMT-5", "CEST", "+0200 (CEST)", "+02:00[Europe/Tirane]", "Europe/Tirane". An offset
    goes before a name, which only comments on it. Raises LookupError for a name that nobody
    knows, and ValueError for an offset that no clock has.
    """
    aside = _IN_BRACKETS.search(text)
    told = (text[: aside.start()] if aside else text).strip()
    if told:
        return _zone(told, local)
    if aside is None:
        return local
    return _zone(aside[1].strip(), local)


def _zone(text: str, local: tzinfo | None) -> tzinfo | None:
    if offset := _OFFSET.fullmatch(text.replace("\u2212", "-")):
        minutes = int(offset[2]) * HOUR + int(offset[3] or 0)
        if int(offset[3] or 0) >= HOUR:
            raise ValueError(f"no offset: {text:.20}")
        return fixed_zone(-minutes if offset[1] == "-" else minutes)
    return iana_zone(text) if "/" in text else named_zone(text, local)


def fixed_zone(minutes: float) -> timezone:
    """The zone so many minutes east of UTC. Raises ValueError for more than any clock has."""
    if abs(minutes) > WIDEST:
        raise ValueError(f"no clock is {minutes:.0f} minutes from UTC")
    return timezone(timedelta(minutes=minutes))


def iana_zone(name: str) -> tzinfo:
    """The zone of an IANA name that somebody else wrote. Raises LookupError."""
    if not _IANA.fullmatch(name):
        raise LookupError(f"no zone: {name:.40}")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise LookupError(f"no zone: {name:.40}") from error


def named_zone(name: str, local: tzinfo | None) -> tzinfo | None:
    """The zone of an abbreviation. Raises LookupError for one that nobody knows.

    Much of Europe prints CET all summer: in a zone whose own clock has that name, summer or
    winter, it says nothing more than `local`. Single letters mean UTC: what RFC 822 meant by them
    was used wrongly (RFC 2822, section 4.3).
    """
    short = name.lower()
    if short in _family(local):
        return local
    if short in REGIONS:
        return ZoneInfo(REGIONS[short])
    if len(short) == 1 and short.isalpha():
        return UTC
    if short not in NAMED:
        raise LookupError(f"no zone: {name:.40}")
    return timezone(timedelta(hours=NAMED[short])) if NAMED[short] else UTC


@lru_cache(maxsize=64)
def _family(local: tzinfo | None) -> frozenset[str]:
    """The names that the clock of a zone goes by; none for a fixed offset."""
    if not isinstance(local, ZoneInfo):
        return frozenset()
    name = (_JANUARY.astimezone(local).tzname() or "").lower()
    return next((family for family in _FAMILIES if name in family), frozenset())
