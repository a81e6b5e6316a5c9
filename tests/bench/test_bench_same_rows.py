"""The comparison is fair: the same pages, the same rows, and both can be searched."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench import floor, ours
from bench.posts import moments, plain, posts
from bench.rows import Pairs, Round, days_of
from bench.served import Press, Site, served
from crawler.record import open_record, read

ROWS = 25


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """One newsroom for the tests of this file."""
    with served(Site(slug="shtypi", posts=ROWS)) as press:
        yield press


@pytest.mark.parametrize("way", ["wordpress", "feed", "feedparser"])
def test_the_floor_brings_what_ours_brings(press: Press, tmp_path: Path, way: str) -> None:
    address, first_last = press.address("shtypi"), days_of(ROWS)
    bare = floor.crawl(way, address, tmp_path / "floor.db")
    our_way = "wordpress" if way == "wordpress" else "feed"
    ours.write_workspace(tmp_path / "desk", our_way, {"shtypi": address})
    asked = ("--way", our_way, "--since", first_last[0], "--until", first_last[1])
    crawled = ours.crawl(tmp_path / "desk", "shtypi", *asked)
    assert (bare.read, crawled.read, crawled.new) == (ROWS, ROWS, ROWS)
    assert _of_floor(tmp_path / "floor.db") == _of_ours(tmp_path / "desk")


def _of_floor(file: Path) -> dict[str, str]:
    with closing(sqlite3.connect(file)) as conn:
        return dict(conn.execute("SELECT url, headline FROM articles").fetchall())


def _of_ours(desk: Path) -> dict[str, str | None]:
    var = desk / "var"
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        return {article.url: article.headline for article in read.articles(record)}


def test_the_floor_can_be_searched(press: Press, tmp_path: Path) -> None:
    file = tmp_path / "floor.db"
    floor.crawl("wordpress", press.address("shtypi"), file)
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    with closing(sqlite3.connect(file)) as conn:
        assert conn.execute(sql, ("numëroi",)).fetchone() == (ROWS,)
        assert conn.execute(sql, ("numeroi",)).fetchone() == (ROWS,)
        assert conn.execute(sql, ("href",)).fetchone() == (0,), "markup is indexed"


def test_a_crawl_that_is_not_complete_is_no_figure(press: Press, tmp_path: Path) -> None:
    ours.write_workspace(
        tmp_path / "desk", "wordpress", {"shtypi": f"{press.address('shtypi')}/no"}
    )
    with pytest.raises(RuntimeError, match=r"broken|unreachable"):
        ours.crawl(tmp_path / "desk", "shtypi", "--way", "wordpress", "--since", "2025-05-01")


def test_missing_rows_are_no_figure() -> None:
    crawl = {"cpu": 1.0, "wall": 1.0, "read": 9, "new": 9, "requests": 1, "outcome": "complete"}
    with pytest.raises(RuntimeError, match="10 rows were published"):
        Round.of({"startup": 0.1, "crawls": [crawl]}, 10)


def test_the_ratio_is_of_the_same_round() -> None:
    def one(cpu: float) -> Round:
        crawl = {"cpu": cpu, "wall": 1, "read": 10, "new": 10, "requests": 1, "outcome": "complete"}
        return Round.of({"startup": 1.0, "crawls": [crawl]}, 10)

    pairs = Pairs(floor=(one(1.0), one(10.0), one(2.0)), ours=(one(5.0), one(60.0), one(14.0)))
    assert pairs.ratio.cells(1) == ("5.0", "6.0", "7.0")
    assert pairs.ours[0].a_row() == 500
    assert pairs.ours[0].whole() == 600


def test_posts_are_the_same_each_time_and_all_different() -> None:
    some, again = list(posts(60)), list(posts(60))
    assert some == again
    assert len({post.html for post in some}) == len({post.at for post in some}) == 60
    sizes = sorted(len((post.html or "").encode()) for post in some)
    assert 2_000 < sizes[30] < 3_000


def test_the_rhythm_is_uneven_and_never_of_the_night() -> None:
    found = moments(400)
    gaps = {later - earlier for earlier, later in itertools.pairwise(found)}
    assert found == sorted(found)
    assert len(gaps) > 100
    assert all(moment.hour >= 7 for moment in found)


def test_plain_pieces_have_no_markup() -> None:
    for headline, lead, text in (next(plain(1)),):
        assert headline
        assert lead
        assert text.startswith(lead)
        assert "<" not in text


def test_the_log_is_of_the_server_and_read_once(press: Press) -> None:
    press.asked()
    asyncio.run(floor.get(f"{press.address('shtypi')}/feed/?paged=2"))
    assert [(a.target, a.status) for a in press.asked()] == [("/feed/?paged=2", 200)]
    assert press.asked() == []
