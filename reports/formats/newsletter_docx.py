"""An issue of the newsletter as a Word document, with the styles of a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

import docx

from crawler.models import Brand, PostPicture
from reports.formats.docx import same_bytes
from reports.formats.plain import plain
from reports.formats.roundup_docx import add_picture
from reports.formats.wordml import Writer
from reports.formats.wordstyles import dress
from reports.media import Medium
from reports.newsletter import Entry, Newsletter
from reports.words import say

if TYPE_CHECKING:
    from docx.document import Document

    from reports.formats.wordml import Writer


def to_docx(
    issue: Newsletter, brand: Brand, made: date, files: Mapping[str, Medium] | None = None
) -> bytes:
    """The document of an issue; the same issue of a day gives the same bytes.

    `files` are its pictures by name. Raises BrokenMedium.
    """
    files = files or {}

    document = docx.Document()
    dress(document, issue.language, brand)
    about = document.core_properties
    about.title, about.language, about.comments = plain(issue.title, 250), issue.language, ""
    about.author = about.last_modified_by = plain(issue.brand or "", 250)
    about.created = about.modified = datetime(made.year, made.month, made.day)  # noqa: DTZ001 - OOXML has no zone
    writer = Writer(document, issue.language)
    number = say("newsletter_number", issue.language, n=issue.number) if issue.numbered else None
    writer.paragraph("Kicker", " · ".join(told for told in (number, issue.day) if told))
    writer.paragraph("Title", plain(issue.title))
    for paragraph in issue.introduction:
        writer.paragraph("Normal", plain(paragraph))
    _picture(document, writer, issue.picture, files)
    writer.paragraph("Heading 1", f"{say('inside', issue.language)}:")
    for entry in issue.entries if issue.layout == "full" else ():
        writer.run(writer.paragraph("List Bullet"), plain(entry.headline), language=entry.language)
    for section in issue.sections:
        if section.heading:
            writer.paragraph("Heading 1", plain(section.heading))
        for entry in section.entries:
            _picture(document, writer, entry.picture, files)
            _entry(writer, entry, "– " if issue.layout == "list" else "")
    return same_bytes(document)


def _picture(
    document: Document,
    writer: Writer,
    picture: PostPicture | None,
    files: Mapping[str, Medium],
) -> None:
    if picture is None or picture.file not in files:
        return

    add_picture(document, writer, files[picture.file], picture.alt or "")
    if picture.caption:
        writer.run(writer.paragraph("Normal"), plain(picture.caption), style="Told")


def _entry(writer: Writer, entry: Entry, dash: str) -> None:
    named = writer.paragraph("Heading 2")
    before = f"{dash}{entry.genre}: " if entry.genre else dash
    if before:
        writer.run(named, before)
    writer.link(named, plain(entry.headline), entry.address, entry.language)
    if entry.note:
        writer.run(named, f" ({entry.note})")
    if entry.outlet:
        writer.run(writer.paragraph("Normal"), plain(entry.outlet), style="Told")
    if entry.excerpt:
        teaser = writer.paragraph("Normal")
        writer.run(teaser, plain(entry.excerpt), language=entry.excerpt_language)
