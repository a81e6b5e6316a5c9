"""The fictional newsroom in a process of its own: what it does is not counted as ours.

with served(Site(slug="shtypi", posts=3_000)) as press:
    press.address("shtypi")      # http://127.0.0.1:PORT
    press.asked()                # what was asked since the last look: the server's own log
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any, Final, Literal

from bench.posts import posts
from jehona.demo import Answer, Ask, Desk, Fault, Newsroom

CONTEXT: Final = multiprocessing.get_context("spawn")
PATIENCE: Final = 120.0
# seconds for making the posts and binding the ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A desk to serve."""

    slug: str
    # names it: "shtypi"
    posts: int
    # how many, every two hours back from `bench.posts.NEWEST`
    rest: Literal["open", "refused", "none"] = "open"
    # whether its REST API answers
    host: str | None = None
    # the name its links carry, None for the loopback address: "shtypi.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request in the server's log."""

    desk: str
    # slug
    method: str
    # "GET"
    target: str
    # "/feed/?paged=2"
    status: int
    # what was answered


class Press:
    """The newsroom's process, as the one that measures sees it."""

    def __init__(self, line: Connection, ports: dict[str, int]) -> None:
        self.line = line
        self.ports = ports

    def address(self, slug: str, host: str = "127.0.0.1") -> str:
        """Where a desk is served, no slash at the end."""
        return f"http://{host}:{self.ports[slug]}"

    def asked(self) -> list[Asked]:
        """Every request since the last look."""
        self.line.send("log")
        log: list[Asked] = self.line.recv()
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
        yield Press(ours, ours.recv())
    finally:
        ours.close()
        process.join(PATIENCE)
        process.kill()


def desk_of(site: Site) -> Desk:
    """The desk of a site; it writes each answer once and keeps it."""
    return Desk(
        slug=site.slug,
        name=site.slug.capitalize(),
        posts=posts(site.posts),
        rest=site.rest,
        fault=Fault(name="kept answers", spoil=_keeping()),
    )


def _keeping() -> Callable[[Ask, Callable[[], Answer]], Answer]:
    """Not a fault at all: answers once made are given again, so that rounds are alike."""
    kept: dict[tuple[str, str | None], Answer] = {}

    def answered(ask: Ask, genuine: Callable[[], Answer]) -> Answer:
        key = (ask.target, ask.headers.get("if-none-match"))
        if key not in kept:
            kept[key] = genuine()
        return kept[key]

    return answered


def _serve(line: Connection, sites: tuple[Site, ...]) -> None:
    """The other process: answers until the line is closed."""
    newsroom = Newsroom([desk_of(site) for site in sites], clock=lambda: datetime.now(UTC))
    with newsroom.open() as addresses:
        ports = {slug: int(address.rpartition(":")[2]) for slug, address in addresses.items()}
        for site in sites:
            if site.host:
                newsroom.desks[site.slug].address = f"http://{site.host}:{ports[site.slug]}"
        line.send(ports)
        _tell(line, newsroom)


def _tell(line: Connection, newsroom: Newsroom) -> None:
    """Hands the log over whenever it is asked for."""
    while True:
        try:
            line.recv()
        except EOFError:
            return
        log: list[Any] = newsroom.log[:]
        del newsroom.log[: len(log)]
        line.send(
            [Asked(desk=a.desk, method=a.method, target=a.target, status=a.status) for a in log]
        )
