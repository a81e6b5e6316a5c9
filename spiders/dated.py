"""Pages of dated rows: what feeds and list pages have in common when one walks back in them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import TypeVar

from crawler.models import Lead, Window
from spiders.asking import Answer
from spiders.jump import next_probe, start_page

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

    def older_than(self, edge: datetime) -> bool:
        """Whether the whole page lies before `edge`."""
        return bool(self.dates) and max(self.dates) < edge

    def foot_older_than(self, edge: datetime) -> bool:
        """Whether its last rows lie before `edge`."""
        foot = self.dates[-FOOT:]
        return len(foot) == FOOT and max(foot) < edge


def walked(window: Window, last: DatedPage | None, *, overlap_only: bool) -> Window:
    """The part of the window that a walk really listed: what lies behind is not missing.

    A walk that ended at what is known listed everything newer than the median of its last
    page, pinned rows or not; where that page states no date, nothing is known to be missing.
    """
    if not overlap_only:
        return window
    edge = (last.middle if last else None) or window.end
    return replace(window, start=min(max(edge, window.start), window.end))


Page = TypeVar("Page", bound=DatedPage)


async def jump(
    pages: Mapping[int, Page],
    ask: Callable[[int], Awaitable[Page | None]],
    end: datetime,
) -> int:
    """Find the page where the window ends; the number of the page where the walk begins.

    `pages` are those answered so far, `ask` adds one to them or gives None past the last.
    """
    beyond, guesses = None, 0
    while True:
        middles = _middles(pages)
        number = next_probe(middles, end, beyond=beyond, guesses=guesses)
        if number is None:
            return start_page(middles, end)
        guesses += 1 if beyond or any(middle < end for middle in middles.values()) else 0
        found = await ask(number)
        if found is None or found.middle is None:
            beyond = min(number, beyond or number)


def _middles(pages: Mapping[int, Page]) -> dict[int, datetime]:
    pairs = ((number, page.middle) for number, page in pages.items())
    return {number: middle for number, middle in pairs if middle}
