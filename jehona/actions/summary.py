"""What came of an event's coverage, on one page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import fmean
from typing import Final

from crawler.models import Language
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from jehona.actions.pickup import Pickup, pickup
from jehona.actions.report import Paper, report_of, set_in
from reports.document.outcome_document import outcome_document
from reports.forms import ReportForm
from reports.outcome import CameOfIt, MessageFound, OwnWords
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
    what = office.event(event)
    named = what.release.files or what.release.statements or what.messages
    return CameOfIt(
        report=report_of(office, what.slug, language=spoken),
        own=_own(pickup(office, what.slug), spoken) if named else None,
    )


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
        document = told.as_json(statement(told.report, language))
        return Paper(body=json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    return set_in(office, outcome_document(told, language), form, office.clock())


def _own(found: Pickup, language: Language) -> OwnWords:
    taking = found.taking
    warm = [
        (line.raw, n)
        for release in found.releases
        for line, n in zip(release.text.sentences, found.warmth(release), strict=True)
    ]
    quoted = [(words, len(keys)) for words, keys in found.quoted if keys]
    return OwnWords(
        outlets=len({piece.article.outlet for piece in taking if piece.article.outlet}),
        pieces=len(taking),
        share=round(fmean(p.found.share_of_release for p in taking), 3) if taking else 0.0,
        sentences=tuple(sorted(warm, key=lambda pair: -pair[1])),
        messages=tuple(
            MessageFound(
                name=one.message.told_in(language),
                pieces=len(one.found),
                outlets=len(one.outlets),
                ticked=len(one.ticked),
            )
            for one in found.messages
        ),
        quoted=tuple(sorted(quoted, key=lambda pair: -pair[1])),
    )
