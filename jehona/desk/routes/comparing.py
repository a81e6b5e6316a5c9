"""Events side by side: how each stands, and a comparison of those that are ticked."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.routes.report import MEDIA
from jehona.desk.visit import Visit

# Events that are offered, the latest first.
MOST: Final = 200


def compare(visit: Visit) -> Response:
    """Every event to tick, as far as is known of each."""
    found = actions.today.today(visit.office)
    lines = sorted(found.events, key=lambda line: line.event.first_day, reverse=True)
    forms = actions.compare.FORMS
    return visit.page("compare.html", lines=lines[:MOST], forms=forms, wrong=found.wrong)


def taken(visit: Visit) -> Response:
    """The comparison of the ticked ones as a file."""
    form = next((each for each in actions.compare.FORMS if each == visit.typed("form")), None)
    if form is None:
        raise Wrong(visit.say("desk_which_form"))
    ticked, language = visit.ticked("event"), visit.language
    told = actions.compare.compare(visit.office, ticked, language=language)
    papers = actions.compare.written(visit.office, told, [form], language=language)
    headers = {"content-disposition": f'attachment; filename="compare.{form.ending}"'}
    return Response(papers[form].body, media_type=MEDIA[form], headers=headers)


PAGES: Final[tuple[Page, ...]] = (
    shown("/compare", compare),
    done("/compare", taken),
)
