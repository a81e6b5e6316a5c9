"""Looking at an outlet: a few answers for a person, nothing is found or stored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import scrapy

from spiders.asking import Asking, attend

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run.crawl_task import Errand


class Look(scrapy.Spider):
    """Runs an errand: what is asked, and why, stands in `crawler.probing`."""

    name = "look"

    def __init__(self, errand: Errand, **words: Any) -> None:
        super().__init__(**words)
        self.assignment = errand
        self.asking = Asking(self, errand)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **words: Any) -> Look:
        """Scrapy's way in."""
        errand: Errand = words["errand"]
        attend(crawler, errand)
        spider = cls(errand)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Do the errand; there is nothing to yield."""
        await self.assignment.go(self.asking)
        nothing: tuple[Any, ...] = ()
        for item in nothing:
            yield item
