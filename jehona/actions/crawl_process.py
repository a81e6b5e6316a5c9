"""A crawl as a process of its own: it lives on when whoever began it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from crawler.record.lock import RunLock
from crawler.run.run_events import events_file
from jehona.actions import runs
from jehona.actions.errors import NothingDone, Wrong
from jehona.actions.office import Office

# Seconds that a new crawl is waited for until it has a number: on a busy machine it takes four.
PATIENCE: Final = 12.0
LOOK_EVERY: Final = 0.1
# of what it said before it ended
LONGEST_WORDS: Final = 2_000


def start(office: Office, *, event: str | None = None, outlets: Sequence[str] = ()) -> int | None:
    """Begin a crawl of an event, or of what is new, and give its run's number.

    None where it began and has no number yet. Raises RegistryError for an unknown event, Wrong
    with its own words where it refuses, NothingDone while another runs.
    """
    if event is not None:
        office.event(event)
    _refuse_second(office)
    before = _numbers(office.workspace.var)
    with tempfile.TemporaryFile() as words:
        crawl = _begun(office, command(office, event=event, outlets=outlets), words)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            made = _numbers(office.workspace.var) - before
            if made:
                return max(made)
            code = crawl.poll()
            if code is not None:
                words.seek(0)
                raise _refused(code, words.read(LONGEST_WORDS).decode("utf-8", "replace"))
            time.sleep(LOOK_EVERY)
    return None


def _begun(office: Office, command: list[str], words: IO[bytes]) -> subprocess.Popen[bytes]:
    crawl = subprocess.Popen(  # noqa: S603 - our own command, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=words,
        start_new_session=True,
        cwd=office.workspace.root,
    )
    # whoever is killed stays in the table of processes until somebody asks how it ended
    threading.Thread(target=crawl.wait, name="crawl", daemon=True).start()
    return crawl


def stop(office: Office) -> int:
    """End the crawl that runs as Ctrl-C does, with what it has: its number. Raises NothingDone."""
    number = runs.under_way(office)
    pid = RunLock(office.workspace.var / "run.lock").holder_here
    if number is None or pid is None:
        raise NothingDone("no crawl of this workspace runs on this machine")
    if os.name == "nt":
        # Windows knows no Ctrl-C for a process without a window: what was stored stays
        os.kill(pid, signal.SIGTERM)
    else:
        os.kill(pid, signal.SIGINT)
    return number


def command(office: Office, *, event: str | None, outlets: Sequence[str]) -> list[str]:
    """What is run: the house's own command, in this workspace."""
    named = [part for slug in outlets for part in ("--outlet", slug)]
    what = ["--event", event] if event else []
    root = str(office.workspace.root.absolute())
    return [sys.executable, "-m", "jehona", "crawl", "-w", root, *what, *named]


def _refuse_second(office: Office) -> None:
    number = runs.under_way(office)
    if number is not None:
        raise NothingDone(
            "run {number} is asking the outlets already: wait for it, or stop it", number=number
        )


def _numbers(var: Path) -> set[int]:
    """The runs whose events are written down."""
    folder = events_file(var, 0).parent
    return {int(file.stem) for file in folder.glob("*.jsonl") if file.stem.isdecimal()}


def _refused(code: int, words: str) -> Exception:
    """What a crawl said that ended before it began."""
    told = words.strip() or f"the crawl ended at once (exit code {code})"
    return Wrong(told) if code == Wrong.code else NothingDone(told)
