"""A proxy before a site that loses answers: what was sent arrives, what comes back does not."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOP = frozenset({"connection", "transfer-encoding", "keep-alive", "host", "content-length"})


class Losing(ThreadingHTTPServer):
    """Passes requests on, and does to the answers of POST what it is told, one after the other.

    "drop" closes the connection after the site has answered, "502" and "noise" answer in its
    place after that, "503" answers without passing on, "down" closes every connection from then on.
    """

    daemon_threads = True

    def __init__(self, behind: tuple[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), _Between)
        self.behind = behind
        self.turns: list[str] = []
        self.down = False
        self.asked: list[tuple[str, int]] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that we broke off is no error."""


class _Between(BaseHTTPRequestHandler):
    server: Losing

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        turn = self.server.turns.pop(0) if self._posts and self.server.turns else ""
        if turn == "down":
            self.server.down = True
        if turn == "503":
            self._answer(503, [("Retry-After", "0")], b"busy")
            return
        if self.server.down and turn != "down":
            self.close_connection = True
            return
        status, headers, answer = self._behind(body)
        if turn in {"drop", "down"}:
            self.close_connection = True
        elif turn == "502":
            self._answer(502, [("Content-Type", "text/html")], b"<html>Bad Gateway</html>")
        elif turn == "noise":
            self._answer(status, headers, b"<b>Warning</b>: in plugin.php\n" + answer)
        else:
            self._answer(status, headers, answer)

    @property
    def _posts(self) -> bool:
        return self.command == "POST" and "/posts" in self.path

    def _behind(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(*self.server.behind, timeout=30)
        sent = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        connection.request(self.command, self.path, body, sent)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        self.server.asked.append((self.command, response.status))
        return response.status, response.getheaders(), answer

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def losing(behind: tuple[str, int]) -> Iterator[Losing]:
    """The proxy, served."""
    server = Losing(behind)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
