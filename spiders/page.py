"""Not a way of finding: one page whose address a person typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import scrapy

from crawler.models import Layer, ListingPage, SnapshotKind
from crawler.outcomes import Trouble
from spiders.asking import Asking, accept

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run.crawl_task import Assignment


class Page(scrapy.Spider):
    """The page at the assignment's address."""

    name = "page"

    def __init__(self, assignment: Assignment, **words: Any) -> None:
        super().__init__(**words)
        self.assignment = assignment
        self.asking = Asking(self, assignment)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **words: Any) -> Page:
        """Scrapy's way in: an `assignment` with the address."""
        spider = cls(accept(cls.name, crawler, words))
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[ListingPage]:
        """The page; what keeps us from it is told in the tally."""
        try:
            answer = await self.asking.piece(self.assignment.find.url)
        except Trouble as trouble:
            self.assignment.tally.trouble = trouble
            return
        yield self.asking.page(
            answer, (), layer=Layer.PAGE, kind=SnapshotKind.HTML, site=answer.place
        )
