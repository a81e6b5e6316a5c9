"""Feeds at the desk: what a token reads, and what it does not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import feedparser
import icalendar
import pytest

from tests.desk.conftest import Desk
from tests.pages.conftest import HOST, PORT, Browser, Sit
from tests.record.pieces import piece

FORMS = {
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "ics": "text/calendar",
}
SHUT = 401


@pytest.fixture
def accepted(filled: Desk) -> Desk:
    """One accepted, one rejected, one that waits."""
    for number, word in ((1, "--accept"), (2, "--reject")):
        assert filled.type("review", "festa", word, piece(number).url).code == 0
    return filled


@pytest.fixture
def outside(sit: Sit, accepted: Desk) -> Browser:
    return sit(accepted.root)


@pytest.fixture
def token(outside: Browser) -> str:
    return outside.house.access.new_token("lexuesi")


def at(form: str) -> str:
    return f"/events/festa/feed.{form}"


def read(browser: Browser, form: str, token: str, **options: Any) -> Any:
    headers = {"authorization": f"Bearer {token}", **options.pop("headers", {})}
    return browser.get(at(form), headers=headers, **options)


@pytest.mark.parametrize(("form", "kind"), FORMS.items())
def test_a_token_reads_by_header_or_address(
    outside: Browser, token: str, form: str, kind: str
) -> None:
    by_header, by_address = read(outside, form, token), outside.get(f"{at(form)}?token={token}")
    assert by_header.status_code == by_address.status_code == 200
    assert by_header.headers["content-type"].startswith(kind)
    assert by_header.text == by_address.text
    assert token not in by_address.text


@pytest.mark.parametrize("form", FORMS)
def test_who_has_no_token_a_wrong_one_or_a_revoked_one_reads_nothing(
    outside: Browser, token: str, form: str
) -> None:
    assert outside.get(at(form)).status_code == SHUT
    assert read(outside, form, "x" * 43).status_code == SHUT
    assert outside.get(f"{at(form)}?token=").status_code == SHUT
    outside.house.access.revoke_token("lexuesi")
    answer = read(outside, form, token)
    assert answer.status_code == SHUT
    assert piece(1).url not in answer.text
    assert outside.get(f"{at(form)}?token={token}").status_code == SHUT


@pytest.mark.parametrize("form", FORMS)
def test_another_host_is_not_answered_and_nothing_is_written(
    outside: Browser, token: str, form: str
) -> None:
    assert read(outside, form, token, headers={"host": f"evil.example:{PORT}"}).status_code == 421
    headers = {"authorization": f"Bearer {token}"}
    assert outside.post(at(form), headers=headers).status_code in {SHUT, 405}
    for path in ("/events/festa/titles", "/runs/start", "/who", "/leave"):
        assert outside.post(path, {"name": "x"}, headers=headers).status_code == SHUT


def test_only_what_was_accepted_and_its_own_address_without_the_token(
    outside: Browser, token: str
) -> None:
    atom = feedparser.parse(read(outside, "atom", token).content)
    assert [entry.link for entry in atom.entries] == [piece(1).url]
    (own,) = [link.href for link in atom.feed.links if link.rel == "self"]
    assert own == f"{HOST}{at('atom')}"
    items = read(outside, "json", token).json()
    assert [item["url"] for item in items["items"]] == [piece(1).url]
    assert items["feed_url"] == f"{HOST}{at('json')}"
    calendar = icalendar.Calendar.from_ical(read(outside, "ics", token).content)
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["Festa e Librit"]
    for form in FORMS:
        assert piece(2).url not in read(outside, form, token).text
        assert piece(3).url not in read(outside, form, token).text


@pytest.mark.parametrize("form", ["atom", "json"])
def test_a_reader_that_has_it_is_sent_nothing_until_it_changes(
    outside: Browser, accepted: Desk, token: str, form: str
) -> None:
    first = read(outside, form, token)
    outside.clock.turn(timedelta(hours=3))
    had = {"if-none-match": first.headers["etag"]}
    again = read(outside, form, token, headers=had)
    assert (again.status_code, again.content) == (304, b"")
    assert accepted.type("review", "festa", "--accept", piece(3).url).code == 0
    changed = read(outside, form, token, headers=had)
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_the_offices_address_is_the_feeds(sit: Sit, accepted: Desk) -> None:
    url = "https://desk.office.example"
    browser = sit(accepted.root, url=url, base=url)
    token = browser.house.access.new_token("lexuesi")
    told = json.loads(browser.get(f"{at('json')}?token={token}").text)
    assert told["feed_url"] == f"{url}{at('json')}"


def test_an_unknown_event_and_an_unknown_form_are_not_there(outside: Browser, token: str) -> None:
    assert outside.get(f"/events/askund/feed.atom?token={token}").status_code == 404
    assert outside.get(f"/events/festa/feed.rss?token={token}").status_code in {SHUT, 404}


def test_the_event_page_leads_there(ana: Browser) -> None:
    page = ana.get("/events/festa").text
    for form in FORMS:
        assert f'href="{at(form)}"' in page
