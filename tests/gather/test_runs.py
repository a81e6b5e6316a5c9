"""What happens in a run is told line by line, and how every run stands can be asked."""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.config import load_workspace
from crawler.record import RecordRefused, open_record, write
from crawler.record.lock import RunLock
from crawler.run import conductor
from crawler.run.record_view import RecordMemory
from crawler.run.run_events import RunEvent, events_file
from jehona import actions, cli
from jehona.actions.crawl import What
from jehona.actions.office import Office
from tests.gather import scripted
from tests.gather.scripted import Said, Site

FEED: dict[str, object] = {"way": "feed", "url": "{ROOT}/rss.xml"}
WORDPRESS: dict[str, object] = {"way": "wordpress", "url": "{ROOT}/wp-json/"}
DAYS = {"since": datetime(2026, 5, 10).date(), "until": datetime(2026, 5, 21).date()}  # noqa: DTZ001
WINDOW = ("--since", "2026-05-10", "--until", "2026-05-21")


LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


def rows(path: str, query: dict[str, str]) -> Said | None:
    number = int(query.get("paged", 1))
    some = range(30)[number * 10 - 10 : number * 10]
    return scripted.feed(some) if path == "/rss.xml" and some else None


@pytest.fixture
def site() -> Iterator[Site]:
    with scripted.served(rows) as served:
        yield served


def office_at(folder: Path, site: Site, *finds: dict[str, object]) -> Office:
    scripted.outlet(folder, site, *finds or (FEED,))
    return Office(workspace=load_workspace(folder))


def crawled(office: Office, told: list[RunEvent] | None = None) -> actions.crawl.Crawled:
    plan = actions.crawl.plan(office, **DAYS, outlets=["pasqyra"])
    return actions.crawl.run(office, plan, watcher=[].append if told is None else told.append)


def lines(folder: Path, run: int = 1) -> list[dict[str, Any]]:
    text = events_file(folder / "var", run).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def typed(*words: str) -> int:
    return cli.run(lambda: cli.build()(list(words), prog_name="jehona", standalone_mode=False))


# --- what is told ---------------------------------------------------------------------------------


def test_a_run_is_told_from_its_start_to_its_end(tmp_path: Path, site: Site) -> None:
    told: list[RunEvent] = []
    done = crawled(office_at(tmp_path, site, WORDPRESS, FEED), told)
    said = [line for line in lines(tmp_path) if line["what"] != "progress"]
    assert [line["what"] for line in said] == [
        "run-started",
        *("check-started", "check-ended") * 2,
        "outlet-ended",
        "run-ended",
    ]
    text = events_file(tmp_path / "var", 1).read_text("utf-8")
    assert "".join(event.line() for event in told) == text, "all look at the same"
    assert {(line["schema"], line["run"]) for line in said} == {(1, done.run.number)}
    assert all(datetime.fromisoformat(line["at"]).tzinfo for line in said)
    assert said[0]["outlets"] == ["pasqyra"]
    assert (said[2]["way"], said[2]["outcome"], said[2]["reason"]) == (
        "wordpress",
        "broken",
        "not-found",
    )
    last = {"outlet": "pasqyra", "way": "feed", "outcome": "complete", "read": 30, "new": 30}
    for line in said[4:6]:
        assert last.items() <= line.items()
        assert not {"listed", "reason", "state", "event"} & line.keys(), "what does not apply"
    assert said[4]["requests"] < said[5]["requests"], "of the check, and of the outlet"
    assert said[-1]["state"] == "finished"


@pytest.mark.skipif(sys.platform == "win32", reason="modes as POSIX has them")
def test_events_are_their_owners_alone(tmp_path: Path, site: Site) -> None:
    crawled(office_at(tmp_path, site))
    place = events_file(tmp_path / "var", 1)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_how_far_it_is_is_told_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conductor, "PROGRESS_EVERY", 0.01)
    seen, told = threading.Event(), list[RunEvent]()

    def slow(path: str, query: dict[str, str]) -> Said | None:
        if "paged" in query:
            seen.wait(30)
        return rows(path, query)

    def look(event: RunEvent) -> None:
        told.append(event)
        if event.what is What.PROGRESS and event.read:
            seen.set()

    with scripted.served(slow) as site:
        office = office_at(tmp_path, site)
        plan = actions.crawl.plan(office, **DAYS, outlets=["pasqyra"])
        actions.crawl.run(office, plan, watcher=look)
    assert seen.is_set()
    counts = [(e.read, e.new, e.requests) for e in told if e.what is What.PROGRESS]
    assert counts == sorted(set(counts)), "only what has changed"


def test_events_on_stdout_are_those_of_the_file(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office_at(tmp_path, site)
    monkeypatch.setenv("JEHONA_WORKSPACE", str(tmp_path))
    assert typed("crawl", *WINDOW, "-o", "pasqyra", "--events", "-") == 0
    said = capsys.readouterr()
    assert said.out == events_file(tmp_path / "var", 1).read_text("utf-8")
    assert "complete by feed" in said.err


@pytest.mark.parametrize("also", [("-", "--json"), ("events.jsonl",)], ids=["json", "a file"])
def test_events_have_stdout_for_themselves(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, also: tuple[str, ...]
) -> None:
    office_at(tmp_path, site)
    monkeypatch.setenv("JEHONA_WORKSPACE", str(tmp_path))
    assert typed("crawl", *WINDOW, "-o", "pasqyra", "--events", *also) == 2
    assert not (tmp_path / "var/runs").exists()


# --- how runs stand -------------------------------------------------------------------------------


def states(office: Office) -> list[str]:
    return [standing.state.value for standing in actions.runs.runs(office)]


def test_a_run_that_is_refused_failed(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise RecordRefused("the disk is full")

    office = office_at(tmp_path, site)
    with monkeypatch.context() as today:
        today.setattr(RecordMemory, "store", full)
        with pytest.raises(RecordRefused, match="full"):
            crawled(office)
    assert lines(tmp_path)[-1]["state"] == "failed"
    crawled(office)
    assert states(office) == ["finished", "failed"]


def test_a_fault_of_ours_after_the_outlets_is_a_failed_run(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    office = office_at(tmp_path, site)
    monkeypatch.setattr("crawler.run.health.misses", broken)
    with pytest.raises(RuntimeError):
        crawled(office)
    assert states(office) == ["failed"]


def left_open(folder: Path, number: int = 1) -> None:
    """Runs whose process was killed: nobody wrote their end."""
    with open_record(folder / "var/coverage.db", folder / "var/snapshots") as record:
        for _ in range(number):
            write.begin_run(record, event=None, window=None, started=scripted.NOON, version="0")


def test_a_run_whose_process_is_gone_is_interrupted(tmp_path: Path, site: Site) -> None:
    office, lock = office_at(tmp_path, site), RunLock(tmp_path / "var/run.lock")
    left_open(tmp_path)
    with lock.acquire():
        assert states(office) == ["running"]
    assert states(office) == ["interrupted"]
    before = (tmp_path / "var/coverage.db").read_bytes()
    # killed: who signed is no process any more, or another one that came later has its number
    for pid, started in (
        (2**22 + 1, datetime.now(UTC)),
        (os.getpid(), datetime(2001, 1, 1, tzinfo=UTC)),
    ):
        holder = {"pid": pid, "host": "h", "started": started.isoformat(timespec="seconds")}
        lock.holder.write_text(json.dumps(holder), "utf-8")
        assert states(office) == ["interrupted"]
    assert (tmp_path / "var/coverage.db").read_bytes() == before, "looking writes nothing"


def test_what_cannot_be_seen_from_here_is_asked_of_the_lock(tmp_path: Path, site: Site) -> None:
    office, lock = office_at(tmp_path, site), RunLock(tmp_path / "var/run.lock")
    left_open(tmp_path)
    with lock.acquire():
        holder = {"pid": 2**22 + 1, "host": "h", "started": datetime.now(UTC).isoformat()}
        lock.holder.write_text(json.dumps(holder), "utf-8")
        assert states(office) == ["running"], "as from another container"


def test_the_events_of_an_older_record_say_nothing_of_this_one(tmp_path: Path, site: Site) -> None:
    office = office_at(tmp_path, site)
    left_open(tmp_path, 2)
    place = events_file(tmp_path / "var", 1)
    place.parent.mkdir()
    early = RunEvent(
        what=What.RUN_ENDED,
        at=scripted.NOON - timedelta(days=1),
        run=1,
        state=actions.runs.RunState.FAILED,
    )
    place.write_text(early.line(), "utf-8")
    assert states(office) == ["interrupted", "interrupted"]
    place.write_text('{"what": "progr', "utf-8")
    assert states(office) == ["interrupted", "interrupted"], "and a line that was cut off"


def test_runs_are_listed_and_told(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = office_at(tmp_path, site)
    monkeypatch.setenv("JEHONA_WORKSPACE", str(tmp_path))
    assert typed("runs") == 4, "nothing was gathered yet"
    crawled(office)
    capsys.readouterr()
    assert typed("runs", "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)["runs"]
    assert (
        told.items()
        >= {
            "run": 1,
            "event": None,
            "window": {"from": "2026-05-10", "to": "2026-05-21", "zone": "Europe/Tirane"},
            "state": "finished",
            "by_hand": False,
            "outlets": 1,
            "complete": 1,
            "read": 30,
            "new": 30,
            "events": str(events_file(tmp_path / "var", 1)),
        }.items()
    )
    assert typed("runs") == 0
    assert "finished" in capsys.readouterr().out


def test_prune_takes_the_events_of_old_runs(tmp_path: Path, site: Site) -> None:
    office = office_at(tmp_path, site)
    crawled(office)
    crawled(office)
    old, new = (events_file(tmp_path / "var", run) for run in (1, 2))
    long_ago = (datetime.now(UTC) - timedelta(days=60)).timestamp()
    os.utime(old, (long_ago, long_ago))
    assert actions.upkeep.prune(office, older_than="30d", dry_run=True).events == 1
    assert old.exists()
    assert actions.upkeep.prune(office, older_than="30d").events == 1
    assert (old.exists(), new.exists()) == (False, True)
    assert states(office) == ["finished", "finished"]
