"""Clippings of accepted pieces, a PDF each, for the office's own proof."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from crawler.config.files import SLUG
from crawler.models import UNNAMED, Article, Language
from crawler.record import Record, decisions, read, sealing
from crawler.record.kept_answers import answers_of
from jehona.actions import papers
from jehona.actions.errors import Wrong
from jehona.actions.matches import EventMatches, matches_in
from jehona.actions.office import Office
from jehona.actions.report import Paper, set_in
from reports.clipping import Clipping, KeptProof
from reports.document.clipping_document import clipping_document
from reports.forms import ReportForm

NO_OUTLET: Final = "pa-media"
# in the name of a file whose piece's outlet is not named
NO_DAY: Final = "pa-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clippings:
    """What was written."""

    # in the order of the pieces' days
    files: tuple[Path, ...]
    # of them, those of which no text is kept
    without_text: int
    # letters that no font has, a line each
    notes: tuple[str, ...]


def clippings(
    office: Office, event: str, folder: Path, *, language: Language | None = None
) -> Clippings:
    """Write a PDF of each accepted piece of an event into a folder, which is made.

    They hold full texts of others. Raises RegistryError for an unknown event, Wrong where nobody
    accepted a piece or the folder is a file, BrokenLogo, RecordRefused, DiskFull.
    """
    if folder.exists() and not folder.is_dir():
        raise Wrong("{folder}: is a file: name a folder for the clippings", folder=folder)
    told, set_in_pdf = _set(office, event, language)
    folder.mkdir(parents=True, exist_ok=True)
    files = papers.save({folder / name: paper.body for name, paper in set_in_pdf.items()})
    return Clippings(
        files=tuple(files),
        without_text=sum(not each.text for each in told),
        notes=tuple(dict.fromkeys(p.note for p in set_in_pdf.values() if p.note)),
    )


def clippings_zip(office: Office, event: str, *, language: Language | None = None) -> bytes:
    """The same as one zip, the same bytes for the same pieces. Raises as `clippings`."""
    _, set_in_pdf = _set(office, event, language)
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, paper in set_in_pdf.items():
            body = paper.body.encode() if isinstance(paper.body, str) else paper.body
            # the first day that a zip can tell, and never now
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body)
    return whole.getvalue()


def _set(
    office: Office, event: str, language: Language | None
) -> tuple[tuple[Clipping, ...], dict[str, Paper]]:
    """Every clipping, and its PDF by the name of its file."""
    told = clippings_of(office, event)
    if not told:
        raise Wrong("{event}: nobody accepted a piece yet: jehona review {event}", event=event)
    spoken, made = language or office.workspace.language, office.clock()
    return told, {
        file_name(each): set_in(office, clipping_document(each, spoken), ReportForm.PDF, made)
        for each in told
    }


def clippings_of(office: Office, event: str) -> tuple[Clipping, ...]:
    """What is known and kept of each accepted piece. Raises RegistryError, RecordRefused."""
    what = office.event(event)
    with office.to_read() as record:
        found = matches_in(record, what, office.outlets())
        decided = decisions.holding(record, what.slug)
        return tuple(
            _clipping(record, found, article, decided[article.key].archive)
            for article, _ in found.accepted
        )


def file_name(told: Clipping) -> str:
    """Of letters, digits and hyphens alone: "2025-05-10-gazeta-shembull-a_7f3k2.pdf"."""
    day = f"{told.published:%Y-%m-%d}" if told.published else NO_DAY
    outlet = told.slug if SLUG.fullmatch(told.slug) else NO_OUTLET
    return f"{day}-{outlet}-{told.article}.pdf"


def _clipping(
    record: Record, found: EventMatches, article: Article, archive: str | None
) -> Clipping:
    outlet = found.outlets.get(article.outlet)
    named = outlet.name if outlet else article.outlet
    dated = read.provenance(record, article.key).get("published", {})
    text = tuple(_paragraphs(article.text)) or tuple(_paragraphs(article.lead))
    last = sealing.latest(record)
    return Clipping(
        article=article.key,
        slug=article.outlet,
        event=found.event,
        outlet=None if article.outlet == UNNAMED else named,
        headline=article.headline,
        published=article.published,
        precision=article.precision,
        dated_by=dated.get("by"),
        dated_as=dated.get("raw"),
        address=article.link,
        archive=archive,
        byline=article.byline,
        language=article.language,
        text=text,
        lead_only=not article.text,
        kept=tuple(_proofs(record, article.key)),
        seal=last.digest if last else None,
    )


def _paragraphs(text: str | None) -> Iterator[str]:
    return (line for line in (text or "").splitlines() if line.strip())


def _proofs(record: Record, key: str) -> Iterator[KeptProof]:
    for one in answers_of(record, [key]):
        yield KeptProof(
            kind=one.kind,
            url=one.url,
            fetched=datetime.fromisoformat(one.fetched),
            digest=one.sha256,
            line=one.seal,
        )
