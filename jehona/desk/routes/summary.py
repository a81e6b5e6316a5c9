"""What came of it, on one page, and taken along in every form."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from crawler.failure import Failure
from crawler.models import Language
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.routes.report import LANGUAGES, MEDIA
from jehona.desk.visit import Visit
from reports.words import said

# Sentences of the release that the page shows, the warmest first.
SENTENCES: Final = 8


def summary(visit: Visit) -> Response:
    """Figures, tone by hand, our words, corrections, completeness."""
    slug, language = visit.event(), _language(visit, visit.asked("language"))
    event = visit.office.event(slug)
    told: dict[str, Any] = {"event": event, "asked": language, "languages": LANGUAGES}
    told |= {"forms": actions.summary.FORMS}
    try:
        came = actions.summary.summary(visit.office, slug, language=language)
    except Failure as failure:
        if visit.wants_json:
            raise
        failed = said(failure, visit.language)
        return visit.page("summary.html", **{**told, "came": None, "failed": failed})
    statement = actions.summary.statement_of(came, language)
    if visit.wants_json:
        return visit.json(came.as_json(statement))
    warm = came.own.sentences[:SENTENCES] if came.own else ()
    outlets = [row.outlet for row in came.report.completeness]
    told["unseen"] = actions.how_sure.unseen_said(visit.office, slug, outlets, language)
    told |= {"came": came, "failed": None, "statement": statement, "warm": warm}
    return visit.page("summary.html", **told)


def taken(visit: Visit) -> Response:
    """One form of it as a file."""
    slug, language = visit.event(), _language(visit, visit.typed("language"))
    form = next((each for each in actions.summary.FORMS if each == visit.typed("form")), None)
    if form is None:
        raise Wrong(visit.say("desk_which_form"))
    came = actions.summary.summary(visit.office, slug, language=language)
    papers = actions.summary.written(visit.office, came, [form], language=language)
    # a slug is a-z, 0-9 and hyphens
    headers = {"content-disposition": f'attachment; filename="{slug}-summary.{form.ending}"'}
    return Response(papers[form].body, media_type=MEDIA[form], headers=headers)


def _language(visit: Visit, asked: str | None) -> Language:
    own = visit.office.workspace.language
    return next((code for code in LANGUAGES if code == asked), own)


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/summary", summary, reads=True),
    done("/events/{slug}/summary/file", taken),
)
