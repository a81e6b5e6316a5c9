"""A draft made at the desk: looked at first, made once, never over somebody's work."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.pages.forms import form_of
from tests.publishing.pretend import SECRET, USER, Fault, Pretend, pretending
from tests.record.pieces import piece

AT = "/events/festa/publish"


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def site() -> Iterator[Pretend]:
    with pretending() as served:
        yield served


@pytest.fixture
def office(filled: Desk, site: Pretend, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", SECRET)
    toml = filled.root / "jehona.toml"
    told = f'[sites.house]\nurl = "{site.url}"\nuser = "{USER}"\n'
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    return filled


@pytest.fixture
def ana(sit: Sit, office: Desk) -> Browser:
    return sit(office.root).enter()


def draft(ana: Browser, **further: str) -> Any:
    return ana.post(AT, {"site": "house", **further})


def test_it_is_looked_at_and_nothing_is_sent(ana: Browser, site: Pretend, office: Desk) -> None:
    page = read(ana.post(f"{AT}/look", {"site": "house"}))
    assert "A draft would be made on house." in page
    assert site.sent == []
    assert not (office.root / "posts").exists()


def test_a_draft_is_made_once_and_brought_up_to_date(
    ana: Browser, site: Pretend, office: Desk
) -> None:
    page = read(draft(ana))
    assert "The draft is made on house." in page
    assert f'href="{site.url}/wp-admin/post.php?post=1&action=edit"' in page
    assert site.posts[1]["status"] == "draft"
    assert SECRET not in page
    assert "says all this already" in read(draft(ana))
    form = form_of(ana.get("/events/festa/post").text)
    form["title"] = "Titull i ri"
    assert ana.post("/events/festa/post", form.sent(do="save")).status_code == 303
    looked = read(ana.post(f"{AT}/look", {"site": "house"}))
    assert "+Titull i ri" in looked.replace("+ ", "+")
    assert "brought up to date" in read(draft(ana))
    assert len(site.posts) == 1
    assert site.posts[1]["title"] == "Titull i ri"


def test_what_somebody_changed_there_is_left_alone_and_the_new_is_offered(
    ana: Browser, site: Pretend, office: Desk
) -> None:
    draft(ana)
    site.posts[1]["content"] += "<p>Fjalët e redaktores.</p>"
    site.posts[1]["modified"] = site.tick()
    office.keep(piece(7, headline="Libri <b>shtatë</b> u hap në shesh"))
    form = form_of(ana.get("/events/festa/post").text)
    assert ana.post("/events/festa/post", form.sent(do="save")).status_code == 303
    before = site.posts[1]["content"]
    answer = draft(ana)
    assert "it was left alone" in read(answer)
    assert site.posts[1]["content"] == before
    assert "<b>shtatë" not in answer.text
    assert 'id="paste"' in answer.text
    assert piece(7).url in answer.text
    # beside it only where somebody says so
    assert 'name="anew"' in answer.text
    assert "The draft is made" in read(draft(ana, anew="1"))
    assert len(site.posts) == 2
    assert site.posts[1]["content"] == before


@pytest.mark.parametrize(
    ("further", "status", "told"),
    [
        ({"site": "askund"}, 400, "askund"),
        ({"site": ""}, 400, "no [sites.]"),
        ({}, 400, "no [sites.]"),
    ],
)
def test_a_site_that_is_none_is_told(
    ana: Browser, further: dict[str, str], status: int, told: str
) -> None:
    assert told in read(ana.post(AT, further), status)


def test_what_the_site_refuses_is_said_in_words(ana: Browser, site: Pretend) -> None:
    site.order("GET", "/", *[Fault(status=401, body=b"{}")] * 9)
    page = read(draft(ana), 409)
    assert 'role="alert"' in page
    assert "Traceback" not in page
    assert SECRET not in page


def test_without_a_password_it_says_where_one_belongs(
    ana: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JEHONA_SITE_HOUSE_PASSWORD")
    assert "JEHONA_SITE_HOUSE_PASSWORD" in read(ana.get(AT))
    assert "JEHONA_SITE_HOUSE_PASSWORD" in read(draft(ana), 400)


def test_an_event_without_sites_or_pieces(sit: Sit, desk: Desk) -> None:
    page = read(sit(desk.root).enter().get(AT))
    assert page.count("<h1") == 1
    assert "names no site" in page


def test_in_albanian_too(sit: Sit, office: Desk, site: Pretend) -> None:
    ana = sit(office.root, language="sq").enter()
    assert "Drafti u bë te house." in read(draft(ana))
