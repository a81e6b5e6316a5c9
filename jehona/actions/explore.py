"""The record in the browser, read-only, by Datasette."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from crawler.record import RecordRefused, explore, write
from crawler.record.lock import RunLock
from jehona.actions.office import Office

# Never another address: the record is the office's own.
HERE: Final = "127.0.0.1"
# Answers to our own Host only, and withholds the addresses of readers.
PLUGINS: Final = Path(__file__).parent / "datasette_plugins"
# Of one question; a record of a million pieces needs a few seconds for some.
PATIENCE_MS: Final = 5_000
# Signals that end us in order; Windows has no SIGHUP.
ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP")


def serve(office: Office, *, port: int, browser: bool, begun: Callable[[str], None]) -> int:
    """Serve the record on this machine until Ctrl-C, the ordinary end; gives Datasette's code.

    `begun` is told the address, `browser` opens it. Raises RecordRefused.
    """
    end_lost_runs(office)
    with tempfile.TemporaryDirectory(prefix="jehona-explore-") as folder:
        asked = command(office, Path(folder), port) + (["--open"] if browser else [])
        with ended_with_us() as served:
            begun(f"http://{HERE}:{port}/")
            code = served.run(asked, {**os.environ, "PYTHONSAFEPATH": "1"})
    return 0 if served.ended else code


class Served:
    """One process of ours that ends when we are asked to, however early or late that is."""

    def __init__(self) -> None:
        self.ended = False
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, asked: Sequence[str], surroundings: Mapping[str, str]) -> int:
        """Start it, wait for its end, give its code."""
        self._process = subprocess.Popen(asked, env=surroundings)  # noqa: S603 - our own words, no shell
        if self.ended:
            # we were asked while it started
            self._process.terminate()
        return self._process.wait()

    def end(self, *_: object) -> None:
        """End it. A signal's handler: an exception could fall between its start and its name."""
        self.ended = True
        if self._process is not None:
            self._process.terminate()


@contextmanager
def ended_with_us() -> Iterator[Served]:
    """Ctrl-C, SIGTERM and a terminal that is closed end what this process started, too."""
    served = Served()
    signals = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    before = [signal.signal(each, served.end) for each in signals]
    try:
        yield served
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)


def end_lost_runs(office: Office) -> None:
    """A run whose process is gone is shown as interrupted; a copy that is only read stays as it is.

    Raises nothing: while a crawl runs, or where nothing may be written, there is nothing to end.
    """
    if not office.workspace.record.exists():
        return
    with (
        suppress(RecordRefused),
        RunLock(office.workspace.var / "run.lock").acquire(0),
        office.existing() as record,
    ):
        write.end_lost_runs(record)


def command(office: Office, folder: Path, port: int) -> list[str]:
    """What serves the record; its words are written into `folder`. Raises RecordRefused."""
    record = office.workspace.record
    with office.to_read() as opened:
        words = explore.metadata(opened, office.workspace.brand.name or "Jehona")
    place = folder / "metadata.json"
    place.write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    settings = {
        "sql_time_limit_ms": PATIENCE_MS,
        "allow_download": "off",
        "max_returned_rows": 2000,
    }
    options = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    # a copy that nobody may write to is told to be one: SQLite would want its log beside it
    writable = os.access(record, os.W_OK) and os.access(record.parent, os.W_OK)
    file = [str(record)] if writable else ["--immutable", str(record)]
    return [
        *(sys.executable, "-m", "datasette", "serve", *file),
        *("--host", HERE, "--port", str(port), "--plugins-dir", str(PLUGINS)),
        *("--metadata", str(place), *options),
    ]
