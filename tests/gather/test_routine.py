"""Crawls without a window: what is new since the last complete one, and gaps by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.record.lock import RunLock
from jehona.demo import Desk, Post
from tests.gather.conftest import Opened

TIRANA = ZoneInfo("Europe/Tirane")


def ago(**back: float) -> str:
    moment = datetime.now(UTC) - timedelta(**back)
    return moment.astimezone(TIRANA).replace(tzinfo=None).isoformat(timespec="seconds")


def posts(count: int, *, step: float = 1.0, prefix: str = "Lajmi") -> list[Post]:
    """`count` posts, one every `step` hours, the newest an hour old."""
    return [
        Post(headline=f"{prefix} {n}", at=ago(hours=1 + step * n), slug=f"{prefix}-{n}".lower())
        for n in range(count)
    ]


def one_page(some: list[Post]) -> Desk:
    """An outlet whose feed is a single page and all there is."""
    return Desk(slug="gazeta", name="Gazeta", posts=some, rest="none", paged=False, archives=False)


def test_what_is_new_is_added_and_one_page_overlaps(opened: Opened) -> None:
    desk = Desk(slug="gazeta", name="Gazeta", posts=posts(35))
    with opened(desk) as room:
        room.outlet(desk, "feed")
        assert room.crawl().of("gazeta")["new"] == 35
        desk.add(Post(headline="Krejt i ri", at=ago(minutes=5)))
        before = len(room.asked(desk))
        ended = room.crawl().of("gazeta")
        assert (ended["outcome"], ended["new"]) == ("complete", 1)
        lists = [target for target in room.asked(desk)[before:] if "/feed" in target]
        assert len(lists) == 2, "the page with the new row, and one whole page that is known"


def test_where_no_page_overlaps_a_gap_is_named(opened: Opened) -> None:
    desk = one_page(posts(10))
    with opened(desk) as room:
        room.outlet(desk, "feed")
        room.crawl()
        for n in range(12):
            desk.add(Post(headline=f"Tjetri {n}", at=ago(minutes=-1 - n)))
        ended = room.crawl().of("gazeta")
        assert ended["outcome"] == "partial"
        assert "gap possible between" in ended["checks"][0]["note"]


def test_hourly_crawls_together_answer_for_a_window(opened: Opened) -> None:
    """A feed of one page reaches back a day only, but it was asked in time."""
    desk = one_page(posts(10, step=6))
    with opened(desk) as room:
        room.outlet(desk, "feed")
        today = datetime.now(UTC).astimezone(TIRANA).date()
        first = (today - timedelta(days=1)).isoformat()
        assert room.crawl("--since", first).of("gazeta")["outcome"] == "complete"
        for n in range(9):
            desk.add(Post(headline=f"Pas {n}", at=ago(minutes=30 - n)))
        assert room.crawl().of("gazeta")["outcome"] == "complete"
        for n in range(9):
            desk.add(Post(headline=f"Më pas {n}", at=ago(minutes=12 - n)))
        assert room.crawl().of("gazeta")["outcome"] == "complete"
        assert room.crawl("--since", first).of("gazeta")["outcome"] == "complete"


def test_the_same_window_asked_once_has_a_gap(opened: Opened) -> None:
    desk = one_page(posts(10, step=0.1))
    with opened(desk) as room:
        room.outlet(desk, "feed")
        ended = room.crawl("--since", "2026-01-01").of("gazeta")
        assert ended["outcome"] == "partial"
        assert ended["next_step"]


def test_an_edit_behind_the_window_is_noticed_through_modified_after(opened: Opened) -> None:
    desk = Desk(
        slug="gazeta",
        name="Gazeta",
        posts=[Post(headline="I vjetër", at=ago(days=6), id=500), *posts(3)],
    )
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        assert room.crawl().of("gazeta")["new"] == 4
        desk.edit(500, headline="I vjetër, i ndrequr", at=ago(minutes=1))
        ended = room.crawl().of("gazeta")
        assert (ended["new"], ended["changed"]) == (0, 1)


def test_the_first_routine_crawl_looks_back_a_week(opened: Opened) -> None:
    desk = Desk(slug="gazeta", name="Gazeta", posts=posts(20, step=24))
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        assert room.crawl().of("gazeta")["new"] == 7


def test_a_routine_crawl_that_stops_early_takes_nothing_for_gone(opened: Opened) -> None:
    desk = Desk(slug="gazeta", name="Gazeta", posts=posts(23), rest="none")
    with opened(desk) as room:
        room.outlet(desk, "feed")
        room.crawl()
        ended = room.crawl().of("gazeta")
        assert (ended["outcome"], ended["gone"]) == ("complete", 0)
        assert ended["checks"][0]["note"] is None


def test_an_edit_behind_the_window_is_no_row_of_the_window(opened: Opened) -> None:
    old = Post(headline="I vjetër", at=ago(days=6), id=500)
    desk = Desk(slug="gazeta", name="Gazeta", posts=[old, *posts(3)])
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        room.crawl()
        desk.edit(500, headline="I vjetër, i ndrequr", at=ago(minutes=1))
        ended = room.crawl().of("gazeta")
        assert (ended["listed"], ended["read"], ended["changed"]) == (3, 3, 1)


def test_crawling_every_so_often_goes_on_after_a_round_that_is_refused(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[float] = []

    def sleep(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 1:
            desk.add(Post(headline="I ri", at=ago(minutes=1)))
            lock.acquire()
        if len(rounds) == 2:
            lock.release()
        if len(rounds) == 3:
            raise KeyboardInterrupt

    desk = Desk(slug="gazeta", name="Gazeta", posts=posts(3))
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        lock = RunLock(room.folder / "var/run.lock")
        monkeypatch.setattr("jehona.cli.crawl.time.sleep", sleep)
        done = room.type("crawl", "--outlet", "gazeta", "--every", "1s")
        assert (done.code, rounds) == (130, [1.0, 1.0, 1.0])
        assert "3 new" in done.out
        assert "1 new" in done.out
        assert "another crawl" in done.err


def test_a_routine_walk_of_list_pages_takes_nothing_behind_it_for_gone(opened: Opened) -> None:
    desk = Desk(slug="gazeta", name="Gazeta", posts=posts(8), system="shared", rows=5, rest="none")
    with opened(desk) as room:
        room.outlet(desk, "listing")
        assert room.crawl("--way", "listing").of("gazeta")["new"] == 8
        ended = room.crawl("--way", "listing").of("gazeta")
        assert (ended["outcome"], ended["new"], ended["gone"]) == ("complete", 0, 0)
        assert ended["checks"][0]["note"] is None
