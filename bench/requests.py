"""Requests and rows: what a window costs an outlet, ours beside other tools.

    python -m bench.requests TOOL ADDRESS      # one look of one tool; the last line is JSON

The same fictional newsroom for all; requests are counted by its own log. Each tool looks in a
process of its own, at an invented name (`http://shtypi.example:PORT`) that it alone resolves to
loopback: some of them refuse numbers for hosts. What is not installed says so.
"""

from __future__ import annotations

import json
import math
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bench.figures import Section, installed, worker
from bench.ours import crawl, write_workspace
from bench.posts import moments
from bench.served import Press, Site, desk_of, served

ROWS_A_REQUEST: Final = 100
ROWS_A_PAGE: Final = 10
# way -> posts at the desk, of them newer than the window, local days of the window
TASKS: Final = {"wordpress": (1_000, 300, 16), "feed": (3_300, 3_000, 3)}


# --- other tools -------------------------------------------------------------------------


def _trafilatura(home: str, find: str) -> list[str]:
    config = import_module("trafilatura.settings").use_config()
    config["DEFAULT"]["SSRF_PROTECTION"] = "off"
    module, name = find.split(".")
    tool = getattr(import_module(f"trafilatura.{module}"), name)
    found: list[str] = tool(home, sleep_time=0, config=config)
    return found


# name -> what pip installs, home page to addresses, whether rows bring headline and date
PEERS: Final[Mapping[str, tuple[str, Any, bool]]] = {
    "feedparser, the feed once": (
        "feedparser",
        lambda home: [e.link for e in import_module("feedparser").parse(f"{home}feed/").entries],
        True,
    ),
    "trafilatura, feeds": (
        "trafilatura", lambda home: _trafilatura(home, "feeds.find_feed_urls"), False,
    ),
    "trafilatura, sitemaps": (
        "trafilatura", lambda home: _trafilatura(home, "sitemaps.sitemap_search"), False,
    ),
    "newspaper4k, build": (
        "newspaper4k",
        lambda home: [each.url for each in import_module("newspaper").build(home).articles],
        False,
    ),
}  # fmt: skip


def resolve_invented_names() -> None:
    """Invented names lead to loopback, and nothing else leaves the machine."""
    genuine = socket.getaddrinfo

    def at_home(host: Any, *words: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name != "127.0.0.1" and not name.endswith(".example"):
            raise socket.gaierror(socket.EAI_NONAME, f"the newsroom is the only host: {name}")
        return genuine("127.0.0.1", *words, **named)

    socket.getaddrinfo = at_home


# --- a window ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A window to cover at one desk, and how many requests its first crawl may cost."""

    way: str
    site: Site
    first: date
    last: date
    # path of every post -> whether it was published in the window
    paths: Mapping[str, bool]
    bar: int

    @property
    def named(self) -> Site:
        """The same desk under an invented name."""
        return replace(self.site, slug=f"{self.site.slug}-named", host="shtypi.example")


def task(way: str) -> Task:
    """A window by REST, or one 300 pages back in a feed."""
    posts, back, days = TASKS[way]
    last = moments(posts)[-back].date()
    first = last - timedelta(days=days - 1)
    site = Site(slug=f"shtypi-{way}", posts=posts, rest="open" if way == "wordpress" else "none")
    desk = desk_of(site)
    paths = {
        desk.path(post): first <= datetime.fromisoformat(post.at).date() <= last
        for post in desk.listed()
    }
    bar = bar_of(way, sum(paths.values()), posts)
    return Task(way=way, site=site, first=first, last=last, paths=paths, bar=bar)


def bar_of(way: str, inside: int, posts: int) -> int:
    """By REST ceil(N / 100) + 3; by feed 2 log2(pages) + pages inside the window + 5."""
    if way == "wordpress":
        return math.ceil(inside / ROWS_A_REQUEST) + 3
    pages = math.ceil(posts / ROWS_A_PAGE)
    return math.floor(2 * math.log2(pages)) + math.ceil(inside / ROWS_A_PAGE) + 5


def measure() -> tuple[Section, ...]:
    """Every task by everyone."""
    every = [task(way) for way in TASKS]
    with served(*(site for each in every for site in (each.site, each.named))) as press:
        return tuple(_section(each, press) for each in every)


def _section(task: Task, press: Press) -> Section:
    inside = sum(task.paths.values())
    found = {"ours": ours(task, press), **{name: theirs(task, name, press) for name in PEERS}}
    mine = found["ours"]
    kept = "kept" if mine["requests"] <= task.bar else "NOT KEPT"
    lists = f"{mine['pages again']} ARTICLE PAGES" if mine["pages again"] else "lists only"
    columns = ("requests", "found", "listed", "to go", "again")
    return Section(
        name=f"requests-{task.way}",
        title=f"Requests for a window of {inside} among {task.site.posts:,} posts: {task.way}",
        columns=("", *columns),
        rows=[
            (name, *(f"{told[each]:,}" for each in columns)) if told else (name, "not installed")
            for name, told in found.items()
        ],
        notes=(
            f"ours: bar {task.bar}: {kept}; second crawl: {lists}.",
            "listed: all that was given; to go: pages to fetch before all have headline and date",
        ),
        data={"bar": task.bar, "tools": found},
    )


def ours(task: Task, press: Press) -> dict[str, int]:
    """Two crawls by the command. Raises RuntimeError where a post of the window is missing."""
    slug = task.site.slug
    words = ("--way", task.way, "--since", str(task.first), "--until", str(task.last))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workspace"
        write_workspace(folder, task.way, {slug: press.address(slug)})
        press.asked()
        first, asked = crawl(folder, slug, *words), press.asked()
        _, again = crawl(folder, slug, *words), press.asked()
    if first["read"] != sum(task.paths.values()):
        raise RuntimeError(f"{sum(task.paths.values())} were published, ours says {first}")
    return _counts(task, asked, again, first["read"], first["read"], to_go=0)


def theirs(task: Task, name: str, press: Press) -> dict[str, int] | None:
    """Two looks; what the tool keeps on the disk stays between. None: not installed."""
    package, _, carries = PEERS[name]
    if installed(package) is None:
        return None
    address = press.address(task.named.slug, str(task.named.host))
    with tempfile.TemporaryDirectory() as place:
        env = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "XDG_CACHE_HOME"), place)
        press.asked()
        links, asked = worker("bench.requests", name, address, env=env), press.asked()
        _, again = worker("bench.requests", name, address, env=env), press.asked()
    listed = {urlsplit(link).path for link in links}
    inside = sum(task.paths.get(path, False) for path in listed)
    return _counts(task, asked, again, inside, len(listed), to_go=0 if carries else len(listed))


def _counts(
    task: Task, asked: Sequence[str], again: Sequence[str], found: int, listed: int, *, to_go: int
) -> dict[str, int]:
    pages = sum(urlsplit(each).path in task.paths for each in again)
    counts = {"requests": len(asked), "found": found, "listed": listed, "to go": to_go}
    return {**counts, "again": len(again), "pages again": pages}


if __name__ == "__main__":
    resolve_invented_names()
    print(json.dumps(PEERS[sys.argv[1]][1](f"{sys.argv[2]}/")))
