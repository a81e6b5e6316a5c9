"""What the record says when it cannot do its work: one line, and exit code 4."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from crawler.failure import Failure
from crawler.files import FULL, NO_ROOM


class RecordRefused(Failure):
    """The record or the disk refuses: what happened, which file, what to do. Exit code 4."""

    code: ClassVar[int] = 4


class NoRecord(RecordRefused):
    """Nothing was gathered yet, and a reader was asked to read."""


class NotWritable(RecordRefused):
    """The record may be read but not written to: a copy that a colleague gave."""


FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

NEXT = "move {folder} away, keep it, and `jehona restore` the last backup"
_BUSY = "another program is writing to {path}: wait until it is done, or close it, then try again"
_READONLY = (
    "{path} or its folder may not be written to: check its permissions, or use another workspace"
)
_DAMAGED = "{path} is damaged (`jehona verify` says where): " + NEXT
_BY_CODE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: _READONLY,
    sqlite3.SQLITE_PERM: "{path} may not be opened: check its permissions",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: check that its folder exists and may be "
    "written to",
    sqlite3.SQLITE_NOTADB: "{path} is not a SQLite database: " + NEXT,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_IOERR: "the disk of {path} gives errors: copy the file to another disk "
    "before anything else",
}
_MAY_BE_FULL = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
# what SQLite says where its log or its shared memory cannot grow, too
_LEAST = 1 << 20
# bytes: a disk with less room is full
_UNREADABLE = "Could not decode to UTF-8"
# how Python's driver begins where a text is none; it gives no code with it
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, 0})
# of what is only read: a table that is gone, and a text that is none (the driver gives no code)
_FAULTS = (
    ValueError, LookupError, TypeError, ArithmeticError, AttributeError, AssertionError,
    sqlite3.Error,
)  # fmt: skip
# what our own code raises at values that nobody wrote


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turns SQLite's refusals about `path` into `RecordRefused`; our own mistakes stay loud."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        refused = _refusal(error, path)
        if refused is None:
            raise
        raise refused from error


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
        return RecordRefused(FULL.format(path=path))
    if error.errno == errno.EROFS:
        return RecordRefused(_READONLY.format(path=path))
    if error.errno in FORBIDDEN:
        return RecordRefused(
            "{path} may not be opened or written to: check its permissions and its folder's",
            path=path,
        )
    reason = error.strerror or type(error).__name__
    return RecordRefused("{path} cannot be used: {reason}", path=path, reason=reason)


def refusal_anywhere(error: OSError) -> RecordRefused | None:
    """The sentence for an error of the file system that nobody expected; None: a fault of ours.

    Only what a disk or its permissions refuse, of a file that the system names.
    """
    if error.errno not in NO_ROOM | FORBIDDEN | {errno.EIO}:
        return None
    if error.filename is None:
        full = "the disk that is written to is full: free some space, then try again"
        return RecordRefused(full) if error.errno in NO_ROOM else None
    return refusal_of(error, Path(str(error.filename)))


def explanation(error: Exception, conn: sqlite3.Connection, path: Path) -> RecordRefused | None:
    """The refusal behind an error of whoever used the record at `path`; None: a fault of ours.

    A damaged database gives values that nobody wrote, and errors of every kind with them: it is
    looked at before anything is taken for a fault of ours.
    """
    if isinstance(error, ExceptionGroup):
        told = (explanation(each, conn, path) for each in error.exceptions)
        return next(filter(None, told), None)
    if isinstance(error, sqlite3.DatabaseError) and (refused := _refusal(error, path)):
        return refused
    if isinstance(error, _FAULTS) and _is_damaged(conn):
        return RecordRefused(_filled(_DAMAGED, path))
    return None


def _is_damaged(conn: sqlite3.Connection) -> bool:
    """Whether a quick look finds the database damaged; False where it cannot be looked at."""
    try:
        return bool(conn.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.ProgrammingError:
        # closed already
        return False
    except sqlite3.DatabaseError as error:
        return _primary_code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _refusal(error: sqlite3.DatabaseError, path: Path) -> RecordRefused | None:
    code = _primary_code(error)
    if not code and str(error).startswith(_UNREADABLE):
        code = sqlite3.SQLITE_CORRUPT
    if code in _MAY_BE_FULL and is_full(path.parent):
        code = sqlite3.SQLITE_FULL
    sentence = _BY_CODE.get(code)
    if sentence is None:
        return None
    return _kind(error)(_filled(sentence, path))


def _filled(sentence: str, path: Path) -> str:
    return sentence.format(path=path, folder=path.parent)


def is_full(folder: Path) -> bool:
    """Whether nothing more goes onto the disk of `folder`."""
    try:
        if shutil.disk_usage(folder).free < _LEAST:
            return True
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(1 << 16))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error.errno in NO_ROOM
    return False


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is not as it was written; a lock, a full disk or permissions are not it."""
    return _primary_code(error) in _DAMAGE


def _kind(error: sqlite3.DatabaseError) -> type[RecordRefused]:
    return NotWritable if _primary_code(error) == sqlite3.SQLITE_READONLY else RecordRefused


def _primary_code(error: sqlite3.DatabaseError) -> int:
    """The result code without its extension; 0 where the driver gives none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
