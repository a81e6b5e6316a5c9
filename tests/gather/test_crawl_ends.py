"""How a crawl ends: with nobody reading, told to stop, started by `scrapy crawl`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError

from crawler.config import load_workspace
from crawler.record import RecordRefused, open_record, read, write
from crawler.record.lock import RunLock
from crawler.run import page_store
from crawler.run.record_view import RecordMemory
from jehona.actions.explore import end_lost_runs
from jehona.actions.office import Office
from jehona.cli.scrapy_commands.crawl import Command
from tests.gather import scripted
from tests.gather.scripted import Said, Site

ROOT = Path(__file__).resolve().parents[2]
FEED: dict[str, object] = {"way": "feed", "url": "{ROOT}/rss.xml"}
DAYS = {"since": "2026-05-10", "until": "2026-05-21"}
WINDOW = [word for name, day in DAYS.items() for word in (f"--{name}", day)]
JEHONA = (sys.executable, "-c", "from jehona.cli import main; main()")
SCRAPY = (sys.executable, "-m", "scrapy")
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals as POSIX has them")


def two_pages(path: str, query: dict[str, str]) -> Said | None:
    number = int(query.get("paged", 1))
    rows = range(30)[number * 10 - 10 : number * 10]
    return scripted.feed(rows) if path == "/rss.xml" and rows else None


@contextmanager
def held(site_asked: threading.Event, go_on: threading.Event) -> Iterator[Site]:
    """A site whose second page waits until the test is done."""

    def answers(path: str, query: dict[str, str]) -> Said | None:
        if "paged" in query:
            site_asked.set()
            go_on.wait(30)
        return two_pages(path, query)

    with scripted.served(answers) as site:
        try:
            yield site
        finally:
            go_on.set()


def started(folder: Path, *command: str, **more: Any) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "JEHONA_WORKSPACE": str(folder), "SCRAPY_SETTINGS_MODULE": SETTINGS}
    return subprocess.Popen(command, cwd=ROOT, env=environ, **more)


SETTINGS = "crawler.run.settings"


def ledger(folder: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Outcome and reason of every check, and how each run stands."""
    with open_record(folder / "var/coverage.db", folder / "var/snapshots") as record:
        checks = record.conn.execute("SELECT outcome, coalesce(note, '') FROM checks ORDER BY id")
        states = record.conn.execute("SELECT state FROM runs ORDER BY number")
        return checks.fetchall(), [state for (state,) in states.fetchall()]


@posix
@pytest.mark.parametrize(
    "told", [(), ("--json",), ("--events", "-")], ids=["lines", "json", "events"]
)
def test_a_crawl_does_not_depend_on_who_reads_it(tmp_path: Path, told: tuple[str, ...]) -> None:
    with scripted.served(two_pages) as site:
        scripted.outlet(tmp_path, site, FEED)
        crawl = started(tmp_path, *JEHONA, "crawl", *WINDOW, *told, "-o", "pasqyra",
                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        assert crawl.stdout
        assert crawl.stderr
        crawl.stdout.close()
        words = crawl.stderr.read().decode()
        crawl.stderr.close()
        assert crawl.wait(60) == 0, words
    assert "Traceback" not in words
    assert "Broken" not in words
    checks, states = ledger(tmp_path)
    assert [outcome for outcome, _ in checks] == ["complete"]
    assert states == ["finished"]


@posix
def test_the_demo_does_not_depend_on_who_reads_it(tmp_path: Path) -> None:
    typed = [sys.executable, "-m", "jehona", "demo", "-o", str(tmp_path / "demo")]
    demo = subprocess.Popen(typed, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert demo.stdout
    assert demo.stderr
    first = demo.stdout.readline()
    demo.stdout.close()
    words = demo.stderr.read().decode()
    demo.stderr.close()
    assert demo.wait(60) == 0, words
    assert b"invented outlets" in first
    assert "Broken" not in words
    assert ledger(tmp_path / "demo")[1] == ["finished"] * 2


@posix
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=str)
@pytest.mark.parametrize(
    "command",
    [
        (*JEHONA, "crawl", *WINDOW, "-o", "pasqyra"),
        (*SCRAPY, "crawl", "feed", "-a", "outlet=pasqyra", *(
            word for name, day in DAYS.items() for word in ("-a", f"{name}={day}")
        )),
    ],
    ids=["jehona", "scrapy"],
)  # fmt: skip
def test_told_to_stop_it_says_so(tmp_path: Path, command: tuple[str, ...], by: int) -> None:
    asked, go_on = threading.Event(), threading.Event()
    with held(asked, go_on) as site:
        scripted.outlet(tmp_path, site, FEED)
        crawl = started(tmp_path, *command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert asked.wait(60)
        crawl.send_signal(by)
        _, words = crawl.communicate(timeout=60)
    assert crawl.returncode == 130, words.decode()
    assert b"interrupted" in words
    checks, states = ledger(tmp_path)
    assert checks == [("partial", "the crawl was interrupted")]
    assert states == ["interrupted"]
    assert len(scripted.headlines(tmp_path)) == 10, "what was read stays"
    last = json.loads((tmp_path / "var/runs/1.jsonl").read_text("utf-8").splitlines()[-1])
    assert (last["what"], last["state"]) == ("run-ended", "interrupted")


def left_open(folder: Path) -> None:
    """A record whose last run was killed."""
    with open_record(folder / "var/coverage.db", folder / "var/snapshots") as record:
        write.begin_run(record, event=None, window=None, started=scripted.NOON, version="0")


def test_a_run_whose_process_is_gone_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "jehona.toml").write_text("", "utf-8")
    desk = load_workspace(tmp_path)
    left_open(tmp_path)
    with RunLock(tmp_path / "var/run.lock").acquire():
        end_lost_runs(Office(workspace=desk))
        assert ledger(tmp_path)[1] == ["running"], "its process has the lock"
    end_lost_runs(Office(workspace=desk))
    assert ledger(tmp_path)[1] == ["interrupted"]
    left_open(tmp_path)
    with Office(workspace=desk).to_gather():
        pass
    assert ledger(tmp_path)[1] == ["interrupted", "interrupted"]


# --- scrapy crawl ---------------------------------------------------------------------------------


def scrapy_crawl(folder: Path, monkeypatch: pytest.MonkeyPatch, *args: str, **words: str) -> int:
    """The exit code of `scrapy crawl ARGS -a WORDS`."""
    monkeypatch.setenv("JEHONA_WORKSPACE", str(folder))
    command = Command()
    command.run(list(args), argparse.Namespace(spargs=words))
    return command.exitcode


def test_scrapy_crawl_is_one_way_of_jehona_crawl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted.served(two_pages) as site:
        scripted.outlet(tmp_path, site, FEED)
        code = scrapy_crawl(tmp_path, monkeypatch, "feed", outlet="pasqyra", **DAYS)
    assert code == 0
    assert ledger(tmp_path) == ([("complete", "")], ["finished"])
    assert len(scripted.headlines(tmp_path)) == 30


def test_a_fault_of_ours_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(page_store, "read_lead", broken)
    with scripted.served(two_pages) as site:
        scripted.outlet(tmp_path, site, FEED)
        code = scrapy_crawl(tmp_path, monkeypatch, "feed", outlet="pasqyra", **DAYS)
    ((outcome, note),), _ = ledger(tmp_path)
    assert (code, outcome) == (1, "broken")
    assert "RuntimeError" in note
    assert found(tmp_path) == [("fault", {})]


def found(folder: Path) -> list[tuple[str | None, dict[str, Any]]]:
    """Reason and numbers of every check, as the record has them."""
    with open_record(folder / "var/coverage.db", folder / "var/snapshots", readonly=True) as record:
        return [(check.reason, dict(check.numbers)) for check in read.checks(record, 1)]


@pytest.mark.parametrize(
    ("answer", "reason", "numbers"),
    [
        (scripted.REFUSALS["403"], "forbidden", {"status": 403, "address": "/rss.xml"}),
        (scripted.GONE, "not-found", {"status": 404, "address": "/rss.xml"}),
        (scripted.feed(()), "empty", {}),
        (scripted.feed(range(3)), "gap", {
            "since": "2026-05-10T00:00:00+02:00", "until": "2026-05-20T02:00:00+02:00",
        }),
    ],
    ids=["refused", "not there", "no rows", "too short"],
)  # fmt: skip
def test_what_a_check_found_is_a_code_and_its_numbers(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Said,
    reason: str,
    numbers: dict[str, Any],
) -> None:
    with scripted.served(lambda path, _: answer if path == "/rss.xml" else None) as site:
        scripted.outlet(tmp_path, site, FEED)
        scrapy_crawl(tmp_path, monkeypatch, "feed", outlet="pasqyra", **DAYS)
    assert found(tmp_path) == [(reason, numbers)]


def test_a_record_that_refuses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise RecordRefused("the disk is full")

    monkeypatch.setattr(RecordMemory, "store", full)
    with scripted.served(two_pages) as site:
        scripted.outlet(tmp_path, site, FEED)
        code = scrapy_crawl(tmp_path, monkeypatch, "feed", outlet="pasqyra", **DAYS)
    assert code == 4
    assert "the disk is full" in capsys.readouterr().err
    assert ledger(tmp_path)[1] == ["interrupted"]


def test_it_waits_for_no_other_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted.served(two_pages) as site:
        scripted.outlet(tmp_path, site, FEED)
        with RunLock(tmp_path / "var/run.lock").acquire():
            assert scrapy_crawl(tmp_path, monkeypatch, "feed", outlet="pasqyra", **DAYS) == 4


@pytest.mark.parametrize(
    ("args", "words", "sentence"),
    [
        (("page",), {"outlet": "pasqyra"}, "name one way: feed, listing"),
        ((), {"outlet": "pasqyra"}, "name one way"),
        (("feed",), {}, "outlet=SLUG is needed"),
        (("feed",), {"outlet": "pasqyra", "from": "2026-05-10"}, "known are outlet, since, until"),
    ],
)
def test_what_scrapy_crawl_cannot_do_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    words: dict[str, str],
    sentence: str,
) -> None:
    with pytest.raises(UsageError, match=sentence):
        scrapy_crawl(tmp_path, monkeypatch, *args, **words)


@pytest.mark.parametrize("name", ["set", "output", "overwrite_output", "logfile"])
def test_options_that_nobody_follows_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="rows go to the record"):
        Command().process_options(["feed"], argparse.Namespace(**{name: ["x"]}))
