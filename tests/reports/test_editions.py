"""The two editions: what readers never see in any form, and that all forms tell the same."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any, Final, get_args

import pytest
from bs4 import BeautifulSoup

from crawler.models import Language, Outcome
from reports.document import document
from reports.document.blocks import Cards, Chart, Facts, Pieces
from reports.formats.csv import to_csv
from reports.formats.json import to_json
from reports.formats.text import to_text
from reports.formats.xlsx import to_xlsx
from reports.forms import Edition, ReportForm, edition_of
from reports.models import Piece, Report
from reports.readers_edition import for_readers
from tests.reports.full import MADE, ZONE, full, many, silent
from tests.reports.readers import BRAND, READERS, Read, squeezed
from tests.reports.set_report import to_docx, to_html, to_markdown, to_pdf

LANGUAGES: Final = get_args(Language)
# Forms that set the document, in its order.
SET: Final = ("md", "html", "docx", "pdf")
# What the office writes for itself, wherever a person or the program can leave it.
SECRETS: Final = (
    "shënim privat", "Mira Kola", "jehona checked", "jehona crawl", "/srv/zyra/outlets",
    "stem-1", "kontrolloni sërish", "në hyrje: “", "Jehona/1.0", "127.0.0.1:5000",
)  # fmt: skip


def confided(report: Report) -> Report:
    """The report with something private in every place that can hold it."""

    def piece(one: Piece) -> Piece:
        human = one.translation and not one.by_machine
        whose = "Mira Kola" if human else one.translation_by
        return replace(one, note="shënim privat", by="Mira Kola", translation_by=whose)

    rows = tuple(
        replace(
            row,
            note="shënim privat, /srv/zyra/outlets/x.toml",
            next_step="kontrolloni sërish me jehona checked",
            by="Mira Kola" if row.outcome is Outcome.CHECKED_BY_HAND else None,
            at=MADE if row.outcome is Outcome.CHECKED_BY_HAND else None,
        )
        for row in report.completeness
    )
    return replace(
        report,
        pieces=tuple(map(piece, report.pieces)),
        doubtful=tuple(map(piece, report.doubtful)),
        texts=tuple(replace(t, pieces=tuple(map(piece, t.pieces))) for t in report.texts),
        completeness=rows,
    )


def read_text(report: Report, language: Language, _: Edition) -> Read:
    return Read(links=(), words=squeezed(to_text(report, language)))


FORMS: Final[dict[str, Callable[..., Read]]] = {**READERS, "text": read_text}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_readers_see_nothing_that_is_the_offices_own(form: str, language: Language) -> None:
    read = FORMS[form](confided(full()), language, Edition.READERS)
    told = read.words + squeezed(" ".join(read.links))
    # our own name for who made the report may stand there; what outlets saw of us may not
    assert [one for one in SECRETS if squeezed(one) in told] == []


def inside(body: bytes) -> str:
    """All that a file holds, seen or not: properties, comments, hidden sheets, metadata."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = [packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()]
        return unescape(re.sub(r"<[^>]+>", " ", " ".join(parts)) + " ".join(parts))
    if not body.startswith(b"%PDF"):
        return body.decode()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    told = [body.decode("latin-1"), *map(_unpacked, streams)]
    return " ".join(told)


def _unpacked(stream: bytes) -> str:
    try:
        plain = zlib.decompress(stream)
    except zlib.error:
        plain = stream
    return plain.decode("utf-8", "ignore") + plain.decode("utf-16-be", "ignore")


FILES: Final[dict[str, Callable[[Report], bytes]]] = {
    "html": lambda report: to_html(report, "sq", BRAND, edition=Edition.READERS).encode(),
    "docx": lambda report: to_docx(report, "sq", BRAND, edition=Edition.READERS),
    "pdf": lambda report: to_pdf(report, "sq", BRAND, edition=Edition.READERS),
    "xlsx": lambda report: to_xlsx(report, "sq", BRAND, Edition.READERS),
    "csv": lambda report: to_csv(report, "sq", False, Edition.READERS).encode(),
}


@pytest.mark.parametrize("form", FILES)
def test_no_part_of_a_file_for_readers_holds_it_either(form: str) -> None:
    report = confided(full())
    told = squeezed(inside(FILES[form](report)))
    assert [one for one in SECRETS if squeezed(one) in told] == []
    # what is looked through is what is in it
    assert squeezed("Gazeta Shembull") in told or form == "pdf"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("machine: 127.0.0.1:5000", "machine"),
        ("machine: 192.168.1.9:5000", "machine"),
        ("machine: perkthyesi:5000", "machine"),
        ("machine: localhost", "machine"),
        ("machine", "machine"),
        ("machine: translate.example", "machine: translate.example"),
        ("machine: translate.example:8443", "machine: translate.example:8443"),
        ("Mira Kola", None),
        (None, None),
    ],
)
def test_readers_know_a_machine_and_not_where_the_office_keeps_it(
    told: str | None, shown: str | None
) -> None:
    report = full()
    one = replace(report.pieces[0], translation="Panairi", translation_by=told)
    assert for_readers(replace(report, pieces=(one,))).pieces[0].translation_by == shown


def test_a_chart_of_one_outlet_is_not_drawn_and_no_line_says_the_title_again() -> None:
    report = full()
    one = replace(report, pieces=report.pieces[:1], summary=replace(report.summary, outlets=1))
    each = [replace(p, outlet=f"o{at}", outlet_name=f"O{at}") for at, p in enumerate(report.pieces)]
    alike = replace(report, pieces=tuple(each))
    names = [chart.name for chart in blocks_of(one, Edition.READERS, Chart)]
    assert "outlets" not in names
    (drawn,) = [c for c in blocks_of(alike, Edition.READERS, Chart) if c.name == "outlets"]
    assert (drawn.title, drawn.about) == ("Pieces by outlet", "")


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_the_offices_edition_has_all_of_it(form: str) -> None:
    told = READERS[form](confided(full()), "sq", Edition.FULL).words
    lost = [one for one in SECRETS if squeezed(one) not in told]
    # a check's note is English, and so is told to readers of English alone
    assert set(lost) <= {"/srv/zyra/outlets", "kontrolloni sërish", "në hyrje: “", "jehona checked"}


@pytest.mark.parametrize("form", ReportForm)
def test_what_a_form_is_by_itself(form: ReportForm) -> None:
    full_ones = {ReportForm.MD, ReportForm.JSON}
    assert edition_of(form) == (Edition.FULL if form in full_ones else Edition.READERS)
    assert edition_of(form, Edition.FULL) is Edition.FULL


def test_json_for_readers_has_every_key_and_nothing_private_in_them() -> None:
    told = json.loads(to_json(confided(full()), Edition.READERS))
    whole = json.loads(to_json(confided(full()), Edition.FULL))
    assert told.keys() == whole.keys()
    for piece in told["pieces"]:
        assert piece.keys() == whole["pieces"][0].keys()
        assert (piece["note"], piece["by"], piece["because"], piece["score"]) == (
            None, None, [], None,
        )  # fmt: skip


# --- one document ---------------------------------------------------------------------------


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("report", [full(), many(60)], ids=["full", "many"])
def test_all_forms_have_the_same_pieces_in_the_same_order(report: Report, edition: Edition) -> None:
    urls = {piece.url for piece in report.pieces}
    laid = [line.address for line in pieces_of(report, edition).every]
    assert sorted(filter(None, laid)) == sorted(urls)
    for form in SET:
        links = READERS[form](report, "sq", edition).links
        shown = list(dict.fromkeys(link for link in links if link in urls))
        assert shown == laid, form


def pieces_of(report: Report, edition: Edition) -> Pieces:
    told = document(report, "sq", edition)
    (found,) = (b for s in told.sections for b in s.blocks if isinstance(b, Pieces))
    return found


def blocks_of(report: Report, edition: Edition, kind: type) -> list[Any]:
    told = document(report, "en", edition)
    return [block for section in told.sections for block in section.blocks if type(block) is kind]


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("form", SET)
def test_all_forms_have_the_same_figures_and_charts(form: str, edition: Edition) -> None:
    report = full()
    words = READERS[form](report, "en", edition).words
    (cards,) = blocks_of(report, edition, Cards)
    # figure and words stand one behind the other, in one order or the other
    for card in cards.cards:
        both = (card.figure + card.words, card.words + card.told + card.figure)
        assert any(squeezed(one) in words for one in both) or form == "pdf", card
    drawn = [squeezed(chart.title) for chart in blocks_of(report, edition, Chart)]
    begin = words.rindex(squeezed("How the news travelled"))
    places = [words.index(title, begin) for title in drawn]
    assert places == sorted(places)
    for facts in blocks_of(report, edition, Facts):
        for name, told in facts.rows:
            assert squeezed(name) in words
            assert squeezed(told) in words.replace("-", "") or squeezed(told) in words


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("form", SET)
def test_sections_stand_in_one_order(form: str, edition: Edition) -> None:
    words = READERS[form](full(), "sq", edition).words
    titles = [squeezed(s.title) for s in document(full(), "sq", edition).sections[1:]]
    places = [words.rindex(title) for title in titles]
    assert places == sorted(places)


# --- the readers' edition --------------------------------------------------------------------


def test_the_first_screen_says_what_was_achieved_and_how_sure_it_is() -> None:
    page = BeautifulSoup(to_html(full(), "en", edition=Edition.READERS), "lxml")
    first = page.select_one("main > section")
    assert first is not None
    said = " ".join(first.get_text(" ").split())
    assert said.startswith("Summary 40 pieces in 14 outlets.")
    for told in ("Who first", "Agjencia e Lajmeve Lumi, 13 May, 10:05", "half of them within",
                 "12 of 18 outlets checked completely", "5 not read to the end"):  # fmt: skip
        assert told in said
    assert not page.select(".verdict, .decision, #waiting, #unchecked, .tier")


def judged(report: Report) -> Report:
    tones = ("positive", "positive", "negative")
    pieces = tuple(
        replace(piece, tone=tone) for piece, tone in zip(report.pieces, tones, strict=False)
    )
    rest = tuple(replace(piece, tone=None) for piece in report.pieces[len(tones) :])
    counted = {"positive": 2, "neutral": 0, "negative": 1}
    summary = replace(report.summary, tones=counted)
    return replace(report, pieces=(*pieces, *rest), texts=(), summary=summary)


@pytest.mark.parametrize("form", SET)
def test_tones_are_summed_where_a_person_judged(form: str) -> None:
    told = "positive 2, negative 1 (3 of 40 pieces judged)"
    assert squeezed(told) in READERS[form](judged(full()), "en", Edition.READERS).words
    assert "judged" not in READERS[form](full(), "en", Edition.READERS).words


@pytest.mark.parametrize("form", SET)
@pytest.mark.parametrize("edition", Edition)
def test_a_remark_and_a_lead_are_printed_in_both(form: str, edition: Edition) -> None:
    report = full()
    first = replace(report.pieces[0], remark="Vërejtje për të gjithë.", lead="Fjalia e parë.")
    made = replace(report, pieces=(first, *report.pieces[1:]), texts=())
    words = READERS[form](made, "sq", edition).words
    assert squeezed("Vërejtje për të gjithë.") in words
    assert squeezed("Fjalia e parë.") in words


def test_highlights_stand_before_the_list_by_place_then_time() -> None:
    report = full()
    marked = {2: None, 5: 1, 9: 2}
    pieces = tuple(
        replace(piece, highlight=True, pin=marked[at]) if at in marked else replace(piece, pin=None)
        for at, piece in enumerate(report.pieces)
    )
    page = BeautifulSoup(to_html(replace(report, pieces=pieces), "sq"), "lxml")
    shown = [str(a["href"]) for a in page.select("#highlights h3 > a")]
    assert shown == [pieces[at].url for at in (5, 9, 2)]


def test_the_words_looked_for_are_told_without_our_signs() -> None:
    made = to_markdown(full(), "en", Edition.READERS)
    assert "Words looked for: “panair”, “libr…”, “Bregvala lexon”." in made


# --- dates of other years ---------------------------------------------------------------------


def test_dates_of_two_years_both_say_theirs() -> None:
    report = full()
    old = datetime(2024, 6, 23, 9, 0, tzinfo=ZONE)
    first = replace(report.pieces[0], published=old, precision="day")
    pieces = (first, *report.pieces[1:])
    summary = replace(report.summary, first=old)
    made = to_markdown(replace(report, pieces=pieces, texts=(), summary=summary), "en")
    assert "from 23 June 2024 to 22 May 2026" in made
    assert "**23 June 2024** first piece ·" in made


def test_a_piece_known_by_its_day_has_no_invented_hour() -> None:
    report = full()
    last = datetime(2026, 5, 30, tzinfo=ZONE).astimezone(UTC)
    piece = replace(report.pieces[0], published=last, precision="day")
    pieces = (*report.pieces[1:], piece)
    summary = replace(report.summary, last=last)
    made = to_markdown(replace(report, pieces=pieces, texts=(), summary=summary), "en")
    assert "**30 May** last piece ·" in made
    assert "00:00" not in made


# --- to forward by telephone ------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [full(), many(500), silent()], ids=["full", "many", "silent"])
def test_the_text_to_forward_is_short_and_says_how_complete(
    report: Report, language: Language
) -> None:
    told = to_text(report, language)
    assert len(told) < 1_000
    assert report.event.title in told
    assert re.search(r"\d+ (nga|of) \d+", told)
    assert len(re.findall(r"https?://", told)) <= 5


def test_a_text_of_long_words_holds_whole_addresses_or_none() -> None:
    report = full()
    pieces = tuple(
        replace(piece, headline="fjalë " * 400, url=f"https://x.example/{at}/" + "a" * 60 * at)
        for at, piece in enumerate(report.pieces)
    )
    event = replace(report.event, title="T" * 900)
    made = to_text(replace(report, event=event, pieces=pieces, texts=()), "sq")
    assert len(made) < 1_000
    links = re.findall(r"https?://\S+", made)
    assert links
    assert set(links) <= {piece.url for piece in pieces}


# --- what a person brought was not read ---------------------------------------------------------


def test_what_a_person_brought_is_told_apart_from_what_was_read() -> None:
    report = full()
    first, *others = report.completeness
    row = replace(first, read=3, matched=5, by_hand=2)
    told = to_markdown(replace(report, completeness=(row, *others)), "en")
    assert "| Gazeta Shembull | checked completely | 412 | 3 | 5 (2 by hand) |" in told


def test_nothing_found_is_told_in_every_form_alike() -> None:
    for form in SET:
        words = READERS[form](silent(), "en", Edition.READERS).words
        assert squeezed("No piece about this event was found.") in words


def test_a_piece_alone_makes_a_whole_report() -> None:
    alone = many(1, outlets=1)
    for form in SET:
        words = READERS[form](alone, "en", Edition.READERS).words
        assert squeezed("1 piece in 1 outlet.") in words
