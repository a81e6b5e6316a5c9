"""A day with far more pieces than its days before: told once, and seldom wrongly. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean
from typing import Final

FEWEST_DAYS: Final = 7
# days before, without which nobody knows what is usual
FEWEST: Final = 5
# pieces of a day that is told at all
CLEARLY: Final = 3.2
# how many spreads of a count (Anscombe, 1948: 2 sqrt(n + 3/8)) a day lies above the usual: about
# one day in fifteen hundred by chance
WEEK: Final = 7
ALIKE: Final = 1.45
# times: days of the week whose means differ by less are of one kind
CHANCE: Final = 1.1
# times: counts that only chance makes swing seldom seem to swing more, over four weeks
_BIAS: Final = 3 / 8


def is_unusual(today: int, before: Sequence[int]) -> bool:
    """Whether a day's count of pieces is out of the ordinary, by the days before it, in order.

    It is held against its own day of the week and those like it: papers rest on Sundays. Where
    these swing more than chance makes counts swing, a day must lie as much higher.
    """
    if len(before) < FEWEST_DAYS or today < FEWEST:
        return False
    like = _days_like_it(before)
    usual = fmean(like)
    # counts of a mean of so many days are as much less sure
    unsure = sqrt(1 + 1 / len(like))
    return _height(today) - _height(usual) >= CLEARLY * _swing(before) * unsure


def usual_of(before: Sequence[int]) -> float:
    """What is usual on the day after these, by days of the week like it."""
    return fmean(_days_like_it(before)) if before else 0.0


def _days_like_it(before: Sequence[int]) -> list[int]:
    """Those on today's day of the week, and on other days of the week with about as many pieces."""
    weekdays = [list(before[-back::-WEEK]) for back in range(1, WEEK + 1) if back <= len(before)]
    own = weekdays[-1]
    mean = fmean(own)
    like = [days for days in weekdays if _are_alike(fmean(days), mean)]
    return [count for days in like for count in days] or own


def _are_alike(one: float, other: float) -> bool:
    # one piece more or less is no rhythm
    return (one + 1) < ALIKE * (other + 1) and (other + 1) < ALIKE * (one + 1)


def _swing(before: Sequence[int]) -> float:
    """How much days of one day of the week swing, in spreads of a count; 1 at least."""
    squares: list[float] = []
    for back in range(1, WEEK + 1):
        days = before[-back::-WEEK] if back <= len(before) else ()
        if len(days) > 1:
            mean = fmean(map(_height, days))
            squares += [
                (_height(count) - mean) ** 2 * len(days) / (len(days) - 1) for count in days
            ]
    return sqrt(max(1.0, fmean(squares) / CHANCE)) if squares else 1.0


def _height(count: float) -> float:
    return 2 * sqrt(count + _BIAS)
