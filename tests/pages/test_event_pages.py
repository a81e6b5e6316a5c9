"""An event at a look, and what leads on from it."""

from __future__ import annotations

import html
from typing import Any

import pytest

from jehona.actions import review
from jehona.actions.office import open_office
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def full(sit: Sit, filled: Desk) -> Browser:
    return sit(filled.root).enter()


def test_an_issue_is_read(full: Browser, filled: Desk) -> None:
    assert "No issue has a file yet" in read(full.get("/newsletters"))
    read(full.get("/newsletters/7"), 404)
    read(full.get("/newsletters/x"), 404)
    made = filled.type("newsletter", "-n", "7", "--event", "festa")
    assert made.code == 0, made.err
    assert 'href="/newsletters/7"' in read(full.get("/newsletters"))
    assert "Issue 7" in read(full.get("/newsletters/7"))


def test_an_event_at_a_look(full: Browser, filled: Desk) -> None:
    filled.type("match", "festa")
    page = read(full.get("/events/festa"))
    assert "0 of 1" in page
    assert 'href="/events/festa/review">3</a>' in page
    assert "Ask the outlets now" in page
    office = open_office(filled.root, by="ana")
    review.accept_all(office, "festa")
    page = read(full.get("/events/festa"))
    assert 'href="/events/festa/review?show=accepted">3</a>' in page


def test_an_event_before_anything_was_gathered(ana: Browser) -> None:
    page = read(ana.get("/events/festa"))
    assert "–" in page
    assert 'href="/events/festa/clips"' in page


def test_a_program_reads_an_event(full: Browser) -> None:
    told = full.get("/events/festa", headers={"accept": "application/json"}).json()
    assert (told["event"], told["asked"]) == ("festa", 1)


def test_all_events_at_a_look(full: Browser, filled: Desk) -> None:
    (filled.root / "events" / "prishur.toml").write_text("title = 1\n", "utf-8")
    page = read(full.get("/events"))
    assert 'href="/events/festa"' in page
    assert "prishur.toml" in page
