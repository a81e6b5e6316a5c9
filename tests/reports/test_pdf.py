"""The PDF: tagged, titled, searchable, the same everywhere."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Brand
from reports.brand import BrokenLogo
from reports.document import document
from reports.formats import pdf
from reports.formats.glyphs import letters_in
from reports.formats.scripts import font_for
from reports.forms import Edition
from reports.models import Report
from reports.pictures import Image
from scripts.box_font import font
from tests.reports.attacks import attacked
from tests.reports.full import full, hostile, many, silent
from tests.reports.pictures import PNG
from tests.reports.readers import BRAND
from tests.reports.set_report import to_pdf


def set_pdf(report: Report, own_fonts: Path | None = None) -> pdf.Pdf:
    told = document(report, "sq", Edition.FULL)
    return pdf.set_pdf(told, BRAND, made=report.made, own_fonts=own_fonts)


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


def count(body: bytes, pattern: bytes) -> int:
    """How often something stands among the objects of a document, packed ones too."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    parts = [body]
    for stream in streams:
        with suppress(zlib.error):
            parts.append(zlib.decompress(stream))
    return sum(len(re.findall(pattern, part, re.DOTALL)) for part in parts)


@pytest.mark.parametrize("edition", Edition)
def test_both_editions_hold_what_who_hears_them_needs(edition: Edition) -> None:
    report = full()
    shown = {
        piece.article: Image(body=PNG, width=8, height=4, alt="Një foto", source="Burimi")
        for piece in report.pieces[:3]
    }
    cover = next(iter(shown.values()))
    made = to_pdf(report, "sq", BRAND, edition=edition, pictures=shown, cover=cover)
    assert CLAIM in made
    # PDF/UA-1: 7.1 tagged, the title shown, 7.3 figures, 7.5 heads of tables, 7.18 links
    assert (count(made, rb"/Marked true"), count(made, rb"/DisplayDocTitle true")) == (1, 1)
    figures = rb"/S\s*/Figure\b"
    assert count(made, figures) == count(made, figures + rb"(?:(?!endobj).){0,600}?/Alt") > 3
    links = rb"/Subtype\s*/Link\b"
    named = links + rb"(?:(?!endobj).){0,2000}?/StructParent \d+(?:(?!endobj).)*?/Contents\("
    assert count(made, links) == count(made, named) > len(report.pieces)
    heads = count(made, rb"/S\s*/TH\b")
    assert heads == count(made, rb"/Scope\s*/Column") > 0
    pages = count(made, rb"/Type\s*/Page\b")
    assert pages == count(made, rb"/Tabs\s*/S\b") == count(made, rb"/StructParents\b")


def test_headings_are_bookmarks() -> None:
    with opened(to_pdf(full(), "sq", BRAND)) as pages:
        marks = [(mark.level, mark.get_title()) for mark in pages.get_toc()]
    assert [title for level, title in marks if level == 0] == [
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
    assert {(1, "16 maj"), (1, "Pa datë"), (1, "Gjetje të dyshimta")} <= set(marks)


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
        told = ("".join(words(pages, at).split()) for at in range(len(pages)))
        counted = [page.count("Abouttheevent") for page in told]
    assert counted.count(1) > 1
    assert set(counted) <= {0, 1}


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_pdf(full(), "sq", BRAND) == to_pdf(full(), "sq", BRAND)


@pytest.mark.parametrize("report", [hostile(), silent()], ids=["hostile", "silent"])
def test_what_attacks_is_words_and_the_tags_stand(report: Report) -> None:
    assert CLAIM in to_pdf(report, "sq", BRAND)


# Of a script that hardly any machine has a font for: Linear A.
NOBODYS = "\U00010600\U00010601"


def headlined(headline: str) -> Report:
    """The report with one headline in other letters."""
    report = full()
    first = replace(report.pieces[0], headline=headline, corrected=None)
    texts = tuple(
        replace(text, pieces=tuple(first if p.article == first.article else p for p in text.pieces))
        for text in report.texts
    )
    return replace(report, pieces=(first, *report.pieces[1:]), texts=texts)


def test_letters_that_no_font_has_are_told_and_stay_letters() -> None:
    made = set_pdf(headlined(f"Panairi {NOBODYS} hapet"))
    assert made.boxes == tuple(NOBODYS)
    assert CLAIM in made.body
    with opened(made.body) as pages:
        told = "".join(words(pages, at) for at in range(len(pages)))
    assert f"Panairi {NOBODYS} hapet" in told


@pytest.mark.parametrize(
    "headline",
    [
        "Ëngjëll, çmime",
        "Панаирот",
        "Το πανηγύρι",
        "نمایشگاه باز شد",
        "Panairi 🎉 hapet",
        "“ë” – ç…",
    ],
)
def test_letters_that_our_fonts_have_are_nothing_to_tell(headline: str) -> None:
    made = set_pdf(headlined(headline))
    assert made.boxes == ()
    assert made.body == set_pdf(headlined(headline)).body


def test_a_font_of_the_offices_own_is_taken_for_letters_that_ours_lack(tmp_path: Path) -> None:
    (tmp_path / "zyra.ttf").write_bytes(font("Zyra", [(0x10600, 0x10600)]))
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0" + b"\xff" * 40)
    made = set_pdf(headlined(f"Panairi {NOBODYS}"), own_fonts=tmp_path)
    assert made.boxes == (NOBODYS[1],)
    assert b"Zyra" in made.body


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    made = set_pdf(full(), own_fonts=tmp_path / "fonts")
    assert made.body == to_pdf(full(), "sq", BRAND)


def test_letters_from_everywhere_break_nothing() -> None:
    made = to_pdf(attacked(), "sq", BRAND)
    assert b"/MarkInfo" in made


def test_the_box_is_the_one_that_its_script_makes() -> None:
    assert (pdf.FONTS / "JehonaBox.ttf").read_bytes() == font()


@pytest.mark.parametrize(
    ("letter", "named"),
    [
        ("合", "CJK"),
        ("한", "CJK"),
        ("🎉", "Emoji"),
        ("ש", "Hebrew"),
        ("ა", "Georgian"),
        ("ᚠ", "core"),
    ],
)
def test_what_helps_is_named_by_the_script(letter: str, named: str) -> None:
    assert named in font_for(letter)


@pytest.mark.parametrize("name", ["NotoSans.ttf", "Amiri-Regular.ttf", "NotoEmoji.ttf"])
def test_a_font_has_the_letters_that_it_has(name: str) -> None:
    wanted = frozenset({ord(c) for c in "ëЖπس🎉合"})
    had = "".join(sorted(map(chr, letters_in(pdf.FONTS / name, 0, wanted))))
    assert had == {"NotoSans.ttf": "ëπЖ", "Amiri-Regular.ttf": "س", "NotoEmoji.ttf": "🎉"}[name]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_font_without_letters_or_with_some(body: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.ttf"
        for told in (body, font()[:200] + body, font() + body):
            path.write_bytes(told)
            assert letters_in(path, 0, {0x41}) <= {0x41}


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
