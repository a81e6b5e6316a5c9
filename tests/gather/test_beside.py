"""What people add goes in while a crawl runs, and neither disturbs the other."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.record import Record, decisions, open_record, read
from jehona.demo import Answer, Ask, Desk, Fault
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom
from tests.newsroom.posts import many_posts

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
EVENT = """
title = "Festa e Librit"
from = 2026-05-20
to = 2026-05-30
zone = "Europe/Tirane"
[keywords]
any = [["festë"]]
"""
LIST = "outlet,headline,published\nvideo,Një,2026-05-21\nvideo,Dy,2026-05-22\n"
VIDEO = 'name = "Video"\nkind = "video"\n'


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A list that somebody brings, and who somebody is."""
    monkeypatch.setenv("JEHONA_USER", "ana")
    (tmp_path / "lista.csv").write_text(LIST, "utf-8")
    return tmp_path / "lista.csv"


def ready(room: Pressroom) -> None:
    room.outlet(room.newsroom.desks["gazeta"], "wordpress")
    (room.folder / "outlets/video.toml").write_text(VIDEO, "utf-8")
    (room.folder / "events/festa.toml").write_text(EVENT, "utf-8")


@contextmanager
def crawling(room: Pressroom, desk: Desk) -> Iterator[None]:
    """A crawl in a process of its own, which waits for an answer until the block is left."""
    asked, let_go = threading.Event(), threading.Event()

    def watch(_: Ask, genuine: Callable[[], Answer]) -> Answer:
        asked.set()
        assert let_go.wait(PATIENCE)
        return genuine()

    desk.fault = Fault(name="watched", spoil=watch, only=r"[?&]page=2")
    typed = [sys.executable, "-m", "jehona", "-w", str(room.folder), "crawl", "--outlet", "gazeta"]
    crawl = subprocess.Popen([*typed, "--event", "festa"], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        assert asked.wait(PATIENCE)
        yield
        let_go.set()
        assert crawl.wait(PATIENCE) == 0
    finally:
        let_go.set()
        crawl.kill()
        crawl.wait()
        desk.fault = None


def test_hand_work_goes_in_while_a_crawl_runs_and_other_runs_do_not(
    opened: Opened, office: Path
) -> None:
    posts = many_posts(150, newest="2026-05-29T12:00", every=timedelta(hours=1))
    desk = Desk(slug="gazeta", name="Gazeta", posts=posts)
    with opened(desk) as room:
        ready(room)
        with crawling(room, desk):
            told = ("--outlet", "video", "--headline", "Tre", "--published", "2026-05-23")
            for words in (
                ("checked", "video", "--event", "festa", "--found", "3", "--note", "pashë"),
                ("clip", *told, "--event", "festa"),
                ("clip", "--csv", str(office), "--event", "festa"),
                ("backup", str(room.folder / "kopje.zip")),
                ("verify",),
            ):
                done = room.type(*words)
                assert done.code == 0, (words, done.err)
            for words in (
                ("crawl", "--outlet", "gazeta"),
                ("prune", "--older-than", "1d"),
                ("reread",),
            ):
                done = room.type(*words)
                assert done.code == 4
                assert "another crawl of this workspace is running" in done.err
            with record(room) as now:
                states = [str(state) for (state,) in now.conn.execute("SELECT state FROM runs")]
        assert states == ["running", "finished", "finished", "finished"]
        with record(room) as after:
            assert read.counts(after).articles == 153
            held = decisions.holding(after, "festa")
            assert [one.verdict for one in held.values()] == ["accepted"] * 3
            outcomes = after.conn.execute("SELECT outlet, outcome FROM checks ORDER BY outlet")
            assert outcomes.fetchall() == [("gazeta", "complete"), ("video", "checked-by-hand")]
            states = [str(state) for (state,) in after.conn.execute("SELECT state FROM runs")]
        assert states == ["finished"] * 4
        assert room.type("verify").code == 0


def record(room: Pressroom) -> Record:
    return open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots")
