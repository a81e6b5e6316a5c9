"""The desk at 100,000 articles and 50 events: CPU of its pages, and a key beside a crawl.

    python -m bench.desk fill FOLDER       # the workspace, to measure there again and again
    python -m bench.desk pages FOLDER      # CPU ms of every page; the last line is JSON
    python -m bench.desk keys FOLDER       # wall ms of a decision beside a process that stores
    python -m bench.desk store FOLDER      # that process: pages as a crawl keeps them, until ended

Fifty events of two months each, of twenty outlets, with 16 to 2,834 pieces; 300 runs of two checks
an outlet. `jehona desk` is a process of its own, asked by HTTP. Measured are three queues: a usual
one, a large one, the largest. Who stores keeps twenty pages of 100 rows a second, more than one
core of a crawl can read, and holds the writer's lock as a crawl does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import httpx
import psutil

from bench.figures import Section, section, worker
from bench.posts import plain
from bench.record import APART, EVENTS, OLDEST, OUTLETS, PER_PAGE, Page, event_of, groups_of, pages
from crawler.config import load_outlets, load_workspace
from crawler.config.event_file import write_event
from crawler.models import Check, Outcome, Way, Window
from crawler.record import Record, open_record, search_index, write
from crawler.record.lock import RunLock
from crawler.run.crawl_task import Assignment, Tally
from crawler.run.page_store import PageStore, Readings
from crawler.run.record_view import RecordMemory
from jehona import actions

ARTICLES: Final = 100_000
RUNS: Final = 300
# event -> how many pieces its queue has
QUEUES: Final = {"panairi-40": 34, "panairi-23": 638, "panairi-11": 2_834}
# a word of nearly every piece, and one of few
WORDS: Final = ("dhe", "arbitër")
ROUNDS: Final = 20
KEYS: Final = 40
# what the page says that asks beside itself
CARD: Final = {"x-jehona": "card"}
# seconds between two pages of who stores
PACE: Final = 0.05
# CPU ms of pages, wall ms of a key
BARS: Final = {
    "today": 60.0,
    **{f"review, {count:,} pieces": 40.0 for count in QUEUES.values()},
    **{f"search: {word}": 80.0 for word in WORDS},
}
KEY: Final = 150.0
OUTLET: Final = """name = "Shtypi {at:02d}"
home = "https://shtypi-{at:02d}.example/"
languages = ["sq"]
[[find]]
way = "wordpress"
url = "https://shtypi-{at:02d}.example/wp-json/"
"""


# --- the workspace -------------------------------------------------------------------------


def fill(folder: Path, articles: int = ARTICLES) -> None:
    """A workspace with its record, indexed, its checks, and every event matched."""
    for name in ("outlets", "events", "var"):
        (folder / name).mkdir(parents=True)
    (folder / "jehona.toml").write_text('contact = "zyra@office.example"\n', "utf-8")
    slugs, end = tuple(f"shtypi-{at:02d}" for at in range(OUTLETS)), OLDEST + APART * articles
    for at, slug in enumerate(slugs):
        (folder / "outlets" / f"{slug}.toml").write_text(OUTLET.format(at=at), "utf-8")
    known = load_outlets(load_workspace(folder))
    for at, groups in enumerate(groups_of(EVENTS)):
        made = event_of(groups, end - timedelta(days=3 * at))
        said: dict[str, Any] = {
            "slug": f"panairi-{at:02d}",
            "title": f"Panairi {at}",
            "expected_outlets": slugs,
        }
        write_event(replace(made, **said), folder / "events", outlets=known)
    with open_record(folder / "var/coverage.db", folder / "var/snapshots") as record:
        run = write.begin_run(record, event=None, window=None, started=OLDEST, version="bench")
        for page, readings in itertools.islice(pages(plain(articles)), articles // PER_PAGE):
            write.gather_page(record, run, page, readings)
        write.end_run(record, run, end)
        checked(record, slugs)
        search_index.bring_up(record)
    actions.matches.match(actions.office.open_office(folder, by="ana"))


def checked(record: Record, slugs: tuple[str, ...]) -> None:
    """Runs of two checks an outlet, one a day until the end of the record; every sixth partial."""
    end = OLDEST + APART * ARTICLES
    for number in range(RUNS):
        at = end - timedelta(days=RUNS - number)
        run = write.begin_run(record, event=None, window=None, started=at, version="bench")
        for place, slug in enumerate(slugs):
            for way in (Way.WORDPRESS, Way.FEED):
                whole = (number + place) % 6 > 0 and way is Way.WORDPRESS
                outcome = Outcome.COMPLETE if whole else Outcome.PARTIAL
                check = Check(
                    outlet=slug, way=way, outcome=outcome, listed=50, read=50, at=at,
                    since=at - timedelta(days=60) if whole else None,
                    until=at if whole else None, reached=at - timedelta(days=60),
                )  # fmt: skip
                write.save_check(record, run, check)
        write.end_run(record, run, at)


# --- who stores ----------------------------------------------------------------------------


class Ready(PageStore):
    """A page store whose rows were read already."""

    def __init__(self, assignment: Assignment, page: Page) -> None:
        super().__init__(assignment)
        self.ready = page[1]

    async def _read_rows(self, page: Any, unchanged: Mapping[int, int]) -> Readings:
        return self.ready


def store(place: str) -> None:
    """Keep pages as a crawl does, behind its lock, until ended."""
    folder = Path(place)
    with (
        RunLock(folder / "var/run.lock").acquire(),
        open_record(folder / "var/coverage.db", folder / "var/snapshots") as record,
    ):
        now = OLDEST + APART * ARTICLES
        run = write.begin_run(record, event=None, window=None, started=now, version="bench")
        print("storing", flush=True)
        asyncio.run(_storing(folder, record, run))


async def _storing(folder: Path, record: Record, run: int) -> None:
    """Each outlet has a page store of its own, as each of its checks does."""
    outlets, stores = load_outlets(load_workspace(folder)), dict[str, Ready]()
    now = OLDEST + APART * ARTICLES
    window = Window(start=OLDEST, end=now + timedelta(days=999), zone="Europe/Tirane")
    for made in itertools.islice(pages(plain(sys.maxsize, seed=3)), ARTICLES // PER_PAGE, None):
        outlet, tally = made[0].outlet, Tally()
        memory = RecordMemory(record=record, run=run, outlet=outlet, now=now, tally=tally)
        task = Assignment(
            outlet=outlets[outlet], find=outlets[outlet].find[0], window=window, now=now,
            memory=memory, tally=tally,
        )  # fmt: skip
        keeping = stores.setdefault(outlet, Ready(task, made))
        keeping.ready = made[1]
        await keeping.keep(made[0])
        await asyncio.sleep(PACE)


# --- who asks ------------------------------------------------------------------------------


@contextmanager
def desk(folder: Path) -> Iterator[tuple[httpx.Client, psutil.Process]]:
    """A desk of a workspace, and somebody who came in."""
    command = [sys.executable, "-m", "jehona", "desk", "--no-open", "--port", "8473"]
    env = {**os.environ, "JEHONA_LANGUAGE": "en", "PYTHONWARNINGS": "ignore"}
    running = subprocess.Popen(
        [*command, "-w", str(folder)], stdout=subprocess.PIPE, text=True, env=env
    )
    assert running.stdout
    try:
        link = running.stdout.readline().partition("desk: ")[2].strip()
        with httpx.Client(base_url=link.partition("/enter")[0], timeout=60) as client:
            client.get(link, follow_redirects=True)
            client.post("/who", data={"name": "Ana"})
            yield client, psutil.Process(running.pid)
    finally:
        running.terminate()
        running.wait()


def pages_cpu(place: str) -> dict[str, list[float]]:
    """CPU ms of the desk for each page, the first look not counted."""
    asked = {
        "today": "/",
        "events": "/events",
        "outlets": "/outlets",
        "an outlet": "/outlets/shtypi-03",
        "an event": "/events/panairi-11",
        **{f"review, {n:,} pieces": f"/events/{event}/review" for event, n in QUEUES.items()},
        "list of 100": "/events/panairi-11/review?view=list",
        "clips": "/events/panairi-11/clips",
        **{f"search: {word}": f"/search?q={word}&event=" for word in WORDS},
    }
    told: dict[str, list[float]] = {}
    with desk(Path(place)) as (client, process):
        for name, path in asked.items():
            told[name] = [_cpu(client, process, path) for _ in range(ROUNDS + 1)][1:]
    return told


def _cpu(client: httpx.Client, process: psutil.Process, path: str) -> float:
    """Of some requests, since the system counts CPU in hundredths of a second."""
    before, several = process.cpu_times(), 5
    for _ in range(several):
        client.get(path).raise_for_status()
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) * 1000 / several


def keys(place: str) -> dict[str, list[float]]:
    """Wall ms from the key to the next card, of each queue, beside who stores."""
    with tempfile.TemporaryDirectory(prefix="jehona-bench-", dir=Path(place).parent) as copy:
        folder = Path(copy) / "office"
        shutil.copytree(place, folder, ignore=shutil.ignore_patterns("desk.*", "*.before-*"))
        command = [sys.executable, "-W", "ignore", "-m", "bench.desk", "store", str(folder)]
        storing = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert storing.stdout
        try:
            storing.stdout.readline()
            with desk(folder) as (client, _):
                return {
                    f"{count:,} pieces": [_key(client, event) for _ in range(KEYS)]
                    for event, count in QUEUES.items()
                }
        finally:
            storing.terminate()
            storing.wait()


def _key(client: httpx.Client, event: str) -> float:
    """Accept the first card and see the next; then take it back, so that the queue stays."""
    page = f"/events/{event}/review"
    queue = client.get(page, headers={"accept": "application/json"}).json()
    piece = queue["pieces"][0]
    begun = time.perf_counter()
    form = {"piece": piece["article"], "verdict": "accepted", "seen": piece["seen"]}
    answer = client.post(f"{page}/decide", data=form, headers=CARD)
    wait = (time.perf_counter() - begun) * 1000
    answer.raise_for_status()
    taken_back = client.post(f"{page}/undo", data={"piece": piece["article"]}, headers=CARD)
    taken_back.raise_for_status()
    return wait


def measure(articles: int = ARTICLES) -> tuple[Section, ...]:
    """Pages, then keys."""
    with tempfile.TemporaryDirectory(prefix="jehona-bench-") as place:
        folder = Path(place) / "office"
        fill(folder, articles)
        told = worker("bench.desk", "pages", folder)
        waits = worker("bench.desk", "keys", folder)
    title = f"The desk at {articles:,} articles and {EVENTS} events"
    return (
        section(name="desk", title=f"{title}, CPU ms a page", told=told, bars=BARS, digits=0),
        _of_keys(f"{title}: a key until the next card, beside who stores, ms", waits),
    )


def _of_keys(title: str, waits: Mapping[str, list[float]]) -> Section:
    """The same with the wait that 95 of 100 keys stay under."""
    late = {name: quantiles(values, n=20)[-1] for name, values in waits.items()}
    notes = [
        f"{name}: p95 {wait:.0f}, bar {KEY:g}: {'kept' if wait <= KEY else 'NOT KEPT'}"
        for name, wait in late.items()
    ]
    return section(name="keys", title=title, told=waits, digits=0, notes=tuple(notes))


def main(words: list[str]) -> None:
    """See the module."""
    what, place = words
    if what in {"fill", "store"}:
        {"fill": lambda where: fill(Path(where)), "store": store}[what](place)
        return
    told = {"pages": pages_cpu, "keys": keys}[what](place)
    for name, values in told.items():
        low = f"{min(values):6.1f} {sorted(values)[len(values) // 2]:6.1f}"
        print(f"{name:24} {low} p95 {quantiles(values, n=20)[-1]:6.1f}")
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
