"""WordprocessingML by hand where python-docx has no words for it, or takes too long.

Links, fields, languages, right-to-left runs and long tables: ECMA-376 part 1, clause 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from crawler.models import Language
from reports.formats.plain import right_to_left

if TYPE_CHECKING:
    from docx.document import Document

# What Word calls the languages we meet; another stands as its code.
TAGS: Final = {"sq": "sq-AL", "en": "en-GB", "fa": "fa-IR", "ar": "ar-SA", "he": "he-IL"}
_CODE: Final = re.compile(r"[a-z]{2,3}")
_HOLES: Final = re.compile(r"\{(\w+)\}")


class Writer:
    """Paragraphs, runs, links and tables at the end of a document's body."""

    def __init__(self, document: Document, language: Language) -> None:
        self._document = document
        self._body = document.element.body
        self._end = self._body.sectPr
        self._language = language
        self._links = 0
        # looked up once: python-docx reads through all styles each time
        self._styles = {style.name: style.style_id for style in document.styles}

    def paragraph(self, style: str, text: str | None = None, *, keep: bool = False) -> Any:
        """A paragraph of a named style at the end; `keep` holds it with the next on a page."""
        made = _styled(self._styles[style])
        self._end.addprevious(made)
        if keep:
            _sub(made.find(qn("w:pPr")), "w:keepNext")
        if text is not None:
            self.run(made, text)
        return made

    def run(
        self, parent: Any, text: str, *, style: str | None = None, language: str | None = None
    ) -> None:
        """Words in the reader's language, or in `language`; a run from the right where it is."""
        run = _sub(parent, "w:r")
        looks = OxmlElement("w:rPr")
        if style:
            _sub(looks, "w:rStyle", val=self._styles[style])
        self._spoken(looks, text, language)
        if len(looks):
            run.append(looks)
        told = _sub(run, "w:t")
        told.text = text
        told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _spoken(self, looks: Any, text: str, language: str | None) -> None:
        """The language of a run, for the eye of a speller and the voice of a reader."""
        code = language if language and _CODE.fullmatch(language) else None
        tag = TAGS.get(code, code) if code else None
        if right_to_left(text):
            _sub(looks, "w:rtl")
            _sub(looks, "w:lang", bidi=tag or TAGS["fa"])
        elif tag and code != self._language:
            _sub(looks, "w:lang", val=tag)

    def link(self, parent: Any, text: str, address: str | None, language: str | None) -> None:
        """A real hyperlink; only the words where the address is not one of the web."""
        if address is None:
            self.run(parent, text, language=language)
            return
        # python-docx looks through all links for the same address: slow where there are many
        self._links += 1
        key = f"rLink{self._links}"
        self._document.part.rels.add_relationship(
            RELATIONSHIP_TYPE.HYPERLINK,
            address,
            key,
            is_external=True,
        )
        made = _sub(parent, "w:hyperlink")
        made.set(qn("r:id"), key)
        self.run(made, text, style="Hyperlink", language=language)

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[int],
        numbers: Sequence[int] = (),
        paints: Sequence[str] = (),
    ) -> None:
        """A table whose heading is repeated on every page and whose rows are not torn.

        `widths` in millimetres; `numbers` are the columns set to the right; `paints` the ground
        of each row's last cell, "#f0e0e2".
        """
        made = OxmlElement("w:tbl")
        self._end.addprevious(made)
        looks = _sub(made, "w:tblPr")
        _sub(looks, "w:tblStyle", val=self._styles["Report Table"])
        _sub(looks, "w:tblW", w=str(sum(map(_twips, widths))), type="dxa")
        _sub(looks, "w:tblLayout", type="fixed")
        _sub(looks, "w:tblLook", firstRow="1", lastRow="0", firstColumn="0", noHBand="0")
        grid = _sub(made, "w:tblGrid")
        for width in widths:
            _sub(grid, "w:gridCol", w=str(_twips(width)))
        self._row(made, heads, widths, numbers, head=True)
        for at, row in enumerate(rows):
            self._row(made, row, widths, numbers, head=False)
            if paints:
                looks, paint = made[-1][-1].find(qn("w:tcPr")), paints[at][1:].upper()
                _sub(looks, "w:shd", val="clear", color="auto", fill=paint)

    def figures(self, told: Sequence[tuple[str, str]], width: int) -> None:
        """Figures side by side with their words below, `width` millimetres in all."""
        made = OxmlElement("w:tbl")
        self._end.addprevious(made)
        looks = _sub(made, "w:tblPr")
        _sub(looks, "w:tblW", w=str(_twips(width)), type="dxa")
        _sub(looks, "w:tblLayout", type="fixed")
        each = _twips(width // len(told))
        grid, row = _sub(made, "w:tblGrid"), _sub(made, "w:tr")
        _sub(_sub(row, "w:trPr"), "w:cantSplit")
        for figure, words in told:
            _sub(grid, "w:gridCol", w=str(each))
            cell = _sub(row, "w:tc")
            _sub(_sub(cell, "w:tcPr"), "w:tcW", w=str(each), type="dxa")
            for style, text in (("Figure", figure), ("Figure Words", words)):
                made_of = _styled(self._styles[style])
                cell.append(made_of)
                self.run(made_of, text)

    def pairs(self, rows: Iterable[tuple[str, str]], widths: tuple[int, int]) -> None:
        """Questions and answers side by side; widths in millimetres."""
        made = OxmlElement("w:tbl")
        self._end.addprevious(made)
        looks = _sub(made, "w:tblPr")
        _sub(looks, "w:tblW", w=str(sum(map(_twips, widths))), type="dxa")
        _sub(looks, "w:tblLayout", type="fixed")
        grid = _sub(made, "w:tblGrid")
        for width in widths:
            _sub(grid, "w:gridCol", w=str(_twips(width)))
        for pair in rows:
            row = _sub(made, "w:tr")
            _sub(_sub(row, "w:trPr"), "w:cantSplit")
            for text, width, style in zip(pair, widths, ("Fact Name", "Fact"), strict=True):
                cell = _sub(row, "w:tc")
                _sub(_sub(cell, "w:tcPr"), "w:tcW", w=str(_twips(width)), type="dxa")
                told = _styled(self._styles[style])
                cell.append(told)
                self.run(told, text)

    def _row(
        self,
        table: Any,
        cells: Sequence[str],
        widths: Sequence[int],
        numbers: Sequence[int],
        *,
        head: bool,
    ) -> None:
        row = _sub(table, "w:tr")
        looks = _sub(row, "w:trPr")
        _sub(looks, "w:cantSplit")
        if head:
            _sub(looks, "w:tblHeader")
        for at, (text, width) in enumerate(zip(cells, widths, strict=True)):
            cell = _sub(row, "w:tc")
            _sub(_sub(cell, "w:tcPr"), "w:tcW", w=str(_twips(width)), type="dxa")
            made = _styled(self._styles["Report Head" if head else "Report Cell"])
            looks_of = made.find(qn("w:pPr"))
            if right_to_left(text):
                _sub(looks_of, "w:bidi")
            if at in numbers:
                _sub(looks_of, "w:jc", val="right")
            cell.append(made)
            self.run(made, text)


def fields(parent: Any, words: str, known: dict[str, str]) -> None:
    """`page {n} of {total}` with Word's own fields in the holes."""
    for at, part in enumerate(_HOLES.split(words)):
        holder = parent
        if at % 2:
            holder = _sub(parent, "w:fldSimple", instr=f" {known[part]} ")
        told = _sub(_sub(holder, "w:r"), "w:t")
        told.text = "1" if at % 2 else part
        told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _styled(style: str) -> Any:
    made = OxmlElement("w:p")
    _sub(_sub(made, "w:pPr"), "w:pStyle", val=style)
    return made


def _sub(parent: Any, tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    parent.append(made)
    return made


def _twips(millimetres: int) -> int:
    return round(millimetres * 1440 / 25.4)
