"""A post and an issue in a real browser: keys, dragging, two at once, the clipboard, no script."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jehona import actions
from tests.browser.conftest import Opened
from tests.browser.test_browser_desk import LONG, link_of, visit
from tests.browser.test_browser_report import found_by_axe
from tests.desk.conftest import Desk, desk
from tests.desk.test_post_media import DOT
from tests.mail.conftest import postbox
from tests.pages.test_day import office_of
from tests.pages.test_server import served
from tests.record.pieces import piece

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["desk", "postbox", "visit"]

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]
DOCUMENT = f"""\
# e jona
title = "Festa në media"

# hyrja
[[block]]
text = "Mediat shkruan:"

[[block]]
outlet = "gazeta-shembull"
pieces = [
  "{piece(1).url}",  # i pari
  "{piece(2).url}",  # i dyti
  "{piece(3).url}",  # i treti
]

[[block]]
heading = "Në TV"
pieces = ["{piece(4).url}"]
"""
ISSUE = f"""\
number = 7
title = "Buletini"
event = "festa"
[[entry]]
url = "{piece(1).url}"  # i pari
[[entry]]
url = "{piece(2).url}"  # i dyti
"""

Visit = Callable[..., Opened]


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Six pieces, four of them placed; an issue of two."""
    desk.keep(*(piece(number) for number in range(1, 6)), piece(6, headline=f"Libri {LONG} shesh"))
    actions.matches.match(office_of(desk))
    for folder, name, text in (("posts", "festa.sq", DOCUMENT), ("newsletters", "7", ISSUE)):
        (desk.root / folder).mkdir()
        (desk.root / folder / f"{name}.toml").write_text(text, "utf-8")
    return desk


@pytest.fixture
def here(full: Desk) -> Iterator[str]:
    """The address of a desk that is served."""
    with served(full.root) as (_, link):
        yield link.partition("/enter")[0]


@pytest.fixture
def come(full: Desk, here: str, visit: Visit) -> Callable[..., Page]:
    """`come(path)`: a page of the desk, for somebody who came in."""

    def give(path: str = "/events/festa/post", **options: Any) -> Page:
        page: Page = visit(link_of(full, f"{here}/enter"), **options).page
        page.goto(f"{here}{path}")
        return page

    return give


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved in").wait_for()


def numbers(desk: Desk) -> list[list[str]]:
    """The pieces of each block of the file, by their numbers; a text by its words."""
    told = tomllib.loads(file_of(desk).read_text("utf-8"))
    found = []
    for block in told["block"]:
        names = block.get("pieces") or [block.get("text", "")]
        found.append([re.sub(r".*libri-(\d+)/", r"\1", name) for name in names])
    return found


def file_of(desk: Desk) -> Path:
    return desk.root / "posts" / "festa.sq.toml"


@pytest.mark.parametrize("script", [True, False])
def test_by_keys_alone(full: Desk, come: Callable[..., Page], script: bool) -> None:
    page = come(java_script_enabled=script)
    up = page.get_by_role("button", name="Up: Libri 3", exact=False)
    up.focus()
    for _ in range(2):
        # the pressed button keeps the focus, so that one presses on
        with nullcontext() if script else page.expect_navigation():
            page.keyboard.press("Enter")
        page.locator("button:focus").wait_for()
    for _ in range(2):
        with nullcontext() if script else page.expect_navigation():
            page.get_by_role("button", name=re.compile(r"^Up: Në TV")).press("Enter")
    page.get_by_label("Title of the post").fill("Me tastierë")
    save(page)
    assert numbers(full) == [["4"], ["Mediat shkruan:"], ["3", "1", "2"]]
    text = file_of(full).read_text("utf-8")
    assert 'title = "Me tastierë"' in text
    assert all(f"# {told}" in text for told in ("e jona", "hyrja", "i pari", "i dyti", "i treti"))


def drag(page: Page, row: Locator, onto: Locator) -> None:
    """Takes a row by its grip, and lets it go a little below the upper edge of another."""
    taken = row.locator("[data-grip]").first.bounding_box()
    there = onto.bounding_box()
    assert taken
    assert there
    page.mouse.move(taken["x"] + taken["width"] / 2, taken["y"] + taken["height"] / 2)
    page.mouse.down()
    page.mouse.move(taken["x"] + 2, taken["y"] + 4, steps=4)
    page.mouse.move(there["x"] + 40, there["y"] + 5, steps=12)
    page.mouse.move(there["x"] + 42, there["y"] + 4, steps=3)
    page.mouse.up()


def test_by_dragging(full: Desk, come: Callable[..., Page]) -> None:
    page = come()
    # all of it on one screen: what is dragged past an edge scrolls
    page.set_viewport_size({"width": 1200, "height": 2400})
    tv = page.locator("section.block", has=page.get_by_role("heading", name="Në TV"))
    drag(page, page.locator("li", has_text="Libri 1 u hap"), tv.locator("li").first)
    # out of the tray, onto the heading of a block: at its end
    drag(page, page.locator("li", has_text="Libri 5 u hap"), tv.get_by_role("heading"))
    drag(page, tv, page.locator("section.block").first)
    page.get_by_text("Not saved yet").wait_for()
    save(page)
    assert numbers(full) == [["1", "4", "5"], ["Mediat shkruan:"], ["2", "3"]]
    assert "# i pari" in file_of(full).read_text("utf-8")


def test_what_is_not_saved_is_looked_at_in_its_sandbox(
    full: Desk, come: Callable[..., Page]
) -> None:
    page = come()
    page.get_by_role("textbox", name="Own words").fill("Fjalë që askush s'i ka ruajtur")
    frame = page.frame_locator("iframe[name=preview]")
    frame.get_by_text("Fjalë që askush s'i ka ruajtur").wait_for()
    assert "Fjalë që" not in file_of(full).read_text("utf-8")
    assert page.locator("iframe[name=preview]").get_attribute("sandbox") == ""


def test_two_browsers_lose_nobody_s_words(full: Desk, come: Callable[..., Page]) -> None:
    ana, besa = come(), come(name="Besa")
    ana.get_by_role("textbox", name="Own words").fill("Fjalët e Anës")
    besa.get_by_role("textbox", name="Own words").fill("Fjalët e Besës")
    save(besa)
    ana.get_by_role("button", name="Save").click()
    ana.get_by_role("alert").get_by_text("somebody else changed it").wait_for()
    assert "Fjalët e Besës" in ana.locator("textarea[name=other]").input_value()
    assert ana.get_by_role("textbox", name="Own words").input_value() == "Fjalët e Anës"
    assert found_by_axe(Opened(page=ana)) == []
    ana.get_by_role("button", name="Go on from the file").click()
    ana.get_by_role("heading", name="What you had typed").wait_for()
    assert ana.get_by_role("textbox", name="Own words").input_value() == "Fjalët e Besës"
    ana.get_by_role("textbox", name="Own words").fill("Fjalët e të dyjave")
    save(ana)
    assert "Fjalët e të dyjave" in file_of(full).read_text("utf-8")


def test_copy_is_rich_and_plain(come: Callable[..., Page]) -> None:
    page = come(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    kinds = page.evaluate(
        """async () => Object.fromEntries(await Promise.all(
          (await navigator.clipboard.read())[0].types.map(async (type) => [
            type, await (await (await navigator.clipboard.read())[0].getType(type)).text()])))"""
    )
    assert f'<a href="{piece(1).url}"' in kinds["text/html"]
    assert "Mediat shkruan:" in kinds["text/plain"]
    assert "<" not in kinds["text/plain"]


def test_a_picture_is_brought_and_a_large_one_is_not_sent(
    full: Desk, come: Callable[..., Page], tmp_path: Path
) -> None:
    page = come()
    large = tmp_path / "film.mp4"
    with large.open("wb") as file:
        # a gigabyte that takes no room
        file.truncate(1024**3)
    chosen = page.get_by_label("Picture or video, from your machine")
    chosen.set_input_files(large)
    page.get_by_role("button", name="Add as a block").click()
    assert "larger than 128 MB" in chosen.evaluate("field => field.validationMessage")
    small = tmp_path / "Salla e madhe.png"
    small.write_bytes(DOT)
    chosen.set_input_files(small)
    page.get_by_role("button", name="Add as a block").click()
    page.get_by_role("heading", name="Picture").wait_for()
    save(page)
    assert 'picture = "salla-e-madhe.png"' in file_of(full).read_text("utf-8")


def test_an_issue_by_dragging_and_by_buttons(full: Desk, come: Callable[..., Page]) -> None:
    page = come("/newsletters/7")
    page.set_viewport_size({"width": 1200, "height": 2400})
    blocks = page.locator("section.block")
    drag(page, blocks.nth(1), blocks.first)
    page.get_by_role("button", name=re.compile(r"^Put in\s*: Libri 3")).click()
    page.get_by_role("heading", name="3. Libri 3", exact=False).wait_for()
    save(page)
    text = (full.root / "newsletters" / "7.toml").read_text("utf-8")
    order = [text.index(piece(number).url) for number in (2, 1, 3)]
    assert order == sorted(order)
    assert "# i pari" in text


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 375)])
def test_axe_finds_nothing_and_nothing_runs_out(
    come: Callable[..., Page], here: str, scheme: str, width: int
) -> None:
    page = come(color_scheme=scheme, width=width)
    for path in (
        "/events/festa/post",
        "/events/festa/publish",
        "/newsletters",
        "/newsletters/7",
        "/newsletters/7/publish",
        "/newsletters/7/list",
    ):
        page.goto(f"{here}{path}")
        for opened in page.locator("main details").all():
            opened.evaluate("one => { one.open = true }")
        assert found_by_axe(Opened(page=page)) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
