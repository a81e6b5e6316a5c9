"""The Iranian solar calendar, as printed by Persian outlets, in Gregorian days.

Leap years by the 33-year rule, which agrees with the astronomical calendar from 1206 to 1498 AP
(1827 to 2119): Borkowski, "The Persian calendar for 3000 years", Earth, Moon and Planets 74 (1996).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

JALALI_YEARS: Final = range(1300, 1499)
# printed years that are read as Jalali; 1300 is 1921

_LEAP_PLACES: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
# places of leap years in a cycle of 33
_CYCLE: Final = 33 * 365 + len(_LEAP_PLACES)
# days
_FIRST_CYCLE: Final = 1288
# a year whose place is 1
_NOWRUZ: Final = date(1909, 3, 21)
# 1 Farvardin of that year


def is_leap(year: int) -> bool:
    """Whether Esfand has 30 days."""
    return (year - _FIRST_CYCLE) % 33 + 1 in _LEAP_PLACES


def gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Jalali one. Raises ValueError for a day that does not exist."""
    if year not in JALALI_YEARS or not 1 <= month <= 12 or not 1 <= day <= _length(year, month):  # noqa: PLR2004
        raise ValueError(f"no such Jalali day: {year}/{month}/{day}")
    cycles, place = divmod(year - _FIRST_CYCLE, 33)
    before = sum(365 + is_leap(_FIRST_CYCLE + n) for n in range(place))
    months = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _NOWRUZ + timedelta(days=cycles * _CYCLE + before + months + day - 1)


def _length(year: int, month: int) -> int:
    if month <= 6:  # noqa: PLR2004
        return 31
    return 30 if month < 12 or is_leap(year) else 29  # noqa: PLR2004
