"""The record alone: storing a page beside bare SQL, searching a large record, matching in it.

No network and no reading: readings are handed over as the page store hands them, 100 a page, from
twenty outlets. Storing, indexing and matching are CPU; searching is what a person waits.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Final

from bench.figures import Section, in_turn, section
from bench.floors import SCHEMA, Row
from bench.floors import store as store_bare
from bench.posts import plain, sentences
from crawler import event_matches
from crawler.language.folding import fold
from crawler.language.stemming import stems_of_term
from crawler.matching import narrowing
from crawler.models import (
    Alias,
    Event,
    Keywords,
    Layer,
    Lead,
    ListingPage,
    Reading,
    Said,
    SnapshotKind,
    Tongue,
    Way,
    When,
    Window,
)  # fmt: skip
from crawler.record import Record, open_record, read, search, search_index, write

PER_PAGE: Final = 100
OUTLETS: Final = 20
OLDEST: Final = datetime(2015, 1, 1, tzinfo=UTC)
APART: Final = timedelta(minutes=5)
# between two articles of the whole record: 288 a day
PAIRS: Final = 5
# rounds in which ours and the floor take turns
PAGES_A_ROUND: Final = 10
LOOKS: Final = 7
# at each search, the first not counted
WINDOW: Final = timedelta(days=16)
ASKED: Final = (
    ("panair", "diasporë"),
    ("arbitër", "trotuar"),
)
# AND-groups, each of two words that stand in different sentences
MONTH: Final = 30
# days of an event's window
USUAL: Final = 3
# pairs of groups that find some sixty pieces in a month; the demo's event has 44
EVENTS: Final = 50
# all of whose windows hold what a crawl brought: the worst case
BARS: Final = {"event": 150.0, "new": 2.0}
# CPU milliseconds of one event at a million articles, and of a new article against 50 events

NEW: Final = f"new: index, match {EVENTS} events, CPU an article"
Page = tuple[ListingPage, list[tuple[Lead, Reading]]]
_LONG = re.compile(r"\w{6,}")


def pages(
    said: Iterator[tuple[str, str, str]],
) -> Iterator[tuple[ListingPage, list[tuple[Lead, Reading]]]]:
    """Pages without end, 100 rows each, oldest first; the outlets take turns row by row."""
    for number in itertools.count():
        block, turn = divmod(number, OUTLETS)
        outlet = f"shtypi-{turn:02d}"
        numbers = range(block * PER_PAGE * OUTLETS + turn, sys.maxsize, OUTLETS)
        readings = [
            reading_of(outlet, at, *words)
            for at, words in zip(numbers, itertools.islice(said, PER_PAGE), strict=False)
        ]
        leads = [lead_of(reading, at) for at, reading in enumerate(readings)]
        yield page_of(outlet, leads), list(zip(leads, readings, strict=True))


def reading_of(outlet: str, number: int, headline: str, lead: str, text: str) -> Reading:
    url = f"https://{outlet}.example/2025/05/lajmi-{number}/"
    instant = OLDEST + APART * number
    when = When(instant=instant, precision="minute", rule="iso")
    tongue = Tongue(code="sq", source="words", confidence=0.9)
    aliases = (
        Alias(kind="post", value=f"posts:{number}"),
        Alias(kind="guid", value=f"https://{outlet}.example/?p={number}"),
        Alias(kind="url", value=f"{outlet}.example/2025/05/lajmi-{number}"),
    )
    return Reading(
        layer=Layer.REST,
        url=url,
        aliases=aliases,
        headline=Said(value=headline, layer="rest:title"),
        published=Said(value=when, layer="rest:date_gmt", raw=instant.isoformat()),
        lead=Said(value=lead, layer="rest:excerpt"),
        text=Said(value=text, layer="rest:content"),
        language=Said(value=tongue, layer="rest:content"),
    )


def lead_of(reading: Reading, position: int) -> Lead:
    said = reading.text.value if reading.text else ""
    raw = json.dumps({"link": reading.url, "content": {"rendered": said}}, ensure_ascii=False)
    return Lead(
        url=reading.url,
        aliases=reading.aliases,
        published=reading.published.value.instant if reading.published else None,
        digest=blake2b(raw.encode(), digest_size=16).hexdigest(),
        position=position,
        row={"raw": raw},
    )


def page_of(outlet: str, leads: Sequence[Lead]) -> ListingPage:
    return ListingPage(
        outlet=outlet,
        way=Way.WORDPRESS,
        layer=Layer.REST,
        kind=SnapshotKind.REST_ROW,
        url=f"https://{outlet}.example/wp-json/wp/v2/posts",
        fetched=OLDEST,
        body=b"[" + b",".join(str(lead.row["raw"]).encode() for lead in leads) + b"]",
        charset="utf-8",
        leads=tuple(leads),
        site={"zone": "Europe/Tirane"},
    )


class Filling:
    """A record that grows, and a bare table beside it for as long as they are compared."""

    def __init__(self, record: Record, bare: sqlite3.Connection) -> None:
        self.record, self.bare, self.stored = record, bare, 0
        self.pages, self.some = pages(plain(sys.maxsize)), list[Page]()
        self.run = write.begin_run(record, event=None, window=None, started=OLDEST, version="bench")

    def ours(self) -> float:
        """CPU milliseconds a row to store the next thousand rows."""
        self.some = list(itertools.islice(self.pages, PAGES_A_ROUND))
        begun = time.process_time()
        for page, readings in self.some:
            write.store_page(self.record, self.run, page, readings)
        self.stored += PAGES_A_ROUND * PER_PAGE
        return (time.process_time() - begun) / (PAGES_A_ROUND * PER_PAGE) * 1000

    def floor(self) -> float:
        """CPU milliseconds a row of bare SQL for the thousand that ours stored last."""
        begun = time.process_time()
        for _, readings in self.some:
            store_bare(self.bare, [_bare(reading) for _, reading in readings])
        return (time.process_time() - begun) / (PAGES_A_ROUND * PER_PAGE) * 1000

    def match(self, events: Sequence[Event]) -> float:
        """CPU milliseconds an article to index and match the next thousand against `events`."""
        self.ours()
        begun = time.process_time()
        count = event_matches.match_waiting(self.record, events)
        return (time.process_time() - begun) / count * 1000


def _bare(reading: Reading) -> Row:
    when = reading.published.value.instant.isoformat() if reading.published else ""
    words = (said.value if said else "" for said in (reading.headline, reading.lead, reading.text))
    return (reading.url, when, *words)  # type: ignore[return-value]


def measure(sizes: Sequence[int] = (10_000, 100_000)) -> tuple[Section, ...]:
    """Store beside the floor, then fill up to each of the sizes and search there."""
    with (
        tempfile.TemporaryDirectory() as place,
        open_record(Path(place) / "coverage.db", Path(place) / "snapshots") as record,
        closing(sqlite3.connect(Path(place) / "bare.db")) as bare,
    ):
        bare.executescript(SCHEMA)
        filling = Filling(record, bare)
        told = in_turn(PAIRS, {"ours": filling.ours, "floor": filling.floor})
        storing = section(
            name="store", title="Storing a row, CPU ms", told=told, floor="floor", digits=3
        )
        return (storing, *(_at_size(filling, size) for size in sizes))


def _at_size(filling: Filling, size: int) -> Section:
    """Fill up to `size`, then look."""
    while filling.stored < size:
        last = filling.ours()
    begun = time.process_time()
    indexed = search_index.bring_up(filling.record)
    indexing = (time.process_time() - begun) / max(indexed, 1) * 1000
    end, record = OLDEST + APART * filling.stored, filling.record
    window = Window(start=end - WINDOW, end=end, zone="Europe/Tirane")
    one = event_of(ASKED, end)
    usual = event_of([pair for groups in groups_of(USUAL) for pair in groups], end)
    events = [event_of(groups, end) for groups in groups_of(EVENTS)]
    asked = narrowing(one)
    told = {
        "storing the last thousand, CPU a row": [last],
        "indexing what was stored, CPU an article": [indexing],
        **_looks(
            "boolean search in 16 days",
            lambda: search.candidates(record, asked=asked, window=window),
        ),
        **_looks("boolean search, no window", lambda: search.candidates(record, asked=asked)),
        **_looks(
            "an event of 30 days, CPU",
            lambda: event_matches.related(record, usual),
            time.process_time,
        ),
        **_looks("a large one, CPU", lambda: event_matches.related(record, one), time.process_time),
        NEW: [filling.match(events) for _ in range(PAIRS)],
    }
    bars = {name: BARS["event"] for name in told if "CPU (" in name} | {NEW: BARS["new"]}
    megabytes = round(read.counts(record).bytes / 1e6)
    return section(
        name=f"record_{size}", title=f"The record at {size:,} articles, ms", told=told, bars=bars,
        notes=(
            "searches are what a person waits, every article found is read, caches warm;",
            f"on the disk: {megabytes:,} MB, snapshots included.",
        ),
    )  # fmt: skip


def event_of(groups: Sequence[tuple[str, ...]], end: datetime) -> Event:
    """An event of the month before `end` and of some days after it."""
    last = end.date() + timedelta(days=MONTH)
    return Event(
        slug="panairi",
        title="Panairi i librit",
        first_day=end.date() - timedelta(days=MONTH - 1),
        last_day=last,
        zone="Europe/Tirane",
        date=end.date(),
        place="Bregvalë",
        organiser="Shoqata Bregu i Gjallë",
        keywords=Keywords(any=tuple(groups)),
    )


def groups_of(count: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Keywords of `count` events, two groups each: one new piece in ten is about one of fifty."""
    chance = random.Random(5)
    told = [{word: stems_of_term(fold(word)) for word in _LONG.findall(x)} for x in sentences()]
    stand = Counter(stem for line in told for stem in {s for each in line.values() for s in each})
    rare = sorted(
        word
        for line in told
        for word, each in line.items()
        if max(stand[stem] for stem in each) == 1
    )
    for _ in range(count):
        yield tuple((chance.choice(rare), chance.choice(rare)) for _ in range(2))


def _looks(
    name: str,
    look: Callable[[], Iterable[object]],
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """How many a look finds, with its name, and its milliseconds; the first is not counted."""
    found, waits = 0, []
    for _ in range(LOOKS + 1):
        begun = clock()
        found = sum(1 for _ in look())
        waits.append((clock() - begun) * 1000)
    return {f"{name} ({found:,} found)": waits[1:]}
