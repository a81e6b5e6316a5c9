"""Clippings: a PDF of each accepted piece that tells where each word comes from, for own proof."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from crawler.models import UNNAMED, Brand, Event, Layer
from crawler.record import decisions, read, sealing, write
from jehona.actions.clippings import clippings_of, file_name
from jehona.actions.office import open_office
from reports.clipping import Clipping
from reports.document.clipping_document import clipping_document
from reports.formats.pdf import set_pdf
from tests.desk.conftest import Desk
from tests.record.pieces import NOON, begin, piece, store

EVENT = Event(
    slug="festa",
    title="Festa e Librit",
    first_day=NOON.date(),
    last_day=NOON.date(),
    zone="Europe/Tirane",
)
BARE = Clipping(
    article="a_7f3k2", slug="gazeta-shembull", event=EVENT, outlet="Gazeta Shembull",
    headline="Libri u hap në shesh", published=NOON, precision="minute", dated_by="rest",
    dated_as="2025-05-10T12:00:00", address="https://gazeta.example/1", archive=None, byline=(),
    language="sq", text=("Fjalia e parë.", "Fjalia e dytë."), lead_only=False, kept=(), seal=None,
)  # fmt: skip


def words_in(body: bytes) -> str:
    """The text of a PDF on one line."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body)]
    return re.sub(r"\s+", " ", " ".join(pages))


def accept(office: Desk, *keys: str) -> None:
    with office.record() as record:
        for key in keys:
            told = decisions.fresh(
                "match", key, event="festa", value="accepted", by="Ana", at=NOON
            )  # fmt: skip
            decisions.decide(record, told)


@pytest.fixture
def accepted(kept: Desk) -> Desk:
    """The office, which accepted two of its pieces."""
    with kept.record() as record:
        keys = {article.headline: article.key for article in read.articles(record)}
    accept(kept, keys["Libri 1 u hap në shesh"], keys["Libri 50 u hap në shesh"])
    return kept


def test_each_accepted_piece_has_a_clipping_that_tells_its_proofs(
    accepted: Desk, tmp_path: Path
) -> None:
    done = accepted.type("evidence", "festa", "--clippings", str(tmp_path / "prerje"))
    assert (done.code, done.err) == (0, "")
    assert "2 clippings, full texts of others: for your own proof" in done.out
    files = sorted((tmp_path / "prerje").iterdir())
    assert not list(tmp_path.glob("**/*.wacz"))
    told = clippings_of(open_office(accepted.root), "festa")
    assert [file.name for file in files] == sorted(map(file_name, told))
    with accepted.record() as record:
        last = sealing.latest(record)
    assert last is not None
    for each in told:
        said = words_in((tmp_path / "prerje" / file_name(each)).read_bytes())
        (proof,) = each.kept
        wanted = (
            "dëshminë e vetë zyrës, jo për t'u ndarë", "Gazeta Shembull", each.headline,
            each.address, *each.text, each.article, each.dated_as, "WordPress-i i medias",
            proof.url, proof.digest, f"Rreshti i vulës {proof.line}", "10 maj 2025, 14:00",
            "Asnjë gjykatë nuk u pyet", last.digest,
        )  # fmt: skip
        flat = said.replace(" ", "")
        assert [one for one in wanted if str(one).replace(" ", "") not in flat] == []


def test_they_speak_english_where_it_is_asked(accepted: Desk, tmp_path: Path) -> None:
    done = accepted.type(
        "evidence", "festa", "--clippings", str(tmp_path / "p"), "--language", "en",
        "-o", str(tmp_path / "festa.wacz"),
    )  # fmt: skip
    assert (done.code, (tmp_path / "festa.wacz").exists()) == (0, True)
    for file in (tmp_path / "p").iterdir():
        assert "Holds the full text of others" in words_in(file.read_bytes())
    # made again they are the same files
    assert accepted.type("evidence", "festa", "--clippings", str(tmp_path / "p")).code == 0
    assert len(list((tmp_path / "p").iterdir())) == 2


def test_only_accepted_pieces_and_none_is_said(kept: Desk, tmp_path: Path) -> None:
    done = kept.type("evidence", "festa", "--clippings", str(tmp_path / "p"))
    assert (done.code, "nobody accepted a piece yet: jehona review festa" in done.err) == (2, True)
    assert not (tmp_path / "p").exists()


def test_a_file_in_the_folders_place_is_said(accepted: Desk, tmp_path: Path) -> None:
    (tmp_path / "p").write_text("")
    done = accepted.type("evidence", "festa", "--clippings", str(tmp_path / "p"))
    assert (done.code, "name a folder for the clippings" in done.err) == (2, True)


@pytest.mark.parametrize("slug", [UNNAMED, "../../etj", "", "a/b", "C:x"])
def test_a_name_holds_nothing_that_leads_elsewhere(slug: str) -> None:
    name = file_name(replace(BARE, slug=slug, published=None))
    assert name == "pa-date-pa-media-a_7f3k2.pdf"


def test_a_piece_of_lists_alone_says_so_and_hostile_words_are_set_as_words(
    kept: Desk, tmp_path: Path
) -> None:
    with kept.record() as record:
        run = begin(record)
        headline = 'Libri #panic("x") *në* $shesh$ `#`' + "ë" * 200
        store(
            record, run,
            piece(61, layer=Layer.FEED, headline=headline, text=None, lead="= Hyrja\n#let x"),
            piece(62, layer=Layer.FEED, headline="کتاب در میدان شهر", lead="متن فارسی libër shesh",
                  text="این متن فارسی است.\nlibër shesh", published=None),
            piece(63, layer=Layer.FEED, text=None, lead=None),
        )  # fmt: skip
        write.end_run(record, run, NOON)
        keys = [
            a.key for a in read.articles(record, undated=True) if a.url[-3:-1] in {"61", "62", "63"}
        ]
    accept(kept, *keys)
    assert kept.type("evidence", "festa", "--clippings", str(tmp_path / "p")).code == 0
    files = sorted((tmp_path / "p").iterdir())
    assert len(files) == 3
    said = " ".join(words_in(file.read_bytes()) for file in files)
    assert '#panic("x")' in said
    assert "#let x" in said
    assert "Janë ruajtur vetëm fjalët e para" in said
    assert "Teksti i tij nuk është ruajtur" in said
    assert "pa datë të njohur" in said


def test_it_is_tagged_for_screen_readers_and_the_same_each_time() -> None:
    made, brand = datetime(2025, 5, 21, tzinfo=UTC), Brand(name="Zyra e Shtypit")
    told = clipping_document(BARE, "sq")
    first, again = (set_pdf(told, brand, made=made).body for _ in range(2))
    assert first == again
    assert b"<pdfuaid:part>1</pdfuaid:part>" in first
