"""A post arranged at the desk becomes a draft on a real WordPress, by label and role alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import chromium
from tests.pages.test_server import served
from tests.wordpress.test_post_in_editor import Desk, desk, secret, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["chromium", "desk", "secret", "site"]

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]


def come(chromium: Browser, link: str) -> Page:
    page = chromium.new_context().new_page()
    page.goto(link)
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Save").click()
    return page


def arrange(page: Page, title: str) -> None:
    """The event's post gets another title, and a piece another place."""
    page.get_by_role("link", name="Events").click()
    page.get_by_role("link", name="Festa e Bregut").first.click()
    page.get_by_role("link", name="Post", exact=True).click()
    page.get_by_label("Title of the post").fill(title)
    page.get_by_role("button", name="Down: Festa e 11", exact=False).click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved in posts/breg.sq.toml").wait_for()
    page.get_by_role("link", name="Publish").click()


def test_a_draft_is_made_from_the_page_and_brought_up_to_date(
    desk: Desk, chromium: Browser
) -> None:
    with served(desk.office.folder) as (_, link):
        page = come(chromium, link)
        arrange(page, "Reflektime, radhë e re")
        page.get_by_label("ask first whether the links still lead there").uncheck()
        page.get_by_role("button", name="Show what would change").click()
        page.get_by_text("A draft would be made on house.").wait_for()
        page.get_by_label("ask first whether the links still lead there").uncheck()
        page.get_by_role("button", name="Make the draft").click()
        page.get_by_role("heading", name="The draft is made on house.").wait_for()
        address = page.get_by_role("link", name="Open it in WordPress").get_attribute("href") or ""
        post = int(address.partition("post=")[2].partition("&")[0])
        made = desk.site.once(post)
        assert made["slug"].startswith("festa-ne-media")
        assert made["tags"] == ["breg"]
        arrange(page, "Reflektime, edhe një herë")
        page.get_by_label("ask first whether the links still lead there").uncheck()
        page.get_by_role("button", name="Make the draft").click()
        page.get_by_role("heading", name="was brought up to date", exact=False).wait_for()
        again = page.get_by_role("link", name="Open it in WordPress").get_attribute("href")
        assert again == address
        page.context.close()
