"""What a reader finds in each form of a report: its links and its words."""

from __future__ import annotations

import csv
import ctypes
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import docx
import openpyxl
import pypdfium2
from bs4 import BeautifulSoup
from docx.opc.constants import RELATIONSHIP_TYPE
from markdown_it import MarkdownIt
from pypdfium2 import raw

from crawler.models import Brand, Language
from reports.formats.csv import to_csv
from reports.formats.json import to_json
from reports.formats.xlsx import to_xlsx
from reports.forms import Edition
from reports.models import Report
from tests.reports.set_report import to_docx, to_html, to_markdown, to_pdf

BRAND: Final = Brand(name="Zyra e Shtypit", colour="#7a1f2b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One form, read back."""

    links: tuple[str, ...]
    # in order; of JSON and CSV the addresses of the pieces
    words: str
    # everything, without white space: lines break where they like


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").replace("\u200e", "").split())


def read_md(report: Report, language: Language, edition: Edition = Edition.FULL) -> Read:
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(report, language, edition))
    leaves = [leaf for token in tokens for leaf in (token, *(token.children or ()))]
    links = [str(leaf.attrs["href"]) for leaf in leaves if leaf.type == "link_open"]
    words = "".join(leaf.content for leaf in leaves if leaf.type == "text")
    return Read(links=tuple(links), words=squeezed(words))


def read_json(report: Report, language: Language, edition: Edition = Edition.FULL) -> Read:
    pieces = json.loads(to_json(report, edition))["pieces"]
    words = " ".join(str(value) for piece in pieces for value in piece.values())
    return Read(links=tuple(piece["url"] for piece in pieces), words=squeezed(words))


def csv_rows(
    report: Report, language: Language, *, bom: bool = False, edition: Edition = Edition.FULL
) -> list[list[str]]:
    told = to_csv(report, language, bom=bom, edition=edition)
    return list(csv.reader(io.StringIO(told, newline=""), strict=True))


def read_csv(report: Report, language: Language, edition: Edition = Edition.FULL) -> Read:
    _, *rows = csv_rows(report, language, edition=edition)
    words = " ".join(cell for row in rows for cell in row)
    return Read(links=tuple(row[3] for row in rows), words=squeezed(words))


def workbook(
    report: Report, language: Language, edition: Edition = Edition.FULL
) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(report, language, BRAND, edition)))


def read_xlsx(report: Report, language: Language, edition: Edition = Edition.FULL) -> Read:
    sheet = workbook(report, language, edition).worksheets[1]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.column == 4]
    words = " ".join(str(cell.value) for cell in cells if cell.value is not None)
    return Read(links=tuple(links), words=squeezed(words))


def document(report: Report, language: Language, edition: Edition = Edition.FULL) -> Any:
    return docx.Document(io.BytesIO(to_docx(report, language, BRAND, edition=edition)))


def read_docx(report: Report, language: Language, edition: Edition = Edition.FULL) -> Read:
    made = document(report, language, edition)
    links = {
        key: link.target_ref
        for key, link in made.part.rels.items()
        if link.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }
    words = "".join(node.text or "" for node in made.element.body.iter() if node.tag.endswith("}t"))
    return Read(links=tuple(links.values()), words=squeezed(words))


def read_pdf(report: Report, language: Language, edition: Edition = Edition.FULL) -> Read:
    pages = pypdfium2.PdfDocument(to_pdf(report, language, BRAND, edition=edition))
    try:
        links = tuple(dict.fromkeys(link for page in pages for link in _links(pages, page)))
        words = "".join(page.get_textpage().get_text_range() for page in pages)
        return Read(links=links, words=squeezed(words))
    finally:
        pages.close()


def _links(pages: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    """The addresses of a page's links; one that is broken over lines comes twice."""
    at, found = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(found)):
        action = raw.FPDFLink_GetAction(found)
        size = raw.FPDFAction_GetURIPath(pages, action, None, 0)
        if size:
            held = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(pages, action, held, size)
            yield held.value.decode()


def read_html(report: Report, language: Language, edition: Edition = Edition.FULL) -> Read:
    page = BeautifulSoup(to_html(report, language, BRAND, edition=edition), "lxml")
    body = page.body
    assert body is not None
    for script in body.find_all("script"):
        script.decompose()
    links = [str(a["href"]) for a in body.find_all("a") if not str(a["href"]).startswith("#")]
    return Read(links=tuple(dict.fromkeys(links)), words=squeezed(body.get_text()))


READERS: Final[dict[str, Callable[..., Read]]] = {
    "md": read_md,
    "json": read_json,
    "csv": read_csv,
    "xlsx": read_xlsx,
    "docx": read_docx,
    "pdf": read_pdf,
    "html": read_html,
}
# Forms that are read as text; the others are tables and hold a headline whole.
PAPERS: Final = ("md", "docx", "pdf")
# Those, and the page, which says the same things in fewer words.
READ: Final = (*PAPERS, "html")
