"""Jump, do not walk: which page of a dated listing to look at next (pure).

Pages are numbered from 1 and get older. The page sought is the last one whose median
date is not before the window's end: from there the walk through the window begins.
Medians, because sticky, pinned and back-dated rows are normal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

# Guesses by date are usually right; where pieces come in bursts, bisection takes over,
# so that the whole search stays within 2 log2(pages) + 3 requests.
GUESSES = 3
# How far a guess may run ahead of what is known.
LEAP = 8
FIRST_LEAP = 2


def next_probe(
    middles: Mapping[int, datetime], end: datetime, *, beyond: int | None, guesses: int
) -> int | None:
    """The page to ask next, None when the place is found.

    `middles` are the median dates of the pages seen so far (page 1 among them),
    `beyond` a page number known to lie past the last page, `guesses` how many
    probes were made between two known pages.
    """
    low = max((page for page, middle in middles.items() if middle >= end), default=0)
    older = [page for page, middle in middles.items() if middle < end]
    bounds = [*older, *([beyond] if beyond else [])]
    if low == 0:
        return None
    if not bounds:
        return max(low * FIRST_LEAP, min(_guess_ahead(middles, low, end), low * LEAP))
    high = min(bounds)
    if high - low <= 1:
        return None
    if high in middles and guesses < GUESSES:
        return _between(middles, low, high, end)
    return (low + high) // 2


def _guess_ahead(middles: Mapping[int, datetime], low: int, end: datetime) -> int:
    """Where the end of the window would lie if pieces came as often as on the pages seen."""
    passed = (middles[1] - middles[low]).total_seconds()
    if low == 1 or passed <= 0:
        return low * FIRST_LEAP
    missing = (middles[low] - end).total_seconds()
    return low + 1 + int((low - 1) * missing / passed)


def _between(middles: Mapping[int, datetime], low: int, high: int, end: datetime) -> int:
    """Linear interpolation by date, kept inside."""
    span = (middles[low] - middles[high]).total_seconds()
    part = (middles[low] - end).total_seconds() / span if span > 0 else 0.5
    return min(high - 1, max(low + 1, low + round(part * (high - low))))


def start_page(middles: Mapping[int, datetime], end: datetime) -> int:
    """Where the walk begins: the last page seen that is not before the window's end."""
    return max((page for page, middle in middles.items() if middle >= end), default=1)
