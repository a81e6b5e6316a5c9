"""Killed in the middle, a crawl starts again and ends with the same record."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from crawler.record import open_record
from crawler.record.dump import logical_dump
from jehona.demo import Answer, Ask, Desk, Fault
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom
from tests.newsroom.posts import many_posts

ROOT = Path(__file__).resolve().parents[2]
WINDOW = ("--since", "2026-05-20", "--until", "2026-05-30")
KILLS = 5
PATIENCE = 60


def desks() -> list[Desk]:
    posts = many_posts(250, newest="2026-05-30T12:00", every=timedelta(hours=1))
    return [
        Desk(slug="rest", name="Rest", posts=posts),
        Desk(slug="feed", name="Feed", posts=posts, rest="none"),
    ]


def start(room: Pressroom) -> subprocess.Popen[str]:
    named = [word for slug in room.newsroom.desks for word in ("--outlet", slug)]
    typed = [sys.executable, "-m", "jehona", "-w", str(room.folder), "crawl", *named, *WINDOW]
    return subprocess.Popen(
        typed, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(crawl: subprocess.Popen[str]) -> int:
    """Let it run to its end; its exit code."""
    crawl.communicate(timeout=PATIENCE)
    return crawl.returncode


def dump(room: Pressroom) -> str:
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        assert record.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return logical_dump(record)


def followed(room: Pressroom) -> Pressroom:
    """The same outlets in this workspace."""
    room.outlet(room.newsroom.desks["rest"], "wordpress")
    room.outlet(room.newsroom.desks["feed"], "feed")
    return room


def stop_at(room: Pressroom, count: int, crawl: subprocess.Popen[str], how: int) -> None:
    """Send the signal while the desks keep their `count`th request from now waiting."""
    reached, sent, turns = threading.Event(), threading.Event(), itertools.count(1)

    def watch(_: Ask, genuine: Callable[[], Answer]) -> Answer:
        if next(turns) == count:
            reached.set()
            sent.wait(PATIENCE)
        return genuine()

    watched = Fault(name="watched", spoil=watch)
    for desk in room.newsroom.desks.values():
        desk.fault = watched
    assert reached.wait(PATIENCE), "the crawl asked less than that"
    crawl.send_signal(how)
    sent.set()
    crawl.communicate(timeout=PATIENCE)
    for desk in room.newsroom.desks.values():
        desk.fault = None


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_crawl_resumes_to_the_same_record(
    opened: Opened, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = Random(20260516)
    with opened(*desks()) as undisturbed:
        assert finish(start(followed(undisturbed))) == 0
        expected = dump(undisturbed)
        killed = followed(
            Pressroom(tmp_path_factory.mktemp("killed"), undisturbed.newsroom, capsys)
        )
        for _ in range(KILLS):
            stop_at(killed, moments.randint(1, 20), start(killed), signal.SIGKILL)
        assert finish(start(killed)) == 0
        assert dump(killed) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to a child is POSIX")
def test_an_interrupted_crawl_says_so_and_keeps_what_it_read(opened: Opened) -> None:
    with opened(*desks()) as room:
        crawl = start(followed(room))
        stop_at(room, 8, crawl, signal.SIGINT)
        assert crawl.returncode == 130
        assert finish(start(room)) == 0
