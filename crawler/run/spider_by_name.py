"""One spider is imported when it is sent out; Scrapy's own loader imports all of them at the start.

A spider's name is its module's: `wordpress` is in `spiders/wordpress.py`.
"""

from __future__ import annotations

from importlib import import_module

from scrapy import Spider
from scrapy.spiderloader import DummySpiderLoader
from scrapy.utils.spider import iter_spider_classes


class SpiderByName(DummySpiderLoader):
    """Scrapy's `SPIDER_LOADER_CLASS` for sessions, which know whom they send."""

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name. Raises ModuleNotFoundError."""
        (spider,) = iter_spider_classes(import_module(f"spiders.{spider_name}"))
        return spider
