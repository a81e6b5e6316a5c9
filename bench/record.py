"""The record alone: storing a page beside bare SQL, searching a large record, matching in it.

    python -m bench.record [--articles 10000,100000]

No network and no reading: readings are handed over as the pipelines hand them, 100 a page, from
twenty outlets. Storing, indexing and matching are CPU; searching is what a person waits.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from bench.figures import Section, Spread, machine, show
from bench.floor import SCHEMA
from bench.floor import store as store_bare
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
)
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

_LONG = re.compile(r"\w{6,}")


def pages() -> Iterator[tuple[ListingPage, list[tuple[Lead, Reading]]]]:
    """Pages without end, 100 rows each, oldest first; the outlets take turns row by row."""
    said = plain(sys.maxsize)
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
        self.record, self.bare = record, bare
        self.pages = pages()
        self.run = write.begin_run(record, event=None, window=None, started=OLDEST, version="bench")
        self.stored = 0

    def round(self) -> tuple[float, float]:
        """CPU milliseconds a row of ours and of the floor, for the next thousand rows."""
        some = list(itertools.islice(self.pages, PAGES_A_ROUND))
        return self._ours(some), self._floor(some)

    def index(self) -> float:
        """Bring the index up; CPU milliseconds an article, 0 where nothing waited."""
        begun = time.process_time()
        count = search_index.bring_up(self.record)
        return (time.process_time() - begun) / max(count, 1) * 1000

    def match(self, events: Sequence[Event]) -> float:
        """CPU milliseconds an article to index and match the next thousand against `events`."""
        self.round_of_ours()
        begun = time.process_time()
        count = event_matches.match_waiting(self.record, events)
        return (time.process_time() - begun) / count * 1000

    def round_of_ours(self) -> None:
        """Store the next thousand rows."""
        self._ours(list(itertools.islice(self.pages, PAGES_A_ROUND)))

    def until(self, articles: int) -> float:
        """Store up to so many articles; CPU milliseconds a row of the last thousand."""
        last = 0.0
        while self.stored < articles:
            last = self._ours(list(itertools.islice(self.pages, PAGES_A_ROUND)))
        return last

    def _ours(self, some: Sequence[tuple[ListingPage, list[tuple[Lead, Reading]]]]) -> float:
        begun = time.process_time()
        for page, readings in some:
            write.store_page(self.record, self.run, page, readings)
        count = len(some) * PER_PAGE
        self.stored += count
        return (time.process_time() - begun) / count * 1000

    def _floor(self, some: Sequence[tuple[ListingPage, list[tuple[Lead, Reading]]]]) -> float:
        begun = time.process_time()
        for _, readings in some:
            store_bare(self.bare, [_bare(reading) for _, reading in readings])
        return (time.process_time() - begun) / (len(some) * PER_PAGE) * 1000


def _bare(reading: Reading) -> tuple[str, str, str, str, str]:
    headline, lead, text = reading.headline, reading.lead, reading.text
    when = reading.published.value.instant.isoformat() if reading.published else ""
    words = (said.value if said else "" for said in (headline, lead, text))
    return (reading.url, when, *words)  # type: ignore[return-value]


def measure(sizes: Sequence[int] = (10_000, 100_000)) -> tuple[Section, ...]:
    """Store beside the floor, then fill up to each of the sizes and search there."""
    lines: list[tuple[str, ...]] = []
    data: dict[str, Any] = {"sizes": list(sizes)}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with (
            open_record(folder / "coverage.db", folder / "snapshots") as record,
            closing(sqlite3.connect(folder / "bare.db")) as bare,
        ):
            bare.executescript(SCHEMA)
            filling = Filling(record, bare)
            lines += _storing(filling, data)
            for size in sizes:
                lines += _at_size(filling, size, data)
            data["megabytes"] = round(read.counts(record).bytes / 1e6)
    return (_section(lines, data),)


def _storing(filling: Filling, data: dict[str, Any]) -> list[tuple[str, ...]]:
    """The comparison, round by round."""
    rounds = [filling.round() for _ in range(PAIRS)]
    ours, floor = (Spread.of(each) for each in zip(*rounds, strict=True))
    ratio = Spread.of(mine / theirs for mine, theirs in rounds)
    data["store"] = {"ours": ours.json(), "floor": floor.json(), "ratio": ratio.json()}
    return [
        ("storing, CPU ms a row", "", "", ""),
        ("  floor: executemany, one FTS5 index", *floor.cells(3)),
        ("  ours: identity, merge, proofs", *ours.cells(3)),
        ("  ours / floor, x", *ratio.cells(1)),
    ]


def _at_size(filling: Filling, size: int, data: dict[str, Any]) -> list[tuple[str, ...]]:
    """Fill up to `size`, then look."""
    last, record = filling.until(size), filling.record
    indexing = filling.index()
    end = OLDEST + APART * filling.stored
    window = Window(start=end - WINDOW, end=end, zone="Europe/Tirane")
    day = Window(start=end - timedelta(days=1), end=end, zone="Europe/Tirane")
    one = event_of(ASKED, end)
    looks: dict[str, Callable[[], Iterable[object]]] = {
        "boolean search in 16 days": lambda: search.candidates(
            record, asked=narrowing(one), window=window
        ),
        "boolean search, no window": lambda: search.candidates(record, asked=narrowing(one)),
        "one outlet's day": lambda: read.articles(record, window=day, outlets=["shtypi-03"]),
    }
    timed = {name: _timed(look) for name, look in looks.items()}
    usual = event_of([pair for groups in groups_of(USUAL) for pair in groups], end)
    judged = [
        _timed(lambda event=event: event_matches.related(record, event), clock=time.process_time)
        for event in (usual, one)
    ]
    events = [event_of(groups, end) for groups in groups_of(EVENTS)]
    new = Spread.of(filling.match(events) for _ in range(PAIRS))
    data[str(size)] = {
        "store_last_thousand": round(last, 4),
        "index": round(indexing, 4),
        "event": [
            {"found": found, "bar": BARS["event"], **spread.json()} for found, spread in judged
        ],
        "new": {"events": EVENTS, "bar": BARS["new"], **new.json()},
    } | {name: {"found": found, **spread.json()} for name, (found, spread) in timed.items()}
    return [
        (f"at {size:,} articles", "", "", ""),
        ("  ours, storing the last thousand, CPU ms a row", "", f"{last:.3f}", ""),
        ("  indexing what was stored, CPU ms an article", "", f"{indexing:.3f}", ""),
        *(
            (f"  {name}, ms ({found:,} found)", *spread.cells(1))
            for name, (found, spread) in timed.items()
        ),
        *(
            (
                f"  one event in {MONTH} days, CPU ms ({found:,} found; bar {BARS['event']:.0f})",
                *spread.cells(0),
            )
            for found, spread in judged
        ),
        (
            f"  new: index, match {EVENTS} events, CPU ms an article (bar {BARS['new']:.0f})",
            *new.cells(2),
        ),
    ]


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


def _timed(
    look: Callable[[], Iterable[object]], clock: Callable[[], float] = time.perf_counter
) -> tuple[int, Spread]:
    """How many a look finds and how long it takes, in milliseconds; the first is not counted."""
    found, waits = 0, []
    for _ in range(LOOKS + 1):
        begun = clock()
        found = sum(1 for _ in look())
        waits.append((clock() - begun) * 1000)
    return found, Spread.of(waits[1:])


def _section(lines: Sequence[tuple[str, ...]], data: Mapping[str, Any]) -> Section:
    return Section(
        name="record",
        title="The record alone",
        columns=("", "min", "median", "max"),
        rows=tuple(lines),
        notes=(
            f"texts of 2 KB from {OUTLETS} outlets, {PER_PAGE} rows a transaction on both sides;",
            "searches are what a person waits, every article found is read, caches warm;",
            "an event is searched, judged and given its reasons, every piece of 350 words anew;",
            f"on the disk at the end: {data['megabytes']:,} MB, snapshots included.",
        ),
        data=data,
    )


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.record", description=__doc__)
    parser.add_argument("--articles", default="10000,100000", help="sizes, in thousands")
    asked = parser.parse_args(words)
    show(measure([int(size) for size in asked.articles.split(",")]), machine())


if __name__ == "__main__":
    main(sys.argv[1:])
