"""Evidence of an event: how the seal stands, the archive and the clippings to take along.

Both are given to a form that somebody sent who came in, never to a link or a token: they hold full
texts of others.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from starlette.responses import Response

from jehona import actions
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit


def evidence(visit: Visit) -> Response:
    """The seal, what it shows and does not, and two buttons."""
    slug = visit.event()
    event = visit.office.event(slug)
    if not visit.office.gathered:
        return visit.page("nothing_gathered.html", heading="desk_evidence", event=event)
    told = actions.evidence.sealed(visit.office, slug)
    return visit.page("evidence.html", 200, event=event, told=told)


def archive(visit: Visit) -> Response:
    """The web archive of the event."""
    slug, whole = visit.event(), BytesIO()
    actions.evidence.archive(visit.office, slug, whole)
    return _file(whole.getvalue(), f"{slug}.wacz", "application/wacz")


def clippings(visit: Visit) -> Response:
    """The clippings of its accepted pieces, in the language of the page."""
    slug = visit.event()
    body = actions.clippings.clippings_zip(visit.office, slug, language=visit.language)
    return _file(body, f"{slug}-clippings.zip", "application/zip")


def _file(body: bytes, name: str, kind: str) -> Response:
    # a slug is a-z, 0-9 and hyphens
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=kind, headers=headers)


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/evidence", evidence),
    done("/events/{slug}/evidence/archive", archive),
    done("/events/{slug}/evidence/clippings", clippings),
)
