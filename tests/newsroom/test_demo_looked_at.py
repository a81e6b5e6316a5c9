"""The demo as it is looked at: short on screen, its folder said, its links alive."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import requests

from jehona.actions.explore import Served
from jehona.cli.demo import played


def test_links_lead_while_the_demo_is_looked_at_and_its_words_are_few(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with played(tmp_path) as papers:
        said = capsys.readouterr().out
        links = re.findall(
            r'href="(http://127\.0\.0\.1:\d+/[^"]+)"', papers.post.read_text("utf-8")
        )
        answer = requests.get(links[0], timeout=10)
        assert (answer.status_code, len(links) > 10) == (200, True)
    assert f"folder     {tmp_path}" in said
    assert len(said.splitlines()) < 80
    with pytest.raises(requests.ConnectionError):
        requests.get(links[0], timeout=10)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
@pytest.mark.parametrize("asked_by", [signal.SIGTERM, signal.SIGINT])
def test_who_ends_explore_leaves_nothing_running(tmp_path: Path, asked_by: signal.Signals) -> None:
    with played(tmp_path):
        pass
    words = [sys.executable, "-m", "jehona", "explore", "--no-open", "--port", "0"]
    asked = [*words, "-w", str(tmp_path)]
    with subprocess.Popen(asked, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        assert b"Ctrl-C ends it" in process.stderr.readline()
        ours = psutil.Process(process.pid)
        while not (served := ours.children(recursive=True)):
            assert process.poll() is None
        process.send_signal(asked_by)
        assert process.wait(30) == 0
    assert psutil.wait_procs(served, timeout=10)[1] == []


def test_a_request_to_end_that_comes_while_the_server_starts_is_kept() -> None:
    served = Served()
    served.end()
    assert served.run([sys.executable, "-c", "import time; time.sleep(60)"], os.environ) != 0
    assert served.ended
