"""How a Word document looks: page, fonts, colours and every style that it uses, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from crawler.models import Brand, Language
from reports.formats.colours import on_paper, readable
from reports.formats.wordml import TAGS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT: Final = "Calibri"
# For Arabic script: every Word has it.
ARABIC: Final = "Arial"
GREY: Final = "#595959"
LINK: Final = "#1a4f8b"


def dress(document: Document, language: Language, brand: Brand) -> None:
    """Set the page and define the styles."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    ink = on_paper(brand.colour)
    _speak(document, language)
    _text(document, ink)
    _lists(document)
    _letters(document)
    _tables(document, brand)


def _speak(document: Document, language: Language) -> None:
    """The language of everything that says no other; the fonts of everything."""
    default = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))[0]
    for old in default.findall(qn("w:lang")) + default.findall(qn("w:rFonts")):
        default.remove(old)
    fonts, spoken = OxmlElement("w:rFonts"), OxmlElement("w:lang")
    for name, font in (("ascii", FONT), ("hAnsi", FONT), ("eastAsia", FONT), ("cs", ARABIC)):
        fonts.set(qn(f"w:{name}"), font)
    spoken.set(qn("w:val"), TAGS[language])
    spoken.set(qn("w:bidi"), TAGS["fa"])
    default.insert(0, fonts)
    default.append(spoken)


def _text(document: Document, ink: str) -> None:
    _style(document, "Normal", size=10.5, after=6)
    _style(document, "Kicker", size=9, colour=GREY, after=2)
    _style(document, "Title", size=24, bold=True, colour=ink, after=2)
    _style(document, "Subtitle", size=12, colour=GREY, after=10)
    _style(document, "Answer", size=13, bold=True, before=4, after=8)
    _style(document, "Heading 1", size=15, bold=True, colour=ink, before=16, after=6)
    _style(document, "Heading 2", size=11.5, bold=True, before=10, after=3)
    _style(document, "Note", size=9, colour=GREY, after=4)
    _style(document, "Picture", size=9, after=4)
    _style(document, "Gap", size=4, after=2)
    _style(document, "Footer", size=8.5, colour=GREY, after=0)
    for name in ("Title", "Answer", "Kicker", "Heading 1", "Heading 2"):
        paragraph_style(document, name).paragraph_format.keep_with_next = True
    # the template draws a line below a title
    line = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if line is not None:
        line.getparent().remove(line)


def _lists(document: Document) -> None:
    _style(document, "List Bullet", after=3)
    _style(document, "List Bullet 2", size=9.5, after=1)
    _style(document, "List Continue", size=9.5, after=2)
    _style(document, "List Continue 2", size=9.5, after=2)
    _style(document, "Figure", size=18, bold=True, after=0)
    _style(document, "Figure Words", size=8.5, colour=GREY, after=0)
    _style(document, "Fact Name", size=9.5, colour=GREY, before=2, after=2)
    _style(document, "Fact", size=10, before=2, after=2)
    _style(document, "Report Cell", size=9, before=1.5, after=1.5)


def _letters(document: Document) -> None:
    for name, colour, underlined in (("Hyperlink", LINK, True), ("Told", GREY, False)):
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour[1:].upper())
        style.font.underline = underlined


def _style(
    document: Document,
    name: str,
    *,
    size: float | None = None,
    bold: bool | None = None,
    colour: str | None = None,
    before: float = 0,
    after: float = 0,
) -> None:
    style = paragraph_style(document, name)
    fonts = style.element.get_or_add_rPr()
    for old in (*fonts.findall(qn("w:rFonts")), *fonts.findall(qn("w:spacing"))):
        fonts.remove(old)
    style.font.italic, style.font.bold = False, bool(bold)
    if size:
        style.font.size = Pt(size)
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), str(round(size * 2)))
        fonts.append(complex_size)
    style.font.color.rgb = RGBColor.from_string((colour or "#000000")[1:].upper())
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def paragraph_style(document: Document, name: str) -> ParagraphStyle:
    """A style of the template, or a new one of ours."""
    styles: Any = document.styles
    if name in styles:
        found: ParagraphStyle = styles[name]
        return found
    made: ParagraphStyle = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles["Normal"]
    return made


def _tables(document: Document, brand: Brand) -> None:
    """Lines between rows, the heading in the office's colour."""
    ink, paint = readable(brand.colour)
    style: Any = document.styles.add_style("Report Table", WD_STYLE_TYPE.TABLE)
    looks, borders = OxmlElement("w:tblPr"), OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "BFBFBF")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    looks.append(borders)
    style.element.append(looks)
    _style(document, "Report Head", size=9, bold=True, colour=ink, before=2, after=2)
    first, cell = OxmlElement("w:tblStylePr"), OxmlElement("w:tcPr")
    first.set(qn("w:type"), "firstRow")
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", paint[1:].upper())):
        shade.set(qn(f"w:{name}"), value)
    cell.append(shade)
    first.append(cell)
    style.element.append(first)
