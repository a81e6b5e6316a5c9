"""Serves desks on loopback, each on a port of its own, and keeps a log of what was asked."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Final
from urllib.parse import urlsplit

from jehona.demo.answers import Answer, Ask
from jehona.demo.newsdesk import UNNAMED, Desk
from jehona.demo.site import answer
from jehona.own_host import names_here

Clock = Callable[[], datetime]

# A client that neither reads nor writes for so long is let go (seconds).
PATIENCE: Final = 10
# How soon a server notices that it should stop (seconds).
GLANCE: Final = 0.02
MOST_POSTED: Final = 1_000_000
# Misdirected Request (RFC 9110, 15.5.20)
NOT_OURS: Final = Answer(status=421, body=b"This newsroom answers to 127.0.0.1 only.\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request in the log."""

    desk: str
    # slug
    method: str
    # "GET"
    target: str
    # "/feed/?paged=2"
    user_agent: str
    # as sent
    at: datetime
    # aware, by the newsroom's clock
    status: int
    # what was answered; 0: hung up


class Newsroom:
    """Fictional outlets on loopback.

    `clock` gives aware time: of the Date header, of the log and of `gmt_offset`.
    An error inside a desk answers 500 and is raised when the newsroom closes.
    """

    def __init__(self, desks: Sequence[Desk], *, clock: Clock) -> None:
        self.desks = {desk.slug: desk for desk in desks}
        self.clock = clock
        self.log: list[Asked] = []
        self.errors: list[Exception] = []
        self.closing = Event()
        if len(self.desks) < len(desks):
            raise ValueError("two desks have one slug")

    @contextmanager
    def open(self) -> Iterator[dict[str, str]]:
        """Serves until the block ends; gives the desks' addresses by slug, no slash at the end."""
        self.closing.clear()
        servers: list[_Server] = []
        try:
            servers.extend(_Server(self, desk) for desk in self.desks.values())
            for server in servers:
                server.begin()
            yield {server.desk.slug: server.desk.address for server in servers}
        finally:
            self.closing.set()
            for server in servers:
                server.end()
        if self.errors:
            raise RuntimeError(f"a desk failed {len(self.errors)} times") from self.errors[0]

    def asked(self, slug: str) -> list[str]:
        """The targets asked of one desk, in order."""
        return [entry.target for entry in list(self.log) if entry.desk == slug]


class _Server(ThreadingHTTPServer):
    """One desk's port. Its threads end with it: none outlives the newsroom."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, newsroom: Newsroom, desk: Desk) -> None:
        super().__init__((desk.host, desk.port), _Handler)
        self.newsroom = newsroom
        self.desk = desk
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._thread = Thread(
            target=self.serve_forever, args=(GLANCE,), name=f"desk-{desk.slug}", daemon=True
        )

    def server_bind(self) -> None:
        """Binds without the look-up of the host's name, which takes seconds on some machines."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def begin(self) -> None:
        """Starts to answer."""
        host, port = self.server_address[:2]
        self.desk.address = f"http://{host!s}:{port}"
        self._thread.start()

    def end(self) -> None:
        """Stops, lets go of waiting clients and waits for the threads."""
        if self._thread.ident is not None:
            self.shutdown()
            self._thread.join()
        with self._lock:
            for connection in self._open:
                _hang_up(connection)
        self.server_close()
        self.desk.address = UNNAMED

    def process_request(self, request: Any, client_address: Any) -> None:
        """Notes the connection, so that it can be closed with the newsroom."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forgets the connection."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are no error of ours; all else is raised when we close."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.newsroom.errors.append(error)


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the client was faster


class _Handler(BaseHTTPRequestHandler):
    """Thin: reads a request, asks the desk, writes what it says, closes."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    server: _Server

    def do_GET(self) -> None:
        """Answers from the desk."""
        self.close_connection = True
        newsroom, desk = self.server.newsroom, self.server.desk
        target = self.path if self.path.startswith("/") else urlsplit(self.path).path or "/"
        ask = Ask(
            target=target,
            at=newsroom.clock(),
            method=self.command,
            headers={name.lower(): value for name, value in self.headers.items()},
        )
        told = self._answer(desk, ask) if self._is_ours() else NOT_OURS
        agent = ask.headers.get("user-agent", "")
        newsroom.log.append(
            Asked(
                desk=desk.slug,
                method=ask.method,
                target=target,
                user_agent=agent,
                at=ask.at,
                status=told.status,
            )
        )
        newsroom.closing.wait(told.wait)
        if told.status:
            self._write(told, ask.at)

    def do_HEAD(self) -> None:
        """The head of what GET answers."""
        self.do_GET()

    def do_POST(self) -> None:
        """Nothing can be written here: the desk says so."""
        told = self.headers.get("Content-Length", "0")
        self.rfile.read(min(int(told) if told.isdecimal() else 0, MOST_POSTED))
        self.do_GET()

    def _is_ours(self) -> bool:
        """Whether we were asked by our own name; another may be a page's that was led here.

        A desk may have been given a name: measurements give it one that its links carry.
        """
        hosts = self.headers.get_all("Host", [])
        named = urlsplit(self.server.desk.address).netloc
        return hosts == [named] or names_here(hosts, self.server.server_address[1])

    def _answer(self, desk: Desk, ask: Ask) -> Answer:
        try:
            return answer(desk, ask)
        except Exception as error:
            self.server.newsroom.errors.append(error)
            return Answer(status=500, body=b"The desk failed.\n")

    def _write(self, told: Answer, now: datetime) -> None:
        reason = HTTPStatus(told.status).phrase
        self.send_response_only(told.status, reason)
        self.send_header("Date", format_datetime(now.astimezone(UTC), usegmt=True))
        self.send_header("Connection", "close")
        for name, value in told.headers:
            self.send_header(name, value)
        if isinstance(told.body, bytes):
            self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        if self.command != "HEAD":
            self._pour(told)

    def _pour(self, told: Answer) -> None:
        pieces = [told.body[: told.cut]] if isinstance(told.body, bytes) else told.body
        for piece in pieces:
            if self.server.newsroom.closing.is_set():
                return
            self.wfile.write(piece)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is inherited
        """The newsroom keeps its own log."""
