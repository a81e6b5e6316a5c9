"""An outlet's usual rhythm, by whole weeks that the record answers for (arithmetic, no clock)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

Stretch = tuple[datetime, datetime]

DAYS = 7
WEEK = timedelta(days=DAYS)
LOOKED_AT = 12
# weeks back; an outlet's habits of last year say little
ENOUGH = 4
# complete weeks before expectations are proposed: a month with its holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How much an outlet publishes."""

    weeks: tuple[tuple[date, int], ...]
    # Monday of each complete week and its pieces, the newest first
    weekdays: tuple[float, ...]
    # pieces a day, Monday first, over those weeks; empty without a complete week

    @property
    def per_week(self) -> float | None:
        """Pieces a week, None without a complete week."""
        counts = [count for _, count in self.weeks]
        return sum(counts) / len(counts) if counts else None

    @property
    def missing(self) -> int:
        """Complete weeks that a proposal still needs."""
        return max(0, ENOUGH - len(self.weeks))

    @property
    def expectation(self) -> tuple[int, int] | None:
        """A `per_week` for the outlet's file, None without four complete weeks.

        Half of the quietest of the last four and twice the busiest: holidays and elections
        pass, a listing that lost most of its rows does not.
        """
        if self.missing:
            return None
        counts = [count for _, count in self.weeks[:ENOUGH]]
        return min(counts) // 2, max(2 * max(counts), 1)


def rhythm(
    dates: Iterable[datetime], stretches: Sequence[Stretch], *, zone: str, now: datetime
) -> Rhythm:
    """The rhythm of pieces published at `dates` (aware), where `stretches` were checked.

    A week is complete where checks answer for every moment of it, Monday to Sunday in `zone`.
    """
    tz = ZoneInfo(zone)
    covered = united(stretches)
    mondays = [day for day in _mondays(now.astimezone(tz).date()) if _is_held(day, tz, covered)]
    wanted = {day + timedelta(days=more) for day in mondays for more in range(DAYS)}
    days = Counter(day for moment in dates if (day := moment.astimezone(tz).date()) in wanted)
    weeks = tuple((day, sum(_of_week(days, day))) for day in mondays)
    sums = zip(*(_of_week(days, day) for day in mondays), strict=True)
    return Rhythm(weeks=weeks, weekdays=tuple(round(sum(s) / len(mondays), 1) for s in sums))


def _of_week(days: Counter[date], monday: date) -> list[int]:
    return [days[monday + timedelta(days=more)] for more in range(DAYS)]


def _mondays(today: date) -> Iterator[date]:
    """Mondays of the weeks that are over, the newest first."""
    monday = today - timedelta(days=today.weekday())
    for back in range(1, LOOKED_AT + 1):
        yield monday - back * WEEK


def _is_held(monday: date, tz: ZoneInfo, covered: Sequence[Stretch]) -> bool:
    first = datetime.combine(monday, time(), tz)
    after = datetime.combine(monday + WEEK, time(), tz)
    return any(since <= first and after <= until for since, until in covered)


def united(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches that touch or overlap, as one; in order of time."""
    whole: list[Stretch] = []
    for since, until in sorted(stretches):
        if whole and since <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(until, whole[-1][1]))
        else:
            whole.append((since, until))
    return whole


def expected_in(per_week: tuple[int, int], length: timedelta) -> tuple[int, int]:
    """What `per_week` means for a stretch of this length: the low rounded down, the high up."""
    low, high = per_week
    return int(low * (length / WEEK)), ceil(high * (length / WEEK))
