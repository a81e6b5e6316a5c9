"""The PDF: tagged, titled, searchable, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2
import pytest

from crawler.models import Brand
from reports.brand import BrokenLogo
from reports.formats import pdf
from reports.formats.pdf import to_pdf
from reports.models import Report
from tests.reports.attacks import attacked
from tests.reports.full import full, hostile, many, silent
from tests.reports.pictures import PNG
from tests.reports.readers import BRAND

CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"


@contextmanager
def opened(made: bytes) -> Iterator[pypdfium2.PdfDocument]:
    pages = pypdfium2.PdfDocument(made)
    try:
        yield pages
    finally:
        pages.close()


def words(pages: pypdfium2.PdfDocument, at: int) -> str:
    return str(pages[at].get_textpage().get_text_range())


def test_the_document_knows_what_it_is() -> None:
    made = to_pdf(full(), "sq", BRAND)
    assert b"/Lang (sq)" in made or b"/Lang(sq)" in made
    assert CLAIM in made
    with opened(made) as pages:
        about = pages.get_metadata_dict()
        assert about["Title"] == "Panairi i Librit në Bregvalë"
        assert about["Author"] == "Zyra e Shtypit"
        assert about["CreationDate"] == "D:20260525060000Z"


def test_headings_are_bookmarks() -> None:
    with opened(to_pdf(full(), "sq", BRAND)) as pages:
        marks = [(mark.level, mark.get_title()) for mark in pages.get_toc()]
    assert [title for level, title in marks if level == 0] == [
        "Përmbledhje",
        "Sa e plotë është kjo listë?",
        "Çfarë u botua",
        "Pa datë",
        "Gjetje të dyshimta",
        "Titujt që u ndryshuan",
        "Si u bë ky raport",
    ]
    assert (1, "Gazeta Shembull") in marks


def test_pages_are_numbered() -> None:
    with opened(to_pdf(full(), "sq", BRAND)) as pages:
        for at in range(len(pages)):
            assert f"faqe {at + 1} nga {len(pages)}" in words(pages, at)


def test_persian_comes_out_as_it_was_written() -> None:
    with opened(to_pdf(full(), "sq", BRAND)) as pages:
        told = "".join(words(pages, at) for at in range(len(pages)))
    assert "نمایشگاه کتاب برگوالا با حضور شصت ناشر گشایش یافت" in told


def test_the_heading_of_a_table_is_repeated() -> None:
    with opened(to_pdf(many(60, outlets=60), "en", BRAND)) as pages:
        assert [words(pages, at).count("About the event") for at in (0, 1)] == [1, 1]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_pdf(full(), "sq", BRAND) == to_pdf(full(), "sq", BRAND)


@pytest.mark.parametrize("report", [hostile(), silent()], ids=["hostile", "silent"])
def test_what_attacks_is_words_and_the_tags_stand(report: Report) -> None:
    assert CLAIM in to_pdf(report, "sq", BRAND)


def test_letters_without_a_font_break_nothing_but_the_claim() -> None:
    made = to_pdf(attacked(), "sq", BRAND)
    assert CLAIM not in made
    assert b"/MarkInfo" in made


@pytest.mark.parametrize("language", ['fa"><b>', "zz", "x" * 400, "", "SQ"])
def test_a_label_of_a_language_breaks_nothing(language: str) -> None:
    report = full()
    first = replace(report.pieces[0], language=language)
    texts = (replace(report.texts[0], pieces=(first, *report.texts[0].pieces[1:])),)
    made = replace(report, pieces=(first, *report.pieces[1:]), texts=(*texts, *report.texts[1:]))
    assert to_pdf(made, "sq", BRAND).startswith(b"%PDF-")


def test_a_logo_stands_at_the_head() -> None:
    with opened(to_pdf(full(), "sq", Brand(name="Zyra"), PNG)) as pages:
        kinds = [thing.type for thing in pages[0].get_objects()]
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds


@pytest.mark.parametrize(
    "logo", [b"x", PNG[:20], b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff"]
)
def test_a_broken_logo_is_one_line(logo: bytes) -> None:
    with pytest.raises(BrokenLogo, match=r"^the logo cannot be read as a picture: save it"):
        to_pdf(full(), "sq", BRAND, logo)


def test_the_letters_come_along_with_their_licence() -> None:
    there = {file.name for file in pdf.FONTS.iterdir()}
    assert {"OFL.txt", "NotoSans.ttf", "Amiri-Regular.ttf", "NotoEmoji.ttf"} <= there
