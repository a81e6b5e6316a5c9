"""The page reader as the evaluation script calls it: `--extractor bench.reading:extract`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawler.models import When
from crawler.reading import Unreadable
from crawler.reading.page import PageReading, read_page
from crawler.reading.page.published import NO_ZONE

FETCHED = datetime(2100, 1, 1, tzinfo=UTC)
# the pages of the corpora do not say when they were saved: nothing is in the future


def extract(
    html: str | bytes, url: str, *, fetched: datetime | None = None, zone: str | None = None
) -> dict[str, Any]:
    """What the reader says about one page, in the script's words; empty for a refused page.

    `fetched` is the aware time of reading, `zone` the IANA name of the zone in which dates
    without an offset are meant.
    """
    return _read(html, url, fetched=fetched, zone=zone, closer=False)


def closer(
    html: str | bytes, url: str, *, fetched: datetime | None = None, zone: str | None = None
) -> dict[str, Any]:
    """The same with the closer reading that matched pieces get."""
    return _read(html, url, fetched=fetched, zone=zone, closer=True)


def _read(
    html: str | bytes, url: str, *, fetched: datetime | None, zone: str | None, closer: bool
) -> dict[str, Any]:
    try:
        page = read_page(
            html, url=url, charset=None, fetched=fetched or FETCHED, outlet=None, zone=zone,
            closer=closer,
        )  # fmt: skip
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
    """A bare day, or ISO: with an offset where the page or the caller tells one."""
    if when.precision == "day":
        return when.instant.date().isoformat()
    naive = when.rule.endswith(NO_ZONE)
    return (when.instant.replace(tzinfo=None) if naive else when.instant).isoformat()
