"""A day with far more pieces than its days before: told once, and seldom wrongly. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pvariance
from typing import Final

FEWEST_DAYS: Final = 7
# days before, without which nobody knows what is usual
FEWEST: Final = 5
# pieces of a day that is told at all
CLEARLY: Final = 3.0
# how many spreads of a count (Anscombe, 1948: 2 sqrt(n + 3/8)) a day lies above the usual
_BIAS: Final = 3 / 8


def is_unusual(today: int, before: Sequence[int]) -> bool:
    """Whether a day's count of pieces is out of the ordinary, by the days before it.

    Where these swing more than chance makes counts swing, a day must lie as much higher.
    """
    if len(before) < FEWEST_DAYS or today < FEWEST:
        return False
    usual = fmean(before)
    swing = sqrt(max(1.0, pvariance(before) / usual)) if usual else 1.0
    return 2 * (sqrt(today + _BIAS) - sqrt(usual + _BIAS)) >= CLEARLY * swing
