"""The desk in a real browser: nothing is complained of, nothing runs out, live lines fill."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from jehona import actions
from tests.browser.conftest import Opened, listen
from tests.browser.test_browser_report import found_by_axe
from tests.desk.conftest import Desk, desk
from tests.mail.conftest import postbox
from tests.pages.test_day import asked, blocked, busy, office_of
from tests.pages.test_server import served
from tests.record.pieces import piece

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["busy", "desk", "postbox"]

pytestmark = pytest.mark.real
LONG = "Kundërkushtetutshmërisht-mospërputhshmërisë" * 3
PAGES = [
    *("/", "/events", "/outlets", "/outlets/gazeta-shembull", "/runs/2", "/settings", "/who"),
    *("/welcome/outlets", "/welcome/event", "/nuk-ka", "/outlets/nuk-ka"),
    *("/events/new", "/events/festa/edit", "/events/festa/words", "/outlets/add", "/compare"),
    *("/newsletters", "/sent", "/pool", "/search", "/search?q=libri", "/search?q=libri&from=x"),
    *(f"/events/festa{page}" for page in ("", "/review", "/review?view=list", "/clips")),
    *(f"/events/festa{page}" for page in ("/stories", "/titles", "/post", "/publish")),
    *(f"/events/festa{page}" for page in ("/report", "/pickup", "/summary")),
    *("/events/festa/corrections", "/events/festa/evidence", "/outlets?show=record"),
    *("/outlets/gazeta-shembull/edit", "/settings/watch"),
]

# pages of which the answer itself is a refusal
REFUSED = re.compile(r"status of 4\d\d")

Visit = Callable[..., Opened]


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Pieces that wait, long words, an outlet that lets nobody in."""
    file = desk.root / "events" / "festa.toml"
    file.write_text(file.read_text("utf-8").replace("Festa e Librit", f"Festa {LONG}"), "utf-8")
    desk.keep(*(piece(number, headline=f"Libri {LONG} u hap në shesh") for number in range(1, 9)))
    asked(desk, blocked())
    actions.matches.match(office_of(desk))
    return desk


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """`visit(link, width=375, color_scheme="dark")`: somebody who came in and said who they are."""
    contexts = []

    def give(link: str, *, width: int = 1200, name: str = "Ana", **options: Any) -> Opened:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        opened = Opened(page=context.new_page())
        listen(opened)
        opened.page.goto(link)
        if opened.page.url.endswith("/who"):
            opened.page.get_by_label("Your name").fill(name)
            opened.page.get_by_role("button", name="Save").click()
            opened.page.wait_for_url(re.compile(r"/$"))
        return opened

    yield give
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nobody_complains(full: Desk, visit: Visit, scheme: str) -> None:
    with served(full.root) as (_, link):
        opened = visit(link, color_scheme=scheme)
        here = link.partition("/enter")[0]
        for path in PAGES:
            opened.page.goto(f"{here}{path}")
            assert found_by_axe(opened) == [], path
            assert opened.page.get_by_role("heading", level=1).count() == 1, path
    # nothing was refused by the pages' own policy either: Chromium says so on the console
    refused = [said for said in opened.complaints if not REFUSED.search(said)]
    assert refused == []
    assert {url.partition("/enter")[0].rpartition(":")[0] for url in opened.asked} == {
        "http://127.0.0.1"
    } or all(url.startswith((here, "data:")) for url in opened.asked)


@pytest.mark.parametrize("width", [375, 768])
def test_nothing_runs_out_of_the_screen(full: Desk, visit: Visit, width: int) -> None:
    with served(full.root) as (_, link):
        opened = visit(link, width=width)
        here = link.partition("/enter")[0]
        for path in PAGES:
            opened.page.goto(f"{here}{path}")
            wide = opened.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, path


def test_a_crawl_is_begun_watched_by_two_and_stopped(
    desk: Desk, busy: threading.Event, visit: Visit
) -> None:
    with served(desk.root) as (_, link):
        ana = visit(link).page
        ana.get_by_role("button", name="Ask the outlets now").click()
        ana.wait_for_url(re.compile(r"/runs/\d+$"))
        number = ana.url.rpartition("/")[2]
        from_here = visit(link_of(desk, link), name="Besa").page
        from_here.get_by_role("link", name=f"Run {number} is asking").first.click()
        for page in (ana, from_here):
            page.get_by_text("is being asked").wait_for()
        assert busy.wait(60)
        ana.get_by_role("button", name="Stop").click()
        # both are told, without asking again
        for page in (ana, from_here):
            page.get_by_text("interrupted", exact=True).wait_for()
            page.get_by_text("What now").wait_for()


def link_of(desk: Desk, link: str) -> str:
    """A fresh link to the same desk."""
    return actions.desk_access.access_of(office_of(desk)).link(link.partition("/enter")[0])


def test_without_javascript_everything_works(
    desk: Desk, busy: threading.Event, visit: Visit
) -> None:
    asked(desk, blocked())
    with served(desk.root) as (_, link):
        page = visit(link, java_script_enabled=False).page
        page.get_by_role("link", name="Outlets", exact=True).click()
        page.get_by_label("Found").fill("2")
        page.get_by_role("button", name="I looked by hand").click()
        page.get_by_text("checked by hand by Ana, 2 found").wait_for()
        page.get_by_role("link", name="Today").click()
        page.get_by_role("button", name="Ask the outlets now").click()
        page.wait_for_url(re.compile(r"/runs/\d+$"))
        assert busy.wait(60)
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("is stopping").wait_for()
        page.get_by_role("link", name="Settings").click()
        page.get_by_role("button", name="Log out").click()
        page.get_by_role("heading", name="You are out").wait_for()
