"""Several people decide, clip and look by hand while a crawl stores pages: nobody is refused."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from crawler.failure import Failure
from crawler.record import decisions, open_record
from jehona import actions
from jehona.actions.clips import Saying
from jehona.actions.office import Office, open_office
from jehona.demo import Desk
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom
from tests.newsroom.posts import many_posts

ROOT = Path(__file__).resolve().parents[2]
OUTLETS = 3
POSTS = 400
EVENT = """
title = "Festa e Librit"
from = 2026-05-20
to = 2026-05-30
zone = "Europe/Tirane"
[keywords]
any = [["festë"]]
"""
VIDEO = 'name = "Video"\nkind = "video"\n'
# of each: what one person does again and again
LEAST = 3


def acts(office: Office, keys: list[str]) -> dict[str, Callable[[int], object]]:
    """What people do at the desk, the n-th time."""
    return {
        "decide": lambda n: actions.review.decide(
            office, "festa", accept=[keys[n % len(keys)]], note=f"herë {n}"
        ),
        "undo": lambda n: actions.review.undo(office, "festa", keys[-1 - n % len(keys)]),
        "clip": lambda n: actions.clips.typed(
            office,
            Saying(event="festa"),
            outlet="video",
            headline=f"Në ekran {n}",
            published="2026-05-23",
        ),
        "look": lambda n: actions.checks.by_hand(office, "video", event="festa", found=n, note=""),
    }


def until_over(
    act: Callable[[int], object], over: threading.Event, name: str, told: list[str]
) -> None:
    """Again and again while the crawl runs; what was done, and what was refused."""
    done = 0
    while not over.is_set() or done < LEAST:
        try:
            act(done)
            told.append(name)
        except Failure as refused:
            told.append(f"{name}: {refused}")
        done += 1
        over.wait(0.05)


def test_nobody_is_refused_while_a_crawl_stores_pages(opened: Opened) -> None:
    posts = many_posts(POSTS, newest="2026-05-29T12:00", every=timedelta(minutes=20))
    desks = [Desk(slug=f"gazeta-{n}", name=f"Gazeta {n}", posts=posts) for n in range(OUTLETS)]
    with opened(*desks) as room:
        keys = ready(room)
        typed = [sys.executable, "-m", "jehona", "-w", str(room.folder), "crawl"]
        typed += [word for slug in room.newsroom.desks for word in ("--outlet", slug)]
        crawl = subprocess.Popen([*typed, "--event", "festa"], cwd=ROOT, stdout=subprocess.DEVNULL)
        over, told = threading.Event(), list[str]()
        people = [
            threading.Thread(target=until_over, args=(act, over, name, told))
            for name, act in acts(open_office(room.folder, by="ana"), keys).items()
        ]
        try:
            for person in people:
                person.start()
            assert crawl.wait(120) == 0
        finally:
            over.set()
            crawl.kill()
            crawl.wait()
            for person in people:
                person.join(60)
        assert_kept(room, Counter(told))


def ready(room: Pressroom) -> list[str]:
    """A first outlet crawled already, so that there are pieces to decide on."""
    for desk in room.newsroom.desks.values():
        room.outlet(desk, "wordpress")
    (room.folder / "outlets/video.toml").write_text(VIDEO, "utf-8")
    (room.folder / "events/festa.toml").write_text(EVENT, "utf-8")
    first = next(iter(room.newsroom.desks))
    assert room.type("crawl", "--event", "festa", "--outlet", first).code == 0
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        rows = record.conn.execute("SELECT key FROM articles ORDER BY id LIMIT 20").fetchall()
    return [key for (key,) in rows]


def assert_kept(room: Pressroom, told: Counter[str]) -> None:
    """All was done, and the record has as much of each as was said to be kept."""
    assert set(told) == {"decide", "undo", "clip", "look"}
    assert min(told.values()) >= LEAST
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        said = decisions.history(record, event="festa")
        looks = record.conn.execute("SELECT count(*) FROM checks WHERE way = 'by-hand'").fetchone()
        (pieces,) = record.conn.execute("SELECT count(*) FROM articles").fetchone()
    verdicts = Counter(one.value for one in said if one.kind == "match")
    assert verdicts["accepted"] == told["decide"] + told["clip"]
    assert verdicts[None] == told["undo"]
    assert looks == (told["look"],)
    assert pieces == OUTLETS * POSTS + told["clip"]
    assert room.type("verify").code == 0
