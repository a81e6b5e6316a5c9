"""What every spider with an assignment does alike: begins, walks, says what ended it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Self

import scrapy

from crawler.outcomes import Trouble
from spiders.asking import Asking, attend, end_of_walk

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.models import ListingPage
    from crawler.run.crawl_task import Assignment, Keep


class Walk(scrapy.Spider):
    """One check: each page is kept before the walk goes on; a trouble ends it and is told."""

    # what becomes of a page
    keep: Keep

    def __init__(self, assignment: Assignment) -> None:
        super().__init__()
        self.assignment = assignment
        self.window = assignment.window
        self.tally = assignment.tally
        # the outlet's, else the reader's: IANA
        self.zone = assignment.outlet.zone or assignment.window.zone
        self.asking = Asking(self, assignment)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **words: Any) -> Self:
        """Scrapy's way in: an `assignment` of the conductor's, and what keeps its pages.

        Raises ValueError without one.
        """
        assignment: Assignment | None = words.get("assignment")
        if assignment is None:
            raise ValueError(f"{cls.name}: only a conductor sends it out, as `jehona crawl` does")
        attend(crawler, assignment)
        spider = cls(assignment)
        spider.keep = words["keep"]
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[ListingPage]:
        """Every page; a trouble ends the walk, not what is left to do, and stands in the tally.

        Nothing is left to Scrapy: it would wait seconds for the last page it was given.
        """
        try:
            await self._keep_all(self.walk())
        except Trouble as trouble:
            self.tally.trouble = end_of_walk(self.tally, trouble)
        await self._keep_all(self.after())
        async for page in nothing():
            yield page

    async def _keep_all(self, pages: AsyncIterator[ListingPage]) -> None:
        async for page in pages:
            await self.keep(page)

    def walk(self) -> AsyncIterator[ListingPage]:
        """The pages of the window. Raises Trouble for what keeps us from them."""
        raise NotImplementedError

    def after(self) -> AsyncIterator[ListingPage]:
        """What is left to do and to say, however the walk ended: nothing, for most."""
        return nothing()


async def nothing() -> AsyncIterator[ListingPage]:
    """No page at all."""
    none: tuple[ListingPage, ...] = ()
    for page in none:
        yield page
