"""Locks of a workspace, which vanish with their process.

One crawl at a time (`RunLock`); no backup beside a prune (`PackLock`); one at a time at a site of
ours (`SiteLock`). What only writes needs none: SQLite has a writer wait for another.
"""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from crawler.record.errors import RecordRefused, translating_disk


class Lock:
    """A lock on a file of the workspace; a context manager once acquired.

    The lock is the operating system's, so a killed process leaves none behind. Who holds it is
    written beside it (`run.lock.json`) for the sentence that the next one reads.
    """

    __slots__ = ("_lock", "path")
    busy = "another program of this workspace is at work"
    # how the refusal begins

    def __init__(self, path: Path) -> None:
        from filelock import FileLock  # noqa: PLC0415 - not needed to show a help page

        self.path = path
        self._lock = FileLock(str(path), thread_local=False)

    @property
    def holder(self) -> Path:
        """The file that says who holds the lock."""
        return self.path.with_name(f"{self.path.name}.json")

    def acquire(self, wait: float = 0.0) -> Self:
        """Takes the lock, waiting up to `wait` seconds (below zero: for ever).

        Raises RecordRefused while another process holds it.
        """
        with translating_disk(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=wait)
            except TimeoutError as error:
                raise RecordRefused(self._who()) from error
            try:
                self._sign()
            except OSError:
                self.release()
                raise
        return self

    def release(self) -> None:
        """Gives the lock back; without it nothing happens."""
        if self._lock.is_locked:
            self.holder.unlink(missing_ok=True)
            self._lock.release(force=True)

    @property
    def held(self) -> bool:
        """Whether a living process has it; to look takes no living one's turn."""
        signed = self._signer_lives()
        if signed is not None:
            return signed
        try:
            with self._lock.acquire(timeout=0):
                return False
        except TimeoutError:
            return True
        except OSError:
            # where nothing may be written nobody runs
            return False

    @property
    def holder_here(self) -> int | None:
        """The process of this machine that has it; None where none is seen from here."""
        if not self._signer_lives():
            return None
        try:
            holder = json.loads(self.holder.read_text(encoding="utf-8"))
            return int(holder["pid"]) if holder["host"] == socket.gethostname() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _signer_lives(self) -> bool | None:
        """Whether who signed is alive; None: not seen from here, as in another container."""
        try:
            holder = json.loads(self.holder.read_text(encoding="utf-8"))
            began = datetime.fromisoformat(holder["started"]).timestamp()
            # the moment is kept in whole seconds; a later process has only the number
            signer = psutil.Process(int(holder["pid"]))
            if signer.status() == psutil.STATUS_ZOMBIE:
                # killed, and whoever began it did not ask yet how it ended
                return None
            return bool(signer.create_time() <= began + 1) or None
        except FileNotFoundError:
            return False
        except psutil.NoSuchProcess:
            return None
        except (ValueError, KeyError, TypeError, psutil.AccessDenied):
            # it is being signed, or it is another person's
            return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _sign(self) -> None:
        started = datetime.now(UTC).isoformat(timespec="seconds")
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "started": started}
        self.holder.write_text(json.dumps(holder), encoding="utf-8")

    def _who(self) -> str:
        try:
            holder = json.loads(self.holder.read_text(encoding="utf-8"))
            who = f"process {holder['pid']} on {holder['host']}, since {holder['started']}"
        except (OSError, ValueError, KeyError, TypeError):
            who = "it has not said yet which"
        return f"{self.busy} ({who}): wait for it, or stop it"


class RunLock(Lock):
    """`var/run.lock`: one crawl, one prune, one rereading at a time."""

    __slots__ = ()
    busy = "another crawl of this workspace is running"


class PackLock(Lock):
    """`var/packs.lock`: packs go away only while nobody copies or looks them over."""

    __slots__ = ()
    busy = "a backup, a check or a prune of this workspace is at work"


class DeskLock(Lock):
    """`var/desk.lock`: one desk of a workspace at a time."""

    __slots__ = ()
    busy = "a desk of this workspace is open already"


class SiteLock(Lock):
    """`var/publish.lock`: one at a time looks at our own sites and changes something there."""

    __slots__ = ()
    busy = "somebody else is publishing from this workspace"


class EditLock(Lock):
    """`var/edit.lock`: one form at a time writes a file of the workspace."""

    __slots__ = ()
    busy = "somebody else is saving in this workspace"
