"""A report as one page: CPU of writing it, imports and the first compiling of templates apart.

    python -m bench.page [--rounds 5]

The pieces are invented (`tests.reports.full.many`): three in ten texts are copied up to eight
times. What finding and relating them costs is measured elsewhere; the bars are for the whole.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from typing import Final

from bench.figures import Section, Spread, machine, show
from crawler.models import Brand
from reports.formats.html import to_html
from tests.reports.full import many

BARS: Final = {500: 0.5, 10_000: 5.0}
# pieces -> seconds of CPU that the whole way from the record may take
BRAND: Final = Brand(name="Zyra e Shtypit", colour="#7a1f2b")


def measure(*, rounds: int = 5) -> tuple[Section, ...]:
    """Each size `rounds` times."""
    to_html(many(10), "sq", BRAND)
    lines, data = [], {}
    for pieces, bar in BARS.items():
        spread, size = _writing(pieces, rounds)
        lines.append((f"{pieces:,} pieces", *spread.cells(3), f"{bar:.1f}", f"{size / 1e6:.1f}"))
        data[str(pieces)] = {**spread.json(), "bytes": size}
    section = Section(
        name="page",
        title="A report as one page (CPU s)",
        columns=("", "min", "median", "max", "bar", "MB"),
        rows=tuple(lines),
        notes=("the bar is for the whole way from the record; this is its last step.",),
        data=data,
    )
    return (section,)


def _writing(pieces: int, rounds: int) -> tuple[Spread, int]:
    report, size, times = many(pieces), 0, []
    for _ in range(rounds):
        begun = time.process_time()
        size = len(to_html(report, "sq", BRAND).encode())
        times.append(time.process_time() - begun)
    return Spread.of(times), size


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="at each size")
    show(measure(rounds=parser.parse_args(words).rounds), machine())


if __name__ == "__main__":
    main(sys.argv[1:])
