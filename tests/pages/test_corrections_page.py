"""Later changes at the desk: earlier and later words side by side, marked."""

from __future__ import annotations

import html
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from jehona.actions import review
from jehona.actions.office import Office, open_office
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import NOON, piece

AT = "/events/festa/corrections"
EVIL = '<script>alert("1")</script>'
TEXT = "Në shesh u hap festa me 120 botues. " + "Gjithë ditën pati shumë vetë. " * 40


def read(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(html.unescape(answer.text).split())


def office(desk: Desk, at: datetime) -> Office:
    return Office(workspace=open_office(desk.root).workspace, clock=lambda: at, name="ana")


@pytest.fixture
def edited(filled: Desk) -> Desk:
    """Two accepted pieces, one edited for real, one mended; one that nobody accepted, edited."""
    filled.keep(piece(5, text=TEXT))
    keys = [one.article.key for one in review.queue(office(filled, NOON), "festa").pieces
            if one.article.url in {piece(1).url, piece(5).url}]  # fmt: skip
    review.decide(office(filled, NOON), "festa", accept=keys)
    later = NOON + timedelta(hours=3)
    changed = TEXT.replace("120", f"80 {EVIL}") + "Fundi."
    filled.keep(piece(5, headline="Libri 5 nuk u hap", text=changed), fetched=later)
    filled.keep(piece(1, headline="Libri 1 u hap ne shesh", lead="Në Tiranë."), fetched=later)
    filled.keep(piece(2, headline="Libri 2 nuk u hap"), fetched=later)
    return filled


@pytest.fixture
def ana(sit: Sit, edited: Desk) -> Browser:
    return sit(edited.root).enter()


def test_both_wordings_stand_there_with_what_differs_marked(ana: Browser) -> None:
    answer = ana.get(AT)
    assert "<script>alert(" not in answer.text
    page = read(answer)
    assert page.count("<h1") == 1
    assert page.count('<article class="edit"') == 1
    assert "another headline" in page
    assert "another text" in page
    assert "<del>120 </del>" in page
    assert f"<ins>80 {EVIL} </ins>" in page
    # what is alike is cut
    assert " … " in page
    assert "Libri 2 nuk" not in page


def test_a_program_reads_it_with_a_token(ana: Browser) -> None:
    token = ana.house.access.new_token("faqja")
    ana.client.cookies.clear()
    headers = {"accept": "application/json", "authorization": f"Bearer {token}"}
    (one,) = ana.get(AT, headers=headers).json()["corrections"]
    assert one["what"] == ["headline", "text"]
    assert one["before"]["headline"] == "Libri 5 u hap në shesh"
    assert one["after"]["headline"] == "Libri 5 nuk u hap"


def test_taken_away_is_no_link(sit: Sit, edited: Desk) -> None:
    with edited.record() as record:
        record.conn.execute(
            "UPDATE articles SET gone_since = '2025-05-21T14:00:00Z' WHERE url = ?", (piece(5).url,)
        )
        number, run = record.conn.execute(
            "SELECT id, born FROM articles WHERE url = ?", (piece(5).url,)
        ).fetchone()
        record.conn.execute(
            "INSERT INTO revisions (article, field, old, new, layer, run, at) "
            "VALUES (?, 'gone_since', NULL, '2025-05-21T14:00:00Z', NULL, ?, ?)",
            (number, run, "2025-05-21T14:00:00Z"),
        )
        record.conn.commit()
    page = read(sit(edited.root).enter().get(AT))
    assert "taken away" in page
    assert '<h2 id="e1">Libri 5 nuk u hap</h2>' in page


def test_nothing_was_changed(sit: Sit, filled: Desk) -> None:
    page = read(sit(filled.root).enter().get(AT))
    assert "Nothing of the accepted pieces was changed" in page
    assert 'href="/settings/watch"' in page


def test_before_anything_was_gathered(sit: Sit, desk: Desk) -> None:
    assert read(sit(desk.root).enter().get(AT)).count("<h1") == 1


def test_the_event_page_leads_there(ana: Browser) -> None:
    assert f'href="{AT}"' in ana.get("/events/festa").text


def test_a_report_says_so(edited: Desk) -> None:
    full = edited.type("report", "festa", "--format", "md").out
    assert "u ndryshua nga media, u vu re" in full
    assert "titull tjetër, tekst tjetër" in full
    (told,) = [one["edits"] for one in _pieces(edited) if one["edits"]]
    assert told[0]["what"] == ["headline", "text"]


def test_readers_are_told_only_what_calls_itself_corrected(edited: Desk) -> None:
    readers = ("report", "festa", "--format", "md", "--edition", "readers")
    assert "nga media" not in edited.type(*readers).out
    later = NOON + timedelta(hours=5)
    edited.keep(piece(1, lead="Në Tiranë.", text="Korrigjim: libri u hap dje."), fetched=later)
    assert "u korrigjua nga media" in edited.type(*readers).out


def _pieces(desk: Desk) -> list[dict[str, Any]]:
    told = json.loads(desk.type("report", "festa", "--format", "json").out)
    found: list[dict[str, Any]] = told["pieces"]
    return found
