"""CPU per listing row, fetch to record with search index: ours beside the floor.

    python -m bench.rows [--rounds 5] [--rows 3000]

Each round runs the floor and ours one after the other, each in a new process with a new database,
against a newsroom in a process of its own; so a noisy minute hits both.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bench.figures import Section, Spread, machine, show
from bench.ours import MEASURED, WARM, Crawl
from bench.posts import NEWEST, moments
from bench.served import Press, Site, served

BAR: Final = 7.0
REACHING: Final = 5.0
WAYS: Final = ("wordpress", "feed")
TITLES: Final = {"wordpress": "REST, 100 rows a request", "feed": "feed, 10 rows a request"}
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One process, ours or the floor."""

    startup: float
    # CPU seconds up to the end of a first small crawl
    crawls: tuple[Crawl, ...]
    # the measured one; ours: then the same again, with nothing new

    @classmethod
    def of(cls, said: dict[str, Any], rows: int) -> Round:
        """What a worker said. Raises RuntimeError where it did not bring every row."""
        crawls = tuple(Crawl(**each) for each in said["crawls"])
        if any(each.read != rows for each in crawls) or crawls[0].new != rows:
            raise RuntimeError(f"{rows} rows were published, the crawl says {crawls}")
        return cls(startup=said["startup"], crawls=crawls)

    def a_row(self, at: int = 0) -> float:
        """CPU milliseconds per row of a crawl, start-up apart."""
        return self.crawls[at].cpu / self.crawls[at].read * 1000

    def whole(self) -> float:
        """CPU milliseconds per row of start-up and first crawl together."""
        return (self.startup + self.crawls[0].cpu) / self.crawls[0].read * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The rounds of one way, floor and ours side by side."""

    floor: tuple[Round, ...]
    # in the order they were run
    ours: tuple[Round, ...]
    # likewise
    library: tuple[Round, ...] = ()
    # the floor with feedparser in it, feeds only

    @property
    def ratio(self) -> Spread:
        """Ours over the floor of the same round."""
        pairs = zip(self.ours, self.floor, strict=True)
        return Spread.of(ours.a_row() / floor.a_row() for ours, floor in pairs)


def measure(*, rounds: int = 5, rows: int = 3_000, feed_rows: int = 1_000) -> tuple[Section, ...]:
    """Both ways, `rounds` times, on that many rows."""
    counts = {"wordpress": rows, "feed": feed_rows}
    sites = [Site(slug=way, posts=counts[way]) for way in WAYS]
    made: dict[str, list[Round]] = {name: [] for way in WAYS for name in (way, f"{way} ours")}
    made["feedparser"] = []
    with served(*sites, Site(slug=WARM, posts=10)) as press:
        for _ in range(rounds):
            for way in WAYS:
                made[way].append(_floor(press, way, way, counts[way]))
                made[f"{way} ours"].append(_ours(press, way, counts[way]))
            made["feedparser"].append(_floor(press, "feedparser", "feed", feed_rows))
    pairs = {way: Pairs(floor=tuple(made[way]), ours=tuple(made[f"{way} ours"])) for way in WAYS}
    pairs["feed"] = replace(pairs["feed"], library=tuple(made["feedparser"]))
    return (_section(pairs, counts, rounds),)


def _floor(press: Press, floor: str, site: str, rows: int) -> Round:
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "floor.db")
        words = ("bench.floor", floor, press.address(site), press.address(WARM), file)
        return Round.of(_run(words), rows)


def _ours(press: Press, way: str, rows: int) -> Round:
    first, last = days_of(rows)
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / MEASURED)
        words = ("bench.ours", way, press.address(way), press.address(WARM), place, first, last)
        return Round.of(_run(words), rows)


def days_of(rows: int) -> tuple[str, str]:
    """First and last day of a window that holds all posts of a desk, a day wide at both edges."""
    return (moments(rows)[0] - DAY).date().isoformat(), (NEWEST + DAY).date().isoformat()


def _run(words: Sequence[str]) -> dict[str, Any]:
    """A worker's last line. Raises RuntimeError with what it said where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def _section(pairs: dict[str, Pairs], counts: dict[str, int], rounds: int) -> Section:
    lines = [line for way in WAYS for line in _lines(way, pairs[way])]
    return Section(
        name="rows",
        title="CPU per listing row, fetch to record with search index (user + system, ms)",
        columns=("", "min", "median", "max"),
        rows=tuple(lines),
        notes=(
            _verdict(pairs["wordpress"].ratio),
            _of_feeds(pairs["feed"]),
            *_explained(counts, rounds),
        ),
        data={
            "rounds": rounds,
            "rows": counts,
            "bar": BAR,
            "reaching": REACHING,
            **{way: _data(pairs[way]) for way in WAYS},
        },
    )


def _lines(way: str, pairs: Pairs) -> list[tuple[str, str, str, str]]:
    """The table's rows of one way."""
    spreads = _spreads(pairs)
    named = {
        "floor": "floor: asyncio, parse, one batched insert with FTS5",
        "library": "the same floor with feedparser",
        "ours": "ours: jehona crawl",
        "whole": "ours, start-up included",
        "again": "ours again, nothing new",
    }
    return [
        (TITLES[way], "", "", ""),
        *((f"  {named[key]}", *spreads[key].cells(3)) for key in named if key in spreads),
        ("  ours / floor, x", *pairs.ratio.cells(1)),
        ("  start-up of ours, seconds", *spreads["startup"].cells(2)),
    ]


def _spreads(pairs: Pairs) -> dict[str, Spread]:
    library = [each.a_row() for each in pairs.library]
    return {
        "floor": Spread.of(each.a_row() for each in pairs.floor),
        **({"library": Spread.of(library)} if library else {}),
        "ours": Spread.of(each.a_row() for each in pairs.ours),
        "whole": Spread.of(each.whole() for each in pairs.ours),
        "again": Spread.of(each.a_row(1) for each in pairs.ours),
        "startup": Spread.of(each.startup for each in pairs.ours),
    }


def _data(pairs: Pairs) -> dict[str, Any]:
    ours = pairs.ours[0].crawls
    return {
        **{name: spread.json() for name, spread in _spreads(pairs).items()},
        "ratio": pairs.ratio.json(),
        "requests": [each.requests for each in ours],
        "floor_requests": pairs.floor[0].crawls[0].requests,
    }


def _verdict(ratio: Spread) -> str:
    """The bar, and whether the median keeps it."""
    reached = "reached" if ratio.middle <= REACHING else "not reached"
    kept = "kept" if ratio.middle <= BAR else "NOT KEPT"
    return (
        f"REST: median {ratio.middle:.1f} x the floor. "
        f"Bar {BAR:.0f} x: {kept}; reaching for {REACHING:.0f} x: {reached}."
    )


def _of_feeds(pairs: Pairs) -> str:
    """Feeds have no bar of their own: the floor of the bar reads JSON."""
    ours, library = (
        Spread.of(each.a_row() for each in some) for some in (pairs.ours, pairs.library)
    )
    return (
        f"feed: median {pairs.ratio.middle:.1f} x a floor that parses with ElementTree, "
        f"{ours.middle / library.middle:.1f} x one with feedparser; the bar is for JSON."
    )


def _explained(counts: dict[str, int], rounds: int) -> tuple[str, ...]:
    return (
        f"{rounds} rounds, floor and ours in turn, on posts of 2.5 KB of HTML:",
        f"{counts['wordpress']:,} rows by REST, {counts['feed']:,} by feed;",
        "start-up: imports, a new record and a first crawl of ten rows.",
    )


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.rows", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=3_000, help="by REST; a third of it by feed")
    asked = parser.parse_args(words)
    few = max(10, asked.rows // 3)
    show(measure(rounds=asked.rounds, rows=asked.rows, feed_rows=few), machine())


if __name__ == "__main__":
    main(sys.argv[1:])
