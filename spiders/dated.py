"""Pages of dated rows: what feeds and list pages have in common when one walks back in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from crawler.models import Lead, Window
from crawler.reading.date_order import (
    DEFAULT,
    KEY,
    NOTHING_PROVEN,
    Orders,
    contradiction,
    kept_orders,
)
from spiders.asking import Answer
from spiders.jump import next_probe, start_page

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment

# Rows at the foot of a page that must be older before a single page is believed to
# reach behind the window: one may be back-dated, two in a row are the order of time.
FOOT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPage:
    """One answered page of a listing, as finding sees it."""

    answer: Answer
    # as it came
    leads: tuple[Lead, ...]
    # every row of the page, as listed
    known: frozenset[int] = frozenset()
    # positions of the rows that the record had when the page came, in a routine check
    orders: Orders = DEFAULT
    # of day and month in which its rows were dated

    @property
    def dates(self) -> list[datetime]:
        """The dates that its rows state, as listed."""
        return [lead.published for lead in self.leads if lead.published]

    @property
    def middle(self) -> datetime | None:
        """The median date: pinned and back-dated rows do not move it."""
        stamps = [moment.timestamp() for moment in self.dates]
        return datetime.fromtimestamp(median(stamps), self.dates[0].tzinfo) if stamps else None

    @property
    def names(self) -> frozenset[str]:
        """The addresses of its rows, to see whether two pages are the same."""
        return frozenset(lead.aliases[-1].value for lead in self.leads)

    @property
    def all_known(self) -> bool:
        """Whether the record had every row of it."""
        return len(self.known) == len(self.leads)

    def older_than(self, edge: datetime) -> bool:
        """Whether the whole page lies before `edge`."""
        return bool(self.dates) and max(self.dates) < edge

    def foot_older_than(self, edge: datetime) -> bool:
        """Whether its last rows lie before `edge`; of rows in the order of time the last one."""
        dates = self.dates
        if len(dates) > FOOT and dates == sorted(dates, reverse=True):
            return dates[-1] < edge
        return len(dates) >= FOOT and max(dates[-FOOT:]) < edge

    def begins(self, window: Window) -> datetime:
        """Its oldest date in the window, the window's end without any: older rows may be pins."""
        return min((moment for moment in self.dates if window.holds(moment)), default=window.end)

    def newer_than(self, edge: datetime) -> bool:
        """Whether no row of it lies before `edge`, and every row states its date."""
        return len(self.dates) == len(self.leads) and min(self.dates, default=edge) >= edge


class ListOrder:
    """The order of day and month of one list: over the pages of a walk, and from crawl to crawl.

    What earlier crawls proved is believed until the walk itself proves something: a site may
    change its clothes.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.proved = NOTHING_PROVEN

    @cached_property
    def _learnt(self) -> Orders:
        kept = self.assignment.memory.recall(self._name, ever=True)
        return kept_orders({KEY: kept}) or NOTHING_PROVEN

    @property
    def _name(self) -> str:
        return f"orders:{self.assignment.find.url}"

    @property
    def orders(self) -> Orders:
        """In which its rows are dated now."""
        return self.proved or self._learnt or DEFAULT

    def prove(self, orders: Orders) -> None:
        """Take what a page proves; it is remembered, and a contradiction is told once."""
        if orders <= self.proved:
            return
        self.proved |= orders
        if note := contradiction(self.proved):
            self.assignment.tally.notes.append(note)
        elif self.proved != (self._learnt or DEFAULT):
            self.assignment.memory.remember(self._name, sorted(self.proved))


class Delivery:
    """Which pages were delivered: each once, and again after a proof of how its dates are read."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.pages: dict[str, DatedPage] = {}
        # address -> as delivered

    def of(self, page: DatedPage) -> Iterator[tuple[list[Lead], bool]]:
        """The rows of a page to deliver, where it may hold rows of the window; True: aside.

        Those that a proof put out of the window go aside: the record has them by another day.
        """
        before = self.pages.get(page.answer.url)
        if before.orders == page.orders if before else page.newer_than(self.window.end):
            return
        self.pages[page.answer.url] = page
        yield [lead for lead in page.leads if self._holds(lead)], False
        known = {lead.url for lead in before.leads if self._holds(lead)} if before else set()
        if moved := [each for each in page.leads if each.url in known and not self._holds(each)]:
            yield moved, True

    def _holds(self, lead: Lead) -> bool:
        """Whether a row is in the window, or states no date."""
        return lead.published is None or self.window.holds(lead.published)


def walked(window: Window, last: DatedPage | None, *, overlap_only: bool) -> Window:
    """The part of the window that a walk really listed: what lies behind is not missing.

    A walk that ended at what is known listed everything newer than the median of its last
    page, pinned rows or not; where that page states no date, nothing is known to be missing.
    """
    if not overlap_only:
        return window
    edge = (last.middle if last else None) or window.end
    return replace(window, start=min(max(edge, window.start), window.end))


# Two looks at one page may differ by a piece that came in between; pages that follow share pins.
HALF = 2


def same_place(page: DatedPage, other: DatedPage) -> bool:
    """Whether two pages show the same stretch of a list: half of the rows of one, or more."""
    shared = len(page.names & other.names)
    return shared * HALF >= min(len(page.names), len(other.names))


def stands_ahead(page: DatedPage, other: DatedPage) -> bool:
    """Whether a page is newer than another, or states no date that says otherwise."""
    if page.middle is None or other.middle is None:
        return True
    return page.middle > other.middle


def rows_moved(page: DatedPage, following: DatedPage) -> int:
    """Rows a page, where the one that follows is the same but for a row: its number counts rows.

    0 where it is not. Rows that stand still (pins) are left out, so that no row is passed over.
    """
    if page.names == following.names or len(page.names - following.names) > 1:
        return 0
    before = [lead.aliases[-1].value for lead in page.leads]
    after = [lead.aliases[-1].value for lead in following.leads]
    moved = sum(was == now for was, now in zip(before[1:], after, strict=False))
    return moved + 1 if moved * HALF >= len(before) - 1 else 0


Page = TypeVar("Page", bound=DatedPage)


async def jump(
    pages: Mapping[int, Page],
    ask: Callable[[int], Awaitable[Page | None]],
    end: datetime,
) -> AsyncIterator[Page]:
    """Find the page where the window ends; each page that was asked on the way, as it came.

    `pages` are those answered so far, `ask` adds one to them or gives None past the last.
    Then `begin` says where the walk begins.
    """
    beyond, guesses = None, 0
    while True:
        middles = _middles(pages)
        number = next_probe(middles, end, beyond=beyond, guesses=guesses)
        if number is None:
            return
        guesses += 1 if beyond or any(middle < end for middle in middles.values()) else 0
        found = await ask(number)
        if found is not None:
            yield found
        if found is None or found.middle is None:
            beyond = min(number, beyond or number)


def begin(pages: Mapping[int, Page], end: datetime) -> int:
    """The number of the page where the walk begins, of those that `jump` asked."""
    return start_page(_middles(pages), end)


def _middles(pages: Mapping[int, Page]) -> dict[int, datetime]:
    pairs = ((number, page.middle) for number, page in pages.items())
    return {number: middle for number, middle in pairs if middle}
