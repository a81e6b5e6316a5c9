"""Finding by declared list pages: WordPress' front page, the shared newsroom system, bad ones."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from math import log2
from pathlib import Path

import pytest

from jehona.demo import Desk, Post
from jehona.demo.answers import page
from jehona.demo.faults import Fault
from tests.gather.pressroom import Pressroom, pressroom
from tests.gather.test_pages import INSIDE, WINDOW, headlines, posts, record_of, town
from tests.newsroom.posts import many_posts

Opened = Callable[..., AbstractContextManager[Pressroom]]


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    return lambda *desks: pressroom(tmp_path, capsys, *desks)


def lists(room: Pressroom, desk: Desk) -> list[str]:
    return [t for t in room.asked(desk) if t.startswith(("/page/", "/category/"))]


def instead(only: str, body: str, status: int = 200) -> Fault:
    answer = page(status, body)
    return Fault(name="instead", spoil=lambda *_: answer, only=only)


@pytest.mark.parametrize("system", ["wordpress", "shared"])
def test_both_edges_of_the_window_are_exact(opened: Opened, system: str) -> None:
    desk = town(system=system, rows=3)
    with opened(desk) as room:
        room.outlet(desk, "listing")
        done = room.crawl(*WINDOW, "--way", "listing")
        ended = done.of("fletorja")
        assert (ended["outcome"], ended["read"], ended["new"]) == ("complete", 4, 4), done.out
        assert headlines(room) == sorted(INSIDE.values())
        with record_of(room) as record:
            sql = "SELECT count(*) FROM articles WHERE text LIKE '%banorë%' AND language = 'sq'"
            assert record.conn.execute(sql).fetchone() == (4,)


def test_a_second_crawl_asks_only_lists(opened: Opened) -> None:
    desk = town(system="shared")
    with opened(desk) as room:
        room.outlet(desk, "listing")
        room.crawl(*WINDOW)
        before = len(room.asked(desk))
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["read"], ended["new"], ended["changed"]) == (4, 0, 0)
        assert all(
            target.startswith(("/category/", "/robots.txt")) for target in room.asked(desk)[before:]
        )


def test_an_english_twin_is_another_article_of_the_same_number(opened: Opened) -> None:
    shared = [
        Post(headline="Vullnetarët pastrojnë bregun", at="2026-05-16T10:30", id=489745),
        Post(
            headline="Volunteers clean the shore",
            at="2026-05-16T10:40",
            id=489746,
            english_of=489745,
            slug="vullnetaret-pastrojne-bregun",
        ),
    ]
    desk = Desk(slug="fletorja", name="Fletorja", posts=shared, system="shared")
    with opened(desk) as room:
        room.outlet(desk, "listing")
        twins = (room.folder / "outlets/fletorja.toml").read_text("utf-8")
        section = twins[twins.index("[[find]]") :].replace("/category/", "/english/category/")
        (room.folder / "outlets/fletorja.toml").write_text(f"{twins}\n{section}", "utf-8")
        ended = room.crawl(*WINDOW).of("fletorja")
        assert [check["read"] for check in ended["checks"]] == [1, 1], ended
        with record_of(room) as record:
            names = record.conn.execute("SELECT value FROM aliases WHERE kind = 'post' ORDER BY 1")
            assert [name for (name,) in names] == ["en/i:489745", "i:489745"]
            assert record.conn.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_a_window_a_hundred_pages_away_is_reached_by_jumps(opened: Opened) -> None:
    many = many_posts(1_100, newest="2026-05-30T12:00", every=timedelta(hours=2))
    desk = Desk(slug="e-vjetra", name="E vjetra", posts=many, system="shared")
    with opened(desk) as room:
        room.outlet(desk, "listing")
        ended = room.crawl("--since", "2026-03-10", "--until", "2026-03-11").of("e-vjetra")
        assert (ended["outcome"], ended["read"]) == ("complete", 24)
        assert len(lists(room, desk)) <= 2 * log2(110) + 3 + 6


def test_a_row_is_coverage_where_its_page_is_refused(opened: Opened) -> None:
    desk = town(fault=instead(r"^/20", "nuk lejohet", 403))
    with opened(desk) as room:
        room.outlet(desk, "listing")
        ended = room.crawl(*WINDOW, "--way", "listing").of("fletorja")
        assert (ended["outcome"], ended["read"]) == ("complete", 4)
        assert "403" in ended["checks"][0]["note"]
        assert headlines(room) == sorted(INSIDE.values())


def test_without_a_number_in_the_address_the_gap_is_told(opened: Opened) -> None:
    desk = Desk(
        slug="fletorja",
        name="Fletorja",
        posts=many_posts(60, newest="2026-05-24T12:00", every=timedelta(hours=12)),
    )
    with opened(desk) as room:
        room.outlet(desk, "listing")
        file = room.folder / "outlets/fletorja.toml"
        file.write_text(file.read_text("utf-8").replace("/page/{page}/", "/"), "utf-8")
        ended = room.crawl(*WINDOW, "--way", "listing").of("fletorja")
        assert ended["outcome"] == "partial"
        assert "begins at" in ended["checks"][0]["note"]


BLIND = {
    "row": ('row = "article"', 'row = ".nuk-ka"', 'row = ".nuk-ka" finds nothing'),
    "link": ('link = "h2 a"', 'link = "h5 a"', 'link = "h5 a" finds no address'),
    "headline": ('headline = "h2"', 'headline = "h6"', 'headline = "h6" finds nothing'),
    "date": ('date = "time"', 'date = ".ora"', 'date = ".ora" finds nothing'),
    "words for a date": ('date = "time"', 'date = "h2"', "finds no date that can be read"),
}


@pytest.mark.parametrize("selector", BLIND)
def test_a_selector_that_finds_nothing_is_broken_never_empty(opened: Opened, selector: str) -> None:
    old, new, words = BLIND[selector]
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "listing")
        file = room.folder / "outlets/fletorja.toml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        done = room.crawl(*WINDOW, "--way", "listing")
        ended = done.of("fletorja")
        assert (done.code, ended["outcome"], ended["read"]) == (1, "broken", 0)
        assert words in ended["checks"][0]["note"]


BAD = {
    "other hosts": (
        '<article><h2><a href="http://10.0.0.1/x">Larg</a></h2><time>16 maj 2026</time></article>',
        "other hosts",
    ),
    "deep": ("<div>" * 50_000, "finds nothing"),
    "consent": ('<div id="consent-page">Pranoni</div>', "consent"),
    "empty": ("", "finds nothing"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_list_pages_are_named(opened: Opened, what: str) -> None:
    body, words = BAD[what]
    desk = Desk(
        slug="fletorja",
        name="Fletorja",
        posts=posts(),
        fault=instead(r"^/page/", f"<!doctype html><html><body>{body}</body></html>"),
    )
    with opened(desk) as room:
        room.outlet(desk, "listing")
        ended = room.crawl(*WINDOW, "--way", "listing").of("fletorja")
        assert ended["outcome"] in {"broken", "blocked"}
        assert words in ended["checks"][0]["note"]
        assert len(room.asked(desk)) <= 3


def test_one_section_read_is_not_the_outlet_where_another_is_not(opened: Opened) -> None:
    desk = town(system="shared")
    with opened(desk) as room:
        room.outlet(desk, "listing")
        file = room.folder / "outlets/fletorja.toml"
        whole = file.read_text("utf-8")
        broken = whole[whole.index("[[find]]") :].replace("te-gjitha", "nuk-ka")
        file.write_text(f"{whole}\n{broken}", "utf-8")
        done = room.crawl(*WINDOW, "--way", "listing")
        ended = done.of("fletorja")
        assert (done.code, ended["outcome"], ended["read"]) == (3, "partial", 4)
        assert [check["outcome"] for check in ended["checks"]] == ["partial", "broken"]
        assert "another list page was not read" in ended["checks"][0]["note"]
