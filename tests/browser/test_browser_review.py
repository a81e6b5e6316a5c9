"""The desk's cards, clips and search in a real browser, before a desk of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from crawler.models import Layer, SnapshotKind, Way
from crawler.record import write
from jehona.actions import event_clips, matches, review
from jehona.actions.office import open_office
from jehona.actions.review_order import Show
from tests.browser.conftest import Opened, listen
from tests.browser.test_browser_report import found_by_axe
from tests.desk.conftest import Desk, desk
from tests.mail.conftest import postbox
from tests.record.pieces import begin, lead_of, page_of, piece

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["desk", "postbox"]

pytestmark = pytest.mark.real

AT = "/events/festa/review"
EVIL = '"><script>alert(1)</script><img src="https://evil.example/x.png" onerror="alert(2)">'
EVIL_PAGE = f"""<html><head><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/x.css">
<script>top.location = "/"; alert(3)</script>
<base href="https://evil.example/"></head><body onload="alert(4)"><h1>Libri në shesh</h1>
<p style="background:url(https://evil.example/b.png)">Teksti që u ruajt. {EVIL}</p>
<iframe src="https://evil.example/"></iframe><form action="https://evil.example/"><button>x</button>
</form></body></html>"""


@dataclass
class Sitting:
    """Somebody's browser at a desk that runs by itself."""

    at: str
    link: str
    chromium: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str = AT, *, name: str = "Ana", **options: Any) -> Opened:
        """A page of the desk, after coming in."""
        options = {"viewport": {"width": 1280, "height": 900}, **options}
        context = self.chromium.new_context(**options)
        self.contexts.append(context)
        opened = Opened(page=context.new_page())
        page = opened.page
        page.goto(self.link)
        page.goto(f"{self.at}/who")
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Save").click()
        listen(opened)
        page.goto(f"{self.at}{path}")
        return opened

    def strangers(self, opened: Opened) -> list[str]:
        """Addresses that were asked for and are none of the desk's."""
        return [url for url in opened.asked if not url.startswith((self.at, "about:"))]


Sit = Callable[[], Sitting]


@pytest.fixture
def sit(desk: Desk, chromium: Browser) -> Iterator[Sit]:
    """`sit()`: a desk of this office as its own process, and a browser before it."""
    made: list[subprocess.Popen[str]] = []
    sittings: list[Sitting] = []

    def begin() -> Sitting:
        command = [sys.executable, "-m", "jehona", "-w", str(desk.root), "desk", "--no-open"]
        env = {**os.environ, "JEHONA_LANGUAGE": "en"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
        made.append(process)
        assert process.stdout
        link = process.stdout.readline().removeprefix("desk: ").strip()
        at = link.partition("/enter")[0]
        sittings.append(Sitting(at, link, chromium))
        return sittings[-1]

    yield begin
    for one in sittings:
        for context in one.contexts:
            context.close()
    for process in made:
        process.terminate()
        process.wait(20)
        assert process.stdout
        process.stdout.close()


def queued(desk: Desk, show: Show = Show.WAITING) -> list[str]:
    found = review.queue(open_office(desk.root), "festa", show=show)
    return [one.article.key for one in found.pieces]


def filled_with(desk: Desk, count: int) -> list[str]:
    """So many pieces that wait, matched and kept; their keys in the order of the queue."""
    desk.keep(*(piece(n) for n in range(count)))
    matches.match(open_office(desk.root), "festa")
    return queued(desk)


def card(page: Page) -> str | None:
    return page.locator("#card").get_attribute("data-piece")


def press(page: Page, key: str) -> None:
    """A key that decides or skips; until the next card shows."""
    before = page.locator("#card").element_handle()
    page.keyboard.press(key)
    page.wait_for_function("one => !one.isConnected", arg=before)


def test_forty_cards_by_keys(desk: Desk, sit: Sit) -> None:
    keys = filled_with(desk, 43)
    opened = sit().open()
    page = opened.page
    for number, key in enumerate(keys[:40]):
        assert card(page) == key
        press(page, "ar"[number % 2])
    assert len(queued(desk, Show.ACCEPTED)) == 20
    assert set(queued(desk, Show.REJECTED)) == set(keys[1:40:2])
    press(page, "s")
    assert card(page) == keys[41]
    press(page, "u")
    assert card(page) == keys[39]
    assert keys[39] in queued(desk)
    assert opened.complaints == []
    assert page.url.endswith(f"?piece={keys[39]}"), "to load it again shows the same card"


def test_keys_are_letters_while_one_types(desk: Desk, sit: Sit) -> None:
    keys = filled_with(desk, 3)
    page = sit().open().page
    page.keyboard.press("n")
    page.keyboard.type("ars një shënim")
    page.keyboard.press("Enter")
    assert (card(page), len(queued(desk))) == (keys[0], 3)
    press(page, "r")
    (kept,) = review.queue(open_office(desk.root), "festa", show=Show.REJECTED).pieces
    assert kept.decision is not None
    assert kept.decision.note == "ars një shënim"
    page.keyboard.press("Control+a")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    assert (card(page), len(queued(desk))) == (keys[1], 2)
    page.keyboard.press("w")
    assert page.url.endswith("#why")
    page.locator("#story", has_text="No other piece").wait_for()


def test_every_button_works_without_javascript(desk: Desk, sit: Sit) -> None:
    keys = filled_with(desk, 4)
    at = sit()
    page = at.open(java_script_enabled=False).page
    page.get_by_role("button", name="Accept", exact=True).click()
    assert card(page) == keys[1]
    page.get_by_role("button", name="Reject").click()
    assert card(page) == keys[2]
    page.get_by_role("button", name="Skip").click()
    assert card(page) == keys[3]
    page.get_by_role("button", name="Undo").click()
    assert card(page) == keys[1]
    assert (queued(desk, Show.ACCEPTED), queued(desk, Show.REJECTED)) == ([keys[0]], [])
    page.get_by_role("button", name="Accept all sure").click()
    assert len(queued(desk, Show.ACCEPTED)) == 4

    page.goto(f"{at.at}/events/festa/clips")
    page.get_by_label("Headline").fill("Libri në ekran")
    page.locator("#t-outlet").select_option("gazeta-shembull")
    page.locator("#t-published").fill("10.5.2025")
    page.get_by_role("button", name="Add clip").click()
    page.locator("#h-outlet").select_option("gazeta-shembull")
    page.get_by_label("Pieces found").fill("2")
    page.get_by_role("button", name="I looked by hand").click()
    found = event_clips.event_clips(open_office(desk.root), "festa")
    assert [article.headline for article, _ in found.pieces] == ["Libri në ekran"]
    assert [(check.read, check.by) for check in found.looked] == [(2, "Ana")]


def hostile(desk: Desk) -> str:
    """One piece, all of it hostile, with a kept page; its key."""
    told = piece(1, headline=f"Libri në shesh {EVIL}", lead=EVIL, text=f"{EVIL} libri {EVIL}")
    desk.keep(told)
    page = piece(1, layer=Layer.PAGE, headline=f"Libri në shesh {EVIL}", lead=EVIL, text=EVIL)
    lead = lead_of(page, 0)
    answer = replace(
        page_of([told]),
        layer=Layer.PAGE,
        way=Way.PROOF,
        kind=SnapshotKind.HTML,
        url=page.url,
        body=EVIL_PAGE.encode(),
        leads=(lead,),
    )
    with desk.record() as record:
        write.store_page(record, begin(record), answer, [(lead, page)])
    matches.match(open_office(desk.root), "festa")
    return queued(desk)[0]


def test_hostile_pieces_are_words_and_nothing_is_fetched(desk: Desk, sit: Sit) -> None:
    key = hostile(desk)
    at = sit()
    opened = at.open(name='Ana "><script>alert(5)</script>')
    page = opened.page
    assert EVIL in page.locator("#headline").inner_text()
    page.get_by_text("The page as it was kept").click()
    kept = page.frame_locator("iframe")
    kept.get_by_text("Teksti që u ruajt").wait_for()
    assert kept.locator("img, script, link, form, iframe, [style]").count() == 0
    press(page, "r")
    for path in (
        f"{AT}?view=list&show=rejected",
        f"{AT}?show=rejected&piece={key}",
        "/search?q=libër",
    ):
        page.goto(f"{at.at}{path}")
        page.get_by_text("onerror").first.wait_for()
    page.goto(f"{at.at}/events/festa/clips")
    page.get_by_label("Headline").fill(EVIL)
    page.locator("#t-outlet").select_option("-")
    page.locator("#t-published").fill("10.5.2025")
    page.get_by_role("button", name="Add clip").click()
    page.get_by_text("onerror").first.wait_for()
    assert at.strangers(opened) == []
    assert opened.complaints == []


def test_two_people_at_one_card(desk: Desk, sit: Sit) -> None:
    keys = filled_with(desk, 2)
    at = sit()
    page = at.open().page
    assert card(page) == keys[0]
    review.decide(open_office(desk.root, by="Besa"), "festa", accept=[keys[0]])
    press(page, "r")
    told = page.get_by_role("status").inner_text()
    assert re.match(r"Besa accepted this \d+ s ago; your word holds now\.", told)
    assert queued(desk, Show.REJECTED) == [keys[0]]


STATES = (
    AT, f"{AT}?view=list", f"{AT}?show=rejected", f"{AT}?show=accepted&view=list", "/events",
    "/events/festa", "/events/festa/clips", "/search", "/search?q=libër&event=festa",
    "/search?q=zzz", "/events/festa/words", "/events/festa/post", "/events/festa/report",
    "/newsletters", "/events/new",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_on_any_page(desk: Desk, sit: Sit, scheme: str, width: int) -> None:
    keys = filled_with(desk, 5)
    review.decide(open_office(desk.root, by="Besa"), "festa", accept=keys[:1], note="po")
    at = sit()
    size = {"width": width, "height": 900}
    opened = at.open(color_scheme=scheme, viewport=size)
    found = []
    for path in STATES:
        opened.page.goto(f"{at.at}{path}")
        found += [f"{path}: {one}" for one in found_by_axe(opened)]
        if opened.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path}: runs out of the screen")
    assert found == []
    assert opened.complaints == []
