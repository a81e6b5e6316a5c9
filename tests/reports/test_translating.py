"""Translations: a person's words first, a table that comes back, a machine that is marked."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from crawler.models import Decided, Translator
from crawler.reading.tables import WrongTable
from reports.coverage import Beside
from reports.credentials import Password
from reports.models import Report
from reports.translating import (
    NotTranslated,
    ask_machine,
    from_table,
    machine_name,
    to_table,
    wanting,
)
from tests.reports.made import outlet, piece, report

KEY = "celes-i-fshehte"


def told(**decided: Decided) -> Report:
    matched = [
        piece("a", 1, language="en", headline="Book day"),
        piece("a", 2, language="fa", headline="روز کتاب"),
        piece("a", 3, language="sq"),
        piece("a", 4, language=None, headline="Giornata"),
        piece("a", 5, language="it", headline=None),
    ]
    return report([outlet("a")], matched, beside=Beside(decided=decided), language="sq")


def test_headlines_in_other_languages_wait() -> None:
    assert [p.article for p in wanting(told(), "sq")] == ["a_a_1", "a_a_2", "a_a_4"]


def test_a_persons_words_are_never_asked_for_again_a_machines_may_be() -> None:
    person = Decided(translations={"sq": ("Dita e librit", "ana")})
    machine = Decided(translations={"sq": ("Ditë libri", "machine: x")})
    made = told(a_a_1=person, a_a_2=machine)
    assert [p.article for p in wanting(made, "sq")] == ["a_a_4"]
    assert [p.article for p in wanting(made, "sq", machine_too=True)] == ["a_a_2", "a_a_4"]


def test_a_table_comes_back_as_it_went_with_what_people_filled_in() -> None:
    formula = piece("a", 9, language="en", headline="=1+2; -x")
    made = report([outlet("a")], [formula], language="sq")
    table = to_table(wanting(made, "sq"))
    assert '"=1' not in table
    lines = table.splitlines()
    filled = "\r\n".join([lines[0], lines[1].removesuffix(",,") + ',"E barabartë, me ""x""",ana'])
    (words,) = from_table(("\ufeff" + filled).encode())
    assert (words.line, words.words, words.by) == (2, 'E barabartë, me "x"', "ana")
    assert words.url == "http://a.example/9/"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_are_found_by_name_whatever_parts_them(mark: str) -> None:
    table = mark.join(("Translation", "x", "URL")) + "\n" + mark.join(("Dita", "", "http://a.b/"))
    (words,) = from_table(table.encode())
    assert (words.words, words.url, words.by) == ("Dita", "http://a.b/", None)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        pytest.param("", "line 1: the column url is missing", id="empty"),
        pytest.param("url\nx", "line 1: the column translation is missing", id="no column"),
        pytest.param("url,translation\n,Dita", "line 2: url: it is empty", id="nobody's"),
        pytest.param(
            f"url,translation\nu,\nu,{'x' * 1001}", "line 3: translation: longer", id="a novel"
        ),
    ],
)
def test_a_wrong_table_is_one_line_with_its_line(table: str, says: str) -> None:
    with pytest.raises(WrongTable, match=says):
        from_table(table.encode())


@dataclass
class Machine:
    """A small server of LibreTranslate's protocol."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    answer: Any = None
    raw: bytes | None = None


@pytest.fixture
def machine() -> Iterator[Machine]:
    made = Machine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            made.asked.append({"path": self.path, **asked})
            given = {"translatedText": [f"<{asked['target']}> {q}" for q in asked["q"]]}
            body = json.dumps(given if made.answer is None else made.answer).encode()
            self.send_response(made.status)
            self.end_headers()
            self.wfile.write(made.raw if made.raw is not None else body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(machine: Machine, headlines: Sequence[str], *, key: str | None = None) -> list[str]:
    translator = Translator(url=machine.url)
    return ask_machine(headlines, "en", "sq", translator, Password(key) if key else None)


def test_the_machine_is_asked_by_its_protocol(machine: Machine) -> None:
    assert ask(machine, ["Book day", "Second"], key=KEY) == ["<sq> Book day", "<sq> Second"]
    (asked,) = machine.asked
    assert asked == {
        "path": "/translate",
        "q": ["Book day", "Second"],
        "source": "en",
        "target": "sq",
        "format": "text",
        "api_key": KEY,
    }
    assert machine_name(Translator(url=machine.url)) == f"machine: {machine.url[7:]}"


def test_many_headlines_go_in_bounded_requests(machine: Machine) -> None:
    assert len(ask(machine, [f"H {at}" for at in range(60)])) == 60
    assert [len(asked["q"]) for asked in machine.asked] == [25, 25, 10]


@pytest.mark.parametrize(
    ("status", "answer", "raw", "says"),
    [
        pytest.param(403, {"error": f"bad {KEY}"}, None, "bad \\*\\*\\*.*_KEY", id="key"),
        pytest.param(400, {"error": "sq is not supported"}, None, "sq is not", id="language"),
        pytest.param(200, {"translatedText": ["one"]}, None, "as LibreTranslate", id="half"),
        pytest.param(200, {"translatedText": ["a", ""]}, None, "no words", id="empty"),
        pytest.param(200, ["x"], None, "as LibreTranslate", id="another protocol"),
        pytest.param(200, None, b"<html>", "status 200", id="a page"),
        pytest.param(500, None, b"", "status 500", id="a fault"),
    ],
)
def test_a_machine_that_fails_is_one_line_and_nothing_is_kept(
    machine: Machine, status: int, answer: Any, raw: bytes | None, says: str
) -> None:
    machine.status, machine.answer, machine.raw = status, answer, raw
    with pytest.raises(NotTranslated, match=says) as failed:
        ask(machine, ["Book day", "Second"], key=KEY)
    assert KEY not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_no_server_is_one_line() -> None:
    with pytest.raises(NotTranslated, match="is the server running"):
        ask_machine(["x"], None, "sq", Translator(url="http://127.0.0.1:9"), None)


def test_a_key_does_not_go_over_an_open_line() -> None:
    with pytest.raises(NotTranslated, match="open line"):
        ask_machine(["x"], None, "sq", Translator(url="http://t.example"), Password(KEY))


# --- a machine that dies in the middle -----------------------------------------------------


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BROKEN = {
    "fewer bytes than it said": HEAD + b"Content-Length: 900\r\n\r\n" + b'{"translatedText": ["',
    "half a chunk": HEAD + b'Transfer-Encoding: chunked\r\n\r\n40\r\n{"translatedText": ["',
    "no chunk at all": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "packed by halves": HEAD
    + b"Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n"
    + b"\x1f\x8b\x08",
    "packed in name only": HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "nothing": b"",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n",
    "too deep": HEAD + b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000,
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_machine_that_dies_in_the_middle_is_one_line(answer: bytes) -> None:
    with answering(answer) as port, pytest.raises(NotTranslated) as failed:
        ask_machine(["Book day"], "en", "sq", Translator(url=f"http://127.0.0.1:{port}"), None)
    assert str(failed.value).startswith(f"http://127.0.0.1:{port}")
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize("before", [150, 170, 190, 195, 199, 1_990])
def test_a_key_is_blotted_before_an_answer_is_cut(before: int) -> None:
    body = json.dumps({"error": f"{'x' * before}{KEY}"}).encode()
    head = f"HTTP/1.1 400 No\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with answering(head + body) as port:
        there = Translator(url=f"http://127.0.0.1:{port}")
        with pytest.raises(NotTranslated) as failed:
            ask_machine(["Book day"], "en", "sq", there, Password(KEY))
    assert KEY[:3] not in str(failed.value)


def test_a_machine_on_this_computer_is_asked_past_a_proxy(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(machine, ["Book day"]) == ["<sq> Book day"]


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A server that gives every request these bytes and hangs up."""
    door = socket.create_server(("127.0.0.1", 0))

    def wait() -> None:
        with suppress(OSError):
            while True:
                line, _ = door.accept()
                with line:
                    line.recv(65_536)
                    line.sendall(answer)

    server = Thread(target=wait, daemon=True)
    server.start()
    try:
        yield door.getsockname()[1]
    finally:
        # accept() of another thread is only woken by a shutdown
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        server.join(5)
