"""The events of the workspace."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit


def events(visit: Visit) -> Response:
    """Every event, the latest first."""
    every = sorted(visit.office.events().values(), key=lambda one: one.first_day, reverse=True)
    if visit.wants_json:
        return visit.json({"events": every})
    return visit.page("events.html", events=every)


PAGES: Final[tuple[Page, ...]] = (shown("/events", events, reads=True),)
