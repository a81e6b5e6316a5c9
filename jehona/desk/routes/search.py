"""Search over the record, each piece with what events made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.search import Asked, Found, SearchHit
from jehona.desk.marked import around, stretches
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit
from reports.words import said

FIELDS: Final = ("q", "event", "outlet", "from", "to", "language")


def search(visit: Visit) -> Response:
    """What holds the words, the newest first."""
    if not visit.office.gathered:
        return visit.page("nothing_gathered.html", heading="desk_place_search", event=None)
    events = actions.search.readable_events(visit.office)
    if visit.wants_json:
        found = actions.search.search(visit.office, _asked(visit))
        return visit.json(found.as_json(ZoneInfo(visit.zone)))
    told = {name: visit.asked(name) or "" for name in FIELDS}
    if "event" not in visit.request.query_params and len(events) == 1:
        told["event"] = events[0].slug
    outlets = sorted(visit.office.outlets().values(), key=lambda one: one.name.casefold())
    beside: dict[str, Any] = {"events": events, "outlets": outlets, "told": told}
    if not visit.request.query_params:
        return visit.page("search.html", found=None, failed=None, **beside)
    try:
        found = actions.search.search(visit.office, _asked(visit))
    except Failure as failure:
        failed = said(failure, visit.language)
        return visit.page("search.html", 400, found=None, failed=failed, **beside)
    titles = {one.slug: one.title for one in events}
    return visit.page(
        "search.html",
        found=found,
        failed=None,
        titles=titles,
        hits=[_shown(hit) for hit in found.hits],
        more=_more(found, told),
        **beside,
    )


def _asked(visit: Visit) -> Asked:
    """What the form asks. Raises Wrong for a date that is none."""
    start = visit.asked("start") or "0"
    return Asked(
        words=visit.asked("q") or "",
        event=visit.asked("event"),
        outlet=visit.asked("outlet"),
        since=actions.search.day_typed(visit.office, visit.asked("from")),
        until=actions.search.day_typed(visit.office, visit.asked("to")),
        language=visit.asked("language"),
        start=int(start) if start.isdecimal() and len(start) < 8 else 0,  # noqa: PLR2004
    )


def _more(found: Found, told: dict[str, str]) -> str | None:
    """Where the next answer is."""
    if found.more is None:
        return None
    asked = {name: value for name, value in told.items() if value or name == "event"}
    return f"/search?{urlencode({**asked, 'start': str(found.more)})}"


def _shown(hit: SearchHit) -> dict[str, Any]:
    """A hit with its headline and a stretch of its words, marked."""
    article = hit.article
    return {
        "hit": hit,
        "headline": tuple(stretches(article.headline, _of(hit, "headline"))),
        "words": _words(hit),
    }


def _words(hit: SearchHit) -> Sequence[Any]:
    """Around the first word that stands in text or lead, else how they begin."""
    fields = {"text": hit.article.text, "lead": hit.article.lead}
    name = next((name for name, text in fields.items() if text and _of(hit, name)), None)
    name = name or next((name for name, text in fields.items() if text), "lead")
    text, marks = around(fields[name] or "", _of(hit, name))
    return tuple(stretches(text, marks))


def _of(hit: SearchHit, field: str) -> list[Any]:
    return [one for one in hit.stands if one.field == field]


PAGES: Final[tuple[Page, ...]] = (shown("/search", search, reads=True),)
