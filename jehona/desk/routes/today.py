"""Today: what is complete, what waits, what broke."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit


def today(visit: Visit) -> Response:
    """Each event with its line."""
    events = visit.office.events()
    return visit.page("today.html", events=events.values())


PAGES: Final[tuple[Page, ...]] = (shown("/", today),)
