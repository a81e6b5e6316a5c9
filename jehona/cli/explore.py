"""`jehona explore`: the record in the browser, read-only, by Datasette."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from crawler.models import Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import WorkspaceOption, words, workspace_of

HERE = "127.0.0.1"
# never another address: the record is the office's own
PLUGINS = Path(__file__).parent / "datasette_plugins"
# answers to our own Host only, and withholds the addresses of readers
PATIENCE_MS = 5_000
# of one question; a record of a million pieces needs a few seconds for some


def explore(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="On this machine only.")
    ] = 8001,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    workspace: WorkspaceOption = None,
) -> None:
    """Look at the record in the browser: tables, facets and a dozen ready questions; read-only."""
    desk = workspace_of(workspace)
    _end_lost_runs(desk)
    with tempfile.TemporaryDirectory(prefix="jehona-explore-") as folder:
        asked = command(desk, Path(folder), port)
        words(to_stderr=True).print(
            f"{desk.record} at http://{HERE}:{port}/ - Ctrl-C ends it", markup=False
        )
        code = _serve(asked + (["--open"] if show else []))
    if code:
        raise Wrong(f"--port {port}: it is taken, or Datasette did not start: try --port 8002")


def _end_lost_runs(desk: Workspace) -> None:
    """A run whose process is gone is shown as interrupted; a copy that is only read stays as it is.

    Raises nothing: while a crawl runs, or where nothing may be written, there is nothing to end.
    """
    from crawler.record import RecordRefused, open_existing, write  # noqa: PLC0415
    from crawler.record.lock import RunLock  # noqa: PLC0415

    if not desk.record.exists():
        return
    with (
        suppress(RecordRefused),
        RunLock(desk.var / "run.lock").acquire(0),
        open_existing(desk.record, desk.snapshots) as record,
    ):
        write.end_lost_runs(record)


def command(desk: Workspace, folder: Path, port: int) -> list[str]:
    """What serves the record; its words are written into `folder`. Raises RecordRefused."""
    from crawler.record import explore as explore_record  # noqa: PLC0415
    from crawler.record import open_record  # noqa: PLC0415

    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        told = explore_record.metadata(record, desk.brand.name or "Jehona")
    place = folder / "metadata.json"
    place.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    settings = {
        "sql_time_limit_ms": PATIENCE_MS,
        "allow_download": "off",
        "max_returned_rows": 2000,
    }
    options = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    serve = [sys.executable, "-m", "datasette", "serve", *_file(desk.record)]
    place_of = ["--host", HERE, "--port", str(port), "--plugins-dir", str(PLUGINS)]
    return [*serve, *place_of, "--metadata", str(place), *options]


def _file(record: Path) -> list[str]:
    """A copy that nobody may write to is told to be one: SQLite would want its log beside it."""
    writable = os.access(record, os.W_OK) and os.access(record.parent, os.W_OK)
    return [str(record)] if writable else ["--immutable", str(record)]


def _serve(asked: list[str]) -> int:
    """Run until Ctrl-C, which is the ordinary end."""
    with subprocess.Popen(asked, env={**os.environ, "PYTHONSAFEPATH": "1"}) as server:  # noqa: S603 - our own words, no shell
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return 0
