"""A person who never opened a terminal: from the icon's command to a draft on a real WordPress.

Every step is taken as a person takes it, by what is written on the page: roles and labels. No
command is typed after the first, no file is opened.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from jehona.demo.server import Newsroom
from jehona.demo.town import demo_desks
from tests.browser.conftest import Opened, chromium, listen
from tests.wordpress.laboratory import Seed, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["chromium"]

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]

ROOT: Final = Path(__file__).resolve().parents[2]
LINE: Final = re.compile(r"desk: (http://127\.0\.0\.1:\d+/enter\?key=[\w-]{43})\n")
PASTED: Final = ("fletorja-e-bregut", "kodra-sot")
NAMES: Final = ("Fletorja e Bregut", "Kodra Sot")
# By which the drawer finds its file; imported here, it would be everybody's keyring.
PLACE: Final = "JEHONA_TESTS_DRAWER"
OWN_WORDS: Final = "Fjalët e hapjes nga Ana."
PATIENCE: Final = 25_000


@dataclass
class Person:
    """Somebody at a browser, who reads what stands there."""

    page: Page

    def press(self, name: str, *, role: str = "button", inside: Any = None) -> None:
        """Presses what carries this name."""
        (inside or self.page).get_by_role(role, name=name, exact=True).first.click()

    def type(self, label: str, text: str) -> None:
        """Types into the field of this label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def follow(self, name: str) -> None:
        """Follows the link of this name."""
        self.press(name, role="link")

    def reads(self, words: str) -> None:
        """Waits until these words stand on the page."""
        self.page.get_by_text(words).first.wait_for(timeout=PATIENCE)

    def heading(self, name: str) -> None:
        """Waits for the page of this heading."""
        self.page.get_by_role("heading", level=1, name=name, exact=True).wait_for(timeout=PATIENCE)


@contextmanager
def icon_pressed(home: Path) -> Iterator[str]:
    """The command of the icon, in a home where nothing is yet: the link that the browser gets."""
    command = [sys.executable, "-m", "jehona", "desk", "--no-open"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        cwd=home,
        env={
            **os.environ,
            "HOME": str(home),
            "JEHONA_LANGUAGE": "en",
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "tests.wordpress.drawer.Drawer",
            PLACE: str(home / "keyring.json"),
        },
    ) as server:
        try:
            assert server.stdout
            found = LINE.fullmatch(server.stdout.readline())
            assert found
            yield found[1]
        finally:
            server.terminate()


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """The invented newsroom, served on this machine."""
    made = Newsroom(demo_desks(), clock=lambda: datetime.now(UTC))
    with made.open():
        yield made


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    seen = Opened(page=context.new_page())
    listen(seen)
    yield seen
    context.close()


def test_from_nothing_to_a_draft(
    opened: Opened,
    newsroom: Newsroom,
    own_site: Callable[[Seed], Site],
    tmp_path: Path,
) -> None:
    house = own_site(Seed(title="Bregu i Gjallë", posts=()))
    password = house.password("ana", "editor")
    with icon_pressed(tmp_path) as link:
        ana = Person(opened.page)
        opened.page.set_default_timeout(PATIENCE)
        ana.page.goto(link)
        makes_a_workspace(ana)
        for slug, name in zip(PASTED, NAMES, strict=True):
            pastes_an_outlet(ana, newsroom.desks[slug].address, name)
        describes_the_event(ana)
        asks_the_outlets(ana)
        reviews(ana)
        brings_two_clips(ana, late_piece(newsroom))
        looks_by_hand(ana)
        translates_titles(ana)
        names_the_site(ana, house.url, password)
        arranges_the_post(ana)
        makes_the_draft(ana)
    assert [said for said in opened.complaints if "404" not in said] == []
    (draft,) = house.written("dita-e-bregut")
    assert draft.status == "draft"
    assert OWN_WORDS in draft.content
    assert "Bregu në lajmet e mbrëmjes" in draft.content
    assert "Dita e Bregut, siç e panë të tjerët (1)" in draft.content
    # the password lies in the keyring and in no file of the workspace
    kept = [f for f in (tmp_path / "Jehona").rglob("*") if f.is_file()]
    assert not [f for f in kept if password.encode() in f.read_bytes()]


def late_piece(newsroom: Newsroom) -> str:
    """The address of a piece that came out after the window."""
    desk = newsroom.desks[PASTED[0]]
    return next(desk.link(post) for post in desk.listed() if "njëqind fidanë" in post.headline)


def makes_a_workspace(ana: Person) -> None:
    ana.heading("Welcome to Jehona")
    ana.type("Your name", "Ana Deti")
    ana.type("Your office's mail address", "zyra@bregu.example")
    ana.page.get_by_label("Language").select_option(label="shqip")
    ana.press("Go on")
    ana.heading("Your outlets")


def pastes_an_outlet(ana: Person, address: str, name: str) -> None:
    ana.type("Address", address)
    ana.press("Look at it")
    ana.page.get_by_role("heading", name=name).wait_for(timeout=PATIENCE)
    ana.press("Save")
    ana.reads("Written:")


def describes_the_event(ana: Person) -> None:
    for box in ana.page.get_by_role("checkbox").all():
        box.uncheck()
    for name in NAMES:
        ana.page.get_by_role("checkbox", name=name, exact=True).check()
    ana.press("Go on to the event")
    ana.heading("Add your first event")
    ana.type("Title", "Dita e Bregut")
    ana.type("Its day", "16.5.2026")
    ana.type("Place", "Bregvalë")
    ana.type("Organiser", "Shoqata Bregu i Gjallë")
    ana.type("Words", '"Dita e Bregut"\n"Shore Day"\npastr* vullnetar\npanair libr*')
    ana.press("Save")
    ana.heading("Today")


def asks_the_outlets(ana: Person) -> None:
    ana.press("Ask the outlets now")
    ana.page.wait_for_url(re.compile(r"/runs/\d+$"))
    ana.page.get_by_role("link", name="Review what came").wait_for(timeout=PATIENCE)
    ana.follow("Review what came")


def reviews(ana: Person) -> None:
    ana.heading("Review")
    ana.press("Accept")
    ana.press("Undo")
    ana.press("Accept all sure")
    ana.page.wait_for_load_state()
    for _ in range(60):
        if not ana.page.get_by_role("button", name="Reject", exact=True).count():
            break
        ana.press("Reject")
        ana.page.wait_for_load_state("networkidle")


def brings_two_clips(ana: Person, address: str) -> None:
    ana.follow("Clips")
    ana.heading("Clips")
    ana.type("Address of the piece", address)
    ana.press("Look at it")
    ana.page.get_by_role("heading", name="What the page says").wait_for()
    ana.press("Add clip")
    ana.page.get_by_role("link", name=re.compile("njëqind fidanë")).wait_for()
    ana.type("Headline", "Bregu në lajmet e mbrëmjes")
    ana.page.get_by_label("Outlet", exact=True).first.select_option(label="Kodra Sot")
    ana.type("Day", "16.5.2026")
    ana.type("Time, if known", "19:30")
    ana.press("Add clip")
    ana.page.get_by_role("cell", name="Bregu në lajmet e mbrëmjes").wait_for()


def looks_by_hand(ana: Person) -> None:
    ana.page.get_by_label("Outlet", exact=True).last.select_option(label="Fletorja e Bregut")
    ana.type("Pieces found", "3")
    ana.press("I looked by hand")
    ana.reads("Ana Deti")


def translates_titles(ana: Person) -> None:
    ana.follow("Dita e Bregut")
    ana.follow("Titles")
    ana.heading("Titles")
    fields = ana.page.get_by_role("textbox").all()
    assert len(fields) > 1
    for number, field in enumerate(fields, 1):
        field.fill(f"Dita e Bregut, siç e panë të tjerët ({number})")
    ana.press("Save")
    ana.reads("titles kept")


def names_the_site(ana: Person, address: str, password: str) -> None:
    ana.follow("Settings")
    ana.heading("Settings")
    ana.type("Address of the site", address)
    ana.type("Your log-in name there", "ana")
    ana.type("Application password", password)
    ana.press("Add the site")
    ana.reads("the password is kept in the keyring")


def arranges_the_post(ana: Person) -> None:
    ana.follow("Events")
    ana.follow("Dita e Bregut")
    ana.follow("Post")
    ana.heading("Post")
    ana.type("Title of the post", "Dita e Bregut në media")
    ana.page.get_by_role("textbox", name=re.compile("Own words")).first.fill(OWN_WORDS)
    ana.page.get_by_role("button", name=re.compile("^Down")).nth(1).click()
    ana.press("Save")
    ana.reads("Saved in posts/dita-e-bregut.sq.toml")


def makes_the_draft(ana: Person) -> None:
    ana.follow("Publish")
    ana.heading("Publish")
    ana.press("Make the draft")
    ana.reads("The draft is made on house.")
