"""A consistent copy of a database that is in use, and the file that it becomes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from crawler.files import PRIVATE, whole_file
from crawler.record.errors import RecordRefused, translating, translating_disk
from crawler.record.scratch import Scratch, scratch_database

PIECE: Final = 1 << 20
# bytes copied at a time


def copy_before(conn: sqlite3.Connection, path: Path, migration: str) -> Path:
    """Copies the record at `path` beside itself before `migration` changes it.

    Where a killed start has made the same copy already, that one is it.
    """
    first = path.with_name(f"{path.name}.before-{migration}")
    names = [first, *(first.with_name(f"{first.name}.{n}") for n in range(2, 100))]
    with copied(conn, path) as copy:
        target = next(name for name in names if not name.exists() or _same(copy.file, name))
        if not target.exists():
            copy.file.seek(0)
            with whole_backup(target) as file:
                shutil.copyfileobj(copy.file, file, PIECE)
    return target


def _same(file: BinaryIO, path: Path) -> bool:
    """Whether the file at `path` holds the same bytes."""
    file.seek(0)
    with translating_disk(path), path.open("rb") as other:
        while piece := file.read(PIECE):
            if other.read(len(piece)) != piece:
                return False
        return not other.read(1)


@contextmanager
def copied(conn: sqlite3.Connection, beside: Path) -> Iterator[Scratch]:
    """A copy of the database as it is now, on the disk of `beside`. Raises RecordRefused."""
    with translating(beside), scratch_database(beside) as scratch:
        conn.backup(scratch.writer)
        scratch.writer.close()
        scratch.forget_log()
        yield scratch


@contextmanager
def whole_backup(target: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """A file that becomes `target` when all is well, readable by its owner only.

    Raises RecordRefused where it stands already, or the disk refuses.
    """
    with translating_disk(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with whole_file(target, replace=replace, mode=PRIVATE) as file:
                yield file
        except FileExistsError as error:
            raise taken(target) from error


def taken(target: Path) -> RecordRefused:
    """What is said of a name that another file has."""
    return RecordRefused(
        "{target} exists already: give another name, nothing is overwritten; or "
        "--replace, which keeps a backup until the new one is whole",
        target=target,
    )
