"""One crawl at a time in a workspace: a lock that vanishes with its process."""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from crawler.record.errors import RecordRefused, translating_disk


class RunLock:
    """The workspace's run lock, `var/run.lock`; a context manager once acquired.

    The lock is the operating system's, so a killed crawl leaves none behind. Who holds it is
    written beside it (`run.lock.json`) for the sentence that the next one reads.
    """

    __slots__ = ("_lock", "path")

    def __init__(self, path: Path) -> None:
        from filelock import FileLock  # noqa: PLC0415 - not needed to show a help page

        self.path = path
        self._lock = FileLock(str(path), thread_local=False)

    @property
    def holder(self) -> Path:
        """The file that says who holds the lock."""
        return self.path.with_name(f"{self.path.name}.json")

    def acquire(self, wait: float = 0.0) -> RunLock:
        """Takes the lock, waiting up to `wait` seconds (below zero: for ever).

        Raises RecordRefused while another crawl holds it.
        """
        from filelock import Timeout  # noqa: PLC0415 - not needed to show a help page

        with translating_disk(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=wait)
            except Timeout as error:
                raise RecordRefused(self._who()) from error
            self._sign()
        return self

    def release(self) -> None:
        """Gives the lock back; without it nothing happens."""
        if self._lock.is_locked:
            self.holder.unlink(missing_ok=True)
            self._lock.release(force=True)

    def __enter__(self) -> RunLock:
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
        return f"another crawl of this workspace is running ({who}): wait for it, or stop it"
