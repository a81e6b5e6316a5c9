"""Whose turn it is to write: a crawl keeps several pages in one transaction, and a person waits.

SQLite lets a second writer ask again and again until the first has committed, and tells the first
nothing. So who waits says so by a lock on a file beside the record, which vanishes with its
process; a crawl looks there, commits what it holds, and lets the other go first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock

HOLD_OFF: Final = 0.1
# seconds at most that a crawl lets others go first; SQLite asks anew at most 25 ms later while
# somebody has waited less than 128 ms (sqlite3, main.c, sqliteDefaultBusyCallback)
LOOK: Final = 0.005
# seconds between two looks meanwhile


class Turn:
    """The turns of one record's writers."""

    __slots__ = ("_path",)

    def __init__(self, record: Path) -> None:
        self._path = record.with_name(f"{record.name}-turn")

    @contextmanager
    def asked(self, wait: float) -> Iterator[None]:
        """Says meanwhile that somebody waits to write; `wait` is seconds behind who else does."""
        lock = FileLock(str(self._path), thread_local=False)
        # who cannot say it waits all the same, as long as it takes
        with suppress(TimeoutError, OSError):
            lock.acquire(timeout=wait)
        try:
            yield
        finally:
            if lock.is_locked:
                self._gone()
                lock.release()

    @property
    def wanted(self) -> bool:
        """Whether somebody waits to write."""
        if not self._path.exists():
            return False
        try:
            with FileLock(str(self._path), thread_local=False).acquire(timeout=0):
                # whoever waited was killed
                self._gone()
                return False
        except TimeoutError:
            return True
        except OSError:
            return False

    def give(self) -> None:
        """Let those who wait go first, for HOLD_OFF at most. Only without a transaction."""
        until = time.monotonic() + HOLD_OFF
        while self.wanted and time.monotonic() < until:
            time.sleep(LOOK)

    def _gone(self) -> None:
        with suppress(OSError):
            self._path.unlink()
