"""From a record to a page that somebody reads: CPU of the whole way, imports apart.

    python -m bench.telling [--articles 100000] [--rounds 3]

A record of 100,000 articles of twenty outlets; 500 of its last month are about one event, 10,000
of the whole year about another. Seven texts of ten are carried by one outlet, the others by two
to nine. Each round is a process of its own that opens the record, finds and judges the pieces,
relates their texts, keeps the report as a version and writes the page. Before the first time no
piece was judged and no two texts were compared; later, and after a crawl that asked for the event,
the record holds the matches, and what has not changed is not judged again.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bench.figures import Section, Spread, machine, show
from bench.posts import plain
from bench.record import APART, OLDEST, OUTLETS, PER_PAGE, lead_of, page_of, reading_of
from crawler.models import Check, Lead, ListingPage, Outcome, Reading, Way
from crawler.record import open_record, search_index, write

ARTICLES: Final = 100_000
BARS: Final = {"muaji": 0.5, "viti": 5.0}
# event -> CPU seconds of the whole way
PIECES: Final = {"muaji": 500, "viti": 10_000}
# event -> how many pieces are about it
WORDS: Final = {"muaji": "Karnavali i Velierave", "viti": "Regata e Stafetave"}
# event -> what stands in the headline and the lead of each
MONTH: Final = timedelta(days=30)
ROUNDS: Final = 3

OUTLET: Final = """name = "Shtypi {at:02d}"
home = "https://shtypi-{at:02d}.example/"
owner = "Pronari {owner}"
tier = {tier}
"""
EVENT: Final = """title = "{title}"
from = {first}
to = {last}
zone = "Europe/Tirane"
expected_outlets = [{outlets}]
[keywords]
any = [["\\"{title}\\""]]
"""


def measure(*, articles: int = ARTICLES, rounds: int = ROUNDS) -> tuple[Section, ...]:
    """Both events, `rounds` times, and the first time of each."""
    with tempfile.TemporaryDirectory(prefix="jehona-bench-") as place:
        folder = Path(place)
        fill(folder, articles)
        found = {event: [_told(folder, event) for _ in range(rounds + 1)] for event in BARS}
    lines = [line for event, told in found.items() for line in _lines(event, told)]
    data = {event: {"first": told[0], "rounds": told[1:]} for event, told in found.items()}
    section = Section(
        name="telling",
        title=f"From a record of {articles:,} articles to a page (CPU s)",
        columns=("", "min", "median", "max", "bar"),
        rows=tuple(lines),
        notes=(
            "each round is a process of its own, from opening the record, after imports;",
            "the first time nothing was judged or compared before, as with an event that is new;",
            "later, as after a crawl for it, the matches are kept and held against their basis.",
        ),
        data=data,
    )
    return (section,)


def _lines(event: str, told: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    first, *later = told
    name = f"{first['pieces']:,} pieces in {first['texts']:,} texts"
    yield (name, *Spread.of(one["whole"] for one in later).cells(2), f"{BARS[event]:.1f}")
    yield ("  the first time", "", f"{first['whole']:.2f}", "", "")
    rest = [one["report"] - one["related"] - one["stories"] for one in later]
    yield ("  finding and judging", *Spread.of(one["related"] for one in later).cells(2), "")
    yield ("  relating texts", *Spread.of(one["stories"] for one in later).cells(2), "")
    yield ("  the report itself", *Spread.of(rest).cells(2), "")
    yield ("  the page", *Spread.of(one["html"] for one in later).cells(2), "")


def _told(folder: Path, event: str) -> dict[str, Any]:
    """One round, in a process of its own."""
    asked = [sys.executable, "-m", "bench.telling_ours", str(folder), event]
    ended = subprocess.run(asked, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


# --- the workspace -----------------------------------------------------------------------


def fill(folder: Path, articles: int) -> None:
    """A workspace with a record of so many articles, indexed, every outlet checked."""
    _write_files(folder, articles)
    var = folder / "var"
    var.mkdir()
    with open_record(var / "coverage.db", var / "snapshots") as record:
        run = write.begin_run(record, event=None, window=None, started=OLDEST, version="bench")
        for page, readings in _pages(articles):
            write.gather_page(record, run, page, readings)
        record.settle()
        for at in range(OUTLETS):
            write.save_check(record, run, _check(at, articles))
        write.end_run(record, run, OLDEST + APART * articles)
        search_index.bring_up(record)


def _write_files(folder: Path, articles: int) -> None:
    for name in ("outlets", "events"):
        (folder / name).mkdir(parents=True)
    (folder / "jehona.toml").write_text('contact = "zyra@office.example"\n', "utf-8")
    for at in range(OUTLETS):
        text = OUTLET.format(at=at, owner=at % 7, tier=at % 3 + 1)
        (folder / "outlets" / f"shtypi-{at:02d}.toml").write_text(text, "utf-8")
    outlets = ", ".join(f'"shtypi-{at:02d}"' for at in range(OUTLETS))
    end = OLDEST + APART * articles
    first = {"muaji": end - MONTH, "viti": OLDEST}
    for event, title in WORDS.items():
        days = {"first": first[event].date(), "last": end.date()}
        text = EVENT.format(title=title, outlets=outlets, **days)
        (folder / "events" / f"{event}.toml").write_text(text, "utf-8")


def _check(at: int, articles: int) -> Check:
    since, until = OLDEST - MONTH, OLDEST + APART * articles + MONTH
    return Check(
        outlet=f"shtypi-{at:02d}",
        way=Way.WORDPRESS,
        outcome=Outcome.COMPLETE,
        listed=articles // OUTLETS,
        read=articles // OUTLETS,
        reached=since,
        at=until,
        since=since,
        until=until,
    )


def _pages(articles: int) -> Iterator[tuple[ListingPage, list[tuple[Lead, Reading]]]]:
    """Pages of one outlet each; outlets take turns row by row, as in `bench.record`."""
    block: dict[int, list[Reading]] = {at: [] for at in range(OUTLETS)}
    for number, words in enumerate(_words(articles)):
        turn = number % OUTLETS
        block[turn].append(reading_of(f"shtypi-{turn:02d}", number, *words))
        if len(block[turn]) == PER_PAGE or number >= articles - OUTLETS:
            readings, block[turn] = block[turn], []
            leads = [lead_of(reading, at) for at, reading in enumerate(readings)]
            page = page_of(f"shtypi-{turn:02d}", leads)
            yield page, list(zip(leads, readings, strict=True))


def _words(articles: int) -> Iterator[tuple[str, str, str]]:
    """Headline, lead and text of every article, those about the events among them."""
    about = _about(articles)
    events = {event: _coverage(count, seed=at) for at, (event, count) in enumerate(PIECES.items())}
    for number, words in enumerate(plain(articles)):
        event = about.get(number)
        yield next(events[event]) if event else words


def _about(articles: int) -> dict[int, str]:
    """Which article is about which event: the month's in the last month, the year's anywhere."""
    month = range(max(0, articles - int(MONTH / APART)), articles)
    chosen = random.Random(7).sample(month, min(PIECES["muaji"], articles // 10))
    left = sorted(set(range(articles)) - set(chosen))
    year = random.Random(8).sample(left, min(PIECES["viti"], articles // 10))
    return dict.fromkeys(year, "viti") | dict.fromkeys(chosen, "muaji")


def _coverage(count: int, *, seed: int) -> Iterator[tuple[str, str, str]]:
    """Pieces that name their event: seven texts of ten once, the others two to nine times."""
    title, luck = list(WORDS.values())[seed], random.Random(seed)
    texts = plain(count, seed=100 + seed)
    pending: list[tuple[str, str, str]] = []
    for number in itertools.count():
        if not pending:
            headline, lead, text = next(texts)
            told = f"{title}: {lead}"
            size = 1 if luck.random() < 0.7 else luck.randint(2, 9)
            pending = [(f"{title}, {headline}", told, f"{told}\n{text}")] * size
        headline, lead, text = pending.pop()
        yield f"{headline} {number}", lead, text


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.telling", description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES, help="of the record")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of each event")
    parser.add_argument("--keep", type=Path, help="only make the workspace, here")
    asked = parser.parse_args(words)
    if asked.keep:
        fill(asked.keep, asked.articles)
        return
    show(measure(articles=asked.articles, rounds=asked.rounds), machine())


if __name__ == "__main__":
    main(sys.argv[1:])
