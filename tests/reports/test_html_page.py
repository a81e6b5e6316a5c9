"""The page of a report: every piece in it, nothing in it but what we put there."""

from __future__ import annotations

import itertools
import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import get_args

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Brand, Language, Outcome, SignalKind
from reports.brand import BrokenLogo
from reports.models import Report
from reports.sentences import statement
from reports.words import say
from tests.reports.full import full, hostile, many, settled, silent
from tests.reports.pictures import PNG
from tests.reports.set_report import to_html


def soup(report: Report, language: Language = "sq", brand: Brand | None = None) -> BeautifulSoup:
    return BeautifulSoup(to_html(report, language, brand), "lxml")


def rows(page: BeautifulSoup) -> list[Tag]:
    return page.select("#list tbody tr")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


# --- what it says -------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sq", "en"])
def test_every_piece_stands_in_the_list_once(language: Language) -> None:
    report = full()
    page = soup(report, language)
    links = [str(a["href"]) for a in page.select("#list th.what > a")]
    assert sorted(links) == sorted(piece.url for piece in report.pieces)


def test_copies_stand_under_their_first_with_their_lag() -> None:
    block = next(b for b in soup(full()).select("#list tbody") if "8 kopje" in b.get_text())
    first, *copies = block.select("tr")
    assert "i pari · 8 kopje" in words(first.select_one("details.fold summary"))
    assert [c.get_text() for c in block.select(".copied b")] == [
        "+12 min", "+31 min", "+48 min", "+1 h 35 min", "+3 h 10 min", "+1 ditë 2 h", "+2 ditë",
    ]  # fmt: skip
    assert {"copy"} == {c["class"][0] for c in copies}


def test_texts_stand_by_first_publication_and_undated_ones_last() -> None:
    times = [int(str(b.select("tr")[0]["data-t"])) for b in soup(full()).select("#list tbody")]
    assert times == sorted(times)
    assert rows(soup(full()))[-1]["data-d"] == ""


def test_the_answer_comes_first_and_is_the_statement_of_the_other_forms() -> None:
    report = full()
    page = soup(report)
    sections = [s.get("id") or s["class"][0] for s in page.select("main > section")]
    assert sections[0] == "answer"
    assert f"{report.summary.pieces} shkrime në" in words(page.select_one(".said"))
    said = words(page.select_one("#completeness"))
    for part in statement(report, "sq").split("; "):
        assert part.lower() in said.lower()


@pytest.mark.parametrize(
    ("report", "verdict", "places"),
    [
        (full(), "later", ["#waiting", "#waiting", "#waiting", "#unchecked"]),
        (settled(), "now", []),
        (silent(), "nothing", []),
    ],
    ids=["open", "settled", "silent"],
)
def test_whether_it_can_be_posted(report: Report, verdict: str, places: list[str]) -> None:
    page = soup(report)
    told = page.select_one(".verdict")
    assert told is not None
    assert told["class"] == ["verdict", verdict]
    assert [str(a["href"]) for a in told.select("a")] == places
    for place in places:
        assert page.select_one(place) is not None


@pytest.mark.parametrize(
    ("change", "hurdle"),
    [
        ({"outcome": Outcome.PARTIAL}, "1 media e pakontrolluar"),
        ({"outcome": Outcome.DECLINED}, "1 media e pakontrolluar"),
        ({"outcome": None}, "1 media e pakontrolluar"),
        ({"outcome": Outcome.CHECKED_BY_HAND}, ""),
    ],
    ids=["partial", "declined", "unasked", "by-hand"],
)
def test_one_outlet_that_is_not_checked_holds_a_post_back(
    change: dict[str, Outcome], hurdle: str
) -> None:
    report = settled()
    first, *others = report.completeness
    page = soup(replace(report, completeness=(replace(first, **change), *others)))
    assert hurdle in words(page.select_one(".verdict"))
    assert bool(hurdle) == bool(page.select(".verdict.later"))


def test_cards_hold_the_summary() -> None:
    report = full()
    told = {words(c.dt): words(c.dd) for c in soup(report).select(".cards > div")}
    assert told["shkrime"] == str(report.summary.pieces)
    assert told["tekste të ndryshme"] == str(report.summary.texts)
    assert told["media"] == str(report.summary.outlets)
    assert told["pronarë"] == str(report.summary.owners)
    assert told["ende pa u parë"] == str(report.summary.unreviewed)
    assert told["pa datë"] == str(report.summary.undated)
    assert told["gjuhë anglisht, persisht dhe shqip"] == "3"
    assert told["shkrimi i parë 10:05"] == "13 maj"


def test_silence_says_why_it_may_be_believed() -> None:
    page = soup(silent())
    said = words(page.select_one(".said"))
    assert say("no_coverage", "sq") in said
    assert "Kjo mund të besohet" in said
    assert not page.select("#list, figure, .filters")


def test_silence_without_any_outlet_is_not_ready() -> None:
    page = soup(replace(silent(), completeness=()))
    assert page.select(".verdict.later")


def test_translations_stand_beside_the_original_and_are_marked() -> None:
    told = {str(t.parent.a["lang"]): t for t in soup(full()).select("#list .translation")}  # type: ignore[union-attr]
    assert "përktheu ana" in words(told["en"])
    assert words(told["fa"].select_one(".machine")) == "përkthim automatik: 127.0.0.1:5000"
    assert told["fa"].q is not None
    assert told["fa"].q["lang"] == "sq"


def test_headlines_carry_language_and_direction() -> None:
    persian = soup(full()).select_one('#list a[lang="fa"]')
    assert persian is not None
    assert persian["dir"] == "auto"


def test_a_persons_own_words_are_marked_as_such() -> None:
    told = [words(p) for p in soup(full()).select(".person")]
    tone, note = "nga ne Toni, sipas një njeriu:", "Shënim nga ana: Fotografia është e jona."
    assert told == [f"{tone} pozitiv {note} vendi 1 në postim", f"{tone} kritik"]
    assert {words(t) for t in soup(full()).select(".outlet .ours")} == {
        "niveli 1", "niveli 2", "niveli 3",
    }  # fmt: skip


def test_marks_of_a_piece() -> None:
    told = " ".join(words(m) for m in soup(full()).select("#list .marks"))
    for part in (
        "nuk gjendet më në faqe",
        "Deri më 16 maj, 17:05 titulli ishte: Hapet panairi, polemika për stendat",
        "Titulli është korrigjuar nga një njeri; te media u lexua: Fotografi nga panairi",
        "shtuar me dorë",
        "kopje e arkivuar",
    ):
        assert part in told


def test_what_waits_is_there_with_its_reasons() -> None:
    page = soup(full())
    waits = words(page.select_one("#waiting"))
    assert "Çfarë të bëni këtë fundjavë" in waits
    assert "në fjalë që faqet e saj i përsërisin: “…Lexo edhe:" in waits
    assert "− edicion tjetër: “edicioni i vitit 2023”" in waits
    pointed = [str(a["href"]) for a in page.select('#waiting a[href^="#"]')]
    assert pointed
    assert all(page.select_one(place) is not None for place in pointed)
    assert "Letrari: Panairi në shifra" in waits


def test_changed_headlines_are_told_old_and_new() -> None:
    row = soup(full()).select_one("#changes tbody tr")
    assert row is not None
    assert [words(cell) for cell in row.find_all(["th", "td"])] == [
        "TV Kodra", "Hapet panairi, polemika për stendat",
        "Hapet panairi, radhë që në mëngjes", "16 maj, 17:05",
    ]  # fmt: skip


def test_completeness_has_a_row_for_every_outlet() -> None:
    report = full()
    told = {
        words(row.th): [words(cell) for cell in row.find_all("td")]
        for row in soup(report).select("table.outlets tbody tr")
    }
    assert list(told) == [row.outlet_name for row in report.completeness]
    assert told["Kthesa"][0].startswith("e kontrolluar pjesërisht")
    assert told["Kthesa"][2:] == ["640", "210", "2", "WordPress"]
    assert told["Radio Zani"][2:5] == ["–", "74", "3"]
    assert told["Vija"] == ["ende e papyetur", "", "–", "–", "0", "–"]


def test_an_outcome_has_a_word_beside_its_sign() -> None:
    for cell in soup(full()).select("td.ended"):
        sign = cell.select_one("svg")
        assert sign is not None
        assert sign["aria-hidden"] == "true"
        assert words(cell)


def test_the_method_tells_how() -> None:
    told = words(soup(full()).select_one("#method"))
    for part in (
        "11 maj 2026 – 24 maj 2026 (Europe/Tirane)", "panair: panair, panairi",
        "Nga 38 gjetje që pa një njeri, të sakta: 36.", "robots.txt", "Jehona/1.0 (+mailto:",
        "Raporti 3, bërë më 25 maj 2026", "stem-1", "jashtë listës",
    ):  # fmt: skip
        assert part in told


def test_pieces_without_a_text_of_their_own_are_listed_all_the_same() -> None:
    report = replace(full(), texts=())
    assert len(rows(soup(report))) == len(report.pieces)


# --- that it is well built ------------------------------------------------------------


@pytest.mark.parametrize("report", [full(), silent(), hostile()], ids=["full", "silent", "hostile"])
def test_headings_go_down_one_step_at_a_time(report: Report) -> None:
    levels = [int(h.name[1]) for h in soup(report).find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("report", [full(), many(60), hostile()], ids=["full", "many", "hostile"])
def test_ids_are_unique_and_labels_point_at_them(report: Report) -> None:
    page = soup(report)
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = [str(label["for"]) for label in page.find_all("label")]
    assert set(named) <= set(ids)
    assert {str(control["id"]) for control in page.select("input, select")} == set(named)


def test_nothing_is_asked_from_anywhere() -> None:
    page = soup(full(), brand=Brand(name="Zyra"))
    assert not page.select("link, iframe, object, embed, script[src], base, form[action]")
    assert all(str(i["src"]).startswith("data:") for i in page.select("img"))
    assert "url(" not in words(page.style)
    assert "@import" not in words(page.style)


def test_the_policy_allows_this_style_and_this_script_only() -> None:
    page = soup(full(), brand=Brand(colour="#0a5"))
    meta = page.select_one('meta[http-equiv="Content-Security-Policy"]')
    assert meta is not None
    assert page.style is not None
    assert page.script is not None
    told = dict(part.strip().split(" ", 1) for part in str(meta["content"]).split(";"))
    for name, tag in (("style-src", page.style), ("script-src", page.script)):
        digest = sha256((tag.string or "").encode()).digest()
        assert told[name] == f"'sha256-{b64encode(digest).decode()}'"
    assert told["default-src"] == "'none'"
    assert not page.select("[style], [onclick], [onload], [onerror]")


def test_links_lead_to_the_web_and_tell_nobody() -> None:
    for link in soup(full()).select('a:not([href^="#"])'):
        assert str(link["href"]).startswith(("https://", "http://"))
        assert set(link["rel"]) == {"noopener", "noreferrer", "nofollow"}


# --- what attacks it ------------------------------------------------------------------


def test_hostile_words_are_text_everywhere() -> None:
    report = hostile()
    page = soup(report, brand=Brand(name='"><script>x</script>'))
    assert len(page.find_all("script")) == 1
    assert not page.find_all("img")
    assert not [t for t in page.find_all(True) if any(a.startswith("on") for a in t.attrs)]
    text = page.get_text()
    assert "{{7*7}}" in text
    assert "&lt;b&gt;" in text
    assert "49" not in words(page.h1)
    assert words(page.h1) == report.event.title
    assert len(rows(page)) == len(report.pieces)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x/",
    ],
)
def test_other_schemes_never_become_links(url: str) -> None:
    report = settled()
    pieces = tuple(replace(p, url=url, archive=url) for p in report.pieces)
    page = soup(replace(report, pieces=pieces, texts=()))
    assert not page.select("#list a")
    assert len(rows(page)) == len(pieces)


@given(st.text(max_size=80))
def test_any_headline_is_shown_and_changes_no_structure(headline: str) -> None:
    report = settled()
    bare = replace(
        report.pieces[0], headline=headline, translation=None, changes=(), corrected=None
    )
    made = to_html(replace(report, pieces=(bare,), texts=()), "sq")
    made.encode("utf-8")
    page = BeautifulSoup(made, "lxml")
    assert len(rows(page)) == 1
    assert len(page.select("#list th.what > *")) == 1


# --- brand ------------------------------------------------------------------------------


def test_a_logo_stands_in_the_page() -> None:
    made = to_html(full(), "sq", Brand(name="Zyra e Shtypit"), PNG)
    image = BeautifulSoup(made, "lxml").select_one("header img")
    assert image is not None
    assert image["alt"] == "Zyra e Shtypit"
    assert image["src"] == f"data:image/png;base64,{b64encode(PNG).decode()}"


@pytest.mark.parametrize("logo", [b"", b"hello", b"<svg/>"], ids=["empty", "text", "svg"])
def test_a_broken_logo_is_one_line(logo: bytes) -> None:
    with pytest.raises(BrokenLogo, match="neither PNG nor JPEG"):
        to_html(full(), "sq", Brand(), logo)


def test_the_language_is_the_readers() -> None:
    page = soup(full(), "en")
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert "12 of 18 outlets checked completely" in words(page.select_one("#completeness"))


def test_a_report_far_from_its_window_still_draws() -> None:
    report = settled()
    late = tuple(replace(p, published=datetime(2031, 1, 1, tzinfo=UTC)) for p in report.pieces)
    page = soup(replace(report, pieces=late, texts=()))
    assert len(rows(page)) == len(late)


@pytest.mark.parametrize("language", ["sq", "en"])
def test_every_reason_of_a_match_has_a_word(language: Language) -> None:
    kinds = [kind for each in get_args(SignalKind) for kind in get_args(each)]
    assert len(kinds) == len({say(f"signal_{kind}", language) for kind in kinds})
