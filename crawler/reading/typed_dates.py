"""A date that a person types: in an option, a table's cell, a TOML string, a field of a page.

`2025-05-10`, `10.5.2025`, `10/5/2025`, `10 maj 2025`, `10 May 2025`, `dje`, `sot`, `yesterday`.
Numbers are day first. Who types can be asked again, so nothing is guessed: a year of two digits, a
weekday that contradicts the day and a day that does not exist are refused with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from crawler.failure import Told
from crawler.models import Precision, When
from crawler.reading.date_order import MONTHS, NOTHING_PROVEN
from crawler.reading.date_rules import Absolute, Printed, read_tokens
from crawler.reading.date_tokens import NoDate, Token, dated_segments, is_relative
from crawler.reading.dates import read_date
from crawler.reading.machine_dates import written
from crawler.reading.zones import zone_of

LONGEST: Final = 100
# characters; nobody types a longer date
YEARS: Final = range(1900, 2200)
# others are slips of the finger, and no calendar that we count with ends inside
AHEAD: Final = timedelta(days=1)
# how far a piece's date may lie ahead: clocks differ
NO_DATE: Final = "not a date, "
HOW: Final = f"{NO_DATE}write it like 2025-05-10, 10.5.2025 or 10 May 2025"
TWO_DIGITS: Final = "the year has two digits, write it with four"
_REASONS: Final = {
    "incomplete": "not a whole date: day, month and year are needed",
    "two-dates": "more than one date",
    "impossible": "there is no such day",
}
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SOME_DAY: Final = datetime(2000, 1, 2, tzinfo=UTC)
# where today says nothing
_RELATIVE: Final = frozenset({"relative", "day-word"})


class WrongDate(Told, ValueError):
    """What was typed is no date, or may be another than was meant: the reason, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What a person typed."""

    day: date
    clock: time | None
    zone: tzinfo | None
    # where an offset stands behind the clock
    relative: bool
    # "dje", "para 3 ditësh"


def typed_day(text: str, *, now: datetime, zone: str, may_lie_ahead: bool = False) -> date:
    """The day that somebody typed on `now`, aware, as the clocks of `zone` have it.

    A day without a year is the latest that is not ahead; where the day may lie ahead the year is
    needed. Raises WrongDate.
    """
    found = _read(text, now.astimezone(zone_of(zone)), year_needed=may_lie_ahead)
    return _bare(found)


def written_day(text: str) -> date:
    """The day of a string in a file, which is read again tomorrow: no `dje`, and with its year.

    Raises WrongDate.
    """
    found = _read(text, _SOME_DAY, year_needed=True)
    if found.relative:
        raise WrongDate("another day every day: write the date itself, like 2025-05-10")
    return _bare(found)


def typed_moment(
    text: str, *, now: datetime, zone: str, languages: Sequence[str] = ("sq", "en")
) -> When:
    """The day or the moment of a piece, as somebody typed it on `now`; `zone` is its outlet's.

    `languages` are those of whole dates in words that we do not know. Raises WrongDate, also for
    what lies ahead.
    """
    local = now.astimezone(zone_of(zone))
    try:
        found = _read(text, local, year_needed=False)
    except _UnknownWord as unknown:
        when = read_date(text, base=now, zone=zone, languages=languages)
        if not isinstance(when, When) or when.rule != "dateparser":
            raise WrongDate(str(unknown)) from None
        return when
    precision: Precision = "minute" if found.clock else "day"
    moment = datetime.combine(found.day, found.clock or time(), found.zone or local.tzinfo)
    if moment > now + AHEAD:
        raise WrongDate("{day} lies ahead", day=found.day)
    fixed = moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
    return When(instant=fixed, precision=precision, rule="typed")


def is_relative_day(text: str) -> bool:
    """Whether what was typed is another day tomorrow: `dje`, `2 days ago`."""
    try:
        return _read(text, _SOME_DAY, year_needed=False).relative
    except WrongDate:
        return False


def _bare(found: _Typed) -> date:
    if found.clock is not None:
        raise WrongDate("a day is wanted, without a clock")
    return found.day


class _UnknownWord(WrongDate):
    """A word that no table has."""


def _read(text: str, local: datetime, *, year_needed: bool) -> _Typed:
    """Raises WrongDate."""
    if len(text) > LONGEST:
        raise WrongDate("longer than any date, {longest} signs", longest=LONGEST)
    raw = " ".join(text.split())
    if not raw:
        raise WrongDate("no date is given")
    found = _iso(raw) or _printed(raw, local, year_needed=year_needed)
    if found.day.year not in YEARS:
        raise WrongDate(
            "the year {year} is none from {first} to {last}",
            year=found.day.year,
            first=YEARS[0],
            last=YEARS[-1],
        )
    return found


def _iso(raw: str) -> _Typed | None:
    """2025-05-10, with or without a clock and an offset."""
    found = written(raw, None) if raw[:4].isdigit() else None
    if found == "impossible":
        raise WrongDate("there is no such day, clock or offset")
    if found is None or isinstance(found, str) or found.rule != "iso":
        return None
    moment = found.moment
    clock = moment.time() if found.clock else None
    return _Typed(day=moment.date(), clock=clock, zone=moment.tzinfo, relative=False)


def _printed(raw: str, local: datetime, *, year_needed: bool) -> _Typed:
    reading = _Strict(local, year_needed=year_needed)
    try:
        said = _first(raw, local, reading)
    except NoDate as error:
        if error.reason == "unknown-word":
            raise _UnknownWord(HOW) from None
        raise WrongDate(_REASONS.get(error.reason, HOW)) from None
    relative = said.rule in _RELATIVE
    return _Typed(day=said.day, clock=said.clock, zone=said.offset, relative=relative)


def _first(raw: str, local: datetime, reading: _Strict) -> Printed:
    """What the most telling stretch says. Raises NoDate, WrongDate."""
    for tokens in dated_segments(raw):
        if is_relative(tokens) or any(token.may_be("now") for token in tokens):
            return read_tokens(tokens, local)
        return reading.read(tokens)
    raise NoDate("not-a-date")


class _Strict(Absolute):
    """A date of a person, who can be asked: nothing is guessed."""

    def __init__(self, local: datetime, *, year_needed: bool) -> None:
        super().__init__(local, NOTHING_PROVEN)
        self.year_needed = year_needed

    def read(self, tokens: Sequence[Token]) -> Printed:
        """Raises NoDate, WrongDate."""
        said = super().read(tokens)
        if self.weekday is not None and said.day.weekday() != self.weekday:
            right, wrong = _DAYS[said.day.weekday()], _DAYS[self.weekday]
            raise WrongDate(
                "{day} is a {right}, not a {wrong}", day=said.day, right=right, wrong=wrong
            )
        return said

    def _full_year(self, token: Token) -> int:
        if token.parts[2] < 100:  # noqa: PLR2004
            raise WrongDate(TWO_DIGITS)
        return token.parts[2]

    def _as_year(self, at: int, token: Token) -> int:
        year = super()._as_year(at, token)
        if len(token.text.lstrip("'")) == 2:  # noqa: PLR2004
            raise WrongDate(TWO_DIGITS)
        return year

    def _ordered(self, first: int, second: int, year: int) -> date:
        if second > MONTHS >= first:
            raise WrongDate("there is no month {second}: numbers are read day first", second=second)
        try:
            return date(year, second, first)
        except ValueError:
            raise WrongDate(
                "there is no day {first}.{second}.{year}", first=first, second=second, year=year
            ) from None

    def _from_pair(self, token: Token) -> date:
        if self.year is None and token.parts[1] > MONTHS:
            raise WrongDate(
                "there is no month {parts}: numbers are read day first", parts=token.parts[1]
            )
        return super()._from_pair(token)

    def _latest_of(self, days: Sequence[date]) -> date:
        if self.year_needed:
            raise WrongDate("the year is missing")
        return super()._latest_of(days)
