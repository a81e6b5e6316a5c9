"""What happens in a run, told while it happens: to whoever looks on, and to `var/runs/N.jsonl`.

The file has one JSON object a line, each written out at once: a terminal, a page and another
machine read the same (docs/json.md).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TextIO

from crawler.files import PRIVATE
from crawler.models import Check, Outcome, Way
from crawler.record.errors import translating_disk

SCHEMA: Final = 1
# Bytes at the end of a file of events in which its last line begins.
TAIL: Final = 4_096


class What(StrEnum):
    """What happened."""

    RUN_STARTED = "run-started"
    CHECK_STARTED = "check-started"
    PROGRESS = "progress"
    CHECK_ENDED = "check-ended"
    OUTLET_ENDED = "outlet-ended"
    RUN_ENDED = "run-ended"


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    FINISHED = "finished"
    # somebody stopped it, or its process is gone
    INTERRUPTED = "interrupted"
    # the record refused, or a fault of ours
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent:
    """One thing that happened; what does not apply is None and stands in no file."""

    what: What
    # aware
    at: datetime
    # its number in the record
    run: int
    # slug, None for a window or a routine crawl
    event: str | None = None
    # slug
    outlet: str | None = None
    way: Way | None = None
    # the outlet's own count; rows read, articles new, requests made, so far or in all
    listed: int | None = None
    read: int | None = None
    new: int | None = None
    requests: int | None = None
    outcome: Outcome | None = None
    # a code of docs/outcomes.md
    reason: str | None = None
    # of a run that ended
    state: RunState | None = None
    # of a run that begins: who is asked, as slugs
    outlets: tuple[str, ...] | None = None
    # of a check or an outlet that ended: its ledger, for who looks on in this process
    checks: tuple[Check, ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, Any]:
        """One line of the file, as contract and docs/json.md have it."""
        told = {name: getattr(self, name) for name in self.__slots__ if name != "checks"}
        told["at"] = self.at.isoformat(timespec="milliseconds")
        return {"schema": SCHEMA, **{k: v for k, v in told.items() if v is not None}}

    def line(self) -> str:
        """The same as it is written, with its line end."""
        return json.dumps(self.as_json(), ensure_ascii=False) + "\n"


# Somebody who looks on: a terminal, a file, a test.
Watcher = Callable[[RunEvent], None]


def events_file(var: Path, run: int) -> Path:
    """Where the events of a run stand."""
    return var / "runs" / f"{run}.jsonl"


@contextmanager
def written_down(var: Path, run: int, watcher: Watcher) -> Iterator[Watcher]:
    """`watcher`, before whom each event is written to the run's file, its owner's alone.

    It raises RecordRefused where the disk refuses.
    """
    place = events_file(var, run)
    with translating_disk(place):
        file = _made(place)

    def tell(event: RunEvent) -> None:
        with translating_disk(place):
            file.write(event.line())
            file.flush()
        watcher(event)

    try:
        yield tell
    finally:
        # what a full disk did not take was told when it was written
        with suppress(OSError):
            file.close()


def _made(place: Path) -> TextIO:
    """An empty file: one that stands there is of a record that was since restored."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    made = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    return os.fdopen(made, "w", encoding="utf-8", newline="\n")


def prune_events(var: Path, *, before: datetime, dry_run: bool = False) -> int:
    """Take files whose last event was written before a moment; gives how many they are.

    Raises RecordRefused.
    """
    with translating_disk(var / "runs"):
        files = (var / "runs").glob("*.jsonl")
        old = [file for file in files if file.stat().st_mtime < before.timestamp()]
        for file in old if not dry_run else ():
            file.unlink(missing_ok=True)
    return len(old)


def ended_as(var: Path, run: int, started: datetime) -> RunState | None:
    """How the run says that it ended; None where it says nothing: it goes on, or was killed.

    `started` tells its file from an older one of a record that was since restored.
    """
    try:
        with events_file(var, run).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            last = json.loads(file.read().splitlines()[-1])
        if last["what"] == What.RUN_ENDED and datetime.fromisoformat(last["at"]) >= started:
            return RunState(last["state"])
    except (FileNotFoundError, IndexError, KeyError, TypeError, ValueError):
        # no file, or one that was cut off
        return None
    return None
