"""The record in the browser, read-only, by Datasette."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

from crawler.record import RecordRefused, explore, write
from crawler.record.lock import RunLock
from jehona.actions.office import Office

# Never another address: the record is the office's own.
HERE: Final = "127.0.0.1"
# Answers to our own Host only, and withholds the addresses of readers.
PLUGINS: Final = Path(__file__).parent / "datasette_plugins"
# Of one question; a record of a million pieces needs a few seconds for some.
PATIENCE_MS: Final = 5_000
# Signals that end us in order; Windows has the first alone.
ENDING: Final = ("SIGTERM", "SIGHUP")


def serve(office: Office, *, port: int, browser: bool, begun: Callable[[str], None]) -> int:
    """Serve the record on this machine until Ctrl-C, the ordinary end; gives Datasette's code.

    `begun` is told the address, `browser` opens it. Raises RecordRefused.
    """
    end_lost_runs(office)
    with tempfile.TemporaryDirectory(prefix="jehona-explore-") as folder:
        asked = command(office, Path(folder), port) + (["--open"] if browser else [])
        begun(f"http://{HERE}:{port}/")
        with (
            ended_with_us(),
            subprocess.Popen(asked, env={**os.environ, "PYTHONSAFEPATH": "1"}) as server,  # noqa: S603 - our own words, no shell
        ):
            try:
                return server.wait()
            except KeyboardInterrupt:
                return 0
            finally:
                server.terminate()


@contextmanager
def ended_with_us() -> Iterator[None]:
    """Whoever ends this process by SIGTERM or by closing its terminal ends what it started, too."""

    def end(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    signals = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    before = [signal.signal(each, end) for each in signals]
    try:
        yield
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
