"""Every figure in one table: `make bench`, some minutes; `make bench-large` at a million articles
and with the memory of a crawl of 20,000 pages.

    python -m bench [--large] [--rounds 5]

Nothing fails for being slow: a bar that is not kept is printed as such.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench import hostile, page, pages, record, requests, rows, stages, stories, telling, whole
from bench.figures import Section, machine, save, show

RESULTS: Final = Path(__file__).parent / "results" / "latest.json"
USUAL: Final = (10_000, 100_000)
LARGE: Final = (10_000, 100_000, 1_000_000)
LARGE_PAGES: Final = (2_000, 20_000)
# pages of the crawls whose memory is measured


def main(words: Sequence[str]) -> None:
    """Measure, print, keep."""
    asked = _parser().parse_args(words)
    sizes = LARGE if asked.large else USUAL
    begun, found = time.monotonic(), machine()
    sections: list[Section] = []
    for name, measure in _parts(asked, sizes):
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        sections += measure()
    show(sections, found)
    seconds = round(time.monotonic() - begun)
    save(RESULTS, _document(sections, found, seconds))
    print(f"\n{seconds} s in all; kept in {RESULTS}")


def _parts(
    asked: argparse.Namespace, sizes: Sequence[int]
) -> Sequence[tuple[str, Callable[[], tuple[Section, ...]]]]:
    memory = LARGE_PAGES if asked.large else ()
    return (
        ("CPU per row", lambda: rows.measure(rounds=asked.rounds)),
        ("each step", lambda: stages.measure(rounds=asked.rounds)),
        ("whole path with pages", lambda: whole.measure(rounds=asked.rounds, memory=memory)),
        ("requests", requests.measure),
        ("pages", lambda: pages.section(asked.corpora, asked.sample)),
        ("the record", lambda: record.measure(sizes)),
        ("a report as one page", lambda: page.measure(rounds=asked.rounds)),
        ("stories", lambda: stories.measure(rounds=asked.rounds)),
        ("from a record to a page", telling.measure),
        ("hostile answers", hostile.section),
    )


def _document(sections: Sequence[Section], found: dict[str, str], seconds: int) -> dict[str, Any]:
    return {
        "schema": 1,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": found,
        "seconds": seconds,
        **{section.name: section.data for section in sections},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="a record of a million articles too")
    parser.add_argument("--rounds", type=int, default=5, help="of floor and ours in turn")
    parser.add_argument("--corpora", type=Path, default=pages.CORPORA, help="pages with labels")
    parser.add_argument("--sample", type=int, default=40, help="pages of each corpus")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
