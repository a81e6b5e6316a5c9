"""Events side by side, and the events of a month or the months of a year."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from crawler.models import Language
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office
from jehona.actions.report import Paper, report_of, set_in, with_own_words
from reports.brand import logo_of
from reports.comparison import Comparison, compared, day_of, of_period
from reports.document.comparison_document import comparison_document
from reports.formats.comparison_xlsx import to_comparison_xlsx
from reports.forms import ReportForm
from reports.models import Report

# What a comparison can be written as.
FORMS: Final = (
    ReportForm.HTML, ReportForm.MD, ReportForm.XLSX, ReportForm.JSON, ReportForm.PDF,
    ReportForm.DOCX,
)  # fmt: skip
_PERIOD: Final = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")


def compare(
    office: Office, events: Sequence[str], *, language: Language | None = None
) -> Comparison:
    """Events side by side, in the order given; nothing is kept.

    Raises Wrong for fewer than two, RegistryError for an unknown one, RecordRefused.
    """
    spoken = language or office.workspace.language
    slugs = list(dict.fromkeys(office.event(name).slug for name in events))
    if len(slugs) < 2:  # noqa: PLR2004 - one has nothing beside it
        raise Wrong("one event alone: name two or more, or use `jehona report`")
    return compared([_measured(office, slug, spoken) for slug in slugs], spoken)


def period(office: Office, named: str, *, language: Language | None = None) -> Comparison:
    """The events of a month ("2026-05") or the months of a year ("2026"); nothing is kept.

    An event belongs to the month of its date, else of the first day that is looked at. Raises
    Wrong for what is neither, Unknown where no event is of it, RecordRefused.
    """
    spoken = language or office.workspace.language
    if not _PERIOD.fullmatch(named):
        raise Wrong(
            "{period}: not a month or a year, write it like 2026-05 or 2026", period=named[:60]
        )
    events = office.events()
    slugs = [slug for slug, one in events.items() if day_of(one).isoformat().startswith(named)]
    if not slugs:
        known = sorted({f"{day_of(one):%Y-%m}" for one in events.values()})
        there = ", ".join(known) or "there is none yet"
        raise Unknown("no event is of {period}; events are of: {known}", period=named, known=there)
    return of_period(named, [_measured(office, slug, spoken) for slug in slugs], spoken)


def _measured(office: Office, slug: str, language: Language) -> Report:
    """An event's report with what was taken over of ours."""
    return with_own_words(office, report_of(office, slug, language=language), language)


def written(
    office: Office, told: Comparison, forms: Sequence[ReportForm], *, language: Language
) -> dict[ReportForm, Paper]:
    """The comparison in each of these forms. Raises Wrong for one that it has not, BrokenLogo."""
    for form in forms:
        if form not in FORMS:
            known = ", ".join(each.value for each in FORMS)
            raise Wrong(
                "a comparison is no {form}: give one of {known}", form=form.value, known=known
            )
    return {form: _paper(office, told, form, language) for form in forms}


def _paper(office: Office, told: Comparison, form: ReportForm, language: Language) -> Paper:
    made = office.clock()
    if form is ReportForm.JSON:
        return Paper(body=json.dumps(told.as_json(), ensure_ascii=False, indent=2) + "\n")
    if form is ReportForm.XLSX:
        logo_of(office.workspace)
        brand = office.workspace.brand
        return Paper(body=to_comparison_xlsx(told, language, brand, made=made))
    return set_in(office, comparison_document(told, language), form, made)
