"""Which of two numbers is the day: one list has one order, and its own rows prove it.

"5/9/2025" may be two days. Day first is believed unless the list proves the other order: by a part
over 12, by a weekday that fits one reading only, by a row that would lie in the future. All rows of
an answer are looked at before one is dated, and what an answer proved is kept beside its rows, so
that they read alike for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from crawler.reading.zones import zone_of

if TYPE_CHECKING:
    from crawler.reading.date_rules import Figures

Order: TypeAlias = Literal["day-first", "month-first"]
Orders: TypeAlias = frozenset[Order]
# what a list proves; both where its proofs contradict one another
NOTHING_PROVEN: Final[Orders] = frozenset()
DEFAULT: Final[Orders] = frozenset(("day-first",))
# what is believed where nothing is proven
KEY: Final = "orders"
# among the facts of a page that its rows need (`Snapshot.site`)
LONGEST: Final = 200
# characters; no outlet prints a longer date, and a longer text is not looked at
MONTHS: Final = 12
DAYS: Final = 31
# of the longest month
AHEAD: Final = timedelta(days=1)
# how far a date may lie ahead of the fetching
GREGORIAN: Final = 1500
# earlier years are of another calendar
_LETTER: Final = re.compile(r"[^\W\d_]")
_NUMERIC: Final = re.compile(
    r"(?<![\d./-])(\d{1,2})(?:\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)|/(\d{1,2}))(?![\d/])"
)


def proofs(texts: Iterable[str | None], *, base: datetime, zone: str) -> Orders:
    """The orders that the printed dates of one list prove.

    `base` is the aware time of fetching, `zone` the outlet's.
    """
    found: set[Order] = set()
    local: datetime | None = None
    for text in texts:
        if text and is_numeric(text):
            local = local or base.astimezone(zone_of(zone))
            found.update(_proofs_of(text, local))
        if len(found) == 2:  # noqa: PLR2004
            break
    return frozenset(found)


def is_numeric(text: str | None) -> bool:
    """Whether day and month stand in numbers, the year behind them or nowhere."""
    return bool(text and len(text) <= LONGEST and _NUMERIC.search(text))


def is_ambiguous(text: str | None) -> bool:
    """Whether a printed date is in numbers that may be two days."""
    found = _NUMERIC.search(text) if text and len(text) <= LONGEST else None
    if found is None:
        return False
    first, second = int(found[1]), int(found[3] or found[5])
    return first != second and max(first, second) <= MONTHS


def kept_orders(site: Mapping[str, Any]) -> Orders | None:
    """What was kept of an answer as proven, None where nothing was kept."""
    told = site.get(KEY)
    if not isinstance(told, list):
        return None
    return frozenset(cast(Order, one) for one in told if one in {"day-first", "month-first"})


def with_orders(site: Mapping[str, Any], orders: Orders) -> dict[str, Any]:
    """The facts of a page with the order of its rows, where it is not what is believed anyway."""
    return {**site, KEY: sorted(orders)} if orders - DEFAULT else dict(site)


def contradiction(orders: Orders) -> str | None:
    """A note where a list proves both orders."""
    if len(orders) < 2:  # noqa: PLR2004
        return None
    return "its dates prove both orders of day and month: those that may be two days stay undated"


def _bare(text: str, figures: type[Figures]) -> Figures | None:
    """Day and month of a text without a letter, which most are: no weekday can stand there."""
    found = _NUMERIC.search(text)
    if found is None or not found[4] or len(found[4]) < 4 or _LETTER.search(text):  # noqa: PLR2004
        return None
    year, dotted = int(found[4]), found[2] == "."
    if year < GREGORIAN:
        return None
    first, second = int(found[1]), int(found[3])
    return figures(first=first, second=second, year=year, weekday=None, dotted=dotted)


def _proofs_of(text: str, local: datetime) -> Iterator[Order]:
    from crawler.reading.date_rules import Figures, figures_in  # noqa: PLC0415 - large tables

    figures = _bare(text, Figures) or figures_in(text, local=local)
    if figures is None or figures.first == figures.second:
        return
    if figures.first > MONTHS or figures.second > MONTHS:
        month, day = sorted((figures.first, figures.second))
        if 1 <= month <= MONTHS and day <= DAYS:
            yield "day-first" if figures.first > MONTHS else "month-first"
        return
    if figures.year is None:
        return
    readings: dict[Order, date] = {}
    with suppress(ValueError):
        readings["day-first"] = date(figures.year, figures.second, figures.first)
        readings["month-first"] = date(figures.year, figures.first, figures.second)
    fits = [order for order, day in readings.items() if day.weekday() == figures.weekday]
    if len(fits) != 1 and not figures.dotted:
        # nobody writes month.day.year: such a row lies ahead, and proves no more than that
        edge = (local + AHEAD).date()
        fits = [order for order, day in readings.items() if day <= edge]
    if len(fits) == 1:
        yield fits[0]
