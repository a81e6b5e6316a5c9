"""`jehona desk` itself: its line, a second one, how it ends, what goes on without it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import httpx
import psutil
import pytest

from crawler.record.lock import RunLock
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.desk import opening
from tests.desk.conftest import Desk
from tests.pages.test_day import busy, running_pid

__all__ = ["busy"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
ROOT: Final = Path(__file__).resolve().parents[2]
LINE: Final = re.compile(r"desk: (http://127\.0\.0\.1:(\d+)/enter\?key=[\w-]{43})\n")
JEHONA: Final = (sys.executable, "-m", "jehona")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(root: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A desk, and the link that it printed."""
    asked = [*JEHONA, "desk", "--no-open", "--port", str(free_port()), "-w", str(root), *options]
    environ = {**os.environ, "JEHONA_LANGUAGE": "en"}
    with subprocess.Popen(
        asked, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ
    ) as server:
        try:
            assert server.stdout
            told = LINE.fullmatch(server.stdout.readline())
            assert told
            yield server, told[1]
        finally:
            server.kill()


@contextmanager
def came_in(link: str) -> Iterator[httpx.Client]:
    """Somebody who followed the link and said who they are."""
    here = link.partition("/enter")[0]
    with httpx.Client(base_url=here, follow_redirects=True, timeout=60) as client:
        assert client.get(link).status_code == 200
        assert client.post("/who", data={"name": "Ana"}).status_code == 200
        yield client


def test_one_line_and_ctrl_c_ends_it(desk: Desk) -> None:
    with served(desk.root) as (server, link):
        with came_in(link) as client:
            assert "Festa e Librit" in client.get("/").text
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
        assert server.stdout
        assert server.stdout.read() == ""


def test_a_second_one_names_the_first(desk: Desk) -> None:
    with served(desk.root) as (_, link):
        asked = [*JEHONA, "desk", "--no-open", "-w", str(desk.root)]
        told = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT).stdout
        second = LINE.fullmatch(told)
        assert second
        assert second[1].partition("/enter")[0] == link.partition("/enter")[0]
        assert second[1] != link
        with came_in(second[1]) as client:
            assert client.get("/outlets").status_code == 200


def test_without_a_workspace_one_is_made_at_home(tmp_path: Path) -> None:
    environ = {key: told for key, told in os.environ.items() if key != "JEHONA_WORKSPACE"}
    environ |= {"HOME": str(tmp_path), "JEHONA_LANGUAGE": "en", "PYTHONPATH": str(ROOT)}
    asked = [*JEHONA, "desk", "--no-open", "--port", str(free_port())]
    with subprocess.Popen(
        asked, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environ
    ) as server:
        try:
            assert server.stdout
            told = LINE.fullmatch(server.stdout.readline())
            assert told
            here = told[1].partition("/enter")[0]
            with httpx.Client(base_url=here, follow_redirects=True, timeout=60) as client:
                assert "Welcome to Jehona" in client.get(told[1]).text
                you = {"name": "Ana", "contact": "zyra@office.example"}
                assert "Your outlets" in client.post("/welcome", data=you).text
            assert (tmp_path / "Jehona" / "jehona.toml").exists()
            # whoever types it again, in any folder, is led to the same one
            again = subprocess.run(
                asked[:5], capture_output=True, text=True, check=True, cwd=tmp_path, env=environ
            )
            assert again.stdout.startswith(f"desk: {here}/enter")
        finally:
            server.kill()


def test_a_language_that_we_do_not_speak_is_refused(desk: Desk) -> None:
    environ = {"JEHONA_LANGUAGE": "tlh"}
    with pytest.raises(Wrong, match="tlh"):
        opening.run(desk.root, port=None, environ=environ, told=print)


def test_a_port_that_is_taken_is_said(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        typed = desk.type("desk", "--no-open", "--port", str(port))
    assert (typed.code, typed.out) == (2, "")
    assert f"--port {port}" in typed.err


def test_a_crawl_outlives_the_desk_that_began_it(desk: Desk, busy: threading.Event) -> None:
    with served(desk.root) as (server, link), came_in(link) as client:
        asking = threading.Thread(target=lambda: begin(client))
        asking.start()
        assert busy.wait(60)
        crawl = psutil.Process(running_pid(desk.root))
        server.kill()
        server.wait(20)
        asking.join(60)
    # the next desk finds it, and can stop it
    with served(desk.root) as (_, link), came_in(link) as client:
        (number,) = (run.run.number for run in actions.runs.runs(office(desk)))
        assert crawl.is_running()
        assert "is being asked" in client.get(f"/runs/{number}").text
        assert client.post("/runs/stop").status_code == 200
        until = time.monotonic() + 60
        while RunLock(desk.root / "var" / "run.lock").held and time.monotonic() < until:
            time.sleep(0.1)
        assert "interrupted" in client.get(f"/runs/{number}").text
    assert desk.type("verify").code == 0


def begin(client: httpx.Client) -> None:
    """Asks the outlets; the desk may be killed meanwhile."""
    with suppress(httpx.HTTPError):
        client.post("/runs/start", data={"event": "festa"})


def office(desk: Desk) -> actions.office.Office:
    return actions.office.open_office(desk.root)


def test_tokens_are_made_and_ended(desk: Desk) -> None:
    made = desk.type("desk", "token", "faqja")
    assert made.code == 0
    token = made.out.strip()
    assert len(token) == 43
    again = desk.type("desk", "token", "faqja")
    assert (again.code, again.out) == (2, "")
    with served(desk.root) as (_, link):
        here = link.partition("/enter")[0]
        headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
        assert httpx.get(f"{here}/outlets", headers=headers).json()["outlets"]
        assert desk.type("desk", "token", "faqja", "--revoke").code == 0
        assert httpx.get(f"{here}/outlets", headers=headers).status_code == 401
    assert desk.type("desk", "token", "faqja", "--revoke").code == 2
