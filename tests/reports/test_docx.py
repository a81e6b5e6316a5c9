"""The Word document: real styles, links, languages, and nothing torn."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from crawler.models import Brand
from reports.brand import BrokenLogo
from reports.formats.docx import NO_DATE
from tests.reports.attacks import attacked
from tests.reports.full import full, hostile, silent
from tests.reports.pictures import PNG
from tests.reports.readers import BRAND, document
from tests.reports.set_report import to_docx


def headings(made: Any) -> list[tuple[str, str]]:
    return [
        (p.style.name, p.text)
        for p in made.paragraphs
        if p.style.name.startswith(("Title", "Heading"))
    ]


def test_the_headings_are_headings() -> None:
    told = headings(document(full(), "sq"))
    assert told[0] == ("Title", "Panairi i Librit në Bregvalë")
    assert [text for style, text in told if style == "Heading 1"] == [
        "Përmbledhje",
        "Sa e plotë është kjo listë?",
        "Si u përhap lajmi",
        "Çfarë u botua",
        "Çfarë pret një njeri",
        "Titujt që u ndryshuan",
        "Çfarë nuk u kontrollua",
        "Mediat një nga një",
        "Si u bë ky raport",
    ]
    assert ("Heading 2", "16 maj") in told


def test_the_answer_stands_at_the_head() -> None:
    made = document(full(), "sq")
    (answer,) = [p.text for p in made.paragraphs if p.style.name == "Answer"]
    assert answer.startswith("40 shkrime në 14 media (9 pronarë), 17 tekste të ndryshme")


def test_copies_are_folded_below_the_first() -> None:
    lines = [(p.style.name, _all(p)) for p in document(full(), "sq").paragraphs]
    begins = "Gazeta Shembull: Fëmijët e Bregvalës"
    at = next(i for i, (_, text) in enumerate(lines) if text.startswith(begins))
    below = lines[at + 1 : at + 6]
    assert ("List Continue", "Edhe te:") in below
    assert ("List Bullet 2", "Bregu Sot · 4 min më vonë") in below


def _all(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def test_headings_of_tables_are_repeated_and_rows_are_not_torn() -> None:
    tables = [t for t in document(full(), "sq").tables if t.style.name == "Report Table"]
    assert len(tables) == len(("outlets", "changed headlines"))
    for table in tables:
        first, *rows = table._tbl.findall(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_the_table_of_outlets_has_a_row_for_each() -> None:
    table = document(full(), "sq").tables[-1]
    assert len(table.rows) == 1 + len(full().completeness)
    assert [cell.text for cell in table.rows[0].cells][:2] == ["Media", "Përfundimi"]


def test_words_say_their_language_and_persian_is_read_from_the_right() -> None:
    made = document(full(), "sq")
    default = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "sq-AL"
    runs = {
        run.find(qn("w:t")).text: run.find(qn("w:rPr"))
        for run in made.element.body.iter(qn("w:r"))
        if run.find(qn("w:t")) is not None
    }
    persian = runs["نمایشگاه کتاب برگوالا با حضور شصت ناشر گشایش یافت"]
    assert persian.find(qn("w:rtl")) is not None
    assert persian.find(qn("w:lang")).get(qn("w:bidi")) == "fa-IR"
    english = runs["Book fair opens in Bregvalë with sixty publishers"]
    assert english.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_pages_are_numbered() -> None:
    foot = document(full(), "sq").sections[0].footer.paragraphs[0]._p
    told = [field.get(qn("w:instr")).strip() for field in foot.iter(qn("w:fldSimple"))]
    assert told == ["PAGE", "NUMPAGES"]


def test_the_document_knows_what_it_is() -> None:
    about = document(full(), "sq").core_properties
    assert (about.title, about.author) == ("Panairi i Librit në Bregvalë", "Zyra e Shtypit")
    assert (about.language, about.revision, about.comments) == ("sq", 3, "")


def test_the_same_report_gives_the_same_bytes() -> None:
    made = to_docx(full(), "sq", BRAND)
    assert made == to_docx(full(), "sq", BRAND)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {NO_DATE}


@pytest.mark.parametrize(
    "report", [attacked(), hostile(), silent()], ids=["attacked", "hostile", "silent"]
)
def test_what_attacks_is_words(report: Any) -> None:
    made = document(report, "en")
    links = [link.target_ref for link in made.part.rels.values() if link.is_external]
    assert not [link for link in links if not link.startswith(("http://", "https://"))]
    assert len([style for style, _ in headings(made) if style == "Title"]) == 1


def test_a_logo_has_words_for_those_who_do_not_see_it() -> None:
    made = docx.Document(io.BytesIO(to_docx(full(), "sq", Brand(name="Zyra"), PNG)))
    picture, *charts = made.element.body.iter(qn("wp:docPr"))
    assert all(chart.get("descr") for chart in charts)
    assert picture.get("descr") == "Zyra"


@pytest.mark.parametrize(
    "logo", [b"x", b"GIF89a", PNG[:20], b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff"]
)
def test_a_broken_logo_is_one_line(logo: bytes) -> None:
    with pytest.raises(BrokenLogo, match=r"^the logo cannot be read as a picture: save it"):
        to_docx(full(), "sq", BRAND, logo)
