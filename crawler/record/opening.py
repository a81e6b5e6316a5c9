"""Opening a record: where it may lie, whose file it is, and the migrations it still needs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from crawler.files import PRIVATE, make_private
from crawler.record.consistent_copy import copy_before
from crawler.record.disk_check import local_partitions, refuse_network_drive, resolved
from crawler.record.errors import (
    NoRecord,
    NotWritable,
    RecordRefused,
    translating,
    translating_disk,
)
from crawler.record.rekeying import is_keyed, rekey
from crawler.record.schema import APPLICATION_ID
from crawler.record.schema_kept import migrations

OLDEST_SQLITE = (3, 37, 0)
# the first with STRICT tables (sqlite.org/stricttables.html)
CACHE_KIB = 16_384
RECORD = "coverage.db"
# its file in a workspace's var/ and in backups


def open_database(path: Path, snapshots: Path, *, readonly: bool, wait: float) -> Database:
    """The database at `path`, ready to use; see `crawler.record.open_record`."""
    _refuse_old_sqlite()
    with translating_disk(path):
        refuse_network_drive(resolved(path), local_partitions())
        _refuse_lost(path, snapshots)
        if readonly and not path.exists():
            raise NoRecord("there is no record at {path} yet: run `jehona crawl` first", path=path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (readonly and _is_copy(path)):
            _keep_private(path)
    with translating(path):
        db = _connect(path, wait, copy=readonly and _is_copy(path))
    try:
        with translating(path):
            _prepare(db, path, copy=readonly and _is_copy(path))
            if readonly:
                db.conn.execute("PRAGMA query_only = ON")
    except BaseException:
        db.close()
        raise
    return db


def _keep_private(path: Path) -> None:
    """The record is its owner's alone: it knows to whom newsletters went.

    SQLite gives its log and shared memory the mode of the database (sqlite3, os_unix.c).
    """
    if not path.exists():
        path.touch(mode=PRIVATE)
    for name in (path, *(path.with_name(f"{path.name}-{end}") for end in ("wal", "shm"))):
        make_private(name)


def _refuse_lost(path: Path, snapshots: Path) -> None:
    """Packs without a record are a record that was lost: no new one is begun beside them."""
    if path.exists() and path.stat().st_size > 0:
        return
    if next(snapshots.glob("*.pack"), None) is None:
        return
    lost = "is empty" if path.exists() else "is missing"
    raise RecordRefused(
        "{path} {lost}, and packs of a record lie in {snapshots}: `jehona restore` the "
        "last backup, or move that folder away to begin anew",
        path=path,
        lost=lost,
        snapshots=snapshots,
    )


def _is_copy(path: Path) -> bool:
    """Whether this is a copy that nobody can write to, here or beside it."""
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _connect(path: Path, wait: float, *, copy: bool) -> Database:
    # a copy is immutable: SQLite would else want to write its log beside it, even for reading
    # (sqlite.org/uri.html); autocommit: sqlite3's own implicit BEGIN is a deferred one
    # where a log lies beside it already, it is read too
    alone = "&immutable=1" * (not Path(f"{path}-wal").exists())
    name = f"{path.absolute().as_uri()}?mode=ro{alone}" if copy else str(path)
    conn = sqlite3.connect(name, timeout=wait, isolation_level=None, uri=copy)
    return Database(conn, execute_plugins=False)


def connect_as_it_is(path: Path) -> sqlite3.Connection:
    """The database at `path`, to look at: nothing is changed, not even an earlier release's.

    Raises sqlite3.Error, and RecordRefused for a network drive.
    """
    refuse_network_drive(resolved(path), local_partitions())
    conn = _connect(path, 5.0, copy=_is_copy(path)).conn
    conn.execute("PRAGMA query_only = ON")
    return conn


def _prepare(db: Database, path: Path, *, copy: bool) -> None:
    _refuse_stranger(db, path)
    if copy:
        _refuse_older(db, path)
        return
    db.conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    db.conn.execute("PRAGMA foreign_keys = ON")
    if _pragma(db, "journal_mode") != "wal":
        db.conn.execute("PRAGMA journal_mode = WAL")
    db.conn.execute("PRAGMA synchronous = NORMAL")
    if migrations.pending(db):
        _migrate(db, path)
    if not is_keyed(db.conn):
        _rekey(db)


def _refuse_stranger(db: Database, path: Path) -> None:
    """Another program's database is not touched, nor one of a version we do not know."""
    if not _is_empty(db) and (strange := stranger(db, path)):
        raise RecordRefused(
            "{path} {strange}: move it away, or use another workspace", path=path, strange=strange
        )


def stranger(db: Database, path: Path) -> str | None:
    """Why a database is no record of ours: "is empty"; None where it is one.

    Raises RecordRefused for a record that a newer version wrote.
    """
    if _is_empty(db):
        return "is empty"
    if _pragma(db, "application_id") != APPLICATION_ID:
        return "is another program's database"
    with closing(Database(memory=True)) as blank:
        known = {migration.name for migration in migrations.pending(blank)}
    unknown = sorted({done.name for done in migrations.applied(db)} - known)
    if unknown or int(_pragma(db, "user_version")) > len(known):
        last = f" ({unknown[-1]})" if unknown else ""
        raise RecordRefused(
            "{path} was written by a newer version of jehona{last}: install that version",
            path=path,
            last=last,
        )
    return None


def _is_empty(db: Database) -> bool:
    return not db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _refuse_older(db: Database, path: Path) -> None:
    """A copy that nobody can write to cannot be brought up to date either."""
    if migrations.pending(db):
        raise NotWritable(
            "{path} was written by an older version of jehona and may not be written "
            "to: copy it into a workspace of your own",
            path=path,
        )


def _migrate(db: Database, path: Path) -> None:
    """Applies what is pending, each migration in an immediate transaction of its own."""
    pending = [migration.name for migration in migrations.pending(db)]
    if migrations.applied(db):
        copy_before(db.conn, path, pending[0])
    for name in pending:
        _apply(db, name)


def _apply(db: Database, name: str) -> None:
    """One migration, unless another process was quicker."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        later = [other.name for other in migrations.pending(db) if other.name > name]
        migrations.apply(db, stop_before=later)
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {len(migrations.applied(db))}")
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def _rekey(db: Database) -> None:
    """Names of addresses by today's rules, unless another process was quicker."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        if not is_keyed(db.conn):
            rekey(db.conn)
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def _pragma(db: Database, name: str) -> int | str:
    value: int | str = db.conn.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _refuse_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise RecordRefused(
            "this Python brings SQLite {sqlite_version}; the record needs {wanted} or "
            "newer: install a newer Python",
            sqlite_version=sqlite3.sqlite_version,
            wanted=wanted,
        )
