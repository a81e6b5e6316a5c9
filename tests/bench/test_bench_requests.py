"""Requests: bars as written, tools beside us, and what they gave counted by address."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import peers, requests
from bench.requests import Found, Task, bar_by_feed, bar_by_rest, task
from bench.served import Press, served


@pytest.mark.parametrize(("inside", "bar"), [(1, 4), (100, 4), (101, 5), (340, 7)])
def test_the_bar_by_rest(inside: int, bar: int) -> None:
    assert bar_by_rest(inside) == bar


@pytest.mark.parametrize(
    ("inside", "posts", "bar"), [(10, 10, 6), (36, 3_300, 25), (30, 10_240, 28)]
)
def test_the_bar_by_feed(inside: int, posts: int, bar: int) -> None:
    assert bar_by_feed(inside, posts) == bar


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
    found = requests._ours(by_rest, press)
    assert found.found == sum(by_rest.paths().values())
    assert found.requests is not None
    assert found.requests <= by_rest.bar
    assert found.pages_again == 0


def test_a_tool_is_counted_by_the_servers_log(press: Press, by_rest: Task) -> None:
    """feedparser comes with the tests, so it is always there."""
    found = requests._theirs(by_rest, "feedparser", press)
    assert (found.requests, found.listed, found.found, found.again) == (1, 10, 0, 1)


def test_what_is_not_installed_says_so(
    press: Press, by_rest: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "installed", lambda _: None)
    found = requests._theirs(by_rest, "newspaper", press)
    assert found == Found(tool="newspaper4k, build")
    assert requests._line(found)[1] == "not installed"


def test_the_feed_window_lies_three_hundred_pages_back() -> None:
    far = task("feed")
    newer = [path for path, inside in far.paths().items() if not inside]
    assert "300 pages back" in far.title
    assert 0 < len(far.paths()) - len(newer) < 100


@pytest.mark.parametrize(
    ("requests_made", "pages_again", "said"),
    [(5, 0, "bar 5: kept; second crawl: lists only"), (6, 2, "NOT KEPT; second crawl: 2 ARTICLE")],
)
def test_the_verdict(by_rest: Task, requests_made: int, pages_again: int, said: str) -> None:
    ours = Found(tool="ours", requests=requests_made, pages_again=pages_again)
    assert said in requests._notes(by_rest, ours)[0]


def test_tools_meet_nobody_but_the_newsroom(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: asked.append(host))
    peers.resolve_invented_names()
    socket.getaddrinfo("shtypi.example", 80)
    assert asked == ["127.0.0.1"]
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("gazeta.test", 80)


def test_a_tool_that_is_not_there_prints_nothing() -> None:
    code = (
        "import bench.peers as p; p.installed = lambda _: None; p.main(['newspaper', 'http://x'])"
    )
    root = Path(requests.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout == ""


def test_a_tool_prints_what_it_lists(press: Press, by_rest: Task, tmp_path: Path) -> None:
    address = press.address(by_rest.named.slug, str(by_rest.named.host))
    links = requests._look("feedparser", address, str(tmp_path))
    assert len(links) == 10
    assert all(link.startswith(f"http://{by_rest.named.host}") for link in links)
