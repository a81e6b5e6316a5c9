"""Clips at the desk: what people bring by hand, and that they looked."""

from __future__ import annotations

import html
import os
import re
import stat
from typing import Any

import pytest

from crawler.record import read, report_queries
from jehona.actions import event_clips
from jehona.actions.office import open_office
from jehona.demo.newsdesk import Desk as NewsDesk
from tests.desk.conftest import Desk
from tests.desk.test_clipping import served
from tests.pages.conftest import Browser, Sit

__all__ = ["served"]

AT = "/events/festa/clips"
AIR = {
    "headline": "Libri në ekran",
    "outlet": "gazeta-shembull",
    "published": "10.5.2025",
    "time": "19:30",
}
LIST = "outlet;headline;published\nGazeta Shembull;Libri i parë;11.5.2025\n;Libri i dytë;dje\n"


def follow(browser: Browser, answer: Any) -> str:
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.headers["location"])
    assert page.status_code == 200
    return html.unescape(page.text)


def clips(desk: Desk) -> list[tuple[str | None, str]]:
    """Headline and outlet of what was brought, the latest first."""
    found = event_clips.event_clips(open_office(desk.root), "festa")
    return [(article.headline, article.outlet) for article, _ in found.pieces]


def test_before_anything_was_gathered_the_page_says_how_to_begin(ana: Browser) -> None:
    page = ana.get(AT)
    assert page.status_code == 200
    assert "Nothing was brought by hand yet" in page.text


def test_what_was_on_air_is_typed_and_accepted(ana: Browser, desk: Desk) -> None:
    page = follow(ana, ana.post(f"{AT}/typed", {**AIR, "note": "shënim"}))
    assert "1 piece added" in page
    ((article, match),) = event_clips.event_clips(open_office(desk.root), "festa").pieces
    assert (article.headline, match.decision) == ("Libri në ekran", "accepted")
    assert article.published is not None
    assert f"{article.published:%d %H:%M}" == "10 19:30"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"published": "31.2.2025"}, "Published: "),
        ({"published": "10.5.25"}, "Published: "),
        ({"outlet": ""}, "Choose the outlet"),
        ({"headline": ""}, "Headline is needed"),
    ],
)
def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(
    ana: Browser, desk: Desk, wrong: dict[str, str], says: str
) -> None:
    answer = ana.post(f"{AT}/typed", {**AIR, **wrong})
    assert answer.status_code == 400
    assert says in answer.text
    kept = {**AIR, **wrong}["headline"]
    assert f'name="headline" value="{html.escape(kept)}"' in answer.text
    assert clips(desk) == []


def test_a_piece_of_an_outlet_that_is_not_named(ana: Browser, desk: Desk) -> None:
    follow(ana, ana.post(f"{AT}/typed", {**AIR, "outlet": "-"}))
    assert clips(desk) == [("Libri në ekran", "")]


def test_a_clip_is_corrected_and_taken_away(ana: Browser, desk: Desk) -> None:
    page = follow(ana, ana.post(f"{AT}/typed", AIR))
    found = re.search(r"\?edit=(a_\w+)", page)
    assert found
    form = ana.get(f"{AT}?edit={found[1]}").text
    assert 'name="published" value="2025-05-10 19:30"' in form
    told = {"piece": found[1], "headline": "Libri i ri në ekran", "published": "11.5.2025"}
    assert "Corrected" in follow(ana, ana.post(f"{AT}/correct", told))
    assert clips(desk) == [("Libri i ri në ekran", "gazeta-shembull")]
    assert "Taken away" in follow(ana, ana.post(f"{AT}/remove", {"piece": found[1]}))
    assert clips(desk) == []


@pytest.mark.parametrize("path", ["correct", "remove"])
def test_what_is_no_clip_is_not_found(ana: Browser, path: str) -> None:
    ana.post(f"{AT}/typed", AIR)
    told = {"piece": "a_x", "headline": "x"}
    assert ana.post(f"{AT}/{path}", told).status_code == 404


def dropped(browser: Browser, text: str, name: str = "lista.csv", **more: str) -> Any:
    return browser.post(f"{AT}/list", more, files={"list": (name, text.encode(), "text/csv")})


def draft_on(page: Any) -> dict[str, str]:
    return {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]+)"', page.text)[1])  # type: ignore[index]
        for name in ("draft", "file")
    }


def test_a_list_is_looked_at_before_it_is_taken_in(ana: Browser, desk: Desk) -> None:
    page = dropped(ana, LIST)
    assert page.status_code == 200
    assert "Libri i dytë" in page.text
    assert "Add 2 clips" in page.text
    assert clips(desk) == []
    (file,) = (desk.root / "var" / "lists").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = follow(ana, ana.post(f"{AT}/take", draft_on(page)))
    assert "2 pieces added" in told
    assert len(clips(desk)) == 2
    assert list((desk.root / "var" / "lists").iterdir()) == []


def test_faults_of_a_list_are_told_in_the_readers_language(sit: Sit, desk: Desk) -> None:
    rows = "outlet,headline,published\nAskush,Një,2026-05-21\n,,2026-05-21\n,Dy,nesër\n"
    page = dropped(sit(desk.root, language="sq").enter(), rows).text
    for told in ("askush nuk e ka përshkruar", "është bosh", "nuk është datë"):
        assert told in page
    assert "it is empty" not in page


def test_errors_of_a_list_stand_at_their_cells_and_nothing_is_taken_in(
    ana: Browser, desk: Desk
) -> None:
    page = dropped(ana, f"{LIST}Gazeta Shembull;Libri;31.2.2025\nAskush;Libri;11.5.2025\n")
    assert "2 cells cannot be taken in" in page.text
    assert "line 4" in page.text
    assert "Add 2 clips" not in page.text
    assert ana.post(f"{AT}/take", draft_on(page)).status_code == 400
    assert clips(desk) == []


def test_a_list_brings_new_outlets_once_somebody_says_so(ana: Browser, desk: Desk) -> None:
    page = dropped(ana, "outlet;headline;published\nAskush TV;Libri;11.5.2025\n")
    again = ana.post(f"{AT}/list", {**draft_on(page), "new_outlets": "1"})
    assert "Askush TV" in again.text
    follow(ana, ana.post(f"{AT}/take", {**draft_on(again), "new_outlets": "1"}))
    assert clips(desk) == [("Libri", "askush-tv")]
    assert (desk.root / "outlets" / "askush-tv.toml").exists()


@pytest.mark.parametrize(
    "text", ["", "asgjë", "\x00\x01\x02", "outlet;headline\nx;y\n"], ids=["empty", "x", "0", "few"]
)
def test_what_is_no_list_is_said_in_place(ana: Browser, text: str) -> None:
    page = dropped(ana, text, "../../lista.csv")
    assert page.status_code == 400
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("name", ["x", "../../jehona.toml", "A" * 22, "*" * 22])
def test_a_list_that_is_there_no_more_is_not_found(ana: Browser, name: str) -> None:
    assert ana.post(f"{AT}/take", {"draft": name, "file": "x.csv"}).status_code == 404


def test_a_list_that_nobody_came_back_to_goes(ana: Browser, desk: Desk) -> None:
    dropped(ana, LIST)
    (old,) = (desk.root / "var" / "lists").iterdir()
    os.utime(old, (0, 0))
    dropped(ana, LIST)
    assert old not in (desk.root / "var" / "lists").iterdir()


def test_i_looked_by_hand(ana: Browser, desk: Desk) -> None:
    told = {"outlet": "gazeta-shembull", "found": "3", "note": "faqja e parë"}
    page = follow(ana, ana.post(f"{AT}/looked", told))
    assert "3 pieces found" in page
    (check,) = event_clips.event_clips(open_office(desk.root), "festa").looked
    assert (check.read, check.by, check.note) == (3, "Ana", "faqja e parë")
    assert ana.post(f"{AT}/looked", {**told, "found": "-1"}).status_code == 400
    assert ana.post(f"{AT}/looked", {**told, "outlet": "askush"}).status_code == 400


def test_a_pasted_link_is_shown_before_it_is_kept(
    ana: Browser, desk: Desk, served: NewsDesk
) -> None:
    url = served.link(next(iter(served.listed())))
    page = ana.post(f"{AT}/look", {"url": url})
    assert page.status_code == 200, page.text
    headline = re.search(r'class="preview-title"[^>]*>([^<]+)<', page.text)
    assert headline
    with desk.record() as record:
        assert read.article(record, url) is None
    told = follow(ana, ana.post(f"{AT}/link", {"url": url, "note": "nga një kolege"}))
    assert f"Added and accepted: {html.unescape(headline[1])}" in told
    with desk.record() as record:
        article = read.article(record, url)
        assert article is not None
        assert report_queries.by_hand(record, (article.key,)) == {article.key}


@pytest.mark.parametrize("url", ["--help", "ftp://x.example/", "javascript:alert(1)", ""])
def test_what_is_no_address_is_said_in_place(ana: Browser, url: str) -> None:
    for path in ("look", "link"):
        page = ana.post(f"{AT}/{path}", {"url": url})
        assert page.status_code == 400
        assert "no address of a page" in page.text


def test_names_and_headlines_are_words(sit: Sit, desk: Desk) -> None:
    evil = '"><script>alert(1)</script>'
    browser = sit(desk.root).enter(evil)
    follow(browser, browser.post(f"{AT}/typed", {**AIR, "headline": evil, "note": evil}))
    told = {"outlet": "gazeta-shembull", "found": "1", "note": evil}
    follow(browser, browser.post(f"{AT}/looked", told))
    page = dropped(browser, f"outlet;headline;published\n;{evil.replace(chr(34), '')};dje\n", evil)
    for text in (browser.get(AT).text, page.text, browser.get("/events/festa/review").text):
        assert "<script>alert" not in text
