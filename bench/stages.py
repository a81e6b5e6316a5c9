"""Where ours spends a row: each step alone, on the same pages, in one process.

    python -m bench.stages [--rows 2000]

What the sum leaves of `bench.rows` is Scrapy, the ledger and the loop. For those who make it
faster; a profile says why (`python -m cProfile -m bench.stages`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from bench.figures import Section, Spread, machine, show
from bench.floor import FIELDS, PER_PAGE
from bench.ours import ZONE
from bench.served import Site, desk_of
from crawler.models import Layer, Lead, ListingPage, Outlet, Reading, SnapshotKind, Way
from crawler.reading.feeds import feed_lead, parse_feed, read_feed_entry
from crawler.reading.rest import parse_rest_page, read_rest_row, rest_lead
from crawler.record import Record, open_record, read, write
from jehona.demo import Ask, Desk, answer

T = TypeVar("T")
Pairs = list[tuple[Lead, Reading]]

NOW: Final = datetime(2025, 6, 1, tzinfo=UTC)
OUTLET: Final = Outlet(slug="shtypi", name="Shtypi", languages=("sq",), home="http://127.0.0.1:1/")
SITE: Final = {"zone": ZONE, "base": "posts"}
STEPS: Final = (
    "parse the page",
    "who each row is (leads)",
    "what each row says (readings)",
    "store",
    "known again: look-up",
)


def measure(*, rounds: int = 5, rows: int = 2_000) -> tuple[Section, ...]:
    """Both ways, each step `rounds` times."""
    ways = {
        "REST, 100 rows a page": (_rest_pages(rows), _rest_leads, _rest_page),
        "feed, 10 rows a page": (_feed_pages(rows // 4), _feed_leads, _feed_page),
    }
    lines: list[tuple[str, ...]] = []
    data = {}
    for title, (bodies, leads_of, page_of) in ways.items():
        times = [_once(bodies, leads_of, page_of) for _ in range(rounds)]
        spreads = [Spread.of(step) for step in zip(*times, strict=True)]
        lines.append((title, "", "", ""))
        lines += [
            (f"  {step}", *spread.cells(3)) for step, spread in zip(STEPS, spreads, strict=True)
        ]
        data[title] = {step: spread.json() for step, spread in zip(STEPS, spreads, strict=True)}
    section = Section(
        name="stages",
        title="Where ours spends it (CPU ms a row, each step alone)",
        columns=("", "min", "median", "max"),
        rows=tuple(lines),
        notes=("the rest of a row is Scrapy, the ledger and the loop.",),
        data=data,
    )
    return (section,)


def _once(
    bodies: Sequence[bytes],
    leads_of: Callable[[bytes], Callable[[], list[Lead]]],
    page_of: Callable[[bytes, Sequence[Lead]], tuple[ListingPage, Callable[[Lead], Reading]]],
) -> tuple[float, ...]:
    """Milliseconds a row of each step."""
    parsed, parsing = _timed(lambda: [leads_of(body) for body in bodies])
    leads, naming = _timed(lambda: [make() for make in parsed])
    pages = [page_of(body, some) for body, some in zip(bodies, leads, strict=True)]
    said, reading = _timed(lambda: [[(lead, say(lead)) for lead in p.leads] for p, say in pages])
    with (
        tempfile.TemporaryDirectory() as place,
        open_record(Path(place) / "coverage.db", Path(place) / "snapshots") as record,
    ):
        each = [page for page, _ in pages]
        _, storing = _timed(lambda: _store(record, each, said))
        _, knowing = _timed(lambda: [read.unchanged(record, page) for page in each])
    rows = sum(map(len, leads))
    return tuple(t / rows * 1000 for t in (parsing, naming, reading, storing, knowing))


def _store(record: Record, pages: Sequence[ListingPage], said: Sequence[Pairs]) -> None:
    run = write.begin_run(record, event=None, window=None, started=NOW, version="bench")
    for page, readings in zip(pages, said, strict=True):
        write.store_page(record, run, page, readings)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.process_time()
    made = work()
    return made, time.process_time() - begun


# --- the pages of each way ------------------------------------------------------------


def _rest_pages(rows: int) -> list[bytes]:
    targets = (
        f"/wp-json/wp/v2/posts?per_page={PER_PAGE}&page={page}&_fields={FIELDS}"
        for page in range(1, rows // PER_PAGE + 1)
    )
    return _bodies(targets, rows)


def _feed_pages(rows: int) -> list[bytes]:
    return _bodies((f"/feed/?paged={page}" for page in range(1, rows // 10 + 1)), rows)


def _bodies(targets: Iterable[str], rows: int) -> list[bytes]:
    desk: Desk = desk_of(Site(slug="shtypi", posts=rows))
    desk.address = "http://127.0.0.1:1"
    bodies = (answer(desk, Ask(target=target, at=NOW)).body for target in targets)
    return [body for body in bodies if isinstance(body, bytes)]


def _rest_leads(body: bytes) -> Callable[[], list[Lead]]:
    rows = parse_rest_page(body)
    return lambda: [
        rest_lead(row, base="posts", site_zone=ZONE, position=at) for at, row in enumerate(rows)
    ]


def _feed_leads(body: bytes) -> Callable[[], list[Lead]]:
    entries = parse_feed(body, charset="utf-8").entries
    return lambda: [
        feed_lead(entry, outlet=OUTLET, position=at, fetched=NOW)
        for at, entry in enumerate(entries)
    ]


def _rest_page(body: bytes, leads: Sequence[Lead]) -> tuple[ListingPage, Callable[[Lead], Reading]]:
    page = _page(body, leads, Way.WORDPRESS, Layer.REST, SnapshotKind.REST_ROW)
    return page, lambda lead: read_rest_row(lead, outlet=OUTLET, fetched=NOW, site=SITE)


def _feed_page(body: bytes, leads: Sequence[Lead]) -> tuple[ListingPage, Callable[[Lead], Reading]]:
    page = _page(body, leads, Way.FEED, Layer.FEED, SnapshotKind.FEED_ENTRY)
    return page, lambda lead: read_feed_entry(lead, outlet=OUTLET, fetched=NOW, site=SITE)


def _page(
    body: bytes, leads: Sequence[Lead], way: Way, layer: Layer, kind: SnapshotKind
) -> ListingPage:
    return ListingPage(
        outlet=OUTLET.slug,
        way=way,
        layer=layer,
        kind=kind,
        url="http://127.0.0.1:1/list",
        fetched=NOW,
        body=body,
        charset="utf-8",
        leads=tuple(leads),
        site=SITE,
    )


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.stages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=2_000, help="by REST; a quarter by feed")
    asked = parser.parse_args(words)
    show(measure(rounds=asked.rounds, rows=asked.rows), machine())


if __name__ == "__main__":
    main(sys.argv[1:])
