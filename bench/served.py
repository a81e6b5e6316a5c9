"""The fictional newsroom in a process of its own: what it does is not counted as ours.

with served(Site(slug="shtypi", posts=3_000)) as press:
    press.address("shtypi")      # http://127.0.0.1:PORT; GET /more/30 publishes 30 more there
    press.asked()                # what was asked since the last look: the server's own log
"""

from __future__ import annotations

import gzip
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Final, Literal

from bench.papers import APART, FIRST, paper
from bench.posts import NEWEST, posts
from jehona.demo import Answer, Ask, Desk, Fault, Newsroom, Post
from jehona.demo.answers import HTML

CONTEXT: Final = multiprocessing.get_context("spawn")
# seconds for making the posts and binding the ports
PATIENCE: Final = 120.0
# answers that a site keeps; more are written anew
KEPT: Final = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A desk to serve."""

    slug: str
    posts: int
    # whether its REST API answers
    rest: Literal["open", "refused", "none"] = "open"
    # the name its links carry, None for the loopback address: "shtypi.example"
    host: str | None = None
    # whether its pages are those of `bench.papers`, listed by sitemap
    papers: bool = False


class Press:
    """The newsroom's process, as the one that measures sees it."""

    def __init__(self, line: Connection, sites: Sequence[Site]) -> None:
        self.line, self.ports = line, line.recv()
        self.sites = {site.slug: site for site in sites}

    def address(self, slug: str, host: str = "127.0.0.1") -> str:
        """Where a desk is served, no slash at the end."""
        return f"http://{host}:{self.ports[slug]}"

    def asked(self) -> list[str]:
        """The target of every request since the last look."""
        self.line.send("log")
        log: list[str] = self.line.recv()
        return log


@contextmanager
def served(*sites: Site) -> Iterator[Press]:
    """Serves until the block ends. Raises TimeoutError where the newsroom does not start."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_serve, args=(theirs, sites), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE):
            raise TimeoutError("the fictional newsroom does not start")
        yield Press(ours, sites)
    finally:
        ours.close()
        process.join(PATIENCE)
        process.kill()


def desk_of(site: Site) -> Desk:
    """The desk of a site."""
    if not site.papers:
        return Desk(slug=site.slug, name=site.slug, posts=posts(site.posts), rest=site.rest)
    # one behind every window: a sitemap that does not reach behind it is not complete
    old = Post(headline="Lajmi i parë", at="2000-01-01T08:00")
    pages = (old, *(_listed(number) for number in range(1, site.posts + 1)))
    return Desk(
        slug=site.slug, name=site.slug, posts=pages, rest="none", feed="none", sitemaps="lastmod",
        permalinks="/lajme/{slug}/",
    )  # fmt: skip


def _listed(number: int) -> Post:
    at = (FIRST + APART * number).replace(tzinfo=None)
    return Post(headline=f"Lajmi {number}", at=at.isoformat(), slug=f"lajmi-{number}")


def _fault(site: Site, desk: Desk) -> Fault:
    """Not a fault at all: answers once made are given again, so that rounds are alike."""
    kept: dict[str, Answer] = {}
    added: list[int] = []

    def answered(ask: Ask, genuine: Callable[[], Answer]) -> Answer:
        if ask.path.startswith("/more/"):
            kept.clear()
            _publish(site, desk, added, int(ask.path.removeprefix("/more/")))
            return Answer(status=200)
        if (found := kept.get(ask.target)) is not None:
            return found
        number = ask.path.strip("/").rpartition("-")[2]
        page = site.papers and number.isdecimal() and desk.at_path(ask.path)
        made = _packed(paper(int(number), desk.address).html) if page else genuine()
        if len(kept) < KEPT:
            kept[ask.target] = made
        return made

    return Fault(name="kept answers", spoil=answered)


def _packed(html: str) -> Answer:
    headers = (("Content-Type", HTML), ("Content-Encoding", "gzip"))
    return Answer(status=200, headers=headers, body=gzip.compress(html.encode(), 3))


def _publish(site: Site, desk: Desk, added: list[int], more: int) -> None:
    """So many posts more than the site began with; 0 takes back what was added."""
    while added:
        desk.delete(added.pop())
    for number in range(site.posts + 1, site.posts + 1 + more):
        at = (NEWEST + timedelta(minutes=number - site.posts)).isoformat()
        post = Post(headline=f"Lajmi {number}", at=at, slug=f"lajmi-{number}", text="I ri.")
        added.append(desk.add(_listed(number) if site.papers else post).id)


def _serve(line: Connection, sites: tuple[Site, ...]) -> None:
    """The other process: answers until the line is closed, hands the log over when asked for."""
    desks = [desk_of(site) for site in sites]
    newsroom = Newsroom(desks, clock=lambda: datetime.now(UTC))
    with newsroom.open() as addresses:
        ports = {slug: int(address.rpartition(":")[2]) for slug, address in addresses.items()}
        for site, desk in zip(sites, desks, strict=True):
            if site.host:
                desk.address = f"http://{site.host}:{ports[site.slug]}"
            desk.fault = _fault(site, desk)
        line.send(ports)
        with suppress(EOFError):
            while line.recv():
                log, newsroom.log = newsroom.log, []
                line.send([entry.target for entry in log])
