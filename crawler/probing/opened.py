"""Lists that were opened, and what they are worth beside each other and the front page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from crawler.models import Find
from crawler.reading.finder import Pager, Shape, Sheet, lists_in
from crawler.urls import alias_key

if TYPE_CHECKING:
    from spiders.asking import Answer

STALE: Final = timedelta(days=45)
# a page whose newest piece lies so far behind the front page's holds no news
HOLE: Final = timedelta(days=3)
# between two pages of a list that follow one another
BLOCK: Final = 0.1
# share of the best list's score from which another block of the front page counts


@dataclass(slots=True, kw_only=True)
class Opened:
    """A page that was opened, and its list."""

    sheet: Sheet
    shape: Shape
    answer: Answer | None = None
    # None where it is only judged
    pager: Pager | None = None
    counts: bool = False
    # whether its data say how many pages there are
    whole: bool = False
    # whether its name says that it holds everything
    others: tuple[Shape, ...] = ()
    # further lists of the page

    @property
    def find(self) -> Find:
        """The list as an outlet's file declares it."""
        if self.pager is None:
            return self.shape.find
        return replace(
            self.shape.find, url=self.pager.url, first=self.pager.first, step=self.pager.step
        )


def tells_more(data: Shape, printed: Shape | None) -> bool:
    """Whether data say more of a page's pieces than its rows do."""
    if printed is None:
        return True
    if data.names & printed.names and printed.dates:
        return False
    return (
        bool(data.dates)
        and (not printed.dates or len(data.rows) > 2 * len(printed.rows))
        and len(data.rows) >= len(printed.rows)
    )


def news_of(first: Opened | None) -> dict[str, datetime | None]:
    """The pieces of a front page by name, with their days: what its lists should hold.

    Those of its smaller blocks too, but for what stands aside or is old: what is read most.
    """
    if first is None:
        return {}
    told: dict[str, datetime | None] = {}
    newest = first.shape.newest
    for shape in (first.shape, *first.others):
        fresh = newest is None or (shape.newest is not None and newest - shape.newest <= STALE)
        small = shape.aside or shape.score < BLOCK * first.shape.score
        if shape is not first.shape and (small or not fresh):
            continue
        days = shape.dates if len(shape.dates) == len(shape.rows) else (None,) * len(shape.rows)
        for row, when in zip(shape.rows, days, strict=True):
            told.setdefault(alias_key(row.url), when)
    return told


def news_on(sheet: Sheet) -> dict[str, datetime | None]:
    """The pieces that a front page lists, by name, with their days where it prints them."""
    found = lists_in(sheet)
    return news_of(Opened(sheet=sheet, shape=found[0])) if found else {}


def missing(wanted: dict[str, datetime | None], opened: Sequence[Opened]) -> set[str]:
    """The front page's pieces that stand in none of the lists, though they are new enough to."""
    names = frozenset().union(*(one.shape.names for one in opened)) if opened else frozenset()
    begins = max((min(one.shape.dates) for one in opened if one.shape.dates), default=None)
    return {
        name for name, when in wanted.items()
        if name not in names and (begins is None or when is None or when > begins)
    }  # fmt: skip


def is_fresh(found: Opened, first: Opened | None) -> bool:
    """Whether a page's newest piece keeps up with the front page's."""
    newest = first.shape.newest if first else None
    own = found.shape.newest
    return newest is None or own is None or newest - own <= STALE


def without_doubles(opened: Sequence[Opened]) -> list[Opened]:
    """Without lists whose pieces stand in the others too: tags, authors, a list of everything."""
    kept = list(opened)
    for one in sorted(opened, key=lambda each: len(each.shape.rows)):
        others = [each for each in kept if each is not one]
        if others and not adds(one, others):
            kept = others
    return kept


def adds(one: Opened, others: Sequence[Opened]) -> bool:
    """Whether a list has a piece that the others should show, and do not."""
    names = frozenset().union(*(each.shape.names for each in others))
    begins = max((min(each.shape.dates) for each in others if each.shape.dates), default=None)
    shape = one.shape
    if begins is None or len(shape.dates) != len(shape.rows):
        return not shape.names <= names
    newer = [
        alias_key(row.url)
        for row, when in zip(shape.rows, shape.dates, strict=True)
        if when > begins
    ]
    return not newer or not set(newer) <= names


def follows(dates: Sequence[datetime], behind: Sequence[datetime | None]) -> bool:
    """Whether a second page goes on where the first ends: older, and without a hole between.

    Pages that are counted from the oldest on begin elsewhere. A quarter of each may be pinned.
    """
    first, second = sorted(dates), sorted(filter(None, behind))
    if not first or not second:
        return True
    begins, goes_on = first[len(first) // 4], second[-1 - len(second) // 4]
    hole = max(HOLE, 3 * (first[-1] - begins))
    return goes_on <= first[-1] and begins - goes_on <= hole
