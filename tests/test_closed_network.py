"""The tests' own walls: without them an offline suite is a promise nobody keeps."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import require_component

OUTSIDE = "192.0.2.1"  # RFC 5737: an address of documentation
KNOCK = f"import socket; socket.create_connection(({OUTSIDE!r}, 80), 1)"


@pytest.mark.strangers
def test_a_stranger_is_unreachable_and_noted(strangers: Path) -> None:
    with pytest.raises(OSError, match="closed"):
        socket.create_connection((OUTSIDE, 80), timeout=1)
    assert strangers.read_text() == f"{OUTSIDE}\n"


@pytest.mark.strangers
def test_a_name_does_not_resolve() -> None:
    with pytest.raises(socket.gaierror, match="closed"):
        socket.getaddrinfo("gazeta.example", 80)


@pytest.mark.strangers
def test_a_process_that_a_test_starts_is_closed_in_too(strangers: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KNOCK], capture_output=True, check=False)
    assert done.returncode == 1
    assert strangers.read_text() == f"{OUTSIDE}\n"


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with socket.create_connection(address, timeout=5):
            pass


def test_a_test_that_tried_fails(tmp_path: Path) -> None:
    here = Path(__file__).parent
    shutil.copy(here / "conftest.py", tmp_path)
    shutil.copytree(here / "closed_network", tmp_path / "closed_network")
    knock = f"with suppress(OSError): socket.create_connection(({OUTSIDE!r}, 80), 1)"
    test = f"import socket\nfrom contextlib import suppress\ndef test_knocks():\n    {knock}\n"
    (tmp_path / "test_knocks.py").write_text(test)
    markers = "-o", "markers=strangers: allowed to try"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *markers, "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert f"tried the outside world: {OUTSIDE}" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("required", "outcome"), [("", "Skipped"), ("wordpress", "Failed"), ("browser", "Skipped")]
)
def test_a_missing_component(required: str, outcome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEHONA_REQUIRE", required)
    with pytest.raises(BaseException, match="no php") as raised:
        require_component("wordpress", "no php")
    assert type(raised.value).__name__ == outcome
