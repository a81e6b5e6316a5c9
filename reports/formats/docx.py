"""A document as a Word file: what a press office hands to its director.

Real styles (headings, lists, tables), so that it can be edited, read aloud and given a table of
contents. The same report gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from crawler.models import Brand, Language
from reports import charts
from reports.brand import BrokenLogo
from reports.document.blocks import (
    Block,
    Cards,
    Changes,
    Chart,
    Cover,
    Facts,
    Highlights,
    Items,
    Line,
    Lines,
    Mark,
    Outlets,
    Pieces,
    Pointers,
    Subhead,
    Table,
    Text,
    Tiles,
    Verdict,
    Warm,
    WarmLine,
)
from reports.document.blocks import (
    Document as Told,
)
from reports.formats.colours import heats, palettes
from reports.formats.drawings import png_of
from reports.formats.plain import capital, plain, turned
from reports.formats.wordml import Writer, fields
from reports.formats.wordstyles import dress
from reports.pictures import Image
from reports.words import say

if TYPE_CHECKING:
    from docx.document import Document

    from reports.formats.wordml import Writer

# Widths in millimetres; together the 170 that A4 leaves between margins of 20.
ACROSS: Final = 170
OUTLETS: Final[Mapping[int, tuple[int, ...]]] = {4: (58, 66, 20, 26), 6: (42, 48, 16, 16, 22, 26)}
CHANGES: Final = (34, 54, 54, 28)
WARM: Final = (20, 150)
FACTS: Final = (30, 140)
COUNT: Final = 17
LOGO: Final = 14
# Of a picture above the text, and of one beside a highlight.
COVER: Final = 170
CHART: Final = 135
HIGHLIGHT: Final = 80
BESIDE: Final = 36
# The tallest of either is this part of its width: a page of a newspaper leaves room for words.
TALLEST: Final = 0.9
# Figures beside each other: more are set below.
ABREAST: Final = 5
# Of a zip's members: the first day that it can say, so that bytes do not depend on the hour.
NO_DATE: Final = (1980, 1, 1, 0, 0, 0)


def set_docx(
    told: Told, brand: Brand, logo: bytes | None = None, *, made: datetime, version: int = 1
) -> bytes:
    """A document as a Word file; `made` is aware. Raises as `to_docx`."""

    document = docx.Document()
    dress(document, told.language, brand)
    _properties(document, told, brand, made, version)
    setter = _Setter(document, Writer(document, told.language), told.language, brand)
    if logo:
        setter.logo(logo)
    setter.cover(told)
    for section in told.sections:
        setter.writer.paragraph("Heading 1", section.title)
        for block in section.blocks:
            setter.block(block)
    _footer(document, told)
    return same_bytes(document)


def _properties(document: Document, told: Told, brand: Brand, made: datetime, version: int) -> None:
    about = document.core_properties
    when = made.astimezone(UTC).replace(tzinfo=None)
    about.title, about.language = plain(told.cover.title, 250), told.language
    about.author = about.last_modified_by = plain(brand.name or "", 250)
    about.created = about.modified = when
    about.comments, about.revision = "", version


class _Setter:
    """Sets blocks at the end of a Word document."""

    def __init__(
        self, document: Document, writer: Writer, language: Language, brand: Brand
    ) -> None:
        self._document, self.writer = document, writer
        self._language, self._brand = language, brand

    # --- the first page -------------------------------------------------------------------

    def cover(self, told: Told) -> None:
        """Kicker, title, days, picture and the office's own paragraphs."""
        cover: Cover = told.cover
        named = (self._brand.name, told.kind)
        self.writer.paragraph("Kicker", plain(" · ".join(name for name in named if name)))
        self.writer.paragraph("Title", cover.title)
        self.writer.paragraph("Subtitle", " · ".join(cover.about))
        if cover.picture:
            self.picture(cover.picture.body, cover.picture.alt, COVER)
        for paragraph in cover.introduction:
            self.writer.paragraph("Normal", paragraph)

    def logo(self, body: bytes) -> None:
        """The logo at the head. Raises BrokenLogo."""
        self.writer.paragraph("Kicker")
        run = self._document.paragraphs[-1].add_run()
        try:
            picture: Any = run.add_picture(io.BytesIO(body), height=Mm(LOGO))
        except Exception:  # python-docx raises it bare where a picture ends too early
            words = "the logo cannot be read as a picture: save it again as PNG"
            raise BrokenLogo(words) from None
        picture._inline.docPr.set("descr", plain(self._brand.name or "logo", 250))

    def picture(
        self, body: bytes, words: str, width: float, style: str = "Picture", *, keep: bool = False
    ) -> None:
        """A picture on a line of its own, `width` millimetres wide."""
        made = self.writer.paragraph(style, keep=keep)
        # by itself: to count all paragraphs for each picture is slow where there are many
        run = Paragraph(made, self._document._body).add_run()
        picture: Any = run.add_picture(io.BytesIO(body), width=Mm(width))
        picture._inline.docPr.set("descr", plain(words, 4000))

    # --- blocks ---------------------------------------------------------------------------

    def block(self, block: Block) -> None:
        """One block, by its kind."""
        _SETTERS[type(block)](self, block)

    def _facts(self, block: Facts) -> None:
        self.writer.pairs(block.rows, FACTS)

    def _nothing(self, _: Tiles) -> None:
        """The table of outlets says the same in words."""

    def _subhead(self, block: Subhead) -> None:
        self.writer.paragraph("Heading 2", capital(block.words))

    def _outlets(self, block: Outlets) -> None:
        widths = OUTLETS[len(block.columns)]
        self._rows(block.columns, [row.words for row in block.rows], widths, block.numbers)

    def _changes(self, block: Changes) -> None:
        self._rows(block.columns, [row.words for row in block.rows], CHANGES, ())

    def _table(self, block: Table) -> None:
        self._rows(
            block.columns, block.rows, _shared(len(block.columns), block.numbers), block.numbers
        )

    def _warm(self, block: Warm) -> None:
        paints = heats(self._brand.colour)
        self.writer.table(
            block.columns,
            [(str(line.count), _warm_words(at, line)) for at, line in enumerate(block.lines, 1)],
            WARM,
            (0,),
            [paints[line.heat] for line in block.lines],
        )
        self.writer.paragraph("Gap")

    def _text(self, block: Text) -> None:
        styles = {"lead": "Answer", "note": "Note"}
        self.writer.paragraph(styles.get(block.looks, "Normal"), block.words)

    def _cards(self, block: Cards) -> None:
        cards = [
            (card.figure, f"{card.words} ({card.told})" if card.told else card.words)
            for card in block.cards
        ]
        for at in range(0, len(cards), ABREAST):
            row = cards[at : at + ABREAST]
            # a table that ends early keeps the places of the one above
            row += [("", "")] * (ABREAST - len(row) if at else 0)
            self.writer.figures(row, ACROSS)
        self.writer.paragraph("Gap")

    def _verdict(self, block: Verdict) -> None:
        self.writer.paragraph("Heading 2", block.head)
        for told in [hurdle.told for hurdle in block.hurdles] or [f"{capital(block.why)}."]:
            self.writer.paragraph("List Bullet" if block.hurdles else "Normal", told)

    def _chart(self, block: Chart) -> None:
        self.writer.paragraph("Heading 2", block.title)
        if block.about:
            about = f"“{block.about}”" if block.quoted else block.about
            self.writer.paragraph("Note", about, keep=True)
        colours, _ = palettes(self._brand.colour)
        self.picture(png_of(block.draw(width=charts.WIDE, colours=colours)), block.told, CHART)
        if block.legend:
            own, copied = (say(key, self._language) for key in ("chart_own", "copy"))
            self.writer.paragraph("Note", f"■ {own}  □ {copied}")

    def _rows(
        self, columns: Any, rows: Any, widths: tuple[int, ...], numbers: tuple[int, ...]
    ) -> None:
        self.writer.table([capital(name) for name in columns], rows, widths, numbers)

    # --- pieces ---------------------------------------------------------------------------

    def _pieces(self, block: Pieces) -> None:
        for day in block.days:
            self.writer.paragraph("Heading 2", day.words)
            for line in day.lines:
                self._line(line)

    def _lines(self, block: Lines) -> None:
        for line in block.lines:
            self._line(line)

    def _highlights(self, block: Highlights) -> None:
        for line in block.lines:
            self._highlight(line)

    def _highlight(self, line: Line) -> None:
        self.writer.paragraph("Heading 2", line.outlet)
        if line.picture:
            self._photo(line.picture, HIGHLIGHT, "Picture", "Note")
        made = self.writer.paragraph("Normal")
        self.writer.link(made, line.headline, line.address, line.language)
        self._behind(made, line.headline, line.told)
        self._below(line, "Normal")

    def _photo(self, photo: Image, width: float, style: str, named: str) -> None:
        """A picture of a piece, with whose it is below."""
        across = min(width, width * TALLEST * photo.width / photo.height)
        self.picture(photo.body, photo.alt, across, style, keep=photo.source is not None)
        if photo.source:
            made = self.writer.paragraph(named)
            source = say("source_of", self._language, name=photo.source)
            self.writer.run(made, source, style=None if named == "Note" else "Told")

    def _line(self, line: Line) -> None:
        below = bool(line.below or line.copies or line.lead)
        made = self.writer.paragraph("List Bullet", keep=below)
        self.writer.run(made, f"{line.outlet}: ", style="Strong")
        self.writer.link(made, line.headline, line.address, line.language)
        self._behind(made, line.headline, line.told)
        self._below(line, "List Continue")
        if line.picture:
            self._photo(line.picture, BESIDE, "List Continue", "List Continue")
        for reason in line.why:
            self.writer.paragraph("List Continue", reason)
        if line.copies:
            also = capital(say("also_in", self._language))
            self.writer.paragraph("List Continue", f"{also}:", keep=True)
        for copy in line.copies:
            self._copy(copy)

    def _copy(self, copy: Line) -> None:
        made = self.writer.paragraph("List Bullet 2")
        words = copy.outlet if copy.same else f"{copy.outlet}: {copy.headline}"
        self.writer.link(made, words, copy.address, None if copy.same else copy.language)
        self._behind(made, words, copy.told)
        self._below(copy, "List Continue 2")
        if copy.picture:
            self._photo(copy.picture, BESIDE, "List Continue 2", "List Continue 2")

    def _below(self, line: Line, style: str) -> None:
        if line.lead:
            made = self.writer.paragraph(style)
            self.writer.run(made, line.lead, language=line.language)
        for mark in line.below:
            self._mark(mark, style)

    def _behind(self, made: Any, words: str, told: str) -> None:
        if told:
            self.writer.run(made, f"{turned(words)} · {told}", style="Told")

    def _mark(self, mark: Mark, style: str) -> None:
        made = self.writer.paragraph(style)
        if mark.by:
            self.writer.run(made, mark.words, style="Emphasis")
            self.writer.run(made, f" ({mark.by})")
            return
        self.writer.link(made, mark.words, mark.address, None)

    def _pointers(self, block: Pointers) -> None:
        for row in block.rows:
            made = self.writer.paragraph("List Bullet")
            for at, one in enumerate(row):
                if at:
                    self.writer.run(made, " / ")
                self.writer.link(made, one.words, one.address, one.language)

    def _items(self, block: Items) -> None:
        for item in block.items:
            made = self.writer.paragraph("List Bullet")
            if item.name:
                self.writer.run(made, f"{item.name}: ", style="Strong")
            self.writer.run(made, item.words)


_SETTERS: Final[Mapping[type, Callable[..., None]]] = {
    Text: _Setter._text,
    Cards: _Setter._cards,
    Facts: _Setter._facts,
    Verdict: _Setter._verdict,
    Tiles: _Setter._nothing,
    Chart: _Setter._chart,
    Subhead: _Setter._subhead,
    Pieces: _Setter._pieces,
    Highlights: _Setter._highlights,
    Lines: _Setter._lines,
    Pointers: _Setter._pointers,
    Items: _Setter._items,
    Outlets: _Setter._outlets,
    Changes: _Setter._changes,
    Table: _Setter._table,
    Warm: _Setter._warm,
}


def _warm_words(at: int, line: WarmLine) -> str:
    """The sentence with its number, and who took it over."""
    named = ", ".join(one.words for one in line.by)
    behind = f" [{' '.join(filter(None, (named, line.more)))}]" if named else ""
    return f"{at}. {line.words}{behind}"


def _shared(columns: int, numbers: Collection[int]) -> tuple[int, ...]:
    """Columns of words share what narrow ones of counts leave."""
    words = (ACROSS - COUNT * len(numbers)) // max(columns - len(numbers), 1)
    return tuple(COUNT if at in numbers else words for at in range(columns))


def _footer(document: Document, told: Told) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(f"{plain(told.cover.title, 80)} · ")
    words = say("paper_page_of", told.language, n="{n}", total="{total}")
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
