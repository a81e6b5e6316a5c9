"""The comparison is fair: the same posts, the same rows on both sides, counted by the server."""

from __future__ import annotations

import socket
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest
from lxml import html

from bench import floors, ours, readers, requests
from bench.crawls import sites
from bench.papers import paper
from bench.posts import moments, posts
from bench.reading import extract
from bench.requests import Task, bar_of, task
from bench.served import Press, served
from crawler.record import open_record, read

ROWS: Final = 25
HOST: Final = "http://shtypi.example"
# means of 559 real pages of 48 to 150 KiB
REAL: Final = {
    "KiB": 92.0, "elements": 735.0, "attributes": 1114.0, "KiB of attributes": 45.5,
    "KiB of scripts": 21.2, "KiB of text": 14.4, "a": 148.0, "div": 145.0, "li": 99.0, "p": 29.0,
    "span": 51.0, "img": 20.0, "time": 1.6, "meta": 27.0, "link": 23.0, "script": 27.0,
    "h1 to h3": 12.0, "svg": 15.0, "white space": 621.0,
}  # fmt: skip


@pytest.mark.parametrize("way", ["wordpress", "feed", "sitemap"])
def test_the_floor_brings_what_ours_brings(tmp_path: Path, way: str) -> None:
    with served(*sites(way, ROWS)) as press:
        address = press.address(way)
        bare = floors.crawl(way, address, tmp_path / "floor.db")
        ours.write_workspace(tmp_path / "desk", way, {"shtypi": address})
        asked = ("--way", way, *ours.ASKED)
        first = ours.crawl(tmp_path / "desk", "shtypi", *asked)
        kept = of_ours(tmp_path / "desk")
        ours.more(address, 2)
        again = ours.crawl(tmp_path / "desk", "shtypi", *asked)
    assert (bare["read"], first["read"], first["new"], again["new"]) == (ROWS, ROWS, ROWS, 2)
    with closing(sqlite3.connect(tmp_path / "floor.db")) as conn:
        assert dict(conn.execute("SELECT url, headline FROM articles").fetchall()) == kept
        sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
        for word, found in (("numëroi", ROWS), ("numeroi", ROWS), ("href", 0)):
            assert conn.execute(sql, (word,)).fetchone() == (found,)


def of_ours(desk: Path) -> dict[str, str | None]:
    var = desk / "var"
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        return {article.url: article.headline for article in read.articles(record)}


def test_a_crawl_that_is_not_complete_is_no_figure(tmp_path: Path) -> None:
    with served(*sites("wordpress", 3)) as press:
        nowhere = {"shtypi": f"{press.address('wordpress')}/no"}
        ours.write_workspace(tmp_path / "desk", "wordpress", nowhere)
        with pytest.raises(RuntimeError, match=r"broken|unreachable"):
            ours.crawl(tmp_path / "desk", "shtypi", "--way", "wordpress", *ours.ASKED)


def test_posts_are_the_same_each_time_all_different_and_never_of_the_night() -> None:
    some, again = list(posts(60)), list(posts(60))
    assert some == again
    assert len({post.html for post in some}) == len({post.at for post in some}) == 60
    assert moments(400) == sorted(moments(400))
    assert all(moment.hour >= 7 for moment in moments(400))


# --- pages -------------------------------------------------------------------------------


def test_generated_pages_are_read_right() -> None:
    pages = [paper(number, HOST) for number in range(1, 21)]
    assert pages[3] == paper(4, HOST)
    for page in pages:
        said = extract(page.html, HOST + page.path)
        assert said["title"] == page.headline
        assert datetime.fromisoformat(said["date"]).date() == page.at.date()
    assert sum("ld+json" in page.html for page in pages) == 14


@pytest.mark.parametrize("what", REAL)
def test_generated_pages_have_what_real_ones_have(what: str) -> None:
    made = [made_up(paper(number, HOST).html).get(what, 0) for number in range(1, 11)]
    assert sum(made) / len(made) == pytest.approx(REAL[what], rel=0.25, abs=0.5)


def made_up(text: str) -> dict[str, float]:
    """What a page consists of, by the names of `REAL`."""
    every = list(html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")).iter())
    elements = [one for one in every if isinstance(one.tag, str)]
    scripts = [one for one in elements if one.tag in {"script", "style"}]
    words = [one.text or "" for one in elements if one not in scripts]
    words += [one.tail or "" for one in every]
    pairs = [pair for one in elements for pair in one.attrib.items()]
    tags = Counter(str(one.tag) for one in elements)
    return {
        **tags,
        "h1 to h3": tags["h1"] + tags["h2"] + tags["h3"],
        "svg": tags["svg"] + tags["path"],
        "KiB": len(text.encode()) / 1024,
        "elements": len(elements),
        "attributes": len(pairs),
        "KiB of attributes": sum(len(name) + len(value) + 4 for name, value in pairs) / 1024,
        "KiB of scripts": sum(len(one.text or "") for one in scripts) / 1024,
        "KiB of text": sum(map(len, words)) / 1024,
        "white space": sum(1 for each in words if each and each.isspace()),
    }


def test_every_reader_is_there_or_said_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "installed", {"lxml": "6"}.get)
    (section,) = readers.measure(most=2)
    assert [row[0] for row in section.rows] == [readers.FLOOR, "ours", "ours, the closer reading"]
    assert "newspaper4k: not installed" in section.notes


def test_ours_reads_the_invented_pages_rightly() -> None:
    page = paper(3, readers.HOST)
    said = extract(page.html, readers.HOST + page.path)
    assert (said["title"], str(said["date"])[:10]) == (page.headline, str(page.at.date()))


# --- requests ----------------------------------------------------------------------------


@pytest.mark.parametrize(("inside", "bar"), [(1, 4), (100, 4), (101, 5), (340, 7)])
def test_the_bar_by_rest(inside: int, bar: int) -> None:
    assert bar_of("wordpress", inside, 1_000) == bar


@pytest.mark.parametrize(
    ("inside", "posts", "bar"), [(10, 10, 6), (36, 3_300, 25), (30, 10_240, 28)]
)
def test_the_bar_by_feed(inside: int, posts: int, bar: int) -> None:
    assert bar_of("feed", inside, posts) == bar


@pytest.fixture(scope="module")
def by_rest() -> Task:
    """The window by REST."""
    return task("wordpress")


@pytest.fixture(scope="module")
def press(by_rest: Task) -> Iterator[Press]:
    """Its desk, and the same under an invented name."""
    with served(by_rest.site, by_rest.named) as press:
        yield press


def test_ours_keeps_the_bar_and_asks_only_lists_again(press: Press, by_rest: Task) -> None:
    found = requests.ours(by_rest, press)
    assert found["found"] == sum(by_rest.paths.values())
    assert found["requests"] <= by_rest.bar
    assert found["pages again"] == 0


def test_a_tool_is_counted_by_the_servers_log(press: Press, by_rest: Task) -> None:
    """feedparser comes with the tests, so it is always there."""
    found = requests.theirs(by_rest, "feedparser, the feed once", press)
    assert found is not None
    counts = [found[name] for name in ("requests", "listed", "found", "again", "to go")]
    assert counts == [1, 10, 0, 1, 0]


def test_what_is_not_installed_says_so(
    press: Press, by_rest: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "installed", lambda _: None)
    assert requests.theirs(by_rest, "newspaper4k, build", press) is None


def test_tools_meet_nobody_but_the_newsroom(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: asked.append(host))
    requests.resolve_invented_names()
    socket.getaddrinfo("shtypi.example", 80)
    assert asked == ["127.0.0.1"]
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("gazeta.test", 80)
