"""The whole path with pages (fetch, read, language, snapshot, store) by sitemap, beside the floor.

    python -m bench.whole [--rounds 3] [--pages 600] [--memory 20000]

Each round runs the floor and ours one after the other, each in a new process, against the same
pages in a process of its own; then ours again after one new page in a hundred was listed.
Libraries that read pages take part on 150 of them where they are installed: HTML handed to them.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.figures import Section, Spread, installed, machine, show
from bench.ours import Crawl
from bench.papers import Paper, paper, papers_served

BAR: Final = 5.0
REACHING: Final = 3.5
AGAIN_BAR: Final = 0.08
MEMORY_BAR: Final = 250
# MB, of the whole process at 20,000 pages
PEER_PAGES: Final = 150
HOST: Final = "http://shtypi.example"
PATIENCE: Final = 3_600
# seconds for one process


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process, ours or the floor."""

    crawls: tuple[Crawl, ...]
    # ours: the first, then with one new page in a hundred
    peak: float = 0.0
    # MB, ours only

    def a_page(self) -> float:
        """CPU milliseconds per page of the first crawl, start-up apart."""
        return self.crawls[0].cpu / self.crawls[0].read * 1000

    def again(self) -> float:
        """CPU of the second crawl in parts of the first."""
        return self.crawls[1].cpu / self.crawls[0].cpu


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A library that reads article pages."""

    name: str
    # as its people call it
    package: str
    # what pip installs
    read: Callable[[Paper], tuple[str | None, str | None]]
    # page -> headline, date as text
    does: str
    # what it does and does not do


def run(module: str, words: Sequence[str], pages: int) -> Run:
    """A worker's report. Raises RuntimeError where it fails or does not bring every page."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    crawls = tuple(Crawl(**each) for each in said["crawls"])
    if crawls[0].new != pages:
        raise RuntimeError(f"{pages} pages were listed, the crawl says {crawls[0]}")
    return Run(crawls=crawls, peak=said.get("peak", 0.0))


def floor(address: str, warm: str, pages: int) -> Run:
    """The floor, once."""
    with tempfile.TemporaryDirectory() as folder:
        return run("bench.page_floor", (address, warm, str(Path(folder) / "floor.db")), pages)


def ours(address: str, warm: str, pages: int, new: int) -> Run:
    """Ours, once, and again with `new` further pages."""
    with tempfile.TemporaryDirectory() as folder:
        words = (address, warm, str(Path(folder) / "desk"), str(pages), str(new))
        return run("bench.page_ours", words, pages)


def measure(
    *, rounds: int = 3, pages: int = 600, memory: Sequence[int] = ()
) -> tuple[Section, ...]:
    """CPU beside floor and libraries; memory of crawls of `memory` pages."""
    floors, mine = list[Run](), list[Run]()
    with papers_served(pages=pages) as (address, warm):
        for _ in range(rounds):
            floors.append(floor(address, warm, pages))
            mine.append(ours(address, warm, pages, max(1, pages // 100)))
    return (_cpu(floors, mine, pages), _peers(), *map(_memory, memory))


def _cpu(floors: Sequence[Run], mine: Sequence[Run], pages: int) -> Section:
    ratio = Spread.of(o.a_page() / f.a_page() for o, f in zip(mine, floors, strict=True))
    again = Spread.of(one.again() for one in mine)
    spreads = {
        "floor": Spread.of(one.a_page() for one in floors),
        "ours": Spread.of(one.a_page() for one in mine),
    }
    return Section(
        name="pages",
        title="CPU per page: fetch, read, language, snapshot, store (user + system, ms)",
        columns=("", "min", "median", "max"),
        rows=(
            (
                "floor: asyncio, gunzip, lxml, JSON-LD, one insert with FTS5",
                *spreads["floor"].cells(),
            ),
            ("ours: jehona crawl --way sitemap", *spreads["ours"].cells()),
            ("ours / floor, x", *ratio.cells(1)),
            ("second crawl with 1 % new, in parts of the first", *again.cells(3)),
        ),
        notes=(
            f"Bar {BAR:.0f} x: {_kept(ratio.middle, BAR)}.",
            f"Reaching for {REACHING} x: {_kept(ratio.middle, REACHING)}.",
            f"Second crawl, bar {AGAIN_BAR}: {_kept(again.middle, AGAIN_BAR)}.",
            f"{len(mine)} rounds in turn on {pages:,} generated pages of 92 KiB on average.",
        ),
        data={
            "pages": pages,
            "ratio": ratio.json(),
            "again": again.json(),
            **{name: spread.json() for name, spread in spreads.items()},
        },
    )


def _kept(value: float, bar: float) -> str:
    return "kept" if value <= bar else "NOT KEPT"


def _memory(pages: int) -> Section:
    """The most memory of a process that crawls so many pages."""
    with papers_served(pages=pages) as (address, warm):
        found = ours(address, warm, pages, pages // 100)
    return Section(
        name=f"memory_{pages}",
        title=f"Most memory of the process, {pages:,} pages",
        columns=("", "MB"),
        rows=(("peak resident", f"{found.peak:.0f}"),),
        notes=(f"Bar {MEMORY_BAR} MB: {_kept(found.peak, MEMORY_BAR)}.",),
        data={"pages": pages, "peak": found.peak, "a_page": found.a_page()},
    )


# --- libraries ---------------------------------------------------------------------------


def _lxml(page: Paper) -> tuple[str | None, str | None]:
    root = importlib.import_module("lxml.html").fromstring(page.html)
    return root.findtext(".//h1"), None


def _jehona(page: Paper) -> tuple[str | None, str | None]:
    from bench.reading import extract  # noqa: PLC0415 - beside the others

    said = extract(page.html, HOST + page.path)
    return said.get("title"), said.get("date")


def _trafilatura(page: Paper, *, fast: bool) -> tuple[str | None, str | None]:
    tool = importlib.import_module("trafilatura")
    found = tool.bare_extraction(page.html, url=HOST + page.path, fast=fast, with_metadata=True)
    return (found.title, found.date) if found else (None, None)


def _newspaper(page: Paper) -> tuple[str | None, str | None]:
    article = importlib.import_module("newspaper").Article(url=HOST + page.path, fetch_images=False)
    article.download(input_html=page.html)
    article.parse()
    return article.title, str(article.publish_date or "") or None


def _news_please(page: Paper) -> tuple[str | None, str | None]:
    tool = importlib.import_module("newsplease").NewsPlease
    found = tool.from_html(page.html, url=HOST + page.path, fetch_images=False)
    return found.title, str(found.date_publish or "") or None


READERS: Final = (
    Peer(name="lxml, one parse", package="lxml", read=_lxml, does="parses"),
    Peer(
        name="ours, reading alone", package="lxml", read=_jehona,
        does="headline, date and time with zone, byline, lead, text, section, language, candidates",
    ),
    Peer(
        name="trafilatura, fast", package="trafilatura",
        read=lambda page: _trafilatura(page, fast=True),
        does="text, title, day without time; no section, no store or proof here",
    ),
    Peer(
        name="trafilatura", package="trafilatura",
        read=lambda page: _trafilatura(page, fast=False),
        does="the same with its fallbacks",
    ),
    Peer(
        name="newspaper4k", package="newspaper4k", read=_newspaper,
        does="text, title, date, authors, pictures; no store or proof",
    ),
    Peer(
        name="news-please", package="news-please", read=_news_please,
        does="several of the others and a vote; stores by itself when it crawls, not here",
    ),
)  # fmt: skip


def _peers() -> Section:
    """Every library on the same pages, page by page in turn; CPU, and what came out right."""
    pages = [paper(number, HOST) for number in range(1, PEER_PAGES + 1)]
    there = [peer for peer in READERS if installed(peer.package)]
    for peer in there:
        _timed(peer, pages[0])
    found: dict[str, list[tuple[float, bool, bool]]] = {peer.name: [] for peer in there}
    for page in pages:
        for peer in there:
            found[peer.name].append(_timed(peer, page))
    return Section(
        name="page_readers",
        title=f"Reading alone, HTML handed over, {PEER_PAGES} of the pages",
        columns=("", "CPU ms a page", "headline", "day", "~what it does and does not do"),
        rows=tuple(_line(peer, found.get(peer.name)) for peer in READERS),
        data={name: [sum(one[0] for one in many) / len(many)] for name, many in found.items()},
    )


def _timed(peer: Peer, page: Paper) -> tuple[float, bool, bool]:
    """CPU seconds; whether headline and day are right. A library's crash is a result."""
    begun = time.process_time()
    try:
        headline, date = peer.read(page)
    except Exception:  # whatever a peer raises
        headline, date = None, None
    spent = time.process_time() - begun
    day = page.at.date().isoformat()
    return spent, headline == page.headline, bool(date and date.startswith(day))


def _line(peer: Peer, many: Sequence[tuple[float, bool, bool]] | None) -> tuple[str, ...]:
    if many is None:
        return peer.name, "not installed", "", "", peer.does
    cpu, headlines, days = (sum(column) / len(many) for column in zip(*many, strict=True))
    return peer.name, f"{cpu * 1000:.1f}", f"{headlines:.0%}", f"{days:.0%}", peer.does


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.whole", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--memory", type=int, nargs="*", default=[], help="pages of further crawls")
    asked = parser.parse_args(words)
    show(measure(rounds=asked.rounds, pages=asked.pages, memory=asked.memory), machine())


if __name__ == "__main__":
    main(sys.argv[1:])
