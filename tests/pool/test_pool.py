"""Workers at one pool: each outlet asked by one at a time, and the record of one machine."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.record import open_record
from crawler.record.dump import logical_dump
from jehona.demo import Answer, Ask, Desk, Fault
from tests.gather.pressroom import Pressroom, pressroom
from tests.newsroom.posts import many_posts
from tests.pool.postgres import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
Query = Callable[..., list[tuple[Any, ...]]]


def desks(count: int) -> list[Desk]:
    newest = "2026-11-30T12:00"
    posts = many_posts(6, newest=newest, every=timedelta(hours=5))
    return [Desk(slug=f"media-{n}", name=f"Media {n}", posts=posts) for n in range(count)]


@pytest.fixture
def query(dsn: str) -> Query:
    """What PostgreSQL says."""
    import psycopg  # noqa: PLC0415 - of an extra

    def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(dsn, password=PASSWORD, autocommit=True) as conn:
            cursor = conn.execute(sql, values)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    return ask


@pytest.fixture
def office(
    tmp_path: Path, dsn: str, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[[int], Pressroom]]:
    """`office(3)`: a workspace at the pool, with so many outlets that no catalogue lists."""
    rooms = []

    def make(count: int) -> Pressroom:
        opened = pressroom(_folder(tmp_path, "office"), capsys, *desks(count))
        room = opened.__enter__()
        rooms.append(opened)
        return furnished(room, dsn)

    yield make
    for opened in rooms:
        opened.__exit__(None, None, None)


def _folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def furnished(room: Pressroom, dsn: str) -> Pressroom:
    """It lists the newsroom's desks alone, and knows the pool."""
    for desk in room.newsroom.desks.values():
        room.outlet(desk, "feed")
    toml = room.folder / "jehona.toml"
    toml.write_text(f'{toml.read_text()}[pool]\ndsn = "{dsn}"\n', "utf-8")
    return room


def another(room: Pressroom, tmp_path: Path, name: str) -> Pressroom:
    dsn = (room.folder / "jehona.toml").read_text("utf-8").split('dsn = "')[1].split('"')[0]
    return furnished(Pressroom(_folder(tmp_path, name), room.newsroom, room.capsys), dsn)


def only(room: Pressroom) -> list[str]:
    return [word for slug in room.newsroom.desks for word in ("--outlet", slug)]


def dump(room: Pressroom) -> str:
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        return logical_dump(record)


def work(room: Pressroom, *words: str) -> dict[str, Any]:
    typed = room.type("pool", "work", *only(room), "--until-idle", "--by", "Ana", "--json", *words)
    assert typed.code == 0, typed.err
    return dict(typed.json)


def test_what_was_asked_together_is_what_one_machine_would_have(
    office: Callable[[int], Pressroom], tmp_path: Path
) -> None:
    room = office(3)
    assert work(room) == {"turns": 1, "asked": 3, "brought": 1, "aside": []}
    assert not (room.folder / "var/coverage.db").exists()
    typed = room.type("pool", "take", "--json")
    assert [one["new"] for one in typed.json["taken"]] == [18]
    alone = another(room, tmp_path, "alone")
    alone.type("crawl", *only(alone))
    assert dump(room) == dump(alone)
    assert "no bundle waits" in room.type("pool", "take").err


def test_two_workers_of_one_name_in_one_second_bring_what_both_have(
    office: Callable[[int], Pressroom], tmp_path: Path, query: Query
) -> None:
    room = office(1)
    work(room)
    query("UPDATE jehona_outlets SET due = now()")
    work(another(room, tmp_path, "second"))
    query("UPDATE jehona_bundles SET name = '../same.bundle.zip'")
    taken = room.type("pool", "take", "--json").json["taken"]
    assert sorted(one["new"] for one in taken) == [0, 6]


def test_nobody_is_asked_before_the_time_comes(
    office: Callable[[int], Pressroom], query: Query
) -> None:
    room = office(2)
    work(room)
    asked = len(room.newsroom.log)
    assert work(room)["asked"] == 0
    assert len(room.newsroom.log) == asked
    query("UPDATE jehona_outlets SET due = now() WHERE outlet = 'media-1'")
    assert work(room)["asked"] == 1
    assert {one.desk for one in room.newsroom.log[asked:]} == {"media-1"}


def test_an_outlet_rests_however_soon_its_time_comes(
    office: Callable[[int], Pressroom], query: Query
) -> None:
    room = office(1)
    work(room)
    query("UPDATE jehona_outlets SET due = now(), rested = now() + interval '1 hour'")
    assert work(room)["asked"] == 0


def dead_with(query: Query, slug: str, *, seconds: int, attempts: int = 0) -> None:
    """A worker of another machine took this outlet, and said `seconds` ago that it lives."""
    (worker,) = query(
        "INSERT INTO procrastinate_workers (last_heartbeat) "
        "VALUES (now() - make_interval(secs => %s)) RETURNING id",
        seconds,
    )[0]
    query(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status, "
        "worker_id, attempts) VALUES (%s, 'jehona:ask', %s, %s, 'doing', %s, %s)",
        *(slug, slug, slug, worker, attempts),
    )


def test_an_outlet_that_somebody_asks_is_left_to_them(
    office: Callable[[int], Pressroom], query: Query
) -> None:
    room = office(2)
    room.type("pool", "status")
    dead_with(query, "media-0", seconds=20)
    before: list[str] = []

    def given_back(_: Ask, genuine: Callable[[], Answer]) -> Answer:
        before.extend(one.desk for one in room.newsroom.log)
        query("DELETE FROM procrastinate_jobs WHERE lock = 'media-0'")
        return genuine()

    feed = Fault(name="given back", spoil=given_back, only="feed")
    room.newsroom.desks["media-1"].fault = feed
    assert work(room)["asked"] == 2
    assert set(before) == {"media-1"}


def test_the_outlet_of_a_dead_worker_comes_free(
    office: Callable[[int], Pressroom], query: Query
) -> None:
    room = office(1)
    room.type("pool", "status")
    dead_with(query, "media-0", seconds=600)
    assert work(room)["asked"] == 1


def test_an_outlet_with_which_workers_die_is_put_aside_named_and_released(
    office: Callable[[int], Pressroom], query: Query
) -> None:
    room = office(2)
    room.type("pool", "status")
    dead_with(query, "media-0", seconds=600, attempts=2)
    done = work(room)
    assert (done["asked"], done["aside"]) == (1, ["media-0"])
    (aside,) = room.type("pool", "status", "--json").json["aside"]
    assert (aside["outlet"], aside["deaths"]) == ("media-0", 3)
    told = room.type("pool", "status").out
    assert "3 workers died while they asked" in " ".join(told.split())
    assert room.type("pool", "release", "media-1").code == 2
    assert room.type("pool", "release", "media-0").code == 0
    assert work(room)["asked"] == 1


def test_a_worker_that_was_taken_for_dead_stops_and_brings_what_it_has(
    office: Callable[[int], Pressroom], query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.pool import engine  # noqa: PLC0415 - of an extra

    monkeypatch.setattr(engine, "HEARTBEAT", 0.05)
    room = office(1)
    desk = room.newsroom.desks["media-0"]

    def given_away(_: Ask, genuine: Callable[[], Answer]) -> Answer:
        if not query("SELECT 1 FROM procrastinate_jobs WHERE attempts > 0"):
            query("UPDATE procrastinate_jobs SET worker_id = NULL, attempts = 1")
            time.sleep(1.0)
        return genuine()

    desk.fault = Fault(name="given away", spoil=given_away)
    done = work(room)
    assert done["asked"] == 2
    assert room.type("pool", "take").code == 0
    states = [run["state"] for run in room.type("runs", "--json").json["runs"]]
    assert states == ["finished", "interrupted"]


# --- what is refused ------------------------------------------------------------------------


def test_without_a_pool_or_with_a_password_in_the_file_it_says_so(
    office: Callable[[int], Pressroom],
) -> None:
    room = office(1)
    toml = room.folder / "jehona.toml"
    told = toml.read_text("utf-8")
    toml.write_text(told.partition("[pool]")[0], "utf-8")
    assert "no [pool] yet" in room.type("pool", "status").err
    toml.write_text(told.replace("jehona@127", "jehona:geheim@127"), "utf-8")
    typed = room.type("pool", "status")
    assert (typed.code, "JEHONA_POOL_PASSWORD" in typed.err) == (2, True)
    assert "geheim" not in typed.err
    toml.write_text(told.replace("postgresql://", "mysql://"), "utf-8")
    assert "expected postgresql://user@host/database" in room.type("pool", "status").err


def test_a_pool_that_does_not_answer_is_one_line(
    office: Callable[[int], Pressroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = office(1)
    monkeypatch.setenv("JEHONA_POOL_PASSWORD", "wrong")
    typed = room.type("pool", "status")
    assert (typed.code, typed.err.count("\n")) == (1, 1)
    assert "password authentication failed" in typed.err
    toml = room.folder / "jehona.toml"
    toml.write_text(toml.read_text("utf-8").replace("127.0.0.1:", "127.0.0.1:1"), "utf-8")
    assert room.type("pool", "work", *only(room)).code in {1, 2}


# --- kills ------------------------------------------------------------------------------------


class Watchman:
    """Sees to it, at the outlets, that each is asked by one at a time."""

    def __init__(self, room: Pressroom, seconds: float) -> None:
        self.seconds, self.lock = seconds, threading.Lock()
        self.under_way: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        for slug, desk in room.newsroom.desks.items():
            desk.fault = Fault(name="slow", spoil=self.watching(slug))

    def watching(self, slug: str) -> Callable[[Ask, Callable[[], Answer]], Answer]:
        def watch(_: Ask, genuine: Callable[[], Answer]) -> Answer:
            with self.lock:
                self.under_way[slug] += 1
                self.most[slug] = max(self.most[slug], self.under_way[slug])
            time.sleep(self.seconds)
            with self.lock:
                self.under_way[slug] -= 1
            return genuine()

        return watch


class Crew:
    """Workers in processes of their own, killed and begun again."""

    def __init__(self, rooms: Sequence[Pressroom]) -> None:
        self.rooms = rooms
        self.running = [self.start(room) for room in rooms]

    def start(self, room: Pressroom) -> subprocess.Popen[bytes]:
        words = ["pool", "work", *only(room), "--until-idle", "--by", "Ana"]
        typed = [sys.executable, "-m", "jehona", "-w", str(room.folder), *words]
        return subprocess.Popen(
            typed, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self, at: int) -> None:
        self.running[at].kill()
        self.running[at].wait()
        self.running[at] = self.start(self.rooms[at])

    def end(self) -> list[int]:
        return [one.wait(300) for one in self.running]


def kills(
    crew: Crew, query: Query, count: int, chance: random.Random, rounds: Callable[[], None]
) -> None:
    """Workers and connections to the database, at random moments while work is under way."""
    for number in range(count):
        time.sleep(chance.uniform(0.3, 2.0))
        if all(one.poll() is not None for one in crew.running):
            rounds()
        if number % 3 == 2:
            query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        else:
            crew.kill(chance.randrange(len(crew.rooms)))


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((24, 2, 6), id="small"),
        pytest.param((300, 4, 50), id="soak", marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
def test_whatever_is_killed_each_is_asked_by_one_and_nothing_is_lost_or_doubled(
    office: Callable[[int], Pressroom],
    tmp_path: Path,
    query: Query,
    size: tuple[int, int, int],
) -> None:
    outlets, workers, count = size
    chance = random.Random(os.environ.get("JEHONA_SEED", "pool"))
    room = office(outlets)
    room.type("pool", "status")
    watchman = Watchman(room, 0.1)
    rooms = [another(room, tmp_path, f"worker-{n}") for n in range(workers)]
    crew = Crew(rooms)

    def again() -> None:
        query("UPDATE jehona_outlets SET due = now()")
        crew.running = [crew.start(each) for each in rooms]

    kills(crew, query, count, chance, again)
    assert crew.end() == [0] * workers
    for (slug,) in query("SELECT outlet FROM jehona_outlets WHERE aside IS NOT NULL"):
        room.type("pool", "release", slug)
    last = Crew(rooms[:1])
    assert last.end() == [0]
    assert watchman.most == Counter(dict.fromkeys(room.newsroom.desks, 1))
    assert query("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    assert room.type("pool", "take").code == 0
    alone = another(room, tmp_path, "alone")
    alone.type("crawl", *only(alone))
    assert dump(room) == dump(alone)
    assert room.type("verify").code == 0
