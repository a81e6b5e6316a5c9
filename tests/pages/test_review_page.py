"""Review at the desk: look, decide, go on, take back."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crawler.record import decisions
from jehona.actions import review
from jehona.actions.office import open_office
from jehona.actions.review_order import Show
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import piece

AT = "/events/festa/review"
URL = "https://gazeta.example/2025/05/libri-{}/"


@pytest.fixture
def queued(filled: Desk) -> Desk:
    """Three sure pieces, one of them undated, a doubtful one, and one about something else."""
    filled.keep(
        piece(8, headline="Libra në sheshin e vitit 2019: sheshi 2019", lead=None, text="Shi.")
    )
    return filled


@pytest.fixture
def ana(sit: Sit, queued: Desk) -> Browser:
    return sit(queued.root).enter()


def keys(desk: Desk, show: Show = Show.WAITING) -> list[str]:
    found = review.queue(open_office(desk.root), "festa", show=show)
    return [one.article.key for one in found.pieces]


def shown_on(answer: Any) -> str | None:
    """The key of the card on a page."""
    found = re.search(r'data-piece="([^"]+)"', answer.text)
    return found and found[1]


def seen_on(answer: Any) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', answer.text)
    assert found
    return found[1]


def follow(browser: Browser, answer: Any) -> Any:
    assert answer.status_code == 303
    return browser.get(answer.headers["location"])


def test_a_card_has_its_words_marked_and_every_key_on_a_button(ana: Browser) -> None:
    page = ana.get(AT)
    assert page.status_code == 200
    assert re.search(r'<mark title="libër">Libr\w*</mark>', page.text)
    assert set(re.findall(r'aria-keyshortcuts="(.)"', page.text)) == set("arsunow?")
    assert "1 of 4" in page.text


@pytest.mark.parametrize(
    ("verdict", "show"), [("accepted", Show.ACCEPTED), ("rejected", Show.REJECTED)]
)
@pytest.mark.parametrize("beside", [False, True], ids=["by forms", "beside the page"])
def test_a_decision_is_kept_and_the_next_card_comes(
    ana: Browser, queued: Desk, verdict: str, show: Show, *, beside: bool
) -> None:
    first, second, *_ = keys(queued)
    page = ana.get(AT)
    told = {"piece": first, "seen": seen_on(page), "verdict": verdict, "note": "po"}
    headers = {"x-jehona": "card"} if beside else {}
    answer = ana.post(f"{AT}/decide", told, headers=headers)
    after = answer if beside else follow(ana, answer)
    assert shown_on(after) == second
    (kept,) = review.queue(open_office(queued.root), "festa", show=show).pieces
    assert kept.article.key == first
    assert kept.decision is not None
    assert (kept.decision.by, kept.decision.note) == ("Ana", "po")


def test_a_skipped_piece_waits_on_and_the_end_says_so(ana: Browser, queued: Desk) -> None:
    waiting = keys(queued)
    for at, key in enumerate(waiting):
        assert shown_on(ana.get(AT, params={"after": waiting[at - 1]} if at else {})) == key
    end = ana.get(AT, params={"after": waiting[-1]})
    assert shown_on(end) is None
    assert "4 pieces that you skipped still wait" in end.text
    assert keys(queued) == waiting


def test_undo_brings_the_last_card_back(ana: Browser, queued: Desk) -> None:
    first = keys(queued)[0]
    ana.post(f"{AT}/decide", {"piece": first, "verdict": "accepted"})
    page = follow(ana, ana.post(f"{AT}/undo"))
    assert shown_on(page) == first
    assert "taken back" in page.text
    again = follow(ana, ana.post(f"{AT}/undo"))
    assert "nothing of yours to undo" in again.text


def test_all_sure_ones_are_accepted_at_once_and_taken_back_at_once(
    ana: Browser, queued: Desk
) -> None:
    page = follow(ana, ana.post(f"{AT}/sure"))
    assert "3 pieces accepted" in page.text
    assert [len(keys(queued, show)) for show in Show] == [1, 1, 3, 0]
    page = follow(ana, ana.post(f"{AT}/undo"))
    assert "3 decisions taken back" in page.text
    assert len(keys(queued)) == 4


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_many_that_are_ticked_have_one_undo(ana: Browser, queued: Desk, verdict: str) -> None:
    ticked = keys(queued)[1:3]
    told = {"piece": ticked, "verdict": verdict, "view": "list"}
    page = follow(ana, ana.post(f"{AT}/many", told))
    assert f"2 pieces {verdict}" in page.text
    assert set(keys(queued, Show(verdict))) == set(ticked)
    assert page.text.count(f'action="{AT}/undo"') == 1
    follow(ana, ana.post(f"{AT}/undo", {"view": "list"}))
    assert len(keys(queued)) == 4
    later = ana.post(f"{AT}/many", {"verdict": verdict, "view": "list"})
    assert "Nothing is ticked" in follow(ana, later).text


def test_anything_is_taken_back_later(ana: Browser, queued: Desk) -> None:
    key = keys(queued)[0]
    ana.post(f"{AT}/decide", {"piece": key, "verdict": "rejected"})
    ana.post(f"{AT}/decide", {"piece": keys(queued)[0], "verdict": "accepted"})
    assert shown_on(ana.get(AT, params={"show": "rejected"})) == key
    told = {"piece": key, "verdict": "taken-back", "show": "rejected", "view": "list"}
    follow(ana, ana.post(f"{AT}/many", told))
    assert keys(queued, Show.REJECTED) == []
    assert key in keys(queued)


def test_two_people_at_one_card(ana: Browser, sit: Sit, queued: Desk) -> None:
    key = keys(queued)[0]
    page = ana.get(AT)
    office = replace(open_office(queued.root, by="Besa"), clock=ana.clock)
    review.decide(office, "festa", accept=[key])
    ana.clock.turn(timedelta(seconds=3))
    told = {"piece": key, "seen": seen_on(page), "verdict": "rejected"}
    after = follow(ana, ana.post(f"{AT}/decide", told))
    assert "Besa accepted this 3 s ago; your word holds now." in after.text
    assert keys(queued, Show.REJECTED) == [key]
    other = ana.get(AT, params={"piece": key, "show": "rejected"})
    assert "Besa: accepted" in " ".join(other.text.split())


def test_the_queue_is_narrowed_and_stays_so(ana: Browser, queued: Desk) -> None:
    asked = {"outlet": "gazeta-shembull", "language": "sq", "day": "2025-05-10"}
    page = ana.get(AT, params=asked)
    assert "1 of 3" in page.text
    key = shown_on(page)
    answer = ana.post(f"{AT}/decide", {"piece": key, "verdict": "accepted", **asked})
    after = follow(ana, answer)
    assert "1 of 2" in after.text
    assert all(f'name="{name}" value="{value}"' in after.text for name, value in asked.items())
    assert "Nothing here with these filters" in ana.get(AT, params={"language": "en"}).text


@pytest.mark.parametrize("asked", [{"show": "x"}, {"day": "2025-13-01"}, {"outlet": "askush"}])
def test_a_queue_that_is_none_is_refused_in_a_sentence(ana: Browser, asked: Any) -> None:
    assert ana.get(AT, params=asked).status_code == 400


@pytest.mark.parametrize("path", ["?piece=a_x", "/a_x/kept", "/a_x/story"])
def test_a_piece_that_is_none_is_not_found(ana: Browser, path: str) -> None:
    assert ana.get(f"{AT}{path}").status_code == 404


def test_a_program_reads_the_queue(ana: Browser) -> None:
    answer = ana.get(AT, headers={"accept": "application/json"})
    told = answer.json()
    assert (told["event"], told["counts"]["waiting"], len(told["pieces"])) == ("festa", 4, 4)


def test_a_remark_is_kept_apart_from_the_note(ana: Browser, queued: Desk) -> None:
    key = keys(queued)[0]
    page = follow(ana, ana.post(f"{AT}/remark", {"piece": key, "remark": "Fq. 1"}))
    assert shown_on(page) == key
    with queued.record() as record:
        held = decisions.holding(record, "festa")[key]
    assert (held.remark, held.note, held.verdict) == ("Fq. 1", None, None)


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_what_an_outlet_prints_is_words(sit: Sit, filled: Desk) -> None:
    filled.keep(piece(6, headline=f"Libri në shesh {HOSTILE}", lead=HOSTILE, text=HOSTILE))
    browser = sit(filled.root).enter()
    with filled.record() as record:
        from crawler.record import read  # noqa: PLC0415

        found = read.article(record, URL.format(6))
    assert found is not None
    for path in (f"{AT}?piece={found.key}", f"{AT}?view=list", f"{AT}/{found.key}/story"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert html.escape("<script>alert(1)") in browser.get(f"{AT}?piece={found.key}").text


def test_many_pieces_are_told_a_hundred_a_page(sit: Sit, desk: Desk) -> None:
    desk.keep(*(piece(n) for n in range(120)))
    browser = sit(desk.root).enter()
    first = browser.get(AT, params={"view": "list"})
    assert first.text.count('name="piece"') == 100
    second = browser.get(AT, params={"view": "list", "from": "100"})
    assert second.text.count('name="piece"') == 20
    assert "101–120 of 120" in second.text


def test_before_anything_was_gathered_the_page_says_what_to_do(sit: Sit, desk: Desk) -> None:
    browser = sit(desk.root).enter()
    for path in (AT, f"{AT}?view=list", "/search?q=libër"):
        page = browser.get(path)
        assert page.status_code == 200
        assert "Ask the outlets now" in page.text


def test_a_lead_that_is_the_beginning_of_the_text_stands_once(sit: Sit, desk: Desk) -> None:
    desk.keep(
        piece(
            1,
            lead="Në shesh u hap libri. Shumë veta…",
            text="Në shesh u hap libri.\nShumë veta erdhën.",
        )
    )
    page = sit(desk.root).enter().get(AT)
    assert 'class="lead"' not in page.text
    assert "erdhën" in page.text


def test_who_looked_has_seen_what_there_is(ana: Browser) -> None:
    assert ana.house.access.keys.looked("Ana") == {}
    ana.get(AT)
    assert ana.house.access.keys.looked("Ana") == {"festa": ana.clock.now}
