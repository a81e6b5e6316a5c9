"""A post with pictures, videos and players on a real WordPress, opened in its own editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from crawler.models import Window
from tests.browser.conftest import chromium
from tests.wordpress.laboratory import Laboratory, Seed, Site
from tests.wordpress.laboratory import Post as Seeded
from tests.wordpress.office import Office
from tests.wordpress.test_publishing import DOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["chromium"]

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

FILM: Final = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x08mdat" * 9
DAYS: Final = (11, 12, 14)
DOCUMENT: Final = """\
title = "Festa & “bregu” në media"
headlines = "translation"
slug = "festa-ne-media"
categories = ["Shqipëri & bota"]
tags = ["breg"]
[picture]
file = "fotot/pamja.png"
alt = "Tezgat “në” shesh & bregu"
caption = "Mbrëmja e parë [1]"
featured = true
[[block]]
text = \"\"\"
Një **fjalë** me *theks*, [lidhje](https://office.example/?a=1&b=2) dhe [gallery].

- një
- dy

1. tre
2. katër
\"\"\"
[[block]]
chart = "days"
[[block]]
heading = "Në televizion"
pieces = [PIECES]
[[block]]
video = "film.mp4"
caption = "Në shesh"
[[block]]
video = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3"
caption = "Tirana TV, 19:30"
[[block]]
video = "https://www.facebook.com/watch/?v=123"
[[block]]
video = "https://vimeo.com/76979871"
[[block]]
video = "https://www.dailymotion.com/video/x5e9eog"
[[block]]
picture = "fotot/pamja.png"
"""
SEEN: Final = """() => {
  const all = [], walk = list => list.forEach(b => { all.push(b); walk(b.innerBlocks) });
  walk(wp.data.select('core/block-editor').getBlocks());
  return all.map(b => [b.name, b.isValid]);
}"""


@pytest.fixture(scope="module")
def site(laboratory: Laboratory) -> Site:
    days = ((day, datetime(2026, 5, day, 9, tzinfo=UTC)) for day in DAYS)
    posts = tuple(Seeded(slug=f"festa-{n}", title=f"Festa e {n}", at=at) for n, at in days)
    # another module takes this fixture along, and has a site of its own by it
    name = f"botues-{len(laboratory.sites)}"
    made = laboratory.site(name, Seed(title="Botuesi", posts=posts))
    made.terms("Shqipëri & bota", "breg")
    return made


@pytest.fixture(scope="module")
def secret(site: Site) -> str:
    """The application password of the author; an editor is there, too."""
    site.password("editor-mira", "editor")
    return site.password("author-ana", "author")


@dataclass(slots=True)
class Desk:
    """An office with a document, and the site that it publishes to."""

    office: Office
    site: Site

    def publish(self, *more: str) -> Any:
        return self.office.run(
            "publish", "breg", "--to", "house", "--no-link-check", "--json", *more
        )

    def arrange(self, text: str) -> None:
        (self.office.folder / "posts" / "breg.sq.toml").write_text(text, "utf-8")


@pytest.fixture
def desk(site: Site, secret: str, office: Office, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Three pieces of three days, a document that names them, two pictures and a film."""
    slug = office.follow(site, ["wordpress"])
    monkeypatch.setenv("JEHONA_SITE_HOUSE_PASSWORD", secret)
    toml = office.folder / "jehona.toml"
    told = f'[sites.house]\nurl = "{site.url}"\nuser = "author-ana"\n'
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    event = (
        'title = "Festa e Bregut"\nfrom = 2026-05-01\nto = 2026-05-31\nzone = "Europe/Tirane"\n'
        f'expected_outlets = ["{slug}"]\n[keywords]\nany = [["festa"]]\n'
    )
    (office.folder / "events" / "breg.toml").write_text(event, "utf-8")
    window = Window.of_days(date(2026, 5, 1), date(2026, 5, 31), "Europe/Tirane")
    assert office.crawl(slug, window=window).code == 0
    (office.folder / "media" / "fotot").mkdir(parents=True)
    (office.folder / "media" / "fotot" / "pamja.png").write_bytes(DOT)
    (office.folder / "media" / "film.mp4").write_bytes(FILM)
    (office.folder / "posts").mkdir()
    made = Desk(office, site)
    named = ", ".join(f'"{piece.url}"' for piece in office.articles())
    made.arrange(DOCUMENT.replace("PIECES", named))
    return made


@pytest.fixture
def editor(chromium: Browser, desk: Desk) -> Iterator[Callable[[int], Page]]:
    """Opens a post in the site's block editor, as a person who has logged in."""
    context = chromium.new_context()
    cookies = desk.site.login("editor-mira")
    context.add_cookies([{**one, "url": desk.site.url} for one in cookies])

    def opened(post: int) -> Page:
        page = context.new_page()
        page.goto(f"{desk.site.url}/wp-admin/post.php?post={post}&action=edit")
        page.wait_for_function("window.wp?.data?.select('core/block-editor')?.getBlockCount() > 0")
        return page

    yield opened
    context.close()


def test_the_editor_shows_every_block_of_a_post_as_valid(
    desk: Desk, editor: Callable[[int], Page]
) -> None:
    done = desk.publish("--by", "ana")
    assert done.code == 0, done.err
    assert done.json["notes"] == []
    post = done.json["post"]
    page = editor(post)
    seen = page.evaluate(SEEN)
    assert [name for name, valid in seen if not valid] == []
    named = [name.removeprefix("core/") for name, _ in seen if name != "core/list-item"]
    assert named == [
        "image", "paragraph", "list", "list", "image", "heading", "list", "video",
        "embed", "embed", "embed", "embed", "image", "separator", "paragraph",
    ]  # fmt: skip
    assert "invalid" not in page.locator("body").inner_text().lower()


def test_files_and_what_is_set_once_on_a_real_site(desk: Desk) -> None:
    done = desk.publish("--anew")
    assert done.code == 0, done.err
    once = desk.site.once(done.json["post"])
    assert once["categories"] == ["Shqipëri &amp; bota"]
    assert once["tags"] == ["breg"]
    assert once["slug"].startswith("festa-ne-media")
    assert once["featured"] > 0
    mine = [one for one in desk.site.pictures() if one["slug"].startswith("jehona-pamja")]
    assert [one["alt"] for one in mine] == ["Tezgat “në” shesh & bregu"]
    assert desk.publish().json["action"] == "unchanged"
    before = len(desk.site.pictures())
    document = (desk.office.folder / "posts" / "breg.sq.toml").read_text("utf-8")
    desk.arrange(
        document.replace("Një **fjalë**", "Dy **fjalë**").replace('["breg"]', '["nuk ka"]')
    )
    again = desk.publish()
    assert (again.json["action"], len(desk.site.pictures())) == ("update", before)
    assert desk.site.once(done.json["post"]) == once


def test_a_post_that_a_person_saved_in_the_editor_is_left(
    desk: Desk, editor: Callable[[int], Page]
) -> None:
    post = desk.publish("--anew").json["post"]
    page = editor(post)
    page.evaluate("() => wp.data.dispatch('core/editor').editPost({ title: 'Titulli im' })")
    page.evaluate("() => wp.data.dispatch('core/editor').savePost()")
    page.wait_for_function("!wp.data.select('core/editor').isSavingPost()")
    document = (desk.office.folder / "posts" / "breg.sq.toml").read_text("utf-8")
    desk.arrange(document.replace("Një **fjalë**", "Tri **fjalë**"))
    left = desk.publish()
    assert (left.code, left.json["action"]) == (3, "touched")


def test_an_unknown_category_is_refused_by_name(desk: Desk) -> None:
    document = (desk.office.folder / "posts" / "breg.sq.toml").read_text("utf-8")
    desk.arrange(document.replace("Shqipëri & bota", "Nuk ka"))
    before = len(desk.site.written("breg"))
    refused = desk.publish("--anew")
    assert (refused.code, len(desk.site.written("breg"))) == (2, before)
    assert "categories: Nuk ka" in refused.err


def test_an_issue_of_the_newsletter_by_the_same_rules(
    desk: Desk, editor: Callable[[int], Page]
) -> None:
    selection = desk.office.folder / "newsletters" / "7.toml"
    selection.parent.mkdir()
    url = desk.office.articles()[0].url
    issue = (
        'number = 7\ntitle = "Buletini & “bregu”"\nlayout = "list"\n'
        'picture = { file = "fotot/pamja.png", alt = "Salla" }\n'
        f'[[entry]]\nurl = "{url}"\nexcerpt = "Një [fjalë] & <tjetër>."\n'
        '[[entry]]\nheadline = "Njoftim"\nexcerpt = "Pa faqe."\n'
    )
    selection.write_text(issue, "utf-8")
    words = ("newsletter", "-n", "7", "--publish", "house", "--json")
    made = desk.office.run(*words)
    assert made.code == 0, made.err
    page = editor(made.json["post"])
    seen = page.evaluate(SEEN)
    assert [name for name, valid in seen if not valid] == []
    assert [name for name, _ in seen] == ["core/image", *["core/paragraph"] * 3]
    assert desk.office.run(*words).json["action"] == "unchanged"
    selection.write_text(issue.replace("Pa faqe", "Ende pa faqe"), "utf-8")
    assert desk.office.run(*words).json["action"] == "update"
    desk.site.edit(made.json["post"], title="Titull tjetër")
    selection.write_text(issue.replace("Pa faqe", "Me faqe"), "utf-8")
    left = desk.office.run(*words)
    assert (left.code, left.json["action"]) == (3, "touched")
