"""A writer in a process of its own, for tests that kill it or run two at once.

    python -m tests.record.writer FOLDER [PAGES] [OUTLET]

Stores its pages as a crawl would: a run, page after page, only rows that are not unchanged;
prints a line a page, so that others know how far it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from crawler.models import Layer, Reading
from crawler.record import Record, open_record, read, write
from tests.record.pieces import NOON, begin, page_of, piece

ROWS = 8
"""Rows a page."""


def main(folder: Path, pages: int, outlet: str) -> None:
    with open_record(folder / "coverage.db", folder / "snapshots", wait=30) as record:
        run = begin(record)
        for number in range(pages):
            crawl_page(record, run, number, outlet)
            print(number, flush=True)  # noqa: T201 - how the test follows it
        write.end_run(record, run, NOON)


def crawl_page(record: Record, run: int, number: int, outlet: str) -> None:
    """One page, by two ways, of which the second comes first for odd pages; then an edit."""
    layers = (Layer.REST, Layer.FEED) if number % 2 else (Layer.FEED, Layer.REST)
    for layer in layers:
        crawl(record, run, [told(number * ROWS + at, layer) for at in range(ROWS)], outlet)
    crawl(record, run, [told(number * ROWS, Layer.LISTING)], outlet)


def told(number: int, layer: Layer) -> Reading:
    return piece(number, layer=layer, headline=f"Libri {number} sipas {layer}", text="fjalë " * 99)


def crawl(record: Record, run: int, readings: list[Reading], outlet: str) -> None:
    page = page_of(readings, outlet=outlet)
    known = read.unchanged(record, page)
    pairs = zip(page.leads, readings, strict=True)
    write.store_page(record, run, page, [pair for pair in pairs if pair[0].position not in known])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
