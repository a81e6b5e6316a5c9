"""Shares with their interval, and how many pieces nobody saw: what a number may claim (pure)."""

from __future__ import annotations

from collections.abc import Collection
from math import sqrt
from typing import Final

from reports.how_sure import Unseen

# Of the normal distribution, for 95 of 100.
Z: Final = 1.959964


def interval(found: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share at 95 %, which stays honest near 0 and 1 (E. B. Wilson, 1927).

    Raises ValueError for a share of nothing.
    """
    if of < 1:
        raise ValueError("a share of nothing has no interval")
    p, z2 = found / of, Z * Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    reach = Z / (1 + z2 / of) * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    # rounding must not leave the share itself outside
    return max(0.0, min(p, middle - reach)), min(1.0, max(p, middle + reach))


def unseen(ways: tuple[str, str], one: Collection[int], two: Collection[int]) -> Unseen | None:
    """Chapman's estimate (1951) from what two ways listed; None where they share nothing, for
    then it says nothing.
    """
    both = len(set(one) & set(two))
    if not both:
        return None
    whole = (len(one) + 1) * (len(two) + 1) / (both + 1) - 1
    return Unseen(at_least=max(0, int(whole - len(set(one) | set(two)) + 1e-9)), ways=ways)
