"""The front page as a witness: whether a way holds what readers are shown first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from crawler.models import Outlet
from crawler.probing.opened import news_on
from crawler.probing.ways import Probe
from crawler.reading.finder import sheet_of
from crawler.urls import alias_key, belongs

if TYPE_CHECKING:
    from spiders.asking import Answer

LACKING: Final = 0.3
# share of the front page's pieces that a feed or sitemap may lack: those that are read most


def lacking(front: Answer, outlet: Outlet, some: Sequence[Probe], *, zone: str) -> str | None:
    """What these probes lack of the front page, in words; None where they are to be believed."""
    sheet = sheet_of(
        front.body,
        url=front.landed or front.url,
        charset=front.charset,
        fetched=front.fetched,
        zone=zone,
        is_own=lambda url: belongs(url, outlet),
    )
    news = news_on(sheet) if sheet else {}
    missing = _missing(news, some)
    if missing <= LACKING * len(news):
        return None
    return f"lacks {missing} of the {len(news)} pieces on the front page"


def _missing(news: Mapping[str, datetime | None], some: Sequence[Probe]) -> int:
    """How many pieces a way should have and has not: those newer than its oldest row."""
    rows = [row for probe in some for row in probe.rows]
    names = {alias_key(row.url) for row in rows}
    begins = min((row.published for row in rows if row.published), default=None)
    return sum(
        name not in names and (begins is None or when is None or when > begins)
        for name, when in news.items()
    )
