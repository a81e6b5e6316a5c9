"""Printed dates to instants: own rules for what outlets print, dateparser for the rest.

A wrong date is worse than none. Order: what machines write (`machine_dates`), the rules of
`date_rules` (measured on Albanian outlets), and dateparser last, for whole dates only. Whoever
calls hands over a *date*: nothing here searches running text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from threading import Lock
from typing import Final, Literal, TypeAlias

from crawler.models import Precision, When
from crawler.reading.date_order import NOTHING_PROVEN, Orders
from crawler.reading.date_rules import read_printed
from crawler.reading.date_tokens import NoDate
from crawler.reading.machine_dates import written
from crawler.reading.zones import zone_of

Reason: TypeAlias = Literal[
    "empty",  # nothing but white space
    "not-a-date",  # words or figures that are something else
    "incomplete",  # a month, a weekday or a clock without a day
    "two-dates",  # a range, or more than one date
    "impossible",  # 32.13.2024
    "two-orders",  # 5/9/2025, in a list that proves day first and month first
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
    readings: tuple[date, ...] = ()
    # the days that it may be, where its list proves both orders

    @property
    def told(self) -> str:
        """The reason in words, with what it may be."""
        days = " or ".join(day.isoformat() for day in self.readings)
        return f"{self.reason}, {days}" if days else self.reason


_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?::\d{2})?(?!\d)")
_ALONE: Final = Lock()
_LONGEST_WORDS: Final = 80
# characters that dateparser gets to see
_LONGEST: Final = 400
# characters that are looked at, white space included
_SHOWN: Final = 100


def read_date(
    text: str,
    *,
    base: datetime,
    zone: str,
    languages: Sequence[str] = ("sq", "en"),
    orders: Orders = NOTHING_PROVEN,
) -> When | Refused:
    """The instant that a printed date means, or why none.

    `base` is the aware time of fetching, `zone` the outlet's (as `zone_of` takes it): where no
    offset is printed the date is meant in it. `languages` only serve dateparser; the rules know
    the languages of `date_words` at once. `orders` is what the list that it stands in proves
    (`date_order.proofs`).
    """
    text = text[: _LONGEST + 1]
    raw = " ".join(text.split())
    local = base.astimezone(zone_of(zone))
    read: When | Refused | Reason = "not-a-date"
    if len(text) <= _LONGEST:
        lines = " | ".join(line.strip() for line in text.splitlines() if line.strip())
        read = _exact(raw, local.tzinfo) or _ruled(lines, local, languages, orders)
    if isinstance(read, Refused):
        return read
    if isinstance(read, str):
        return Refused(reason=read, raw=raw[:_SHOWN])
    if doubt := _incredible(read, base):
        return Refused(reason=doubt, raw=raw[:_SHOWN], understood=read)
    return read


def read_machine(text: str, *, zone: str) -> When | None:
    """The instant of a date that a machine wrote, `zone` where it has no offset.

    None for anything else and for days before 1995; whether it lies ahead is for `read_date`.
    """
    read = _exact(text.strip(), zone_of(zone)) if len(text) <= _LONGEST else None
    return read if isinstance(read, When) and read.instant >= EARLIEST else None


def _incredible(when: When, base: datetime) -> Reason | None:
    if when.instant > base + AHEAD:
        return "future"
    return "too-old" if when.instant < EARLIEST else None


# --- machines ----------------------------------------------------------------------


def _exact(raw: str, local: tzinfo | None) -> When | Reason | None:
    """What a machine wrote, None for other formats."""
    if not raw:
        return "empty"
    found = written(raw, local)
    if found is None or isinstance(found, str):
        return found
    try:
        return _when(found.moment, "minute" if found.clock else "day", found.rule)
    except OverflowError:
        return "impossible"


def _when(moment: datetime, precision: Precision, rule: str) -> When:
    """`moment` with its offset at that time: two zones' datetimes then compare as instants."""
    fixed = moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
    return When(instant=fixed, precision=precision, rule=rule)


# --- rules and dateparser -----------------------------------------------------------


def _ruled(
    raw: str, local: datetime, languages: Sequence[str], orders: Orders
) -> When | Refused | Reason:
    try:
        printed = read_printed(raw, local=local, orders=orders)
    except NoDate as refused:
        if refused.reason == "two-orders":
            return Refused(reason="two-orders", raw=raw[:_SHOWN], readings=refused.readings)
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
    import dateparser.data.languages_info  # noqa: PLC0415 - 0.3 s

    settings = {
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": local.replace(tzinfo=None),
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
    }
    known = [
        language
        for language in languages
        if language in dateparser.data.languages_info.language_order
    ]
    # its parser of relative dates keeps the base in itself, and lists are read in threads
    with _ALONE:
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
