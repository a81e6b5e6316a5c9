"""Everything that was published in the window, by either way, for few requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, log2
from zoneinfo import ZoneInfo

import pytest

from crawler.reading.rest import site_zone
from crawler.record import open_record, read
from jehona.demo import Desk, Post
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom
from tests.newsroom.posts import many_posts

WINDOW = ("--since", "2026-05-11", "--until", "2026-05-24")
INSIDE = [
    "2026-05-11T00:00:00",
    "2026-05-11T00:00:01",
    "2026-05-16T10:30:00",
    "2026-05-24T23:59:59",
]
OUTSIDE = ["2026-05-10T23:59:59", "2026-05-25T00:00:00", "2026-04-01T12:00:00"]


def edges(**settings: object) -> Desk:
    posts = [Post(headline=f"Lajmi i orës {at}", at=at, text="Fjalë.") for at in INSIDE + OUTSIDE]
    return Desk(slug="fletorja", name="Fletorja e Bregut", posts=posts, **settings)  # type: ignore[arg-type]


def urls(room: Pressroom) -> list[str]:
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        return [row[0] for row in record.conn.execute("SELECT url FROM articles ORDER BY url")]


@pytest.mark.parametrize("way", ["wordpress", "feed"])
def test_both_edges_of_the_window_are_exact(opened: Opened, way: str) -> None:
    desk = edges()
    with opened(desk) as room:
        room.outlet(desk, way)
        done = room.crawl(*WINDOW)
        assert done.code == 0, done.err
        ended = done.of("fletorja")
        assert ended["outcome"] == "complete"
        assert ended["read"] == ended["new"] == len(INSIDE)
        assert ended["listed"] == (len(INSIDE) if way == "wordpress" else None)
        assert len(urls(room)) == len(INSIDE)
        assert not room.pages(desk)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Tirane", "America/New_York", "+05:30"])
def test_the_site_may_keep_any_clock(opened: Opened, zone: str) -> None:
    """The window is Tirana's; the posts are dated by the site's own clock."""
    readers = ZoneInfo("Europe/Tirane")
    moments = [datetime.fromisoformat(at).replace(tzinfo=readers) for at in INSIDE + OUTSIDE]
    local = [moment.astimezone(site_zone(zone)).replace(tzinfo=None) for moment in moments]
    posts = [Post(headline=f"Lajmi {n}", at=at.isoformat()) for n, at in enumerate(local)]
    desk = Desk(slug="larg", name="Larg", posts=posts, zone=zone)
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        ended = room.crawl(*WINDOW).of("larg")
        assert (ended["outcome"], ended["listed"], ended["read"]) == ("complete", 4, 4)


@pytest.mark.parametrize("order", [("wordpress", "feed"), ("feed", "wordpress")])
def test_two_ways_in_either_order_give_one_article_a_post(
    opened: Opened, order: tuple[str, str]
) -> None:
    desk = edges()
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        for way in order:
            done = room.crawl(*WINDOW, "--way", way)
            assert done.of("fletorja")["read"] == len(INSIDE)
        assert len(urls(room)) == len(INSIDE)
        assert done.of("fletorja")["new"] == 0
        assert done.of("fletorja")["changed"] == 0


@pytest.mark.parametrize("count", [1, 99, 100, 101, 340])
def test_rest_costs_a_request_a_hundred_and_three(opened: Opened, count: int) -> None:
    desk = Desk(
        slug="e-madhja",
        name="E madhja",
        posts=many_posts(count, newest="2026-05-20T12:00", every=timedelta(minutes=20)),
    )
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        ended = room.crawl(*WINDOW).of("e-madhja")
        assert ended["listed"] == ended["read"] == count
        assert ended["requests"] == len(room.asked(desk)) <= ceil(count / 100) + 3


def test_a_window_three_hundred_pages_away_is_reached_by_jumps(opened: Opened) -> None:
    posts = many_posts(3_300, newest="2026-05-30T12:00", every=timedelta(hours=2))
    desk = Desk(slug="e-vjetra", name="E vjetra", posts=posts)
    with opened(desk) as room:
        room.outlet(desk, "feed")
        done = room.crawl("--since", "2025-09-20", "--until", "2025-09-22")
        ended = done.of("e-vjetra")
        assert (ended["outcome"], ended["read"]) == ("complete", 36)
        inside = ceil(36 / 10) + 1
        assert len(room.asked(desk)) <= 2 * log2(300) + inside + 5


def test_a_second_crawl_asks_only_for_lists_and_adds_nothing(opened: Opened) -> None:
    desk = edges()
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        room.crawl(*WINDOW)
        before = len(room.asked(desk))
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["new"], ended["changed"], ended["gone"]) == (0, 0, 0)
        asked = room.asked(desk)[before:]
        assert [target.split("?")[0] for target in asked] == ["/robots.txt", "/wp-json/wp/v2/posts"]


def test_custom_types_are_counted_and_named(opened: Opened) -> None:
    posts = [
        Post(headline="Lajm", at="2026-05-16T10:00"),
        Post(headline="Video", at="2026-05-16T11:00", type="video"),
    ]
    desk = Desk(slug="tv", name="TV", posts=posts, types={"video": "videos"})
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        ended = room.crawl(*WINDOW).of("tv")
        assert (ended["listed"], ended["read"]) == (2, 2)
        assert set(ended["checks"][0]["types"]) == {"posts", "videos"}


def test_an_edit_is_a_revision_and_a_deletion_is_gone(opened: Opened) -> None:
    posts = [Post(headline=f"Lajmi {n}", at=f"2026-05-1{n}T10:00", id=200 + n) for n in range(2, 6)]
    desk = Desk(slug="fletorja", name="Fletorja", posts=posts)
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        room.crawl(*WINDOW)
        desk.edit(202, headline="Lajmi 2, i ndrequr", at="2026-05-20T10:00")
        desk.delete(203)
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["new"], ended["changed"], ended["gone"]) == (0, 1, 1)
        assert ended["listed"] == ended["read"] == 3
        assert len(urls(room)) == 4


def test_a_post_that_moved_out_of_the_window_is_not_gone(opened: Opened) -> None:
    posts = [
        Post(headline="Mbetet", at="2026-05-12T10:00"),
        Post(headline="Shtyhet", at="2026-05-13T10:00", id=300),
    ]
    desk = Desk(slug="fletorja", name="Fletorja", posts=posts)
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        room.crawl(*WINDOW)
        desk.delete(300)
        desk.add(replace(posts[1], at="2026-06-13T10:00", modified="2026-06-13T10:00"))
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["gone"], ended["listed"]) == (0, 1)


def test_the_window_of_an_event_is_asked(opened: Opened) -> None:
    desk = edges()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        (room.folder / "events/festa.toml").write_text(
            'title = "Festa"\nfrom = 2026-05-11\nto = 2026-05-24\n'
            'expected_outlets = ["fletorja"]\n[keywords]\nany = [["festë"]]\n',
            "utf-8",
        )
        done = room.type("crawl", "--event", "festa", "--json")
        assert done.json["event"] == "festa"
        assert done.json["window"] == {
            "from": "2026-05-11",
            "to": "2026-05-24",
            "zone": "Europe/Tirane",
        }
        assert done.of("fletorja")["read"] == len(INSIDE)
        with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
            assert read.runs(record)[0].event == "festa"


def test_date_archives_serve_where_pages_are_ignored(opened: Opened) -> None:
    posts = many_posts(60, newest="2026-05-30T12:00", every=timedelta(hours=6))
    desk = Desk(slug="ditore", name="Ditore", posts=posts, rest="none", paged=False)
    with opened(desk) as room:
        room.outlet(desk, "feed")
        ended = room.crawl("--since", "2026-05-18", "--until", "2026-05-20").of("ditore")
        assert (ended["outcome"], ended["read"]) == ("complete", 12)


def test_archive_links_of_a_feed_are_followed(opened: Opened) -> None:
    posts = many_posts(60, newest="2026-05-30T12:00", every=timedelta(hours=6))
    desk = Desk(
        slug="arkiv",
        name="Arkiv",
        posts=posts,
        rest="none",
        paged=False,
        feed_format="atom",
        feed_links="archived",
    )
    with opened(desk) as room:
        room.outlet(desk, "feed")
        ended = room.crawl("--since", "2026-05-18", "--until", "2026-05-20").of("arkiv")
        assert (ended["outcome"], ended["read"]) == ("complete", 12)


def test_the_feed_is_found_from_the_front_page(opened: Opened) -> None:
    desk = edges(rest="none")
    with opened(desk) as room:
        room.outlet(desk)
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["outcome"], ended["read"]) == ("complete", len(INSIDE))
        assert room.asked(desk)[1:3] == ["/", "/feed/"]
