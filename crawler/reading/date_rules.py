"""A date as an outlet prints it, read word by word: every word must be understood.

Days come before months ("06/07/2023" is 6 July) unless the weekday beside them says otherwise, or
the list that the date stands in (`date_order`); a day without a year is the latest that is not
ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from crawler.reading.date_order import MONTHS, NOTHING_PROVEN, Order, Orders
from crawler.reading.date_tokens import NoDate, Token, amount, dated_segments, is_relative
from crawler.reading.date_words import DAY, HOUR, WEEK, YEAR, Sense
from crawler.reading.jalali import JALALI_YEARS, gregorian
from crawler.reading.zones import fixed_zone, named_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the words say, in the outlet's own time unless an offset is printed."""

    day: date
    # 2024-06-23
    clock: time | None
    # 14:05, None where only a day is printed
    offset: tzinfo | None
    # as printed: UTC+02:00
    rule: str
    # "name", "numeric", "relative", "day-word", "jalali"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Day and month of a date in numbers, in the order in which they are printed."""

    first: int
    # 5 of 5/9/2025
    second: int
    # 9
    year: int | None
    # None where none is printed
    weekday: int | None
    # 0 Monday .. 6 Sunday, None where none is printed
    dotted: bool
    # whether dots part them


_COMMON_WORDS: Final = frozenset({"set", "ago"})
# months that mean something else beside a number: "3 set"
_DIGITS: Final = re.compile(r"\d+")
_MOST_UNITS: Final = 5_000
# of "para 5000 minutash"
_SECONDS: Final = (1, 60, 3_600, 86_400)
# of a second, minute, hour, day
HALF: Final = 0.5
_TENS: Final = range(20, 100, 10)
_ONES: Final = range(1, 10)
# "njëzet e pesë"
NIGHT: Final = 2
MIDNIGHT_AT_END: Final = 24
# hours
JALALI_LAG: Final = 621
# years between the calendars from spring on; one more before Nowruz


def read_printed(text: str, *, local: datetime, orders: Orders = NOTHING_PROVEN) -> Printed:
    """What a printed date says, `local` being the outlet's time of fetching.

    `orders` are those that the dates of its list prove. Raises NoDate.
    """
    for tokens in dated_segments(text):
        return read_tokens(tokens, local, orders)
    raise NoDate("not-a-date")


def figures_in(text: str, *, local: datetime) -> Figures | None:
    """Day and month as printed in numbers; None where no date is, or its year stands first."""
    with suppress(NoDate):
        for tokens in dated_segments(text):
            return Absolute(local, NOTHING_PROVEN).figures_of(tokens)
    return None


# --- relative ----------------------------------------------------------------------


def read_tokens(
    tokens: Sequence[Token], local: datetime, orders: Orders = NOTHING_PROVEN
) -> Printed:
    """What the tokens of one date say. Raises NoDate."""
    if is_relative(tokens):
        return _relative(tokens, local)
    if any(t.may_be("now") for t in tokens) and all(t.may_be("now", "noise") for t in tokens):
        return _printed(local, rule="relative")
    return Absolute(local, orders).read(tokens)


def _printed(moment: datetime, *, rule: str) -> Printed:
    offset = timezone(moment.utcoffset() or timedelta())
    return Printed(day=moment.date(), clock=moment.time(), offset=offset, rule=rule)


def _relative(tokens: Sequence[Token], local: datetime) -> Printed:
    amounts, clock = _amounts(tokens)
    coarsest = max(unit for _, unit in amounts)
    finest = min(unit for _, unit in amounts)
    if any(value > _MOST_UNITS for value, _ in amounts):
        raise NoDate("impossible")
    if finest <= HOUR and coarsest <= DAY and clock is None:
        span = timedelta(seconds=sum(value * _SECONDS[unit] for value, unit in amounts))
        return _printed((local.astimezone(UTC) - span).astimezone(local.tzinfo), rule="relative")
    if finest <= HOUR or any(value != int(value) for value, _ in amounts):
        raise NoDate("not-a-date")
    day = local.date()
    for value, unit in amounts:
        day = _back(day, int(value), unit)
    return Printed(day=day, clock=clock, offset=None, rule="relative")


def _amounts(tokens: Sequence[Token]) -> tuple[list[tuple[float, int]], time | None]:
    """(2, HOUR) for each number with its unit, and a clock. Raises NoDate at any other word."""
    amounts: list[tuple[float, int]] = []
    pending: float | None = None
    clock = None
    for token in tokens:
        if pending is not None and "unit" in token.senses:
            amounts.append((pending, int(token.senses["unit"])))
            pending = None
        elif (value := amount(token)) is not None:
            pending = _joined(pending, value)
        elif token.kind == "clock" and clock is None:
            clock = _clock(token.parts, None)
        elif not token.may_be("ago", "before", "noise", "at"):
            raise NoDate("not-a-date" if token.senses else "unknown-word")
    return _with_half(amounts, pending), clock


def _joined(pending: float | None, value: float) -> float:
    """20 and 5 of "njëzet e pesë". Raises NoDate for other numbers in a row."""
    if pending is None:
        return value
    if pending in _TENS and value in _ONES:
        return pending + value
    raise NoDate("not-a-date")


def _with_half(amounts: list[tuple[float, int]], left: float | None) -> list[tuple[float, int]]:
    """The half of "një orë e gjysmë" belongs to the last unit. Raises NoDate for other rests."""
    if not amounts or left not in {None, HALF}:
        raise NoDate("not-a-date")
    value, unit = amounts[-1]
    return [*amounts[:-1], (value + (left or 0), unit)]


def _back(day: date, count: int, unit: int) -> date:
    """`count` days, weeks, months or years earlier; the 31st becomes a shorter month's last."""
    try:
        if unit in {DAY, WEEK}:
            return day - timedelta(days=count * (7 if unit == WEEK else 1))
        months = day.year * 12 + day.month - 1 - count * (12 if unit == YEAR else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        raise NoDate("impossible") from None


def _clock(parts: Sequence[int], half: float | None) -> time:
    """A clock of 24 or, with a half of the day, 12 hours. Raises NoDate (impossible)."""
    hour, minute, second = (*parts[:3], 0, 0)[:3]
    if half is None and (hour, minute, second) == (MIDNIGHT_AT_END, 0, 0):
        return time()
    if half == 0:
        hour = 0 if hour == 12 else hour if hour < 12 else 24  # noqa: PLR2004
    elif half == 1 and hour < 12:  # noqa: PLR2004
        hour += 12
    elif half == NIGHT and hour in range(6, 13):
        hour = (hour + 12) % 24
    try:
        return time(hour, minute, min(second, 59))
    except ValueError:
        raise NoDate("impossible") from None


# --- absolute ----------------------------------------------------------------------


class Absolute:
    """The slots of one date, filled word by word."""

    def __init__(self, local: datetime, orders: Orders) -> None:
        self.local = local
        self.orders = orders
        self.numbers: dict[int, Token] = {}
        self.figures: Token | None = None
        # "23/06/2024"
        self.pair: Token | None = None
        # "23/06"
        self.month: int | None = None
        # place of the word
        self.clock: tuple[int, ...] | None = None
        self.half: float | None = None
        self.offset: tzinfo | None = None
        self.weekday: int | None = None
        self.shift: int | None = None
        # of "yesterday": -1
        self.year: int | None = None
        self.day: int | None = None

    def read(self, tokens: Sequence[Token]) -> Printed:
        """Raises NoDate."""
        self._fill(tokens)
        day, rule = self._date()
        clock = None if self.clock is None else _clock(self.clock, self.half)
        if clock and self._ends_its_day():
            day = _back(day, -1, DAY)
        return Printed(day=day, clock=clock, offset=self.offset if clock else None, rule=rule)

    def figures_of(self, tokens: Sequence[Token]) -> Figures | None:
        """Raises NoDate."""
        self._fill(tokens)
        token = self.figures or self.pair
        if token is None or self.month is not None or token.parts[0] > 99:  # noqa: PLR2004
            return None
        year = self.year
        if len(token.parts) == 3:  # noqa: PLR2004
            year = self._full_year(token)
        if year in JALALI_YEARS:
            return None
        first, second = token.parts[:2]
        dotted = "." in token.text
        return Figures(first=first, second=second, year=year, weekday=self.weekday, dotted=dotted)

    def _fill(self, tokens: Sequence[Token]) -> None:
        self.tokens = [token for token in tokens if not _is_noise(token)]
        self.month = self._find_month()
        for at, token in enumerate(self.tokens):
            self._take(at, token)
        self._place_numbers()

    def _ends_its_day(self) -> bool:
        """Whether the clock says 24:00, the midnight at the end of the day (ISO 8601)."""
        return self.clock is not None and self.clock[0] == MIDNIGHT_AT_END and self.half is None

    def _find_month(self) -> int | None:
        """Where the month's name stands: `mar` and `sht` may be weekdays as well."""
        places = [n for n, token in enumerate(self.tokens) if token.may_be("month", "jalali")]
        sure = [n for n in places if not self.tokens[n].may_be("weekday", "ago", "number")]
        if len(sure) > 1:
            raise NoDate("two-dates")
        if sure or any(token.kind == "triple" for token in self.tokens):
            return sure[0] if sure else None
        behind = [n for n in places if n and self.tokens[n - 1].kind == "number"]
        ahead = [n for n in places if self._at(n + 1, "number")]
        return next(iter([*behind, *ahead]), None)

    def _at(self, place: int, *kinds: str) -> bool:
        return 0 <= place < len(self.tokens) and self.tokens[place].kind in kinds

    def _take(self, at: int, token: Token) -> None:
        if token.kind == "word":
            self._take_word(at, token)
        elif token.kind == "clock":
            self._set_clock(token.parts)
        elif token.kind == "offset":
            self._set_zone(lambda: fixed_zone(token.parts[0]))
        elif token.kind == "triple":
            self._once(self.figures)
            self.figures = token
        elif token.kind == "pair":
            self._take_pair(at, token)
        elif not self._take_hour(at, token):
            self.numbers[at] = token

    def _take_word(self, at: int, token: Token) -> None:
        senses = token.senses
        if at == self.month:
            return
        if "weekday" in senses:
            self.weekday = int(senses["weekday"])
        elif "day" in senses:
            self._once(self.shift)
            self.shift = int(senses["day"])
        elif "half" in senses:
            self.half = senses["half"]
        elif "zone" in senses and self.clock is not None:
            self._set_zone(lambda: named_zone(token.text, self.local.tzinfo))
        elif "at" not in senses:
            raise NoDate("not-a-date" if senses else "unknown-word")

    def _set_zone(self, make: Callable[[], tzinfo | None]) -> None:
        """An offset stands before a name that comments on it. Raises NoDate (impossible)."""
        if self.offset is None:
            try:
                self.offset = make()
            except (LookupError, ValueError):
                raise NoDate("impossible") from None

    def _take_pair(self, at: int, token: Token) -> None:
        """ "14.05" is a clock after "ora" or beside a date, else it is 14 May."""
        hour, minute = token.parts
        may_be_clock = "." in token.text and hour < 24 and minute < 60  # noqa: PLR2004
        told = at > 0 and self.tokens[at - 1].may_be("at")
        if may_be_clock and self.clock is None and (told or self._has_date(at)):
            self._set_clock(token.parts)
            return
        self._once(self.pair)
        self.pair = token

    def _has_date(self, at: int) -> bool:
        """Whether a date stands beside the pair at this place."""
        others = [token for n, token in enumerate(self.tokens) if n != at]
        dated = any(token.kind == "triple" or token.may_be("day") for token in others)
        return dated or self.month is not None or self.pair is not None

    def _take_hour(self, at: int, token: Token) -> bool:
        """Whether a bare number is an hour: "ora 14", "9 PD"."""
        told = at > 0 and self.tokens[at - 1].may_be("at") and at - 1 != self.month
        halved = at + 1 < len(self.tokens) and self.tokens[at + 1].may_be("half")
        if self.clock is not None or len(token.text) > 2 or not (told or halved):  # noqa: PLR2004
            return False
        self._set_clock((token.parts[0], 0))
        return True

    def _set_clock(self, parts: tuple[int, ...]) -> None:
        self._once(self.clock)
        self.clock = parts

    @staticmethod
    def _once(slot: object) -> None:
        if slot is not None:
            raise NoDate("two-dates")

    def _place_numbers(self) -> None:
        """Day and year among the bare numbers."""
        if self.month is not None:
            beside = [n for n in (self.month - 1, self.month + 1) if self._is_day(n)]
            if beside:
                self.day = self.numbers.pop(beside[0]).parts[0]
        elif [len(token.text) for token in self.numbers.values()] == [2, 2, 4]:
            parts = tuple(token.parts[0] for token in self.numbers.values())
            self.figures = Token(kind="triple", text="23 06 2024", parts=parts)
            return
        for at, token in self.numbers.items():
            self._once(self.year)
            self.year = self._as_year(at, token)

    def _is_day(self, place: int) -> bool:
        token = self.numbers.get(place)
        return token is not None and token.text.isdigit() and 1 <= token.parts[0] <= 31  # noqa: PLR2004

    def _as_year(self, at: int, token: Token) -> int:
        """Four digits, or two behind the month or with an apostrophe. Raises NoDate."""
        digits = token.text.lstrip("'")
        if len(digits) == 4:  # noqa: PLR2004
            return token.parts[0]
        behind = self.month is not None and at == self.month + 1 and self.day is not None
        if len(digits) == 2 and (behind or digits != token.text):  # noqa: PLR2004
            return _century(token.parts[0], self.local)
        raise NoDate("not-a-date")

    def _date(self) -> tuple[date, str]:
        if self.figures is not None:
            if self.year is not None or self.month is not None or self.pair is not None:
                raise NoDate("two-dates")
            return self._from_figures(self.figures)
        if self.month is not None:
            return self._from_name(self.tokens[self.month].senses)
        if self.pair is not None:
            return self._from_pair(self.pair), "numeric"
        if self.shift is not None and self.year is None:
            return self.local.date() + timedelta(days=self.shift), "day-word"
        raise NoDate("incomplete" if self.weekday is not None or self.clock else "not-a-date")

    def _from_figures(self, token: Token) -> tuple[date, str]:
        first, second, third = token.parts
        year_first = first > 99  # noqa: PLR2004
        year, day = (first, third) if year_first else (third, first)
        if year in JALALI_YEARS:
            return _existing(lambda: gregorian(year, second, day)), "jalali"
        if year_first:
            return _existing(lambda: date(year, second, day)), "numeric"
        full = self._full_year(token)
        return self._ordered(first, second, full), "numeric"

    def _full_year(self, token: Token) -> int:
        """Raises NoDate for a year of one or three digits."""
        short = len(_DIGITS.findall(token.text)[2]) < 4  # noqa: PLR2004
        return _short_year(token, self.local) if short else token.parts[2]

    def _ordered(self, first: int, second: int, year: int) -> date:
        """The day of two numbers: by their size, by the weekday, by the list, else day first.

        Raises NoDate: there is no such day, or the list proves both orders.
        """
        if max(first, second) > MONTHS or first == second:
            day, month = (first, second) if second <= MONTHS else (second, first)
            return _existing(lambda: date(year, month, day))
        readings: dict[Order, date] = {
            "day-first": _existing(lambda: date(year, second, first)),
            "month-first": _existing(lambda: date(year, first, second)),
        }
        fits = [order for order, day in readings.items() if day.weekday() == self.weekday]
        orders = fits if len(fits) == 1 else sorted(self.orders) or ["day-first"]
        if len(orders) > 1:
            raise NoDate("two-orders", *readings.values())
        return readings[orders[0]]

    def _from_name(self, senses: Mapping[Sense, float]) -> tuple[date, str]:
        if self.day is None:
            raise NoDate("incomplete")
        day, jalali = self.day, "month" not in senses
        month = int(senses["jalali" if jalali else "month"])
        make = gregorian if jalali else date
        rule = "jalali" if jalali else "name"
        if self.year is not None:
            year = self.year
            return _existing(lambda: make(year, month, day)), rule
        if self.clock is None and self.tokens[self.month or 0].text in _COMMON_WORDS:
            raise NoDate("incomplete")
        this_year = self.local.year - (JALALI_LAG if jalali else 0)
        return self._latest(lambda year: make(year, month, day), this_year), rule

    def _from_pair(self, token: Token) -> date:
        """Day and month: alone only in the form of a date ("05/06", never "3/1" or "10/10")."""
        first, second = token.parts
        whole = len(token.text) == 5 and ("0" in token.text[::3] or max(first, second) > 12)  # noqa: PLR2004
        if self.year is not None:
            return self._ordered(first, second, self.year)
        if self.clock is None and self.weekday is None and not (whole and "/" in token.text):
            raise NoDate("not-a-date")
        swap = second > MONTHS >= first
        if max(first, second) <= MONTHS and first != second and self.orders:
            swap = "month-first" in self.orders
            if len(self.orders) > 1:
                raise NoDate("two-orders")
        month, day = (first, second) if swap else (second, first)
        return self._latest(lambda year: date(year, month, day), self.local.year)

    def _latest(self, make: Callable[[int], date], this_year: int) -> date:
        """The latest such day that is not ahead; one on the printed weekday, if there is one."""
        days = []
        for year in range(this_year + 1, this_year - 2, -1):
            with suppress(ValueError):
                days.append(make(year))
        return self._latest_of(days)

    def _latest_of(self, days: Sequence[date]) -> date:
        past = [day for day in days if day <= self.local.date() + timedelta(days=1)]
        fitting = [day for day in past if day.weekday() == self.weekday]
        if not past:
            raise NoDate("impossible")
        return (fitting or past)[0]


def _is_noise(token: Token) -> bool:
    said = token.may_be("month", "jalali", "weekday", "day", "half", "zone", "at")
    return token.may_be("noise", "by") and not said


def _existing(make: Callable[[], date]) -> date:
    try:
        return make()
    except (ValueError, OverflowError):
        raise NoDate("impossible") from None


def _short_year(token: Token, local: datetime) -> int:
    if len(_DIGITS.findall(token.text)[2]) != 2:  # noqa: PLR2004
        raise NoDate("not-a-date")
    return _century(token.parts[2], local)


def _century(short: int, local: datetime) -> int:
    """The year of two digits: at most one ahead of the fetching."""
    return 2000 + short if 2000 + short <= local.year + 1 else 1900 + short
