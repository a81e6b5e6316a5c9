"""The office's own pictures in a report: made anew, bounded, once, and never a hole."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from PIL import Image as Photo
from pypdfium2 import raw

from crawler import limits
from reports import picture_files
from reports.document import document
from reports.formats import pdf
from reports.formats.docx import BESIDE
from reports.forms import Edition
from reports.models import Report
from reports.picture_files import LONGEST_SIDE, BrokenPicture, picture_in, shrunk
from reports.pictures import Image
from tests.reports.full import full
from tests.reports.readers import BRAND
from tests.reports.set_report import to_docx, to_html, to_pdf

SECRET = b"GPS 41.3275 19.8187"


def photograph(kind: str, size: tuple[int, int] = (1600, 1000), **more: object) -> bytes:
    out = io.BytesIO()
    Photo.new("RGB" if kind == "JPEG" else "RGBA", size, (122, 31, 43)).save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_small_and_written_anew(kind: str) -> None:
    made = shrunk(photograph(kind), "Hapja")
    with Photo.open(io.BytesIO(made.body)) as read:
        assert (read.format, read.size) == ("JPEG", (LONGEST_SIDE, 500))
    assert (made.width, made.height, made.alt) == (LONGEST_SIDE, 500, "Hapja")


def test_what_a_camera_wrote_into_it_does_not_go_along() -> None:
    given = photograph("JPEG", comment=SECRET) + SECRET
    assert SECRET in given
    assert SECRET not in shrunk(given, "x").body


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    exif = Photo.Exif()
    exif[0x0112] = 6
    made = shrunk(photograph("JPEG", (400, 200), exif=exif), "x")
    assert (made.width, made.height) == (200, 400)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"GIF89a",
        photograph("PNG")[:60],
        photograph("JPEG")[:300],
        b"<svg/>",
        b"%PDF-1.7",
    ],
    ids=["empty", "words", "short", "cut png", "cut jpeg", "svg", "pdf"],
)
def test_what_is_no_picture_is_one_line(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "foto.png"
    path.write_bytes(body)
    with pytest.raises(BrokenPicture, match=r"foto\.png: cannot be read as a picture"):
        picture_in(path, "x")


def test_too_many_dots_and_too_many_bytes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert limits.PICTURE_DOTS > LONGEST_SIDE**2
    path = tmp_path / "foto.png"
    path.write_bytes(photograph("PNG", (100, 100)))
    monkeypatch.setattr(picture_files, "PICTURE_DOTS", 9_999)
    with pytest.raises(BrokenPicture, match="too many dots"):
        picture_in(path, "x")
    monkeypatch.setattr(picture_files, "OUR_PICTURE", 10)
    with pytest.raises(BrokenPicture, match="too large"):
        picture_in(path, "x")


def test_a_picture_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenPicture, match=r"iku\.png: the picture cannot be read"):
        picture_in(tmp_path / "iku.png", "x")


@pytest.fixture
def pictured() -> tuple[Report, dict[str, Image]]:
    """A highlight and another piece with a picture, a highlight without one."""
    report = full()
    pieces = tuple(
        replace(piece, highlight=at in (0, 2), picture="x.jpg" if at in (0, 1) else None)
        for at, piece in enumerate(report.pieces)
    )
    made = shrunk(photograph("JPEG"), "Një foto")
    told = replace(report, pieces=pieces, texts=())
    return told, {piece.article: made for piece in pieces if piece.picture}


@pytest.mark.parametrize("edition", Edition)
def test_each_form_shows_a_picture_once_and_no_hole(
    pictured: tuple[Report, dict[str, Image]], edition: Edition
) -> None:
    report, pictures = pictured
    page = BeautifulSoup(to_html(report, "sq", BRAND, edition=edition, pictures=pictures), "lxml")
    assert [len(page.select(place)) for place in ("#highlights img", "#list img")] == [1, 1]
    assert all(image["alt"] == "Një foto" for image in page.select("main img"))
    words = docx.Document(
        io.BytesIO(to_docx(report, "sq", BRAND, edition=edition, pictures=pictures))
    )
    told = [node.get("descr") for node in words.element.body.iter() if node.tag.endswith("docPr")]
    assert told.count("Një foto") == 2
    body = to_pdf(report, "sq", BRAND, edition=edition, pictures=pictures)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in body
    pages = pypdfium2.PdfDocument(body)
    shown = [
        item for page in pages for item in page.get_objects() if item.type == raw.FPDF_PAGEOBJ_IMAGE
    ]
    assert len(shown) == 2
    pages.close()


@pytest.mark.parametrize("edition", Edition)
def test_a_picture_of_somebody_elses_says_whose_it_is_in_every_form(edition: Edition) -> None:
    report = full()
    first = next(text for text in report.texts if text.copies)
    pieces = (first.first, first.copies[0])
    made = shrunk(photograph("JPEG"), "Një foto")
    shown = {
        piece.article: replace(made, source=f"Burimi {name}")
        for piece, name in zip(pieces, ("Parë", "Dytë"), strict=True)
    }
    page = to_html(report, "sq", BRAND, edition=edition, pictures=shown)
    words = docx.Document(io.BytesIO(to_docx(report, "sq", BRAND, edition=edition, pictures=shown)))
    pages = pypdfium2.PdfDocument(to_pdf(report, "sq", BRAND, edition=edition, pictures=shown))
    told = {
        "html": BeautifulSoup(page, "lxml").get_text(" "),
        "docx": "\n".join(paragraph.text for paragraph in words.paragraphs),
        "pdf": "\n".join(page.get_textpage().get_text_range() for page in pages),
    }
    pages.close()
    for name in ("Parë", "Dytë"):
        assert {form: text.count(f"Foto: Burimi {name}") for form, text in told.items()} == {
            "html": 1, "docx": 1, "pdf": 1,
        }  # fmt: skip


@pytest.mark.parametrize("size", [(400, 1600), (1600, 400)], ids=["tall", "broad"])
def test_a_tall_picture_leaves_room_for_words(size: tuple[int, int]) -> None:
    report = full()
    made = shrunk(photograph("JPEG", size), "Një foto")
    body = to_docx(report, "sq", BRAND, pictures={report.pieces[0].article: made})
    (shown,) = [
        shape
        for shape in docx.Document(io.BytesIO(body)).inline_shapes
        if shape._inline.docPr.get("descr") == "Një foto"
    ]
    across, down = shown.width / 36_000, shown.height / 36_000
    assert across <= BESIDE
    assert down <= BESIDE
    assert across / down == pytest.approx(size[0] / size[1], rel=0.02)


def test_the_office_may_put_one_on_the_cover(pictured: tuple[Report, dict[str, Image]]) -> None:
    report, pictures = pictured
    cover = next(iter(pictures.values()))
    assert document(report, "sq", Edition.READERS, cover=cover).cover.picture is cover
    page = BeautifulSoup(to_html(report, "sq", BRAND, cover=cover), "lxml")
    assert page.select_one(".head .cover img") is not None


def test_a_picture_goes_to_paper_as_a_file_that_does_not_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[str, Path, list[bytes]]] = []
    genuine = pdf._set

    def watched(words: str, folder: str, *more: Any) -> bytes:
        place = Path(folder)
        seen.append((words, place, [path.read_bytes() for path in place.iterdir()]))
        return genuine(words, folder, *more)

    monkeypatch.setattr(pdf, "_set", watched)
    report, made = full(), shrunk(photograph("JPEG"), "Një foto")
    to_pdf(report, "sq", BRAND, pictures={piece.article: made for piece in report.pieces[:3]})
    ((words, place, bodies),) = seen
    assert (bodies, words.count(".jpg")) == ([made.body], 3)
    assert not place.exists()
