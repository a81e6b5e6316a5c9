"""Under which address a page's piece is kept: where readers land, in its own spelling.

`site`, the facts kept beside a page, says where a request ended: "landed" is the address that
answered, where it is not the one asked for; "for_good" whether every redirect on the way was
permanent (301, 308); "address" what a person's page was settled to when it was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.models import Alias, Reading
from crawler.reading.page.page_meta import own_address
from crawler.reading.page.page_models import PageReading
from crawler.urls import alias_key, is_view


def moved_to(asked: str, site: Mapping[str, Any]) -> str:
    """The address at which a page is to be read: where it moved for good, else as asked."""
    return _landed(asked, site) or asked if site.get("for_good") else asked


def settled(
    said: PageReading, asked: str, site: Mapping[str, Any], *, typed: bool = False
) -> Reading:
    """The reading under the address that readers land on, known by all that led there.

    A redirect that is not permanent counts only where the page calls itself by its end: pages
    that are gone lead to one place, too. A `typed` address gives way to the page's own.
    """
    reading, own = said.reading, said.canonical
    landed, url = _landed(asked, site), reading.url
    if landed and own and _one(own, landed):
        url = landed
    if own and (typed or (is_view(url) and _one(own, url))):
        url = own
    kept = site.get("address")
    url = kept if isinstance(kept, str) else url
    names = (*reading.aliases, *_names(url), *_names(asked))
    return replace(reading, url=url, aliases=tuple(dict.fromkeys(names)))


def _landed(asked: str, site: Mapping[str, Any]) -> str | None:
    """Where the request ended, on the page's own site and not at its front door."""
    landed = site.get("landed")
    return own_address(landed, asked) if isinstance(landed, str) else None


def _one(one: str, other: str) -> bool:
    return _names(one) == _names(other) != ()


def _names(url: str) -> tuple[Alias, ...]:
    try:
        return (Alias(kind="url", value=alias_key(url)),)
    except ValueError:
        return ()
