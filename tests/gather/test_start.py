"""What a crawl does not do before its first request."""

from __future__ import annotations

import json
import subprocess
import sys
from textwrap import dedent

import pytest


def said(program: str) -> object:
    """What a fresh Python prints as JSON; warnings are errors there too."""
    words = [sys.executable, "-W", "error", "-c", dedent(program)]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def test_the_downloader_is_imported_without_reading_the_source_of_its_callers() -> None:
    """Scrapy warns where it cannot look at its callers, and warnings are errors."""
    names = said("""
        import inspect, json

        def stack(context=1):
            raise AssertionError("the callers were read")

        inspect.stack = stack
        import crawler.run.downloader
        from scrapy.core.downloader import contextfactory, tls
        from scrapy.utils import deprecate

        made = (tls.ScrapyClientTLSOptions, contextfactory.ScrapyClientContextFactory)
        print(json.dumps([*(each.__module__ for each in made), deprecate.inspect is inspect]))
    """)
    assert names == ["scrapy.core.downloader.tls", "scrapy.core.downloader.contextfactory", True]


@pytest.mark.parametrize("library", ["aiohttp", "tldextract", "scrapy.exporters"])
def test_scrapy_loads_what_it_is_asked_for_and_nothing_else(library: str) -> None:
    """Its lists name what is switched off too, and what they name is imported."""
    loaded = said("""
        import json, sys
        from scrapy.settings import Settings
        from scrapy.utils.misc import load_object

        settings = Settings()
        settings.setmodule("crawler.run.settings", priority="project")
        lists = ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES")
        for name in lists:
            for component in settings.get_component_priority_dict_with_base(name):
                load_object(component)
        print(json.dumps(sorted(sys.modules)))
    """)
    assert isinstance(loaded, list)
    assert "scrapy.downloadermiddlewares.retry" in loaded
    assert library not in loaded
