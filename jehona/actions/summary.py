"""What came of an event's coverage, on one page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from crawler.models import Language
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.report import Paper, report_of, set_in, with_own_words
from reports.document.outcome_document import outcome_document
from reports.forms import ReportForm
from reports.outcome import CameOfIt
from reports.sentences import statement

FORMS: Final = (
    ReportForm.HTML, ReportForm.MD, ReportForm.PDF, ReportForm.DOCX, ReportForm.JSON,
)  # fmt: skip


def summary(office: Office, event: str, *, language: Language | None = None) -> CameOfIt:
    """What came of it; nothing is kept.

    Raises RegistryError for an unknown event, RecordRefused, Wrong for a release that cannot be
    read.
    """
    spoken = language or office.workspace.language
    made = report_of(office, event, language=spoken)
    return CameOfIt(report=with_own_words(office, made, spoken))


def statement_of(told: CameOfIt, language: Language) -> str:
    """How complete it is, in words."""
    return statement(told.report, language)


def written(
    office: Office, told: CameOfIt, forms: Sequence[ReportForm], *, language: Language
) -> dict[ReportForm, Paper]:
    """The page in each of these forms. Raises Wrong for one that it has not, BrokenLogo."""
    for form in forms:
        if form not in FORMS:
            known = ", ".join(each.value for each in FORMS)
            raise Wrong("a summary is no {form}: give one of {known}", form=form.value, known=known)
    return {form: _paper(office, told, form, language) for form in forms}


def _paper(office: Office, told: CameOfIt, form: ReportForm, language: Language) -> Paper:
    if form is ReportForm.JSON:
        document = told.as_json(statement_of(told, language))
        return Paper(body=json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    return set_in(office, outcome_document(told, language), form, office.clock())
