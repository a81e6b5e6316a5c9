"""The report: how it stands, a text to forward, every form of it to take along, its versions."""

from __future__ import annotations

from typing import Any, Final, get_args

from starlette.responses import Response

from crawler.failure import Failure
from crawler.models import Language
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit
from reports.forms import Edition, ReportForm
from reports.words import said

LANGUAGES: Final = get_args(Language)
# Of what a browser is given; all of it is saved, none is shown.
MEDIA: Final = {
    ReportForm.HTML: "text/html",
    ReportForm.MD: "text/markdown",
    ReportForm.TEXT: "text/plain",
    ReportForm.JSON: "application/json",
    ReportForm.CSV: "text/csv",
    ReportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportForm.PDF: "application/pdf",
}
LONGEST_NUMBER: Final = 6


def report(visit: Visit) -> Response:
    """Figures, completeness, the text to forward, and what can be taken along."""
    slug = visit.event()
    language = _language(visit, visit.asked("language"))
    told: dict[str, Any] = {
        "event": visit.office.event(slug),
        "asked": language,
        "forms": list(ReportForm),
    }
    told |= {"languages": LANGUAGES, "editions": list(Edition)}
    try:
        made = actions.report.report_of(visit.office, slug, language=language)
        forms = [ReportForm.TEXT]
        papers = actions.report.written(visit.office, made, forms, language=language)
        kept = actions.report.kept_versions(visit.office, slug)
    except Failure as failure:
        failed = said(failure, visit.language)
        return visit.page("report.html", 200, **{**told, "made": None, "failed": failed})
    text = str(papers[ReportForm.TEXT].body)
    told |= {"made": made, "text": text, "kept": kept, "failed": None}
    return visit.page("report.html", 200, **told)


def taken(visit: Visit) -> Response:
    """One form of it as a file; it is kept as a version where it says something new."""
    slug, since = visit.event(), visit.typed("since")
    language = _language(visit, visit.typed("language"))
    form = _form(visit)
    made = actions.report.kept_report(visit.office, slug, language=language)
    if since is not None:
        if not since.isdecimal() or len(since) > LONGEST_NUMBER:
            raise Wrong(visit.say("desk_which_version"))
        form, number = ReportForm.MD, int(since)
        papers = actions.report.since(visit.office, made, number, [form], language=language)
    else:
        asked = visit.typed("edition")
        edition = next((each for each in Edition if each == asked), None)
        papers = actions.report.written(
            visit.office, made, [form], language=language, bom=True, edition=edition
        )
    name = f"{slug}-{since}.md" if since else f"{slug}.{form.ending}"
    body = papers[form].body
    # a slug is a-z, 0-9 and hyphens
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA[form], headers=headers)


def _form(visit: Visit) -> ReportForm:
    asked = visit.typed("form") or ReportForm.MD.value
    form = next((each for each in ReportForm if each == asked), None)
    if form is None:
        raise Wrong(visit.say("desk_which_form"))
    return form


def _language(visit: Visit, asked: str | None) -> Language:
    own = visit.office.workspace.language
    return next((code for code in LANGUAGES if code == asked), own)


PAGES: Final[tuple[Page, ...]] = (
    shown("/events/{slug}/report", report),
    done("/events/{slug}/report/file", taken),
)
