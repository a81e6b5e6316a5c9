"""Sent: what was told when and to whom, and what did not go out."""

from __future__ import annotations

import html
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from crawler.record import mailings, watches
from crawler.record.mailings import Mailing
from crawler.record.receipts import Receipts
from crawler.record.watches import Notice
from tests.desk.conftest import Desk
from tests.pages.conftest import NOON, Browser, Sit

EVIL = 'Festa: 2 <script>alert("1")</script>'


def read(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(html.unescape(answer.text).split())


def notice(number: int, at: datetime = NOON, subject: str = "Festa: një shkrim i ri") -> Notice:
    return Notice(
        message_id=f"<{number}@office.example>",
        day=date(2025, 5, 21),
        digest=number == 1,
        subject=subject,
        text="Të 12 mediat u kontrolluan.\n",
        html="<p>x</p>",
        at=at,
    )


def tell(desk: Desk, one: Notice, *whom: str) -> None:
    recipients = [("mail", name) for name in whom]
    with desk.record() as record:
        watches.keep(record, one, told={}, unusual=(), recipients=recipients)


def fail(desk: Desk, why: str) -> None:
    with desk.record() as record:
        for waiting in watches.waiting(record):
            watches.failed(record, waiting, why, NOON + timedelta(minutes=5))


def take(desk: Desk, name: str) -> None:
    with desk.record() as record:
        for waiting in watches.waiting(record):
            if waiting.recipient == name:
                watches.sent(record, waiting, NOON)


@pytest.fixture
def ana(sit: Sit, filled: Desk) -> Browser:
    return sit(filled.root).enter()


def test_nothing_went_out_yet(ana: Browser, sit: Sit, desk: Desk) -> None:
    assert "Nothing went out yet" in read(ana.get("/sent"))


def test_before_there_is_a_record(sit: Sit, desk: Desk) -> None:
    assert "Nothing went out yet" in read(sit(desk.root).enter().get("/sent"))


def test_a_notice_with_who_took_it_and_who_did_not(ana: Browser, filled: Desk) -> None:
    tell(filled, notice(1, subject=EVIL), "ana@office.example", "nuk@office.example")
    take(filled, "ana@office.example")
    fail(filled, "nuk@office.example: 550 no such box")
    answer = ana.get("/sent")
    assert "<script>alert(" not in answer.text
    page = read(answer)
    assert "Did not go out yet" in page
    assert "nuk@office.example: 550 no such box · tried one time · again at" in page.replace(
        "tried 1 time", "tried one time"
    )
    assert "taken</span> ana@office.example" in page
    assert "not taken</span> nuk@office.example" in page
    assert "Të 12 mediat u kontrolluan." in page


def test_today_names_what_did_not_go_out_until_it_does(ana: Browser, filled: Desk) -> None:
    tell(filled, notice(1), "nuk@office.example")
    assert "nuk@office.example" not in read(ana.get("/"))
    fail(filled, "the server is away")
    page = read(ana.get("/"))
    assert "nuk@office.example</b>: the server is away" in page
    assert '<a href="/sent">' in page
    take(filled, "nuk@office.example")
    assert "nuk@office.example" not in read(ana.get("/"))


def test_a_token_is_told_of_it_without_an_address(ana: Browser, filled: Desk) -> None:
    tell(filled, notice(1), "nuk@office.example")
    fail(filled, "the server is away")
    token = ana.house.access.new_token("faqja")
    headers = {"accept": "application/json", "authorization": f"Bearer {token}"}
    ana.client.cookies.clear()
    answer = ana.get("/", headers=headers)
    assert "nuk@office.example" not in answer.text
    (unsent,) = answer.json()["unsent"]
    assert (unsent["subject"], unsent["tries"]) == ("Festa: një shkrim i ri", 1)
    told = ana.get("/sent", headers=headers)
    assert told.json()["sent"][0]["failed"] == 1
    assert "nuk@office.example" not in told.text


def test_issues_and_posts_stand_there_too_the_newest_first(ana: Browser, filled: Desk) -> None:
    tell(filled, notice(1, NOON - timedelta(days=2)), "ana@office.example")
    with filled.record() as record:
        for number in range(20):
            whom = f"lexues-{number:02}@reader.example"
            at = NOON - timedelta(days=1)
            mailings.keep(record, Mailing(number=7, recipient=whom, digest="d", at=at))
        kept = Receipts(record=record, event="festa", site="house")
        kept.begin(marker="m", digest="d", words="w", pieces=[], by="ana", at=NOON)
    page = read(ana.get("/sent"))
    assert "no answer came: it may stand there</span> house" in page
    with filled.record() as record:
        kept = Receipts(record=record, event="festa", site="house")
        link = "https://office.example/?p=1"
        kept.finish(post=1, returned="r", modified="m", status="draft", link=link)
    page = read(ana.get("/sent"))
    places = [page.index(words) for words in (link, "Newsletter, issue 7", "the day's digest")]
    assert places == sorted(places)
    assert "lexues-11@reader.example" in page
    assert "lexues-12@reader.example" not in page
    assert "and 8 more" in page


def test_many_are_cut_and_it_says_so(ana: Browser, filled: Desk) -> None:
    for number in range(203):
        tell(filled, notice(number, NOON + timedelta(minutes=number)), "ana@office.example")
    page = read(ana.get("/sent"))
    assert page.count("notice of the watch") == 200
    assert "The latest 200." in page
