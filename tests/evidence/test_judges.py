"""An archive of ours before other programs: py-wacz validates it, ReplayWeb.page shows it.

Both are judges and no part of the project: `tests/evidence/install-judges.sh FOLDER` brings them.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import quote

import pytest

from crawler.models import Layer, Response, SnapshotKind
from crawler.record import write
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.conftest import missing as no_browser
from tests.desk.conftest import Desk
from tests.record.pieces import NOON, begin, piece, store

pytestmark = pytest.mark.real

JUDGES: Final = Path(os.environ.get("JEHONA_JUDGES", "/nonexistent"))
URL: Final = "https://gazeta.example/70"
PAGE: Final = """<!doctype html><html lang="sq"><meta charset="utf-8"><title>Libri</title>
<h1>Libri u hap në shesh</h1><p>Tri mijë veta te Shëtitorja e Librit.</p></html>"""
CLOSED: Final = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def lacking(name: str) -> str | None:
    """What this machine lacks of a judge."""
    if (JUDGES / name).exists():
        return None
    return f"no {name}: tests/evidence/install-judges.sh FOLDER, JEHONA_JUDGES=FOLDER"


@pytest.fixture
def archive(kept: Desk, tmp_path: Path) -> Path:
    """The archive of an event, with a page of a piece that came with status and headers."""
    with kept.record() as record:
        run = begin(record)
        store(
            record, run, piece(70, layer=Layer.LISTING, url=URL), body=PAGE.encode(), url=URL,
            kind=SnapshotKind.HTML, response=Response(
                status=200,
                headers={"content-type": "text/html; charset=utf-8"},
                landed=URL,
                digest=blake2b(PAGE.encode(), digest_size=16).hexdigest(),
            ),
        )  # fmt: skip
        write.end_run(record, run, NOON)
    file = tmp_path / "served" / "festa.wacz"
    file.parent.mkdir()
    done = kept.type("evidence", "festa", "-o", str(file))
    assert done.code == 0, done.err
    return file


def test_py_wacz_says_that_it_is_valid(
    archive: Path, require: Callable[[str, str | None], None]
) -> None:
    require("judges", lacking("venv/bin/wacz"))
    done = subprocess.run(
        [str(JUDGES / "venv/bin/wacz"), "validate", "-f", str(archive)],
        capture_output=True, text=True, check=False,
        # a stranger's program: not under the closed network's own Python
        env={"PATH": os.environ["PATH"], "HOME": str(archive.parent)},
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "valid" in said.lower()
    assert "not valid" not in said.lower()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on loopback."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_replayweb_page_shows_the_page_without_a_network(
    archive: Path, require: Callable[[str, str | None], None]
) -> None:
    require("browser", no_browser())
    require("judges", lacking("replaywebpage/sw.js"))
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on a bare machine

    for name in ("index.html", "ui.js", "sw.js"):
        (archive.parent / name).symlink_to(JUDGES / "replaywebpage" / name)
    with served(archive.parent) as home, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, CLOSED])
        page = browser.new_page()
        source = quote(f"{home}/festa.wacz", safe="")
        page.goto(f"{home}/index.html?source={source}#view=pages&url={quote(URL, safe='')}")
        shown = page.frame_locator("iframe").locator("h1")
        shown.wait_for(timeout=60_000)
        said = shown.inner_text()
        if picture := os.environ.get("JEHONA_PICTURE"):
            page.screenshot(path=picture)
        browser.close()
    assert said == "Libri u hap në shesh"
