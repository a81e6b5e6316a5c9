"""A record that an earlier release wrote opens with nothing lost.

`fixtures/NAME.zip` is made by `python -m scripts.release_fixture NAME` on the release's own
commit and never made anew: database and packs as the release left them, and `expected.jsonl`, what
they told.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Article, Layer, Outlet
from crawler.reading.snapshots import read as read_snapshot
from crawler.record import Record, open_record, read
from tests.record.pieces import begin, piece, store

TABLES = ("runs", "checks", "aliases", "readings", "pages", "snapshots", "matches", "memory")
# of the first release, beside what the dump tells
KEPT = sorted((Path(__file__).parent / "fixtures").glob("*.zip"))


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the release's `var/`, with what it told."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def opened(var: Path) -> Record:
    return open_record(var / "coverage.db", var / "snapshots")


def known(dump: str) -> dict[str, dict[str, Any]]:
    """Address -> what the record knows of it; what a later release adds to a line is no loss."""
    lines = map(json.loads, dump.splitlines())
    return {str(line.get("url") or line["ambiguous"]): line for line in lines}


def missing(then: Any, now: Any) -> list[str]:
    """What stood in `then` and does not in `now`: names of fields."""
    if not isinstance(then, dict) or not isinstance(now, dict):
        return [] if then == now else [f"{then!r:.80} is {now!r:.80}"]
    return [
        f"{name}: {words}"
        for name, value in then.items()
        for words in (missing(value, now[name]) if name in now else ["gone"])
    ]


def everything_lost(var: Path, record: Record) -> dict[str, list[str]]:
    """Address -> fields that the release told and today's code does not."""
    then = known((var / "expected.jsonl").read_text("utf-8"))
    now = known(read.logical_dump(record))
    found = {url: missing(line, now.get(url)) for url, line in then.items()}
    return {url: lost for url, lost in found.items() if lost}


def test_there_is_the_first_release() -> None:
    assert "first-release" in [path.stem for path in KEPT]


def test_nothing_is_lost(kept: Path) -> None:
    with opened(kept) as record:
        assert everything_lost(kept, record) == {}
        assert len(list(read.articles(record))) > 50
        assert not record.conn.execute("PRAGMA foreign_key_check").fetchall()
        assert record.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_loss_is_noticed(kept: Path) -> None:
    with opened(kept) as record:
        record.conn.execute("UPDATE articles SET section = 'tjetër' WHERE id = 1")
        record.conn.execute("DELETE FROM decisions")
        lost = [line for lines in everything_lost(kept, record).values() for line in lines]
    assert {line.partition(":")[0] for line in lost} == {"section", "decisions"}


def test_no_table_has_fewer_rows(kept: Path) -> None:
    with closing(sqlite3.connect(kept / "coverage.db")) as conn:
        then = {table: conn.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES}
    with opened(kept) as record:
        conn = record.conn
        now = {table: conn.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES}
    assert now == then


def test_runs_and_checks_are_told(kept: Path) -> None:
    with opened(kept) as record:
        runs = read.runs(record)
        assert all(run.finished for run in runs)
        assert all(read.checks(record, run.number) for run in runs)


def test_every_kept_snapshot_is_read_again(kept: Path) -> None:
    with opened(kept) as record:
        articles = {article.key: article for article in read.articles(record)}
        again = 0
        for slug in sorted({article.outlet for article in articles.values()}):
            for one in read.snapshots_of(record, slug):
                again += _agrees(one, articles[one.article])
        assert again == read.counts(record).snapshots > 50


def _agrees(one: read.Kept, article: Article) -> bool:
    """The bytes still say the headline that stands."""
    outlet = Outlet(slug=article.outlet, name=article.outlet, zone="Europe/Tirane")
    if one.layer is Layer.CLIP:
        return bool(one.snapshot.body)
    said = read_snapshot(one.snapshot, outlet)
    return said.headline is not None and said.headline.value == article.headline


def test_a_new_page_is_added(kept: Path) -> None:
    with opened(kept) as record:
        before = len(list(read.articles(record)))
        stored = store(record, begin(record), piece(1))
        assert len(stored.new) == 1
        assert len(list(read.articles(record))) == before + 1
        assert everything_lost(kept, record) == {}
    with opened(kept) as record:
        added = read.article(record, "https://gazeta.example/2025/05/libri-1/")
    assert added is not None
    assert added.headline == "Libri 1 u hap në shesh"


def test_opening_twice_tells_the_same(kept: Path) -> None:
    with opened(kept) as record:
        first = read.logical_dump(record)
    with opened(kept) as record:
        assert read.logical_dump(record) == first
