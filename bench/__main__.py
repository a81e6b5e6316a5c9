"""Every figure beside its floor: `make bench`, some minutes; `make bench-large` at a million
articles and with the memory of a crawl of 20,000 pages.

    python -m bench [PART ...] [--large] [--rounds 5] [--pages FOLDER]

Parts: crawls, desk, requests, readers, record, telling. The figures are kept in
`bench/results/latest.json`. Nothing fails for being slow: a bar that is not kept is said.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench import crawls, desk, readers, record, requests, telling
from bench.figures import Section, machine, show

RESULTS: Final = Path(__file__).parent / "results" / "latest.json"
SIZES: Final = {False: (10_000, 100_000), True: (10_000, 100_000, 1_000_000)}
# pages of the crawls whose memory is measured
MEMORY: Final = {False: (), True: (2_000, 20_000)}


def parts(asked: argparse.Namespace) -> Mapping[str, Callable[[], tuple[Section, ...]]]:
    """What is measured, by name."""
    return {
        "crawls": lambda: crawls.measure(rounds=asked.rounds, memory=MEMORY[asked.large]),
        "desk": desk.measure,
        "requests": requests.measure,
        "readers": lambda: readers.measure(pages=asked.pages),
        "record": lambda: record.measure(SIZES[asked.large]),
        "telling": telling.measure,
    }


def document(sections: Sequence[Section], found: Mapping[str, str], seconds: int) -> dict[str, Any]:
    """What is kept."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    told = {each.name: asdict(each)["data"] for each in sections}
    return {"schema": 2, "made": made, "machine": found, "seconds": seconds, **told}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    made.add_argument("parts", nargs="*", help="all where none is named")
    made.add_argument("--large", action="store_true", help="a record of a million articles too")
    made.add_argument("--rounds", type=int, default=5, help="of floor and ours in turn")
    made.add_argument("--pages", type=Path, help="a folder of real pages for the readers")
    return made


def main(words: Sequence[str]) -> None:
    """Measure, print, keep."""
    asked = parser().parse_args(words)
    begun, found, sections = time.monotonic(), machine(), list[Section]()
    for name, measure in parts(asked).items():
        if not asked.parts or name in asked.parts:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            sections += measure()
    show(sections, found)
    told = document(sections, found, round(time.monotonic() - begun))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")
    print(f"\n{told['seconds']} s in all; kept in {RESULTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
