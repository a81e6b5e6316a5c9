"""A roundup post as a Word document, with the styles of a report and its own pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.shared import Mm

from crawler.models import Brand
from reports.formats.docx import same_bytes
from reports.formats.plain import plain
from reports.formats.wordml import Writer
from reports.formats.wordstyles import dress
from reports.media import CHART, BrokenMedium, Medium
from reports.prose import Passage
from reports.roundup import Block, Mention, Roundup, Section
from reports.words import say

if TYPE_CHECKING:
    from docx.document import Document

    from reports.formats.wordml import Writer

# millimetres; A4 leaves 170 between margins of 20
WIDTH: Final = 170


def to_docx(made: Roundup, brand: Brand, when: datetime, files: Mapping[str, Medium]) -> bytes:
    """The document; `files` are its pictures by name. Raises BrokenMedium.

    The same roundup of a moment gives the same bytes. Videos are named, with their address.
    """

    document = docx.Document()
    dress(document, made.language, brand)
    about = document.core_properties
    about.title, about.language, about.comments = plain(made.title, 250), made.language, ""
    about.author = about.last_modified_by = plain(brand.name or "", 250)
    about.created = about.modified = when.astimezone(UTC).replace(tzinfo=None)
    writer = Writer(document, made.language)
    writer.paragraph("Title", plain(made.title))
    for block in made.blocks:
        _block(document, writer, block, files, made)
    if made.footnote:
        writer.run(writer.paragraph("Normal"), plain(made.footnote), style="Told")
    return same_bytes(document)


def _block(
    document: Document,
    writer: Writer,
    block: Block,
    files: Mapping[str, Medium],
    made: Roundup,
) -> None:
    for passage in block.text:
        _passage(writer, passage)
    if block.section:
        _section(writer, block.section, made)
    file = files.get(CHART if block.chart else block.picture or "")
    if file:
        add_picture(document, writer, file, block.alt or "")
    if block.video:
        told = writer.paragraph("Normal", "▶ ")
        address = block.video if block.player else None
        writer.link(told, plain(block.video), address, None)
    if block.caption:
        writer.run(writer.paragraph("Normal"), plain(block.caption), style="Told")


def _passage(writer: Writer, passage: Passage) -> None:
    styles = {"paragraph": "Normal", "bullets": "List Bullet", "numbers": "List Number"}
    for item in passage.items:
        told = writer.paragraph(styles[passage.kind])
        for words in item:
            space = " " if words.space else ""
            if words.address:
                writer.run(told, space)
                writer.link(told, words.text, words.address, None)
                continue
            style = "Strong" if words.bold else "Emphasis" if words.italic else None
            writer.run(told, f"{space}{words.text}", style=style)


def _section(writer: Writer, section: Section, made: Roundup) -> None:
    if section.shown:
        writer.paragraph("Heading 2", plain(section.shown))
    for mention in section.mentions:
        told = writer.paragraph("List Bullet")
        if section.names_outlets and mention.outlet:
            writer.run(told, f"{plain(mention.outlet)}: ")
        writer.link(told, plain(mention.headline), mention.address, mention.language)
        for behind in _behind(mention):
            writer.run(told, behind, style="Told")
        _copies(writer, told, mention, made)


def _behind(mention: Mention) -> list[str]:
    """The translation, who made it, and a remark, as they stand behind a headline."""
    told = []
    if mention.translation:
        told.append(f" – {plain(mention.translation)}")
    notes = (mention.translation_note, mention.remark)
    return [*told, *(f" ({plain(note)})" for note in notes if note)]


def _copies(writer: Writer, told: Any, mention: Mention, made: Roundup) -> None:
    if not mention.also:
        return
    writer.run(told, f" · {say('also_in', made.language)} ", style="Told")
    for at, copy in enumerate(mention.also):
        writer.run(told, ", " if at else "")
        writer.link(told, plain(copy.outlet), copy.address, None)


def add_picture(document: Document, writer: Writer, file: Medium, alt: str) -> None:
    """A picture at the end, as wide as the page at most. Raises BrokenMedium."""
    writer.paragraph("Normal", keep=True)
    run = document.paragraphs[-1].add_run()
    try:
        picture: Any = run.add_picture(io.BytesIO(file.body))
    except Exception:  # python-docx raises it bare where a picture ends too early, or is WebP
        raise BrokenMedium(
            "{name}: Word cannot show it: save it as JPEG or PNG", name=file.name
        ) from None
    if picture.width > Mm(WIDTH):
        picture.height = int(picture.height * Mm(WIDTH) / picture.width)
        picture.width = Mm(WIDTH)
    picture._inline.docPr.set("descr", plain(alt or file.name, 250))
