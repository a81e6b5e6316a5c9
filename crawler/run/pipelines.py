"""From a page of rows to the record: one class a step, in the order of `settings.ITEM_PIPELINES`.

Thin adapters: what is known comes from the assignment's memory, what rows say from
`crawler.reading`. A step that fails on one row names the row and goes on; a record
that refuses ends the crawl.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem

from crawler.limits import READING_SLICE
from crawler.models import Lead, ListingPage, Reading, SnapshotKind, Window
from crawler.reading import Unreadable
from crawler.reading.snapshots import read_lead
from crawler.record import RecordRefused
from crawler.run.crawl_task import refusal_of
from crawler.run.turns import aside

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run.crawl_task import Assignment, Stored, Tally


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Haul:
    """A page on its way through the steps."""

    page: ListingPage
    # as the spider delivered it
    unchanged: dict[int, int]
    # position -> article id, for rows whose bytes the record has
    readings: tuple[tuple[Lead, Reading], ...] = ()
    # what the other rows say


class SkipUnchanged:
    """Rows whose bytes are already in the record are met again, not read again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SkipUnchanged:
        """Scrapy's way in."""
        return cls(crawler)

    def process_item(self, item: ListingPage) -> Haul:
        """Split the page's rows into the unchanged and the rest."""
        assignment = _assignment(self.crawler)
        with _refusals(assignment.tally):
            return Haul(page=item, unchanged=dict(assignment.memory.unchanged(item)))


class ReadRows:
    """What the fresh rows say."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.alone = asyncio.Lock()
        # one long page of an outlet at a time: more threads would leave less to the others

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadRows:
        """Scrapy's way in."""
        return cls(crawler)

    async def process_item(self, item: Haul) -> Haul:
        """Read every row that is not known; a row that cannot be read is named.

        Other outlets have their turn between two rows, and while the long page of a piece is read.
        """
        pairs: list[tuple[Lead, Reading | None]] = []
        began = time.monotonic()
        for lead in item.page.leads:
            if lead.position in item.unchanged:
                continue
            pairs.append((lead, await self._read(item.page, lead)))
            if time.monotonic() - began > READING_SLICE:
                await asyncio.sleep(0)
                began = time.monotonic()
        readings = tuple((lead, said) for lead, said in pairs if said)
        if item.page.kind is SnapshotKind.HTML:
            self._remember_pages(item.page, readings)
        return replace(item, readings=readings)

    def _remember_pages(self, page: ListingPage, readings: Sequence[tuple[Lead, Reading]]) -> None:
        """When read pages were published, for the spider; which were refused, for the next run."""
        assignment = _assignment(self.crawler)
        for lead, said in readings:
            when = said.published.value.instant if said.published else None
            assignment.tally.dated[lead.url] = when
        if page.leads and not readings:
            assignment.memory.remember(refusal_of(page.leads[0].url), assignment.tally.unread[-1])

    async def _read(self, page: ListingPage, lead: Lead) -> Reading | None:
        assignment = _assignment(self.crawler)
        # a row was cut out of its answer when that was read, a page is read here
        size = len(page.body) if page.kind is SnapshotKind.HTML else 0
        outlet, habits = assignment.outlet, assignment.habits
        try:
            async with self.alone:
                return await aside(size, read_lead, page, lead, outlet, habits=habits)
        except Unreadable as error:
            assignment.tally.unread.append(f"{lead.url}: {error}")
            log.warning("%s: %s: %s", assignment.outlet.slug, lead.url, error)
            return None


WAIT = 0.5
# seconds at most between storing a page and its commit: another program may wait to write


class StorePage:
    """One page after the other, a few in one transaction; then the tally knows what was new.

    Committed after WAIT, when the spider is done, and before anything else is written.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.waiting: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePage:
        """Scrapy's way in."""
        return cls(crawler)

    def process_item(self, item: Haul) -> Haul:
        """Keep the readings and their bytes, and count."""
        assignment = _assignment(self.crawler)
        tally = assignment.tally
        met = set(item.unchanged.values())
        if item.readings:
            with _refusals(tally):
                stored = assignment.memory.store(item.page, item.readings)
                self._settle_soon()
            ours = frozenset(stored.articles.values())
            if item.page.kind is SnapshotKind.HTML:
                ours = _inside(item, stored, assignment.window)
            met |= ours
            tally.new |= stored.new & ours
            tally.changed |= stored.changed & ours
        if not item.page.aside:
            tally.seen |= met
        tally.settled += 1
        return item

    def close_spider(self) -> None:
        """Scrapy's way out."""
        if self.waiting is not None:
            self.waiting.cancel()
            self._settle()

    def _settle_soon(self) -> None:
        if self.waiting is None:
            self.waiting = asyncio.get_running_loop().call_later(WAIT, self._settle)

    def _settle(self) -> None:
        """Commit; a record that refuses ends the walk as it does in `_refusals`."""
        self.waiting = None
        assignment = _assignment(self.crawler)
        try:
            assignment.memory.settle()
        except RecordRefused as refused:
            assignment.tally.fault = refused


@contextmanager
def _refusals(tally: Tally) -> Iterator[None]:
    """A record that refuses ends the walk: the tally says why, and Scrapy drops the page."""
    try:
        yield
    except RecordRefused as refused:
        tally.fault = refused
        tally.settled += 1
        raise DropItem(str(refused), log_level="DEBUG") from refused


def _inside(item: Haul, stored: Stored, window: Window) -> frozenset[int]:
    """Articles whose page does not say that they lie outside the window.

    A page is asked for to learn its date: one that lies outside is kept and not counted.
    """
    dates = {
        lead.position: said.published.value.instant if said.published else None
        for lead, said in item.readings
    }
    return frozenset(
        article
        for position, article in stored.articles.items()
        if (when := dates.get(position)) is None or window.holds(when)
    )


def _assignment(crawler: Crawler) -> Assignment:
    spider: Any = crawler.spider
    assignment: Assignment = spider.assignment
    return assignment
