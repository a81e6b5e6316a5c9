"""The events of the workspace, and one of them at a look."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from jehona import actions
from jehona.desk.routes.page import Page, shown
from jehona.desk.visit import Visit


def events(visit: Visit) -> Response:
    """Every event, the latest first."""
    if visit.wants_json:
        every = visit.office.events().values()
        ordered = sorted(every, key=lambda one: one.first_day, reverse=True)
        line = actions.completeness.line
        return visit.json(
            {
                "events": [
                    {
                        **actions.as_json.plain(one),
                        "complete": line(visit.office, one.slug).as_json(),
                    }
                    for one in ordered
                ]
            }
        )
    found = actions.today.today(visit.office)
    lines = sorted(found.events, key=lambda line: line.event.first_day, reverse=True)
    return visit.page("events.html", lines=lines, wrong=found.wrong)


def event(visit: Visit) -> Response:
    """One event: what is complete, what waits, the next step, and its pages."""
    slug = visit.event()
    line = actions.today.event_line(visit.office, slug)
    running = actions.runs.under_way(visit.office)
    names = {one.slug: one.name for one in visit.office.outlets().values()}
    return visit.answer("event.html", line, running=running, names=names)


PAGES: Final[tuple[Page, ...]] = (
    shown("/events", events, reads=True),
    shown("/events/{slug}", event, reads=True),
)
