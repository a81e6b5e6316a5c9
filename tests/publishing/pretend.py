"""A small server that speaks enough of WordPress' REST to be published to, with faults to order."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

USER, SECRET = "ana", "abcd EFGH ijkl MNOP qrst UVWX"
MAY = {"edit_posts": True, "publish_posts": True, "upload_files": True}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is answered instead."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    # before the answer


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    agent: str
    login: str | None
    # the Authorization header


class Pretend(ThreadingHTTPServer):
    """The site: its posts, what it was asked, its faults by method and beginning of the path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Speaking)
        self.posts: dict[int, dict[str, Any]] = {}
        self.media: list[dict[str, Any]] = []
        self.terms: dict[str, dict[str, int]] = {"categories": {}, "tags": {}}
        self.may: dict[str, bool] | None = dict(MAY)
        self.asked: list[Asked] = []
        self.faults: dict[tuple[str, str], list[Fault]] = {}
        self.clock = 0
        self.around = b"", b""
        # what the site prints before and behind every answer of its REST

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def order(self, method: str, path: str, *faults: Fault) -> None:
        """Answer the next requests that begin so with these, one after the other."""
        self.faults.setdefault((method, path), []).extend(faults)

    def ordered(self, method: str, path: str) -> Fault | None:
        """The fault whose turn it is."""
        for (verb, start), faults in self.faults.items():
            if verb == method and path.startswith(start) and faults:
                return faults.pop(0)
        return None

    @property
    def sent(self) -> list[str]:
        """What was not only asked."""
        return [one.path for one in self.asked if one.method != "GET"]

    def tick(self) -> str:
        """A later moment, as `modified_gmt` spells it."""
        self.clock += 1
        return f"2026-05-20T08:{self.clock:02d}:00"

    def touch(self, post: int, **changes: str) -> None:
        """Somebody edits a post."""
        self.posts[post].update(changes, modified=self.tick())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error."""


class _Speaking(BaseHTTPRequestHandler):
    server: Pretend

    def do_GET(self) -> None:
        self._turn()

    def do_POST(self) -> None:
        self._turn()

    def _turn(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        login = self.headers.get("Authorization")
        told = Asked(self.command, self.path, self.headers["User-Agent"], login)
        self.server.asked.append(told)
        fault = self.server.ordered(self.command, self.path)
        if fault is not None:
            time.sleep(fault.seconds)
            self._answer(fault.status, fault.body, fault.headers)
            return
        status, document = self._rest(body, login)
        ahead, behind = self.server.around
        told = ahead + json.dumps(document).encode() + behind
        self._answer(status, told, {"Content-Type": "application/json"})

    def _rest(self, body: bytes, login: str | None) -> tuple[int, Any]:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        place = parts.path.removeprefix("/wp-json").strip("/").split("/")
        if place == [""]:
            return 200, {"namespaces": ["wp/v2"], "authentication": {"application-passwords": {}}}
        if login != "Basic " + base64.b64encode(f"{USER}:{SECRET}".encode()).decode():
            return _error(401, "rest_not_logged_in")
        if place[-1] == "me":
            return 200, {
                "id": 7,
                "name": "Ana",
                "roles": ["author"],
                "capabilities": self.server.may,
            }
        if place[2] == "media":
            return self._media(body, query)
        if place[2] in self.server.terms:
            named = self.server.terms[place[2]].items()
            words = query["search"].casefold()
            return 200, [{"id": n, "name": one} for one, n in named if words in one.casefold()]
        return self._posts(place[3:], body, query)

    def _posts(self, place: list[str], body: bytes, query: dict[str, str]) -> tuple[int, Any]:
        posts = self.server.posts
        if place and int(place[0]) not in posts:
            return _error(404, "rest_post_invalid_id")
        if self.command == "POST":
            number = int(place[0]) if place else len(posts) + 1
            made = posts.setdefault(number, {"excerpt": "", "status": "draft"})
            made.update(json.loads(body), modified=self.server.tick())
            return 201, self._row(number)
        if place:
            return 200, self._row(int(place[0]))
        words = query.get("search", "")
        return 200, [self._row(n) for n in posts if words in posts[n]["content"]]

    def _row(self, number: int) -> dict[str, Any]:
        post = self.server.posts[number]
        raws = {name: {"raw": post[name]} for name in ("title", "content", "excerpt")}
        link = f"{self.server.url}/?p={number}"
        kept = {"status": post["status"], "modified_gmt": post["modified"], "link": link}
        return {"id": number, **kept, **raws}

    def _media(self, body: bytes, query: dict[str, str]) -> tuple[int, Any]:
        if self.command == "GET":
            return 200, [one for one in self.server.media if one["slug"] == query["slug"]]
        slug = body.split(b'name="slug"\r\n\r\n')[1].split(b"\r\n")[0].decode()
        name = body.split(b'filename="')[1].split(b'"')[0].decode()
        alt = body.split(b'name="alt_text"\r\n\r\n')[1].split(b"\r\n")[0].decode()
        number = 90 + len(self.server.media)
        row = {"id": number, "slug": slug, "source_url": f"{self.server.url}/{name}", "alt": alt}
        self.server.media.append(row)
        return 201, row

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _error(status: int, code: str) -> tuple[int, Any]:
    return status, {"code": code, "message": "Më vjen keq.", "data": {"status": status}}


@contextmanager
def pretending() -> Iterator[Pretend]:
    """The site, served."""
    server = Pretend()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
