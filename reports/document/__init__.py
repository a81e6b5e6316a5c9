"""A report laid out once for every form: an edition is a list of sections, a section of blocks.

    document(report, "sq", Edition.READERS)

`blocks` are the nouns; `piece_lines` writes pieces; `readers_document` and `full_edition` say what
each edition holds. Web page, Markdown, Word and PDF set the same document in its order.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.models import Event, Language
from reports.document import full_edition, readers_document
from reports.document.blocks import Cover, Document
from reports.document.piece_lines import Scribe, short
from reports.formats.plain import plain
from reports.forms import Edition
from reports.models import Report
from reports.pictures import Image
from reports.readers_edition import told_to
from reports.words import day, say

__all__ = ["document"]


def document(
    report: Report,
    language: Language,
    edition: Edition,
    *,
    pictures: Mapping[str, Image] | None = None,
    cover: Image | None = None,
) -> Document:
    """The report for a reader of `language`, ready to be set.

    `pictures` are those of pieces, by article; `cover` is the office's own.
    """
    readers = edition is Edition.READERS
    told = told_to(report, edition)
    scribe = Scribe(told, language, edition, pictures or {})
    made = (readers_document if readers else full_edition).sections(told, language, scribe)
    return Document(
        edition=edition,
        language=language,
        kind=say("page_kind", language),
        cover=_cover(report.event, language, cover),
        sections=tuple(made),
    )


def _cover(event: Event, language: Language, picture: Image | None) -> Cover:
    first, last = (day(when, language) for when in (event.first_day, event.last_day))
    told = (day(event.date, language) if event.date else None, event.place, event.organiser)
    days = f"{first} – {last}" if first != last else first
    paragraphs = (event.introduction or "").split("\n\n")
    return Cover(
        title=short(event.title),
        about=(*(short(part) for part in told if part), days),
        introduction=tuple(plain(part) for part in paragraphs if part.strip()),
        picture=picture,
    )
