"""Servers of ours answer to their own Host only, whatever name led there."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from crawler.config import load_workspace
from crawler.record import mailings, open_record
from jehona.actions.explore import command
from jehona.actions.office import Office
from jehona.demo import Desk, Newsroom
from jehona.own_host import names_here

NOW = datetime(2026, 5, 25, 9, tzinfo=UTC)
OWN = ["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"]
OTHERS = [
    "evil.example",
    "evil.example:PORT",
    "127.0.0.1.evil.example:PORT",
    "localhost.evil.example:PORT",
    "127.0.0.1:1",
    "127.0.0.1",
    "10.0.0.1:PORT",
    "127.0.0.1:PORT@evil.example",
    "evil.example@127.0.0.1:PORT",
    "127.0.0.1:PORT/x",
    "",
]


def told(host: str, port: int) -> str:
    return host.replace("PORT", str(port))


@pytest.mark.parametrize("host", OWN)
def test_our_own_names(host: str) -> None:
    assert names_here([told(host, 8001)], 8001)


@pytest.mark.parametrize("hosts", [*([other] for other in OTHERS), [], ["127.0.0.1:PORT"] * 2])
def test_all_others(hosts: Sequence[str]) -> None:
    assert not names_here([told(host, 8001) for host in hosts], 8001)


def test_a_host_may_leave_the_webs_own_port_out() -> None:
    assert names_here(["localhost"], 80)


def asked(port: int, host: str, path: str = "/") -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.putrequest("GET", path, skip_host=True)
    line.putheader("Host", told(host, port))
    line.endheaders()
    answer = line.getresponse()
    words = answer.read().decode()
    line.close()
    return answer.status, words


def test_the_newsroom_answers_to_its_own() -> None:
    desk = Desk(slug="gazeta", name="Gazeta", posts=[])
    with Newsroom([desk], clock=lambda: NOW).open():
        port = int(desk.address.rpartition(":")[2])
        assert [asked(port, host)[0] for host in OWN] == [200] * len(OWN)
        assert {asked(port, host)[0] for host in OTHERS if host} == {421}


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a record that is really served, with one reader of a newsletter in it."""
    root = tmp_path_factory.mktemp("zyra")
    (root / "jehona.toml").write_text("", "utf-8")
    desk = load_workspace(root)
    desk.var.mkdir()
    with open_record(desk.record, desk.snapshots) as record:
        one = mailings.Mailing(number=7, recipient="ana@reader.example", digest="x", at=NOW)
        mailings.keep(record, one)
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = int(door.getsockname()[1])
    env = {**os.environ, "PYTHONSAFEPATH": "1"}
    serve = command(Office(workspace=desk), root, port)
    with subprocess.Popen(
        serve, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            assert server.stdout is not None
            for line in server.stdout:
                if b"running on" in line:
                    break
            yield port
        finally:
            with suppress(ProcessLookupError):
                server.kill()


@pytest.mark.parametrize("path", ["/", "/coverage.json", "/coverage/articles", "/-/versions.json"])
def test_the_record_answers_to_its_own(explored: int, path: str) -> None:
    assert [asked(explored, host, path)[0] for host in OWN[:2]] == [200, 200]
    for host in filter(None, OTHERS):
        status, words = asked(explored, host, path)
        assert status in {400, 421}
        assert "coverage" not in words


QUESTIONS = [
    "select * from mailings",
    "select recipient from mailings",
    "select group_concat(recipient) from mailings",
    "with m as (select * from mailings) select * from m",
    "select (select recipient from mailings)",
    "select hex(data) from sqlite_dbpage",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_record_gives_no_readers_address_away(explored: int, question: str) -> None:
    _, words = asked(explored, OWN[0], f"/coverage.json?sql={quote(question)}&_shape=arrays")
    assert "reader.example" not in words
    assert b"reader.example".hex() not in words.lower()


def test_the_record_still_says_how_many_mails_went_out(explored: int) -> None:
    status, words = asked(explored, OWN[0], "/coverage/mailings.json?_shape=objects")
    assert status == 200
    assert json.loads(words)["rows"][0]["number"] == 7
    assert json.loads(words)["rows"][0]["recipient"] is None
    assert "reader.example" not in asked(explored, OWN[0], "/coverage/mailings")[1]
