"""A record that an earlier release wrote opens with nothing lost.

`fixtures/NAME.zip` is made by `python -m scripts.release_fixture NAME` on the release's own
commit and never made anew: database and packs as the release left them, and `expected.jsonl`, what
they told.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Article, Layer, Outlet
from crawler.reading.snapshots import read as read_snapshot
from crawler.record import Record, decisions, open_record, read, search
from tests.record.pieces import begin, check_index, piece, store

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


OLD_DECISIONS = (
    ("accepted", "2026-05-25T09:00:00Z"),
    ("rejected", "2026-05-25T09:00:00Z"),
    (None, "2026-05-25T08:00:00Z"),
    ("accepted", "2026-05-25T10:00:00Z"),
)


def decide_as_then(var: Path) -> None:
    """Decisions in the table of the first release: several of one second, of several pieces."""
    with closing(sqlite3.connect(var / "coverage.db", isolation_level=None)) as conn:
        for number, (value, at) in enumerate(OLD_DECISIONS):
            conn.execute(
                "INSERT INTO decisions (event, article, kind, value, note, by, at) "
                "VALUES ('festa', ?, 'match', ?, ?, 'Ana', ?)",
                (3 + number // 2, value, f"shënim {number}", at),
            )


def has_earlier_decisions(var: Path) -> bool:
    """Whether the record is of before decisions had an identity of their own."""
    with closing(sqlite3.connect(var / "coverage.db")) as conn:
        columns = [row[1] for row in conn.execute("PRAGMA table_info(decisions)")]
    return "uid" not in columns


def test_decisions_of_the_first_release_are_carried_over(kept: Path) -> None:
    if not has_earlier_decisions(kept):
        pytest.skip("a later release")
    decide_as_then(kept)
    shutil.copytree(kept, kept / "copy", ignore=shutil.ignore_patterns("copy"))
    with opened(kept) as record, opened(kept / "copy") as other:
        told = decisions.history(record, event="festa")
        assert sorted(d.note or "" for d in told) == [f"shënim {number}" for number in range(4)]
        assert {d.by for d in told} == {"Ana"}
        assert {d.uid for d in told} == {d.uid for d in decisions.history(other, event="festa")}
        keys = {number: key_of(record, number) for number in (3, 4)}
        held = decisions.holding(record, "festa")
        assert {key: decided.verdict for key, decided in held.items()} == {
            keys[3]: "rejected",
            keys[4]: "accepted",
        }
        assert decisions.take(other, decisions.export(record)).added == 0
        assert everything_lost(kept, record).keys() <= urls_of(record, keys.values())


def key_of(record: Record, number: int) -> str:
    (article,) = read.articles_of(record, [number])
    return article.key


def urls_of(record: Record, keys: Iterable[str]) -> set[str]:
    """The addresses of pieces; their lines of the dump have the decisions that we added."""
    return {article.url for key in keys if (article := read.article(record, key))}


def test_the_index_is_made_anew(kept: Path) -> None:
    with opened(kept) as record:
        every = {article.key for article in read.articles(record)}
        asked = [[["dita", "diten", "dites"]]]
        assert {a.key for a in search.candidates(record, asked=asked)} == every, (
            "nothing is indexed"
        )
        check_index(record)
        found = {a.key for a in search.candidates(record, asked=asked)}
    assert found
    assert found < every


def test_opening_twice_tells_the_same(kept: Path) -> None:
    with opened(kept) as record:
        first = read.logical_dump(record)
    with opened(kept) as record:
        assert read.logical_dump(record) == first
