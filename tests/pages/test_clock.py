"""The machine's clock is set back or forward while the desk is open: nothing is lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from jehona import actions
from jehona.actions.office import open_office
from jehona.actions.review_order import Show
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser
from tests.pages.test_day import begun, busy
from tests.pages.test_review_page import AT, keys, queued
from tests.record.pieces import piece

__all__ = ["busy", "queued"]

MOVES = [timedelta(days=-400), timedelta(hours=-2), timedelta(hours=2)]
MOVED = pytest.mark.parametrize("move", MOVES, ids=["a-year-back", "two-hours-back", "forward"])


def decide(ana: Browser, key: str, verdict: str) -> None:
    ana.clock.turn(timedelta(seconds=1))
    assert ana.post(f"{AT}/decide", {"piece": key, "verdict": verdict}).status_code == 303


@MOVED
def test_the_latest_word_holds_and_is_what_undo_takes_back(
    ana: Browser, queued: Desk, move: timedelta
) -> None:
    first, second, *_ = keys(queued)
    decide(ana, first, "accepted")
    ana.clock.turn(move)
    decide(ana, second, "accepted")
    decide(ana, first, "rejected")
    assert (keys(queued, Show.ACCEPTED), keys(queued, Show.REJECTED)) == ([second], [first])
    ana.post(f"{AT}/undo")
    assert (keys(queued, Show.ACCEPTED), keys(queued, Show.REJECTED)) == ([second], [])
    ana.post(f"{AT}/undo")
    assert keys(queued, Show.ACCEPTED) == []
    assert ana.post(f"{AT}/undo").status_code == 303


def test_of_two_decisions_undo_takes_the_later_though_the_clock_went_back(
    ana: Browser, queued: Desk
) -> None:
    first, second, *_ = keys(queued)
    decide(ana, first, "accepted")
    ana.clock.turn(timedelta(hours=-3))
    decide(ana, second, "accepted")
    ana.post(f"{AT}/undo")
    assert keys(queued, Show.ACCEPTED) == [first]


def test_who_is_in_stays_in_and_idle_counts_from_the_new_time(ana: Browser) -> None:
    ana.clock.turn(timedelta(days=-30))
    assert ana.get("/").status_code == 200
    ana.clock.turn(timedelta(hours=7))
    assert ana.get("/").status_code == 200
    ana.clock.turn(timedelta(hours=9))
    assert ana.get("/").status_code == 401


@MOVED
def test_what_runs_is_said_to_run(
    ana: Browser, desk: Desk, busy: threading.Event, move: timedelta
) -> None:
    number = begun(ana, busy)
    ana.clock.turn(move)
    assert "is being asked" in ana.get(f"/runs/{number}").text
    assert f"Run {number} is asking" in ana.get("/").text
    assert ana.post("/runs/stop").status_code == 303


@MOVED
def test_what_came_meanwhile_waits(ana: Browser, queued: Desk, move: timedelta) -> None:
    before = len(keys(queued))
    ana.get(AT)
    ana.clock.turn(move)
    queued.keep(piece(77))
    actions.matches.match(open_office(queued.root, by="Ana"), "festa")
    assert len(keys(queued)) == before + 1
    line = actions.today.event_line(open_office(queued.root), "festa")
    assert line.pieces
    assert line.pieces.waiting == before + 1
