"""From a record to a page that somebody reads: CPU of the whole way, imports apart.

A record of 100,000 articles of twenty outlets; 500 of its last month are about one event, 10,000
of the whole year about another. Seven texts of ten are carried by one outlet, the others by two
to nine. Each round is a process of its own that opens the record, finds and judges the pieces,
relates their texts, keeps the report as a version and writes the page. Before the first time no
piece was judged and no two texts were compared; later, and after a crawl that asked for the event,
the record holds the matches, and what has not changed is not judged again.
"""

from __future__ import annotations

import itertools
import random
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from bench.figures import Section, section, worker
from bench.posts import plain
from bench.record import APART, OLDEST, OUTLETS, PER_PAGE, pages
from crawler.models import Check, Outcome, Way
from crawler.record import open_record, search_index, write

ARTICLES: Final = 100_000
# event -> CPU seconds of the whole way; 500 and 10,000 pieces
BARS: Final = {"muaji": 0.5, "viti": 5.0}
# event -> what stands in the headline and the lead of each
WORDS: Final = {"muaji": "Karnavali i Velierave", "viti": "Regata e Stafetave"}
MONTH: Final = timedelta(days=30)
# articles of four weeks
NEWEST: Final = 8_000
OUTLET: Final = """name = "{slug}"
home = "https://{slug}.example/"
owner = "Pronari {owner}"
tier = {tier}
"""
EVENT: Final = """title = "{title}"
from = {first}
to = {last}
zone = "Europe/Tirane"
expected_outlets = {outlets}
[keywords]
any = [["\\"{title}\\""]]
"""


def measure(*, articles: int = ARTICLES, rounds: int = 3) -> tuple[Section, ...]:
    """Both events, `rounds` times, and the first time of each."""
    told, notes = dict[str, list[float]](), list[str]()
    with tempfile.TemporaryDirectory(prefix="jehona-bench-") as place:
        fill(Path(place), articles)
        for event in BARS:
            every = [worker("bench.ours", "report", place, event) for _ in range(rounds + 1)]
            told[event] = [one["cpu"] for one in every[1:]]
            told[f"{event}, the first time"] = [every[0]["cpu"]]
            notes.append("{pieces:,} pieces in {texts:,} texts, {bytes:,} bytes".format(**every[0]))
    title = f"From a record of {articles:,} articles to a page, CPU s"
    return (section(name="telling", title=title, told=told, bars=BARS, notes=tuple(notes)),)


def fill(folder: Path, articles: int) -> None:
    """A workspace with a record of so many articles, indexed, every outlet checked."""
    for name in ("outlets", "events", "var"):
        (folder / name).mkdir(parents=True)
    (folder / "jehona.toml").write_text('contact = "zyra@office.example"\n', "utf-8")
    slugs, end = [f"shtypi-{at:02d}" for at in range(OUTLETS)], OLDEST + APART * articles
    for at, slug in enumerate(slugs):
        text = OUTLET.format(slug=slug, owner=at % 7, tier=at % 3 + 1)
        (folder / "outlets" / f"{slug}.toml").write_text(text, "utf-8")
    for (event, title), first in zip(WORDS.items(), (end - MONTH, OLDEST), strict=True):
        days = {"first": first.date(), "last": end.date()}
        text = EVENT.format(title=title, outlets=str(slugs).replace("'", '"'), **days)
        (folder / "events" / f"{event}.toml").write_text(text, "utf-8")
    with open_record(folder / "var/coverage.db", folder / "var/snapshots") as record:
        run = write.begin_run(record, event=None, window=None, started=OLDEST, version="bench")
        for page, readings in itertools.islice(pages(_words(articles)), articles // PER_PAGE):
            write.gather_page(record, run, page, readings)
        record.settle()
        for slug in slugs:
            check = Check(
                outlet=slug, way=Way.WORDPRESS, outcome=Outcome.COMPLETE,
                read=articles // OUTLETS, reached=OLDEST - MONTH, at=end + MONTH,
                since=OLDEST - MONTH, until=end + MONTH,
            )  # fmt: skip
            write.save_check(record, run, check)
        write.end_run(record, run, end)
        search_index.bring_up(record)


def _words(articles: int) -> Iterator[tuple[str, str, str]]:
    """Headline, lead and text of every article, those about the events among them."""
    month, year = (_coverage(title, seed) for seed, title in enumerate(WORDS.values(), 100))
    for at, words in enumerate(plain(articles)):
        if at >= articles - NEWEST and at % 16 == 0:
            yield next(month)
        else:
            yield next(year) if at % 10 == 3 else words


def _coverage(title: str, seed: int) -> Iterator[tuple[str, str, str]]:
    """Pieces that name their event: seven texts of ten once, the others two to nine times."""
    chance = random.Random(seed)
    for headline, lead, text in plain(ARTICLES, seed=seed):
        told = f"{title}: {lead}"
        for _ in range(1 if chance.random() < 0.7 else chance.randint(2, 9)):
            yield f"{title}, {headline}", told, f"{told}\n{text}"
