"""What outlets changed of an event's accepted pieces: earlier and later words side by side."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from crawler.failure import Failure
from jehona import actions
from jehona.actions.later_edits import Corrections
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit
from reports.words import said

# Edits that the page shows, the latest.
MOST: Final = 60


def corrections(visit: Visit) -> Response:
    """The edits worth telling, the latest first."""
    slug = visit.event()
    event = visit.office.event(slug)
    found, failed = Corrections(event=event, every=()), None
    try:
        found = actions.later_edits.of_event(visit.office, slug)
    except Failure as failure:
        failed = said(failure, visit.language)
    if visit.wants_json and not failed:
        return visit.json(found.as_json())
    return visit.page(
        "corrections.html",
        event=event,
        edits=found.every[:MOST],
        more=max(0, len(found.every) - MOST),
        names={outlet.slug: outlet.name for outlet in visit.office.outlets().values()},
        watched=bool(visit.office.workspace.watch and visit.office.workspace.watch.corrections),
        failed=failed,
    )


PAGES: Final[tuple[Page, ...]] = (shown("/events/{slug}/corrections", corrections, reads=True),)
