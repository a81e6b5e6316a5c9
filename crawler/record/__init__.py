"""The record: the only door to SQLite.

`open_record` gives a `Record`; the modules beside this one hold its verbs: `write`, `read`,
`search`, `backup`, `lock`. Nothing else in the project speaks SQL.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from crawler.record.errors import NoRecord, NotWritable, RecordRefused, explanation, translating
from crawler.record.snapshot_store import Packs
from crawler.record.turns import Turn

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["NoRecord", "NotWritable", "Record", "RecordRefused", "open_existing", "open_record"]


TOGETHER = 25
# pages in one transaction at most
WAIT = 30.0
# seconds that another writer is waited for: a list of 20,000 clips is one transaction


class Record:
    """An open record: the database and the packs of snapshots beside it."""

    __slots__ = ("db", "gathered", "path", "readonly", "store", "turn")

    def __init__(self, db: Database, path: Path, store: Packs, *, readonly: bool = False) -> None:
        self.db = db
        self.path = path
        self.store = store
        self.readonly = readonly
        self.gathered = 0
        # pages stored by `gathering` that wait for `settle`
        self.turn = Turn(path)

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection, in autocommit: `transaction` is the only way to several statements."""
        return self.db.conn

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One immediate transaction: all or nothing; inside another it is part of that.

        Immediate because a deferred one that reads and then writes cannot wait for another
        writer: it fails at once, whatever `busy_timeout` says (sqlite.org/isolation.html).
        Raises RecordRefused where the disk, another writer or the file refuses.
        """
        self.settle()
        if self.conn.in_transaction:
            yield
            return
        with translating(self.path):
            self._begin()
            try:
                yield
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    def _begin(self) -> None:
        """Has the writer's lock, at once or as soon as a crawl that is told of us lets go."""
        (wait,) = self.conn.execute("PRAGMA busy_timeout").fetchone()
        self.conn.execute("PRAGMA busy_timeout = 0")
        try:
            self.conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not wait:
                raise
        finally:
            self.conn.execute(f"PRAGMA busy_timeout = {wait}")
        if not self.conn.in_transaction:
            with self.turn.asked(wait / 1000):
                self.conn.execute("BEGIN IMMEDIATE")

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """One of several pages that share a transaction, itself all or nothing.

        Committed by `settle`, by the next `transaction`, and after TOGETHER pages: half of what a
        page costs the database is its commit. Who calls this sees to it that `settle` follows
        soon; what a killed process had not settled is as if it had not been fetched. Raises
        RecordRefused as `transaction` does.
        """
        with translating(self.path):
            try:
                if not self.gathered:
                    self.turn.give()
                    self.conn.execute("BEGIN IMMEDIATE")
                self.conn.execute("SAVEPOINT page")
                yield
                self.conn.execute("RELEASE page")
                self.gathered += 1
            except BaseException:
                self._take_back()
                raise
        if self.gathered >= TOGETHER:
            self.settle()

    def _take_back(self) -> None:
        """Undo the page under way; where SQLite undid all of them, none waits any more."""
        if not self.gathered or not self.conn.in_transaction:
            self.gathered = 0
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK")
            return
        # an interrupt may come when the page has no savepoint yet, or none any more: it is whole
        with suppress(sqlite3.OperationalError):
            self.conn.execute("ROLLBACK TO page")
            self.conn.execute("RELEASE page")

    def settle(self) -> None:
        """Commits the pages that `gathering` stored. Raises RecordRefused as `transaction` does."""
        if not self.gathered:
            return
        self.gathered = 0
        with translating(self.path):
            try:
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    def give_way(self) -> None:
        """`settle`, where somebody waits to write. Raises RecordRefused as `transaction` does."""
        if self.gathered and self.turn.wanted:
            self.settle()

    def close(self) -> None:
        """Closes database and pack; a second time does nothing."""
        self.settle()
        self.store.close()
        self.db.close()

    def refusal_behind(self, error: BaseException | None) -> RecordRefused | None:
        """What the disk or damage has to do with an error of whoever used the record.

        None: a fault of ours, which stays loud.
        """
        if not isinstance(error, Exception):
            return None
        return explanation(error, self.conn, self.path)

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes it; an error that comes of a damaged or full disk is raised as what it is."""
        told = self.refusal_behind(error)
        try:
            self.close()
        finally:
            if told:
                raise told from error


def open_record(
    path: Path, snapshots: Path, *, readonly: bool = False, wait: float = WAIT
) -> Record:
    """Opens the record at `path`, made or brought up to date where need be.

    `snapshots` is the folder of packs; `wait` is how many seconds another writer is waited for.
    `readonly` refuses every write and never makes a record. Raises NoRecord where there is
    none to read, and RecordRefused for a network drive, a lock, a full or forbidden disk, a
    file that is no record or was written by a newer version, packs whose record is gone.
    """
    from crawler.record import opening  # noqa: PLC0415 - sqlite-utils is heavy

    db = opening.open_database(path, snapshots, readonly=readonly, wait=wait)
    return Record(db, path, Packs(snapshots), readonly=readonly)


def open_existing(path: Path, snapshots: Path) -> Record:
    """Opens the record at `path` for writing, or read-only where its file may not be written.

    What only keeps what it finds out (an index, matches) does so where it may, and works on a
    colleague's read-only copy too. Raises NoRecord where there is none, and RecordRefused.
    """
    writable = path.exists() and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return open_record(path, snapshots, readonly=not writable)
