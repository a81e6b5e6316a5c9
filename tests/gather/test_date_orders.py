"""One list, one order of day and month, over all pages of a walk, in the record and read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from jehona.demo import Desk
from jehona.demo.answers import HTML, Answer, Ask, page
from jehona.demo.faults import Fault, Genuine
from tests.gather.pressroom import Pressroom, pressroom
from tests.gather.test_pages import record_of

Opened = Callable[..., AbstractContextManager[Pressroom]]
Site = Callable[[Mapping[str, tuple[str, ...]]], Fault]
PAGES = {"1": ("4/5/2025 9:00 AM", "4/3/2025 9:00 AM"), "2": ("3/29/2025 9:00 AM", "3/4/2025")}
DAYS = ["2025-03-04", "2025-03-29", "2025-04-03", "2025-04-05"]
SINCE = ("--since", "2025-03-03", "--until", "2025-04-30")
RSS = "application/rss+xml; charset=UTF-8"


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    return lambda *desks: pressroom(tmp_path, capsys, *desks)


def feed(pages: Mapping[str, tuple[str, ...]]) -> Fault:
    """A feed of a few pages with these dates."""

    def spoil(ask: Ask, _: Genuine) -> Answer:
        number = ask.words.get("paged", "1")
        rows = "".join(
            f"<item><title>Panairi i fshatit {number}{n}</title><pubDate>{text}</pubDate>"
            f"<link>http://{ask.headers['host']}/lajm-{number}{n}/</link></item>"
            for n, text in enumerate(pages.get(number, ()))
        )
        body = f"<rss version='2.0'><channel><title>F</title>{rows}</channel></rss>"
        return Answer(
            status=200 if rows else 404, headers=(("Content-Type", RSS),), body=body.encode()
        )

    return Fault(name="feed", spoil=spoil, only=r"/feed")


def lists(pages: Mapping[str, tuple[str, ...]]) -> Fault:
    """List pages with these dates."""

    def spoil(ask: Ask, _: Genuine) -> Answer:
        number = ask.path.rstrip("/").rpartition("/")[2]
        rows = "".join(
            f"<article><h2><a href='/lajm-{number}{n}/'>Panairi i fshatit {number}{n}</a></h2>"
            f"<i>{text}</i></article>"
            for n, text in enumerate(pages.get(number, ()))
        )
        if not ask.path.startswith("/page/"):
            return page(404, "")
        return Answer(
            status=200 if rows else 404,
            headers=(("Content-Type", HTML),),
            body=f"<html><body>{rows}</body></html>".encode(),
        )

    return Fault(name="lists", spoil=spoil, only=r"/page/|/lajm-")


LISTING = """
[[find]]
way = "listing"
url = "{home}/page/{{page}}/"
row = "article"
link = "h2 a"
headline = "h2"
date = "i"
"""
WAYS = [("feed", feed), ("listing", lists)]


def declare(room: Pressroom, desk: Desk, way: str) -> None:
    """The outlet's file with one way."""
    if way == "feed":
        room.outlet(desk, "feed")
        return
    room.outlet(desk, extra=LISTING.format(home=desk.address))


def days(room: Pressroom) -> list[str | None]:
    """The days of all pieces."""
    with record_of(room) as record:
        sql = "SELECT substr(published, 1, 10) FROM articles ORDER BY 1"
        return [day for (day,) in record.conn.execute(sql)]


@pytest.mark.parametrize(("way", "site"), WAYS)
def test_what_a_later_page_proves_holds_for_the_first(opened: Opened, way: str, site: Site) -> None:
    desk = Desk(slug="fletorja", name="Fletorja", posts=[], fault=site(PAGES))
    with opened(desk) as room:
        declare(room, desk, way)
        done = room.crawl(*SINCE, "--way", way).of("fletorja")
        assert (done["outcome"], done["read"]) == ("complete", 4), done
        assert days(room) == ["2025-03-03", *DAYS[1:]]  # the bare day begins at midnight in Tirana
        assert room.type("reread").code == 0
        assert days(room) == ["2025-03-03", *DAYS[1:]]
        again = room.crawl(*SINCE, "--way", way).of("fletorja")
        assert (again["new"], again["changed"]) == (0, 0)


@pytest.mark.parametrize(("way", "site"), WAYS)
def test_a_walk_that_proves_both_orders_says_so(opened: Opened, way: str, site: Site) -> None:
    pages = {"1": ("4/13/2025", "13/4/2025", "4/3/2025")}
    desk = Desk(slug="fletorja", name="Fletorja", posts=[], fault=site(pages))
    with opened(desk) as room:
        declare(room, desk, way)
        done = room.crawl(*SINCE, "--way", way).of("fletorja")
        assert days(room) == [None, "2025-04-12", "2025-04-12"]
        assert "both orders" in done["checks"][0]["note"]


@pytest.mark.parametrize(("way", "site"), WAYS)
def test_a_proof_of_another_day_mends_the_rows_before(opened: Opened, way: str, site: Site) -> None:
    desk = Desk(slug="fletorja", name="Fletorja", posts=[], fault=site({"1": ("4/3/2025",)}))
    with opened(desk) as room:
        declare(room, desk, way)
        room.crawl(*SINCE, "--way", way)
        assert days(room) == ["2025-03-03"]
        desk.fault = site({"1": ("4/3/2025", "4/13/2025")})
        room.crawl(*SINCE, "--way", way)
        assert days(room) == ["2025-04-02", "2025-04-12"]


@pytest.mark.parametrize(("way", "site"), WAYS)
def test_an_order_is_remembered_until_the_site_proves_another(
    opened: Opened, way: str, site: Site
) -> None:
    desk = Desk(slug="fletorja", name="Fletorja", posts=[], fault=site({"1": ("4/13/2025",)}))
    with opened(desk) as room:
        declare(room, desk, way)
        room.crawl(*SINCE, "--way", way)
        desk.fault = site({"1": ("4/4/2025 9:00 AM", "4/3/2025 9:00 AM")})
        room.crawl(*SINCE, "--way", way)
        assert days(room) == ["2025-04-03", "2025-04-04"]
        desk.fault = site({"1": ("13/4/2025 09:00", "4/3/2025 9:00 AM")})
        room.crawl(*SINCE, "--way", way)
        assert days(room) == ["2025-03-04", "2025-04-13"]
