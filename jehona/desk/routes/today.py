"""Today: what is complete, what waits, what broke, what runs."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from jehona import actions
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit


def today(visit: Visit) -> Response:
    """Each event with its line."""
    looked = visit.house.access.keys.looked(visit.name) if visit.name else {}
    found = actions.today.today(visit.office, looked=looked)
    due = next((line.event.slug for line in found.events if line.due), None)
    names = {slug: one.name for slug, one in visit.office.outlets().items()}
    return visit.answer("today.html", found, due=due, names=names)


PAGES: Final[tuple[Page, ...]] = (shown("/", today, reads=True),)
