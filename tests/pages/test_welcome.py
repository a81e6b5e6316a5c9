"""The first visit: a workspace made, outlets ticked or looked at, an event in one plain form."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.config import load_events, load_outlets, load_workspace
from jehona.actions.desk_access import DeskLock
from tests.desk.conftest import Desk
from tests.gather import scripted
from tests.pages.conftest import Browser, Sit

YOU = {"name": "Ana Hoxha", "contact": "zyra@office.example", "language": "en"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "Jehona"


@pytest.fixture
def first(sit: Sit, tmp_path: Path, home: Path) -> Browser:
    """A browser at the desk of somebody who has no workspace yet."""
    browser = sit(home)
    browser.house.access.keys.path = tmp_path / "desk.db"
    return browser.enter(name=None)


def test_every_page_leads_to_the_first(first: Browser, home: Path) -> None:
    assert first.get("/").headers["location"] == "/who"
    for path in ("/who", "/welcome"):
        page = first.client.get(path, follow_redirects=True)
        assert "Welcome to Jehona" in page.text
    assert str(home) in page.text


def test_you(first: Browser, home: Path) -> None:
    answer = first.post("/welcome", YOU)
    assert answer.headers["location"] == "/welcome/outlets"
    made = load_workspace(home)
    assert (made.contact, made.language) == ("zyra@office.example", "en")
    # who came in is still in, the keys moved in, and a second desk is told where this one is
    assert "Your workspace is made, Ana Hoxha." in first.get("/welcome/outlets").text
    assert (home / "var" / "desk.db").exists()
    assert DeskLock(home / "var" / "desk.lock").held
    assert first.get("/welcome").headers["location"] == "/"


@pytest.mark.parametrize("lacking", ["name", "contact"])
def test_you_are_needed(first: Browser, home: Path, lacking: str) -> None:
    assert first.post("/welcome", {**YOU, lacking: ""}).status_code == 400
    assert not (home / "jehona.toml").exists()


def test_a_folder_that_is_anothers_is_left_alone(first: Browser, home: Path) -> None:
    (home / "events").mkdir(parents=True)
    (home / "events" / "example.toml.txt").write_text("imja", "utf-8")
    assert first.post("/welcome", YOU).status_code == 400
    assert not (home / "jehona.toml").exists()


def test_an_address_is_looked_at_shown_and_saved(ana: Browser, desk: Desk) -> None:
    def answers(path: str, query: dict[str, str]) -> scripted.Said | None:
        return scripted.feed(range(5)) if path in ("/feed/", "/rss.xml", "/feed") else None

    before = set((desk.root / "outlets").iterdir())
    with scripted.served(answers) as site:
        answer = ana.post("/welcome/look", {"url": f"{site.root}/"})
    assert answer.status_code == 303, answer.text
    assert set((desk.root / "outlets").iterdir()) == before
    assert "/feed" in ana.get("/welcome/outlets").text
    assert ana.post("/welcome/save").status_code == 303
    (file,) = set((desk.root / "outlets").iterdir()) - before
    assert load_outlets(load_workspace(desk.root))[file.stem].find
    # once
    assert ana.post("/welcome/save").status_code == 400


NO_ADDRESS = {
    "empty": "",
    "words": "kjo nuk është adresë",
    "an option": "--help",
    "a file": "file:///etc/passwd",
}


@pytest.mark.strangers
@pytest.mark.parametrize("url", NO_ADDRESS.values(), ids=NO_ADDRESS)
def test_what_is_no_address_is_refused(ana: Browser, url: str) -> None:
    assert ana.post("/welcome/look", {"url": url}).status_code in (400, 409)


EVENT = {
    "title": "Panairi i bletarëve",
    "held": "10.5.2025",
    "words": 'panair bletar\n"rruga e mjaltit"',
    "outlet": ["gazeta-shembull"],
}


def test_an_event_in_one_form(ana: Browser, desk: Desk) -> None:
    answer = ana.post("/welcome/event", EVENT)
    assert answer.headers["location"] == "/", answer.text
    event = load_events(load_workspace(desk.root))["panairi-i-bletareve"]
    assert str(event.first_day) == "2025-05-03"
    assert event.keywords.any == (("panair", "bletar"), ('"rruga e mjaltit"',))
    assert event.expected_outlets == ("gazeta-shembull",)
    assert "its file is written" in ana.get("/").text


def test_all_outlets_are_no_list(ana: Browser, desk: Desk) -> None:
    every = list(load_outlets(load_workspace(desk.root)))
    ana.post("/welcome/event", {**EVENT, "outlet": every})
    assert load_events(load_workspace(desk.root))["panairi-i-bletareve"].expected_outlets == ()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("title", "", "title is needed"),
        ("title", "!!!", "no letter"),
        ("held", "30.2.2025", "30.2.2025"),
        ("held", "", "day is needed"),
        ("last", "1.1.2025", "before the first"),
        ("words", " ", "which words"),
        ("words", "near(a", "words"),
    ],
)
def test_what_was_typed_stays_where_it_is_refused(
    ana: Browser, desk: Desk, field: str, typed: str, told: str
) -> None:
    answer = ana.post("/welcome/event", {**EVENT, "place": "Korçë", field: typed})
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="Korçë"' in answer.text
    assert answer.text.count("<h1") == 1
    assert set(load_events(load_workspace(desk.root))) == {"festa"}


@pytest.mark.parametrize("path", ["/welcome/outlets", "/welcome/event"])
@pytest.mark.parametrize("language", ["sq", "en"])
def test_the_steps_in_either_language(sit: Sit, desk: Desk, path: str, language: str) -> None:
    page = sit(desk.root, language=language).enter().get(path)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
