"""CPU of a listing row and of a page, fetch to record: ours beside the floor, round by round."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bench.figures import Section, in_turn, section, worker
from bench.ours import WARM, more
from bench.served import Press, Site, served

TITLES: Final = {
    "wordpress": "CPU per listing row by REST, 100 rows a request, ms",
    "feed": "CPU per listing row by feed, 10 rows a request, ms",
    "sitemap": "CPU per page: sitemap, fetch, read, language, snapshot, store, ms",
}
# in multiples of the floor; that of rows is for JSON, feeds have none
BARS: Final = {"wordpress": 10.0, "sitemap": 5.0}
# MB of the process that crawls 20,000 pages
MEMORY_BAR: Final = 250


def measure(
    *, rounds: int = 5, rows: int = 3_000, pages: int = 500, memory: Sequence[int] = ()
) -> tuple[Section, ...]:
    """Every way, `rounds` times; then the memory of crawls of so many pages."""
    counts = {"wordpress": rows, "feed": rows // 3, "sitemap": pages}
    return (*(_way(way, count, rounds) for way, count in counts.items()), *map(_memory, memory))


def _way(way: str, count: int, rounds: int) -> Section:
    agains, startups = list[float](), list[float]()
    with served(*sites(way, count)) as press:

        def floor() -> float:
            return _a_row(process("bench.floors", press, way))

        def ours() -> float:
            told = process("bench.ours", press, way)
            startups.append(told["startup"])
            agains.append(told["again"]["cpu"] / told["first"]["read"] * 1000)
            return _a_row(told)

        told = in_turn(rounds, {"floor": floor, "ours": ours})
    return section(
        name=way,
        title=TITLES[way],
        told={**told, "ours again (of pages, 1 % are new)": agains},
        floor="floor",
        bars={"ours": BARS[way]} if way in BARS else {},
        digits=3,
        notes=(
            f"{count:,} invented posts; start-up of ours (imports, a new record, ten rows) apart:",
            f"{min(startups):.2f} s of CPU.",
        ),
    )


def sites(way: str, count: int) -> tuple[Site, Site]:
    """A site of so many posts and a small one."""
    papers = way == "sitemap"
    return Site(slug=way, posts=count, papers=papers), Site(slug=WARM, posts=10, papers=papers)


def process(module: str, press: Press, way: str) -> dict[str, Any]:
    """One side, in a process and a folder of its own. Raises RuntimeError where rows lack."""
    site, address = press.sites[way], press.address(way)
    new = site.posts // 100 if site.papers else 0
    ours = module == "bench.ours"
    with tempfile.TemporaryDirectory() as folder:
        words = (way, address, press.address(WARM), str(Path(folder) / "its"))
        told: dict[str, Any] = worker(module, *(("crawl", *words, new) if ours else words))
    if told["first"]["read"] != site.posts:
        raise RuntimeError(f"{module}: {site.posts} were published, it says {told}")
    more(address, 0)
    return told


def _a_row(told: dict[str, Any]) -> float:
    return float(told["first"]["cpu"] / told["first"]["read"] * 1000)


def _memory(pages: int) -> Section:
    with served(*sites("sitemap", pages)) as press:
        peak = process("bench.ours", press, "sitemap")["peak"]
    title = f"Most memory of the process that crawls {pages:,} pages twice, MB"
    bars = {"peak resident": float(MEMORY_BAR)}
    told = {"peak resident": [peak]}
    return section(name=f"memory_{pages}", title=title, told=told, bars=bars, digits=0)
