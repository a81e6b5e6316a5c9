"""Search at the desk."""

from __future__ import annotations

import html
from typing import Any

import pytest

from crawler.record import search_index
from jehona.actions import review, search
from jehona.actions.office import open_office
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import piece


@pytest.fixture
def ana(sit: Sit, filled: Desk) -> Browser:
    with filled.record() as record:
        search_index.bring_up(record)
    return sit(filled.root).enter()


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(html.unescape(answer.text).split())


def test_the_page_says_what_is_looked_for(ana: Browser) -> None:
    page = read(ana.get("/search"))
    assert "Everything that was gathered" in page
    assert '<option value="festa" selected>' in page, "the only event is chosen"


def test_each_hit_says_what_the_event_made_of_it(ana: Browser) -> None:
    page = read(ana.get("/search", params={"q": "mot", "event": "festa"}))
    assert "no keyword; missing: <q>libër</q>, <q>shesh</q>" in page
    assert "<mark>Moti</mark>" in page


def test_a_piece_that_no_event_took_is_taken_by_hand(ana: Browser, filled: Desk) -> None:
    office = open_office(filled.root)
    (hit,) = search.search(office, search.Asked(words="mot")).hits
    told = {"piece": hit.article.key, "verdict": "accepted"}
    assert ana.post("/events/festa/review/many", told).status_code == 303
    assert hit.article.key in [
        one.article.key for one in review.queue(office, "festa", show=review.Show.ACCEPTED).pieces
    ]


@pytest.mark.parametrize(
    "asked", [{"q": '"'}, {"from": "31.2.2025"}, {"outlet": "askush"}, {"event": "askush"}]
)
def test_what_cannot_be_asked_is_said_in_place(ana: Browser, asked: dict[str, str]) -> None:
    page = read(ana.get("/search", params=asked), 400)
    assert 'role="alert"' in page


def test_nothing_found_says_what_to_do(ana: Browser) -> None:
    assert "Was the outlet asked" in read(ana.get("/search", params={"q": "zzz"}))


def test_many_are_told_a_page_at_a_time(sit: Sit, desk: Desk) -> None:
    desk.keep(*(piece(n) for n in range(30)))
    browser = sit(desk.root).enter()
    page = browser.get("/search", params={"q": "libër"})
    assert page.text.count('class="around"') == 20
    assert "start=20" in page.text
    more = browser.get("/search", params={"q": "libër", "start": "20"})
    assert more.text.count('class="around"') == 10


def test_what_outlets_print_is_words(sit: Sit, desk: Desk) -> None:
    evil = '"><script>alert(1)</script>'
    desk.keep(piece(1, headline=f"Libri {evil}", lead=evil, text=f"{evil} libri {evil}"))
    page = sit(desk.root).enter().get("/search", params={"q": "libër"})
    assert "<script>alert" not in page.text
    again = sit(desk.root).enter().get("/search", params={"q": evil})
    assert "<script>alert" not in again.text


def test_a_program_reads_it(ana: Browser) -> None:
    answer = ana.get("/search", params={"q": "mot"}, headers={"accept": "application/json"})
    (hit,) = answer.json()["hits"]
    assert (hit["headline"], hit["events"]) == ("Moti për nesër", [])
