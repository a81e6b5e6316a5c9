"""Requests and rows: what a window costs an outlet, ours beside other tools.

    python -m bench.requests

The same fictional newsroom for all; requests are counted by its own log. Other tools are shown
where they can do the task at all; those that are not installed say so (`make bench` installs them).
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bench.figures import Section, installed, machine, show
from bench.ours import crawl, write_workspace
from bench.peers import PEERS
from bench.posts import moments
from bench.served import Asked, Press, Site, desk_of, served

ROWS_A_REQUEST: Final = 100
ROWS_A_PAGE: Final = 10
POSTS: Final = {"wordpress": 1_000, "feed": 3_300}
# at the desk
BACK: Final = {"wordpress": 300, "feed": 3_000}
# posts newer than the window
DAYS: Final = {"wordpress": 16, "feed": 3}
# local days of the window
ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A window to cover at one desk."""

    way: str
    # ours: "wordpress" or "feed"
    title: str
    # the question
    site: Site
    # who is asked
    first: date
    # first local day of the window
    last: date
    # last local day, included
    bar: int
    # requests that the first crawl of ours may cost

    @property
    def named(self) -> Site:
        """The same desk under an invented name: other tools refuse numbers for hosts."""
        slug = f"{self.site.slug}-named"
        return replace(self.site, slug=slug, host=f"{slug}.example")

    def paths(self) -> dict[str, bool]:
        """Every post's path, and whether it was published in the window."""
        desk = desk_of(self.site)
        days = {desk.path(post): datetime.fromisoformat(post.at).date() for post in desk.listed()}
        return {path: self.first <= day <= self.last for path, day in days.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one tool did for one task."""

    tool: str
    # who did it
    requests: int | None = None
    # by the server's log; None: not installed
    found: int = 0
    # rows inside the window
    listed: int = 0
    # rows that it listed in all
    to_go: int = 0
    # pages still to fetch before headline and date of every listed row are known
    again: int = 0
    # requests of a second look, with nothing new
    pages_again: int = 0
    # of them for articles and not for lists


def task(way: str) -> Task:
    """A window by REST, or one 300 pages back in a feed."""
    posts, by_rest = POSTS[way], way == "wordpress"
    days = [moment.date() for moment in moments(posts)]
    last = days[-BACK[way]]
    first = last - timedelta(days=DAYS[way] - 1)
    inside = sum(first <= day <= last for day in days)
    pages = BACK[way] // ROWS_A_PAGE
    where = "REST open" if by_rest else f"feed only, {pages} pages back"
    return Task(
        way=way,
        title=f"Requests for a window of {inside} among {posts:,} posts: {where}",
        site=Site(slug=f"shtypi-{way}", posts=posts, rest="open" if by_rest else "none"),
        first=first,
        last=last,
        bar=bar_by_rest(inside) if by_rest else bar_by_feed(inside, posts),
    )


def bar_by_rest(inside: int) -> int:
    """ceil(N / 100) + 3."""
    return math.ceil(inside / ROWS_A_REQUEST) + 3


def bar_by_feed(inside: int, posts: int) -> int:
    """2 log2(pages) + pages inside the window + 5."""
    pages = math.ceil(posts / ROWS_A_PAGE)
    return math.floor(2 * math.log2(pages)) + math.ceil(inside / ROWS_A_PAGE) + 5


def measure() -> tuple[Section, ...]:
    """Every task by everyone."""
    every = [task(way) for way in POSTS]
    sites = [site for each in every for site in (each.site, each.named)]
    with served(*sites) as press:
        sections = [_section(each, _by_everyone(each, press)) for each in every]
    last = sections.pop()
    return (*sections, replace(last, notes=(*last.notes, *_legend())))


def _by_everyone(task: Task, press: Press) -> list[Found]:
    return [_ours(task, press), *(_theirs(task, name, press) for name in PEERS)]


def _ours(task: Task, press: Press) -> Found:
    """Two crawls by the command. Raises RuntimeError where a post of the window is missing."""
    slug = task.site.slug
    days = ("--since", task.first.isoformat(), "--until", task.last.isoformat())
    asked_for = ("--way", task.way, *days)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workspace"
        write_workspace(folder, task.way, {slug: press.address(slug)})
        first, asked = crawl(folder, slug, *asked_for), press.asked()
        _, again = crawl(folder, slug, *asked_for), press.asked()
    wanted = sum(task.paths().values())
    if first.read != wanted or first.outcome != "complete":
        raise RuntimeError(f"{task.title}: {wanted} were published, ours says {first}")
    return Found(
        tool="ours",
        requests=len(asked),
        found=first.read,
        listed=first.read,
        again=len(again),
        pages_again=_pages(task, again),
    )


def _theirs(task: Task, name: str, press: Press) -> Found:
    """Two looks, each in a process of its own; what the tool keeps on the disk stays between."""
    peer = PEERS[name]
    if installed(peer.package) is None:
        return Found(tool=peer.name)
    address = press.address(task.named.slug, str(task.named.host))
    with tempfile.TemporaryDirectory() as place:
        links, asked = _look(name, address, place), press.asked()
        _, again = _look(name, address, place), press.asked()
    published, listed = task.paths(), {urlsplit(link).path for link in links}
    return Found(
        tool=peer.name,
        requests=len(asked),
        found=sum(published.get(path, False) for path in listed),
        listed=len(listed),
        to_go=0 if peer.carries else len(listed),
        again=len(again),
        pages_again=_pages(task, again),
    )


def _pages(task: Task, asked: Sequence[Asked]) -> int:
    """How many of these requests were for articles."""
    published = task.paths()
    return sum(urlsplit(each.target).path in published for each in asked)


def _look(name: str, address: str, home: str) -> list[str]:
    """What a tool lists. Raises RuntimeError with what it said where it fails."""
    kept = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "XDG_CACHE_HOME"), home)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.peers", name, address],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env={**os.environ, **kept},
    )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    links: list[str] = json.loads(done.stdout.splitlines()[-1])["links"]
    return links


def _section(task: Task, found: Sequence[Found]) -> Section:
    return Section(
        name=f"requests-{task.way}",
        title=task.title,
        columns=("", "requests", "found", "listed", "pages to go", "second look"),
        rows=tuple(_line(each) for each in found),
        notes=_notes(task, found[0]),
        data={
            "bar": task.bar,
            "window": [task.first.isoformat(), task.last.isoformat()],
            "tools": [asdict(each) for each in found],
            "versions": {peer.package: installed(peer.package) for peer in PEERS.values()},
        },
    )


def _line(each: Found) -> tuple[str, ...]:
    if each.requests is None:
        return (each.tool, "not installed", "", "", "", "")
    counts = (each.requests, each.found, each.listed, each.to_go, each.again)
    return (each.tool, *(f"{count:,}" for count in counts))


def _notes(task: Task, ours: Found) -> tuple[str, ...]:
    """The bars."""
    kept = "kept" if (ours.requests or 0) <= task.bar else "NOT KEPT"
    lists = "lists only" if not ours.pages_again else f"{ours.pages_again} ARTICLE PAGES"
    return (f"ours: {ours.requests} requests, bar {task.bar}: {kept}; second crawl: {lists}.",)


def _legend() -> tuple[str, ...]:
    """What the columns and the tools mean, once for all tasks."""
    return (
        "found: posts of the window; listed: all that was given; pages to go: articles to fetch",
        "before each has headline and date; second look: requests with nothing new.",
        *(f"{peer.name}: {peer.does}." for peer in PEERS.values()),
    )


def main() -> None:
    """Measure and print."""
    show(measure(), machine())


if __name__ == "__main__":
    main()
