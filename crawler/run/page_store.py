"""From a page of rows to the record: what is known is met again, the rest is read, then kept.

What is known comes from the assignment's memory, what rows say from `crawler.reading`. A row that
cannot be read is named, and the next one is read.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from crawler.limits import READING_SLICE
from crawler.models import Lead, ListingPage, Reading, SnapshotKind, Window
from crawler.reading import Unreadable
from crawler.reading.snapshots import read_lead
from crawler.record import RecordRefused
from crawler.run.crawl_task import refusal_of
from crawler.run.turns import aside

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment, Stored

log = logging.getLogger(__name__)

# what the fresh rows of a page say
Readings = Sequence[tuple[Lead, Reading]]

WAIT = 0.5
# seconds at most between storing a page and its commit
LOOK = 0.02
# seconds between two looks whether another program waits to write: then it is committed at once


class PageStore:
    """Where a check's pages go, one after the other, a few in one transaction.

    Committed after WAIT, at `close`, and before anything else is written.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.waiting: asyncio.TimerHandle | None = None
        self.until = 0.0
        # by the loop's clock, when what waits is committed

    async def keep(self, page: ListingPage) -> None:
        """Keep what the page's rows say and the bytes that it stood in; then the tally knows.

        A record that refuses is the tally's fault: nothing more is asked of the outlet.
        """
        try:
            unchanged = self.assignment.memory.unchanged(page)
            readings = await self._read_rows(page, unchanged)
            self._count(page, unchanged, readings)
        except RecordRefused as refused:
            self.assignment.tally.fault = refused

    def close(self) -> None:
        """The spider is done: nothing waits any longer."""
        if self.waiting is not None:
            self.waiting.cancel()
            self._settle()

    async def _read_rows(self, page: ListingPage, unchanged: Mapping[int, int]) -> Readings:
        """Read every row that is not known. Other outlets have their turn between two rows."""
        readings: list[tuple[Lead, Reading]] = []
        began = time.monotonic()
        for lead in page.leads:
            if lead.position in unchanged:
                continue
            if said := await self._read(page, lead):
                readings.append((lead, said))
            if time.monotonic() - began > READING_SLICE:
                await asyncio.sleep(0)
                began = time.monotonic()
        if page.kind is SnapshotKind.HTML:
            self._remember_pages(page, readings)
        return readings

    async def _read(self, page: ListingPage, lead: Lead) -> Reading | None:
        # a row was cut out of its answer when that was read, a page is read here
        size = len(page.body) if page.kind is SnapshotKind.HTML else 0
        outlet, habits = self.assignment.outlet, self.assignment.habits
        try:
            return await aside(size, read_lead, page, lead, outlet, habits=habits)
        except Unreadable as error:
            self.assignment.tally.unread.append(f"{lead.url}: {error}")
            log.warning("%s: %s: %s", outlet.slug, lead.url, error)
            return None

    def _remember_pages(self, page: ListingPage, readings: Readings) -> None:
        """When read pages were published, for the spider; which were refused, for the next run."""
        tally = self.assignment.tally
        for lead, said in readings:
            tally.dated[lead.url] = said.published.value.instant if said.published else None
        if page.leads and not readings:
            self.assignment.memory.remember(refusal_of(page.leads[0].url), tally.unread[-1])

    def _count(self, page: ListingPage, unchanged: Mapping[int, int], readings: Readings) -> None:
        """Store what was read; count what was met, and what of it is new or changed."""
        tally, met = self.assignment.tally, set(unchanged.values())
        if readings:
            stored = self.assignment.memory.store(page, readings)
            self._settle_soon()
            ours = frozenset(stored.articles.values())
            if page.kind is SnapshotKind.HTML:
                ours = _inside(readings, stored, self.assignment.window)
            met |= ours
            tally.new |= stored.new & ours
            tally.changed |= stored.changed & ours
        if not page.aside:
            tally.seen |= met

    def _settle_soon(self) -> None:
        if self.waiting is None:
            loop = asyncio.get_running_loop()
            self.until = loop.time() + WAIT
            self.waiting = loop.call_later(LOOK, self._look)

    def _look(self) -> None:
        """Commit where it is time, or somebody waits to write; else look again."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self.until:
            self._settle()
            return
        self.waiting = loop.call_later(LOOK, self._look) if self._give_way() else None

    def _give_way(self) -> bool:
        """Whether anything waits to be committed still."""
        try:
            return self.assignment.memory.give_way()
        except RecordRefused as refused:
            self.assignment.tally.fault = refused
            return False

    def _settle(self) -> None:
        """Commit; a record that refuses ends the walk as it does in `keep`."""
        self.waiting = None
        try:
            self.assignment.memory.settle()
        except RecordRefused as refused:
            self.assignment.tally.fault = refused


def _inside(readings: Readings, stored: Stored, window: Window) -> frozenset[int]:
    """Articles whose page does not say that they lie outside the window.

    A page is asked for to learn its date: one that lies outside is kept and not counted.
    """
    dates = {
        lead.position: said.published.value.instant if said.published else None
        for lead, said in readings
    }
    return frozenset(
        article
        for position, article in stored.articles.items()
        if (when := dates.get(position)) is None or window.holds(when)
    )
