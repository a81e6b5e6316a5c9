"""The page reader as the evaluation script calls it: `--extractor bench.reading:extract`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawler.models import When
from crawler.reading import Unreadable
from crawler.reading.page import PageReading, read_page

FETCHED = datetime(2100, 1, 1, tzinfo=UTC)
# the pages do not say when they were saved: nothing is in the future


def extract(html: str, url: str) -> dict[str, Any]:
    """What the reader says about one page, in the script's words; empty for a refused page."""
    try:
        page = read_page(html, url=url, charset=None, fetched=FETCHED, outlet=None)
    except Unreadable:
        return {}
    return answer(page)


def closer(html: str, url: str) -> dict[str, Any]:
    """The same with the closer reading that matched pieces get."""
    try:
        page = read_page(html, url=url, charset=None, fetched=FETCHED, outlet=None, closer=True)
    except Unreadable:
        return {}
    return answer(page)


def answer(page: PageReading) -> dict[str, Any]:
    """A reading in the script's words."""
    reading = page.reading
    return {
        "title": reading.headline.value if reading.headline else None,
        "date": _date(reading.published.value) if reading.published else None,
        "authors": list(reading.byline.value) if reading.byline else [],
        "lead": reading.lead.value if reading.lead else None,
        "body": reading.text.value if reading.text else None,
        "language": reading.language.value.code if reading.language else None,
    }


def _date(when: When) -> str:
    return when.instant.date().isoformat() if when.precision == "day" else when.instant.isoformat()
