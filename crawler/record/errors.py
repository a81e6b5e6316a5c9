"""What the record says when it cannot do its work: one line, and exit code 4."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from crawler.failure import Failure


class RecordRefused(Failure):
    """The record or the disk refuses: what happened, which file, what to do. Exit code 4."""

    code: ClassVar[int] = 4


class NoRecord(RecordRefused):
    """Nothing was gathered yet, and a reader was asked to read."""


class NotWritable(RecordRefused):
    """The record may be read but not written to: a copy that a colleague gave."""


NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

_BY_CODE = {
    sqlite3.SQLITE_BUSY: "another program is writing to {path}: wait until it is done, "
    "or close it, then try again",
    sqlite3.SQLITE_LOCKED: "another program is writing to {path}: wait until it is done, "
    "or close it, then try again",
    sqlite3.SQLITE_FULL: "the disk of {path} is full: free some space, then run the same command "
    "again (what was stored before is safe)",
    sqlite3.SQLITE_READONLY: "{path} or its folder may not be written to: "
    "check its permissions, or use another workspace",
    sqlite3.SQLITE_PERM: "{path} may not be opened: check its permissions",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: check that its folder exists and may be "
    "written to",
    sqlite3.SQLITE_NOTADB: "{path} is not a SQLite database: move it away, "
    "or restore a backup in its place",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged: move it away and restore the last backup "
    "in its place",
    sqlite3.SQLITE_IOERR: "the disk of {path} gives errors: copy the file to another disk "
    "before anything else",
}
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, 0})
# of what is only read: a table that is gone, and a text that is none (the driver gives no code)


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turns SQLite's refusals about `path` into `RecordRefused`; our own mistakes stay loud."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        sentence = _BY_CODE.get(_primary_code(error))
        if sentence is None:
            raise
        raise _kind(error)(sentence.format(path=path)) from error


@contextmanager
def translating_disk(path: Path) -> Iterator[None]:
    """Turns what the file system refuses at `path` into `RecordRefused`."""
    try:
        yield
    except OSError as error:
        raise refusal_of(error, path) from error


def refusal_of(error: OSError, path: Path) -> RecordRefused:
    """The sentence for an error of the file system at `path`."""
    if error.errno in NO_ROOM:
        return RecordRefused(_BY_CODE[sqlite3.SQLITE_FULL].format(path=path))
    if error.errno in FORBIDDEN:
        return RecordRefused(_BY_CODE[sqlite3.SQLITE_READONLY].format(path=path))
    reason = error.strerror or type(error).__name__
    return RecordRefused(f"{path} cannot be used: {reason}")


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is not as it was written; a lock, a full disk or permissions are not it."""
    return _primary_code(error) in _DAMAGE


def _kind(error: sqlite3.DatabaseError) -> type[RecordRefused]:
    return NotWritable if _primary_code(error) == sqlite3.SQLITE_READONLY else RecordRefused


def _primary_code(error: sqlite3.DatabaseError) -> int:
    """The result code without its extension; 0 where the driver gives none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
