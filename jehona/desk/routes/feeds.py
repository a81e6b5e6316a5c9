"""An event's feeds and calendar, for programs that hold a token; who is in may look too."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from starlette.responses import Response

from jehona import actions
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit
from reports.forms import Feed

NOT_MODIFIED: Final = 304


def _feed(form: Feed) -> Callable[[Visit], Response]:
    def feed(visit: Visit) -> Response:
        """What was accepted, and nothing where the reader has that already."""
        slug = visit.event()
        own = f"{visit.house.address}/events/{slug}/feed.{form}"
        body = actions.feeds.feed(visit.office, slug, form, own=own).encode()
        mark = f'"{sha256(body).hexdigest()[:32]}"'
        # a reader may look each time, and is sent nothing where nothing changed
        headers = {"etag": mark, "cache-control": "private, no-cache"}
        if mark in visit.request.headers.get("if-none-match", ""):
            return Response(status_code=NOT_MODIFIED, headers=headers)
        return Response(body, headers=headers, media_type=actions.feeds.MEDIA_TYPES[form])

    return feed


PAGES: Final[tuple[Page, ...]] = tuple(
    shown(f"/events/{{slug}}/feed.{form}", _feed(form), reads=True) for form in Feed
)
