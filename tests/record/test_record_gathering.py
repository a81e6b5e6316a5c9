"""Pages that share a transaction: each all or nothing, seen by others when they are settled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from crawler.record import TOGETHER, Record, RecordRefused, open_record, write
from tests.record.pieces import NOON, page_of, piece


def gather(record: Record, run: int, number: int) -> write.Stored:
    page = page_of([piece(number)])
    return write.gather_page(record, run, page, [(page.leads[0], piece(number))])


def seen(record: Record) -> int:
    """How many pieces another program sees."""
    with closing(sqlite3.connect(record.path)) as other:
        return int(other.execute("SELECT count(*) FROM articles").fetchone()[0])


def test_pages_wait_for_one_commit_and_are_there_for_us_at_once(record: Record, run: int) -> None:
    ids = [next(iter(gather(record, run, number).new)) for number in (1, 2, 3)]
    assert len(set(ids)) == 3
    assert record.conn.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    assert seen(record) == 0
    record.settle()
    assert seen(record) == 3
    record.settle()
    assert not record.conn.in_transaction


def test_so_many_pages_are_committed_together(record: Record, run: int) -> None:
    for number in range(TOGETHER + 1):
        gather(record, run, number)
    assert seen(record) == TOGETHER


def test_what_is_written_next_settles_first(record: Record, run: int) -> None:
    gather(record, run, 1)
    write.remember(record, "gazeta-shembull", "zone", "UTC", NOON)
    assert seen(record) == 1
    assert not record.conn.in_transaction


def test_a_closed_record_has_settled(record: Record, run: int) -> None:
    gather(record, run, 1)
    record.close()
    assert seen(record) == 1


@contextmanager
def broken(record: Record) -> Iterator[None]:
    """The snapshots' folder is a file: bytes cannot be kept."""
    record.store.close()
    folder = record.store.folder
    aside = folder.with_name("aside")
    folder.rename(aside)
    folder.write_text("no folder")
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@pytest.mark.parametrize("before", [0, 1, 2], ids=["the-first", "the-second", "the-third"])
def test_a_page_that_fails_is_taken_back_alone(record: Record, run: int, before: int) -> None:
    for number in range(before):
        gather(record, run, number)
    record.store.folder.mkdir(exist_ok=True)
    with broken(record), pytest.raises(RecordRefused):
        gather(record, run, 8)
    assert record.conn.execute("SELECT count(*) FROM articles").fetchone() == (before,)
    gather(record, run, 9)
    record.settle()
    assert seen(record) == before + 1


def test_another_writer_is_waited_for_and_named(record: Record, run: int) -> None:
    with closing(sqlite3.connect(record.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        record.conn.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(RecordRefused, match="another program is writing"):
            gather(record, run, 1)
        other.execute("ROLLBACK")
    gather(record, run, 1)
    record.settle()
    assert seen(record) == 1


def test_pages_that_were_not_settled_are_as_if_not_fetched(record: Record, run: int) -> None:
    gather(record, run, 1)
    record.store.close()
    record.db.close()
    record.gathered = 0  # and no more: as a killed process leaves it
    with open_record(record.path, record.store.folder) as again:
        page = page_of([piece(1)])
        assert again.conn.execute("SELECT count(*) FROM articles").fetchone() == (0,)
        write.store_page(again, run, page, [(page.leads[0], piece(1))])
        assert seen(again) == 1
