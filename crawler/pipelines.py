"""From a page of rows to the record: one class a step, in the order of `settings.ITEM_PIPELINES`.

Thin adapters: what is known comes from the assignment's memory, what rows say from
`crawler.reading`. A step that fails on one row names the row and goes on; a record
that refuses ends the crawl.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem

from crawler.models import Lead, ListingPage, Reading, SnapshotKind
from crawler.reading import Unreadable
from crawler.reading.feeds import read_feed_entry
from crawler.reading.rest import read_rest_row
from crawler.record import RecordRefused

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.assignment import Assignment, Tally


# Which reader understands a row, by the kind of its bytes.
READERS = {
    SnapshotKind.REST_ROW: read_rest_row,
    SnapshotKind.FEED_ENTRY: read_feed_entry,
}


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

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadRows:
        """Scrapy's way in."""
        return cls(crawler)

    def process_item(self, item: Haul) -> Haul:
        """Read every row that is not known; a row that cannot be read is named."""
        fresh = (lead for lead in item.page.leads if lead.position not in item.unchanged)
        readings = ((lead, self._read(item.page, lead)) for lead in fresh)
        return replace(item, readings=tuple((lead, said) for lead, said in readings if said))

    def _read(self, page: ListingPage, lead: Lead) -> Reading | None:
        assignment = _assignment(self.crawler)
        try:
            read = READERS[page.kind]
            return read(lead, outlet=assignment.outlet, fetched=page.fetched, site=page.site)
        except Unreadable as error:
            assignment.tally.unread.append(f"{lead.url}: {error}")
            return None


class StorePage:
    """One page, one transaction; then the tally knows what was new."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

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
            met.update(stored.articles.values())
            tally.new |= stored.new
            tally.changed |= stored.changed
        if not item.page.aside:
            tally.seen |= met
        tally.settled += 1
        return item


@contextmanager
def _refusals(tally: Tally) -> Iterator[None]:
    """A record that refuses ends the walk: the tally says why, and Scrapy drops the page."""
    try:
        yield
    except RecordRefused as refused:
        tally.fault = refused
        tally.settled += 1
        raise DropItem(str(refused), log_level="DEBUG") from refused


def _assignment(crawler: Crawler) -> Assignment:
    spider: Any = crawler.spider
    assignment: Assignment = spider.assignment
    return assignment
