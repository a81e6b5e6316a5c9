"""A report as a Word document: what a press office hands to its director.

Real styles (headings, lists, tables), so that it can be edited, read aloud and given a table of
contents. The same report gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING, Any

from crawler.models import Brand, Language
from reports.brand import BrokenLogo
from reports.document import Line, Mark, Paper, paper
from reports.formats.plain import capital, plain, turned
from reports.models import Report
from reports.readers_edition import for_readers
from reports.words import say

if TYPE_CHECKING:
    from docx.document import Document

    from reports.formats.wordml import Writer

# Widths in millimetres; together the 170 that A4 leaves between margins of 20.
FIGURES = 170
OUTLETS = (44, 52, 16, 16, 16, 26)
CHANGES = (34, 54, 54, 28)
# The columns of the table of outlets that hold counts.
COUNTS = (2, 3, 4)
LOGO = 14
# Of a zip's members: the first day that it can say, so that bytes do not depend on the hour.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def to_docx(report: Report, language: Language, brand: Brand, logo: bytes | None = None) -> bytes:
    """The document. `logo` is a PNG or JPEG; raises BrokenLogo where it cannot be read."""
    from docx import Document  # noqa: PLC0415 - only who asks for a document waits for it

    from reports.formats.wordml import Writer  # noqa: PLC0415
    from reports.formats.wordstyles import dress  # noqa: PLC0415

    told = paper(for_readers(report), language)
    document = Document()
    dress(document, language, brand)
    _properties(document, report, told, language, brand)
    writer = Writer(document, language)
    if logo:
        _logo(document, writer, logo, brand)
    _front(writer, told, brand, language)
    _summary(writer, told, language)
    _published(writer, told, language)
    _apart(writer, say("undated", language), None, told.undated, language)
    waiting = say("doubtful", language), say("doubtful_note", language)
    _apart(writer, *waiting, told.doubtful, language)
    _changes(writer, told, language)
    writer.paragraph("Heading 1", say("method", language))
    for sentence in told.method:
        writer.paragraph("List Bullet", sentence)
    _footer(document, told, language)
    return same_bytes(document)


def _properties(
    document: Document, report: Report, told: Paper, language: Language, brand: Brand
) -> None:
    about = document.core_properties
    when = report.made.astimezone(UTC).replace(tzinfo=None)
    about.title, about.language = plain(told.title, 250), language
    about.author = about.last_modified_by = plain(brand.name or "", 250)
    about.created = about.modified = when
    about.comments, about.revision = "", report.version


# --- the first page -----------------------------------------------------------------------


def _front(writer: Writer, told: Paper, brand: Brand, language: Language) -> None:
    named = (brand.name, say("page_kind", language))
    writer.paragraph("Kicker", plain(" · ".join(name for name in named if name)))
    writer.paragraph("Title", told.title)
    if told.under:
        writer.paragraph("Subtitle", told.under)
    for paragraph in told.introduction:
        writer.paragraph("Normal", paragraph)
    writer.paragraph("Answer", told.answer)


def _logo(document: Document, writer: Writer, logo: bytes, brand: Brand) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    writer.paragraph("Kicker")
    run = document.paragraphs[-1].add_run()
    try:
        picture: Any = run.add_picture(io.BytesIO(logo), height=Mm(LOGO))
    except Exception:  # python-docx raises it bare where a picture ends too early
        raise BrokenLogo("the logo cannot be read as a picture: save it again as PNG") from None
    picture._inline.docPr.set("descr", plain(brand.name or "logo", 250))


def _summary(writer: Writer, told: Paper, language: Language) -> None:
    if told.cards:
        writer.paragraph("Heading 1", say("paper_summary", language))
        writer.figures([(card.figure, card.words) for card in told.cards], FIGURES)
    writer.paragraph("Heading 1", say("completeness", language))
    for sentence in told.statement:
        writer.paragraph("Normal", sentence)
    if told.rows:
        writer.table([capital(name) for name in told.columns], told.rows, OUTLETS, COUNTS)
    if told.unchecked:
        writer.paragraph("Heading 2", say("unchecked", language))
    for outlet, why in told.unchecked:
        made = writer.paragraph("List Bullet")
        writer.run(made, f"{outlet}: ", style="Strong")
        writer.run(made, why)


# --- the list -----------------------------------------------------------------------------


def _published(writer: Writer, told: Paper, language: Language) -> None:
    if told.groups:
        writer.paragraph("Heading 1", say("published", language))
    for group in told.groups:
        writer.paragraph("Heading 2", group.outlet)
        for line in group.lines:
            _line(writer, line, language)


def _apart(
    writer: Writer, heading: str, why: str | None, lines: Iterable[Line], language: Language
) -> None:
    """A section of lines of many outlets, each with the name of its own."""
    rows = tuple(lines)
    if not rows:
        return
    writer.paragraph("Heading 1", heading)
    if why:
        writer.paragraph("Normal", why)
    for line in rows:
        _line(writer, line, language, outlet=line.outlet)


def _line(writer: Writer, line: Line, language: Language, outlet: str | None = None) -> None:
    made = writer.paragraph("List Bullet", keep=bool(line.marks or line.copies))
    writer.link(made, line.headline, line.address, line.language)
    _behind(writer, made, line.headline, outlet, line.told)
    for mark in line.marks:
        _mark(writer, mark, "List Continue")
    if line.copies:
        writer.paragraph("List Continue", f"{capital(say('also_in', language))}:", keep=True)
    for copy in line.copies:
        below = writer.paragraph("List Bullet 2")
        words = copy.outlet if copy.same else f"{copy.outlet}: {copy.headline}"
        writer.link(below, words, copy.address, None if copy.same else copy.language)
        _behind(writer, below, words, copy.told)
        for mark in copy.marks:
            _mark(writer, mark, "List Continue 2")


def _behind(writer: Writer, made: Any, words: str, *told: str | None) -> None:
    behind = " · ".join(part for part in told if part)
    if behind:
        writer.run(made, f"{turned(words)} · {behind}", style="Told")


def _mark(writer: Writer, mark: Mark, style: str) -> None:
    made = writer.paragraph(style)
    if mark.by:
        writer.run(made, mark.words, style="Emphasis")
        writer.run(made, f" ({mark.by})")
        return
    writer.link(made, mark.words, mark.address, None)


# --- the end --------------------------------------------------------------------------------


def _changes(writer: Writer, told: Paper, language: Language) -> None:
    if not told.changes:
        return
    writer.paragraph("Heading 1", say("changes", language))
    names = ("col_outlet", "before", "after", "noticed")
    writer.table([capital(say(name, language)) for name in names], told.changes, CHANGES)


def _footer(document: Document, told: Paper, language: Language) -> None:
    from reports.formats.wordml import fields  # noqa: PLC0415

    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(f"{plain(told.title, 80)} · ")
    words = say("paper_page_of", language, n="{n}", total="{total}")
    fields(foot._p, words, {"n": "PAGE", "total": "NUMPAGES"})


def same_bytes(document: Document) -> bytes:
    """The package without the hour at which it was zipped."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as taken:
        for name in given.namelist():
            member = zipfile.ZipInfo(name, NO_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            taken.writestr(member, given.read(name))
    return out.getvalue()
