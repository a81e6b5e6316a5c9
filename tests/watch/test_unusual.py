"""An unusual day, on a hundred made-up months with a weekly rhythm and a hundred without one."""

from __future__ import annotations

import math
import random

import pytest

from crawler.watching.unusual import is_unusual, usual_of

FOUND = 0.95
WRONG = 0.02
DAYS = 30


def drawn(chance: random.Random, rate: float) -> int:
    """A count by Poisson."""
    end, count, left = math.exp(-rate), 0, chance.random()
    while left > end:
        left *= chance.random()
        count += 1
    return count


def month(number: int, *, fourfold: bool) -> tuple[list[int], int]:
    """Pieces a day, fewer on weekends; one day has four times what that day usually has."""
    chance = random.Random(f"month {number}")
    base, rest = chance.choice((6, 8, 12, 18, 30)), chance.choice((0.4, 0.6, 0.8, 1.0))
    first, at = chance.randrange(7), chance.randrange(14, DAYS)
    rates = [
        base * (rest if (first + day) % 7 >= 5 else 1.0) * chance.uniform(0.9, 1.1)
        for day in range(DAYS)
    ]
    counts = [drawn(chance, rate) for rate in rates]
    if fourfold:
        counts[at] = round(4 * rates[at])
    return counts, at


def told(counts: list[int], day: int) -> bool:
    return is_unusual(counts[day], counts[max(0, day - 28) : day])


def test_a_fourfold_day_is_told() -> None:
    months = [month(number, fourfold=True) for number in range(100)]
    found = sum(told(counts, at) for counts, at in months)
    assert found >= FOUND * len(months), found


def test_a_month_without_one_tells_of_none() -> None:
    months = [month(number, fourfold=False)[0] for number in range(100, 200)]
    wrong = [n for n, counts in enumerate(months) if any(told(counts, d) for d in range(7, DAYS))]
    assert len(wrong) <= WRONG * len(months), wrong


@pytest.mark.parametrize(
    ("today", "before", "unusual"),
    [
        (30, [2] * 6, False),
        (30, [2] * 7, True),
        (4, [0] * 28, False),
        (8, [0] * 28, True),
        (40, [10] * 28, True),
        (14, [10] * 28, False),
        # a Sunday with more than a weekday's count, where Sundays have two
        (12, [10, 10, 10, 10, 10, 10, 2] * 3 + [10] * 6, True),
        # a Monday after it
        (10, [10, 10, 10, 10, 10, 10, 2] * 4, False),
        # days that swing by themselves
        (40, [1, 30, 2, 28, 35] * 5, False),
    ],
)
def test_one_day(today: int, before: list[int], unusual: bool) -> None:
    assert is_unusual(today, before) is unusual


def test_what_is_usual_is_that_of_days_like_it() -> None:
    assert usual_of([10, 10, 10, 10, 10, 10, 2] * 4) == 10
    assert usual_of([10, 10, 10, 10, 10, 10, 2] * 3 + [10] * 6) == 2
    assert usual_of([]) == 0
