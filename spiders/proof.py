"""Not a way of finding: the pages of pieces that the record has, as proof of what stood there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import scrapy

from crawler.models import ListingPage
from crawler.outcomes import Trouble
from spiders.asking import Asking, accept
from spiders.pages import Pages

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run.crawl_task import Assignment


class Proof(scrapy.Spider):
    """The pages of the assignment's pieces."""

    name = "proof"

    def __init__(self, assignment: Assignment, **words: Any) -> None:
        super().__init__(**words)
        self.assignment = assignment
        self.tally = assignment.tally
        self.pages = Pages(asking=Asking(self, assignment), assignment=assignment)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **words: Any) -> Proof:
        """Scrapy's way in: an `assignment` with pieces."""
        spider = cls(accept(cls.name, crawler, words))
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[ListingPage]:
        """A page a piece; what ends the asking is told in the tally."""
        self.tally.listed = len(self.assignment.pieces)
        try:
            async for page in self.pages.fetch(self.assignment.pieces):
                yield page
        except Trouble as trouble:
            self.tally.trouble = trouble
            return
        if self.pages.refused:
            self.tally.trouble = next(iter(self.pages.refused.values()))
