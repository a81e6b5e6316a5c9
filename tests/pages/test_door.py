"""Who gets in, who does not, and what an answer may do in a browser."""

from __future__ import annotations

import stat
from datetime import timedelta
from typing import Any

import pytest

from jehona.desk.guard import LARGEST_FORM
from jehona.desk.routes import PAGES
from tests.desk.conftest import Desk
from tests.pages.conftest import HOST, PORT, Browser, Sit

SHUT = 401


@pytest.fixture
def outside(sit: Sit, desk: Desk) -> Browser:
    return sit(desk.root)


@pytest.mark.parametrize(
    "page", [p for p in PAGES if not p.open], ids=lambda p: f"{p.method} {p.path}"
)
def test_nothing_is_seen_before_one_came_in(outside: Browser, page: Any) -> None:
    path = page.path.replace("{slug}", "festa").replace("{number}", "1")
    ask = outside.get if page.method == "GET" else outside.post
    answer = ask(path)
    assert answer.status_code == SHUT
    assert "Festa" not in answer.text


def test_a_link_opens_once(outside: Browser) -> None:
    link = outside.link()
    first = outside.get(link)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    outside.client.cookies.clear()
    again = outside.get(link)
    assert again.status_code == 403
    assert "set-cookie" not in again.headers
    assert outside.get("/").status_code == SHUT


@pytest.mark.parametrize("link", ["/enter", "/enter?key=", "/enter?key=x", "/enter?key=%00"])
def test_no_other_key_opens(outside: Browser, link: str) -> None:
    assert outside.get(link).status_code == 403


def test_a_link_grows_old(outside: Browser) -> None:
    link = outside.link()
    outside.clock.turn(timedelta(minutes=16))
    assert outside.get(link).status_code == 403


def test_the_cookie_is_the_browsers_own(outside: Browser) -> None:
    told = outside.get(outside.link()).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(told.split("; "))
    assert told.startswith(f"jehona-{PORT}=")


def test_only_digests_are_kept_and_only_for_the_owner(outside: Browser, desk: Desk) -> None:
    link = outside.link()
    held = outside.get(link).cookies[f"jehona-{PORT}"]
    file = desk.root / "var" / "desk.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for secret in (held, link.partition("=")[2]):
        assert secret.encode() not in file.read_bytes()


def test_who_left_is_out(ana: Browser) -> None:
    held = dict(ana.client.cookies)
    assert ana.get("/").status_code == 200
    assert "You are out" in ana.post("/leave").text
    ana.client.cookies.update(held)
    assert ana.get("/").status_code == SHUT


@pytest.mark.parametrize(("idle", "status"), [(7.9, 200), (8.1, SHUT)])
def test_idle_for_eight_hours_is_out(ana: Browser, idle: float, status: int) -> None:
    ana.clock.turn(timedelta(hours=5))
    assert ana.get("/").status_code == 200
    ana.clock.turn(timedelta(hours=idle))
    assert ana.get("/").status_code == status


HOSTS = {
    "another name": ({"host": f"evil.example:{PORT}"}, 421),
    "another port": ({"host": "127.0.0.1:1"}, 421),
    "no port": ({"host": "127.0.0.1"}, 421),
    "a name that begins like ours": ({"host": f"127.0.0.1:{PORT}.evil.example"}, 421),
    "a user": ({"host": f"evil@127.0.0.1:{PORT}"}, 421),
    "localhost": ({"host": f"localhost:{PORT}"}, SHUT),
    "ours": ({"host": f"127.0.0.1:{PORT}"}, SHUT),
}


@pytest.mark.parametrize(("headers", "status"), HOSTS.values(), ids=HOSTS)
def test_the_host_is_ours(outside: Browser, headers: dict[str, str], status: int) -> None:
    assert outside.get("/", headers=headers).status_code == status


ORIGINS = {
    "foreign origin": ({"origin": "https://evil.example"}, 403),
    "another port": ({"origin": "http://127.0.0.1:1"}, 403),
    "another scheme": ({"origin": f"https://127.0.0.1:{PORT}"}, 403),
    "the other name of this machine": ({"origin": f"http://localhost:{PORT}"}, 403),
    "hidden, from elsewhere": ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
    "hidden, from who knows where": ({"origin": "null", "sec-fetch-site": ""}, 403),
    "cross-site": ({"sec-fetch-site": "cross-site"}, 403),
    "same site, other origin": ({"sec-fetch-site": "same-site"}, 403),
    "ours": ({}, 303),
    "ours, hidden by our own policy": ({"origin": "null", "sec-fetch-site": "same-origin"}, 303),
}


@pytest.mark.parametrize(("headers", "status"), ORIGINS.values(), ids=ORIGINS)
def test_a_form_is_ours(ana: Browser, headers: dict[str, str], status: int) -> None:
    assert ana.post("/who", {"name": "Besa"}, headers=headers).status_code == status


def test_the_offices_own_address_is_answered_too(sit: Sit, desk: Desk) -> None:
    url = "https://desk.office.example"
    browser = sit(desk.root, url=url, base=url)
    told = browser.get(browser.link()).headers["set-cookie"]
    assert "Secure" in told
    here = {"origin": url}
    assert browser.post("/who", {"name": "Ana"}, headers=here).status_code == 303
    assert browser.post("/who", {"name": "Ana"}, headers={"origin": HOST}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/enter?key=x", "/static/desk.css", "/nowhere"])
def test_an_answer_may_do_little(ana: Browser, path: str) -> None:
    told = ana.get(path).headers
    policy = dict(part.split(" ", 1) for part in told["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "no-referrer"
    assert told["cache-control"] == "no-store"


def test_a_form_has_an_end(ana: Browser) -> None:
    assert ana.post("/who", {"name": "x" * (LARGEST_FORM + 1)}).status_code == 413


def test_a_token_reads_json_and_nothing_else(outside: Browser) -> None:
    token = outside.house.access.new_token("faqja")
    headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
    assert outside.get("/events", headers=headers).json()["events"][0]["slug"] == "festa"
    assert outside.get("/settings", headers=headers).status_code == SHUT
    assert outside.post("/leave", headers=headers).status_code == SHUT
    outside.house.access.revoke_token("faqja")
    assert outside.get("/events", headers=headers).status_code == SHUT


def test_the_first_visit_asks_who_one_is(sit: Sit, desk: Desk) -> None:
    browser = sit(desk.root).enter(name=None)
    assert browser.get("/").headers["location"] == "/who"
    assert browser.post("/who", {"name": "  "}).status_code == 400
    assert browser.post("/who", {"name": " Ana  Hoxha "}).status_code == 303
    assert browser.get("/").status_code == 200
    # the next link of this machine knows it
    again = sit(desk.root).enter(name=None)
    assert "Ana Hoxha" in again.get("/settings").text


def test_a_name_is_shown_as_words(ana: Browser) -> None:
    ana.post("/who", {"name": '"><script>alert(1)</script>'})
    assert "<script>alert" not in ana.get("/settings").text
