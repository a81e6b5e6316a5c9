"""Copies of the record, made while it is in use.

`FILE.zip` holds the record and its snapshots as they lie in a workspace's `var/`: unpacking it
there restores everything. Any other FILE is the record alone: all articles, dates, decisions
and reports can be made from it; only reading the outlets' own bytes again cannot.
"""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.record.errors import RecordRefused, translating, translating_disk
from crawler.record.snapshot_store import Packs

if TYPE_CHECKING:
    from crawler.record import Record


def backup(record: Record, target: Path) -> Path:
    """Writes a consistent copy to `target`, which may not exist yet; see the module.

    Other programs may go on writing meanwhile. Raises RecordRefused.
    """
    with _whole_file(target) as part:
        if target.suffix.lower() == ".zip":
            _zip(record, part)
        else:
            _copy(record.conn, part)
    return target


def copy_before(conn: sqlite3.Connection, path: Path, migration: str) -> Path:
    """Copies the record at `path` beside itself before `migration` changes it."""
    first = path.with_name(f"{path.name}.before-{migration}")
    names = [first, *(first.with_name(f"{first.name}.{n}") for n in range(2, 100))]
    target = next(name for name in names if not name.exists())
    with _whole_file(target) as part:
        _copy(conn, part)
    return target


def _copy(conn: sqlite3.Connection, target: Path) -> None:
    with translating(target), closing(sqlite3.connect(str(target), isolation_level=None)) as copy:
        conn.backup(copy)
        # the copy's header says "WAL": it would grow companions when opened
        copy.execute("PRAGMA journal_mode = DELETE")


def _zip(record: Record, target: Path) -> None:
    """The record first: packs only grow, so they hold at least what it refers to."""
    alone = target.with_name(f"{target.name}.db")
    try:
        _copy(record.conn, alone)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(alone, record.path.name)
            for pack in _packs(record.store):
                name = f"{record.store.folder.name}/{pack.name}"
                archive.write(pack, name, zipfile.ZIP_STORED)
    finally:
        alone.unlink(missing_ok=True)


def _packs(store: Packs) -> list[Path]:
    return sorted(store.folder.glob("*.pack"))


@contextmanager
def _whole_file(target: Path) -> Iterator[Path]:
    """A path to write to that becomes `target` when all is well, and vanishes otherwise."""
    if target.exists():
        raise RecordRefused(f"{target} exists already: give another name, nothing is overwritten")
    part = target.with_name(f".{target.name}.part")
    with translating_disk(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            yield part
            _name(part, target)
        finally:
            part.unlink(missing_ok=True)


def _name(part: Path, target: Path) -> None:
    """Gives the finished file its name, never over another one."""
    with part.open("rb+") as finished:
        os.fsync(finished.fileno())
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise RecordRefused(f"{target} exists already: nothing was overwritten") from error
    except OSError:
        # no hard links here (FAT, some network disks); on Windows rename never overwrites
        part.rename(target)
