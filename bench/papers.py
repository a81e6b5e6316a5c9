"""Invented article pages as ten outlets' systems write them, served by a process of its own.

92 KiB on average, made up as real pages of that size are (`bench/around.py`: of 1,241 real pages
the 559 of 48 to 150 KiB; means, real / invented: 735 / 746 elements, 148 / 144 links, 20 / 21
pictures, 27 / 28 scripts of 21 / 22 KiB, 46 / 48 KiB of attributes, 1.6 / 1.6 `<time>`, one lxml
parse 0.67 / 0.60 ms: never heavier than real ones). JSON-LD on seven of ten; the others tell
their date by `<meta>`, by `<time>` or in Albanian words alone. The same pages for the same
numbers; answers are gzipped once and kept.

    with papers_served(pages=2_000, warm=10) as (address, warm_address):
        get(f"{address}/listed/2020")    # from now on the sitemap lists so many
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Final
from zoneinfo import ZoneInfo

from bench.around import above, below, of_head
from bench.posts import headlines, posts

CONTEXT: Final = multiprocessing.get_context("spawn")
PATIENCE: Final = 120.0
# seconds until the ports are bound
KEPT_ANSWERS: Final = 4_000
# gzipped pages that the server keeps; more are written anew
PER_SITEMAP: Final = 1_000
# as WordPress' plug-ins do
ZONE: Final = ZoneInfo("Europe/Tirane")
FIRST: Final = datetime(2024, 1, 1, 8, tzinfo=ZONE)
APART: Final = timedelta(minutes=37)
MONTHS: Final = [
    "Janar",
    "Shkurt",
    "Mars",
    "Prill",
    "Maj",
    "Qershor",
    "Korrik",
    "Gusht",
    "Shtator",
    "Tetor",
    "Nëntor",
    "Dhjetor",
]
VARIANTS: Final = 97
# different bodies; headline, date, address and a closing sentence are each page's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How one newsroom system writes a page."""

    kib: int
    # of scripts, styles and lists of other pieces around the piece
    linked: bool
    # JSON-LD in it
    date: str
    # where a reader finds the date besides: "meta", "time", "words"
    container: str
    # what the piece stands in: "article", "div.entry-content"


SHAPES: Final = (
    Shape(kib=80, linked=True, date="meta", container="article"),
    Shape(kib=60, linked=True, date="time", container="div.entry-content"),
    Shape(kib=130, linked=True, date="meta", container="div.td-post-content"),
    Shape(kib=40, linked=False, date="meta", container="article"),
    Shape(kib=150, linked=True, date="words", container="main"),
    Shape(kib=90, linked=False, date="time", container="div.post-body"),
    Shape(kib=70, linked=True, date="meta", container="article"),
    Shape(kib=110, linked=True, date="meta", container="div.article-content"),
    Shape(kib=55, linked=False, date="words", container="div.news-text"),
    Shape(kib=95, linked=True, date="time", container="section.story"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One page and what it tells."""

    path: str
    # "/lajme/lajmi-7/"
    headline: str
    # as printed, with its number
    at: datetime
    # aware, whole minutes
    html: str
    # the whole page


def path_of(number: int) -> str:
    """The page's address on its host."""
    return f"/lajme/lajmi-{number}/"


def moment_of(number: int) -> datetime:
    """When the page was published."""
    return FIRST + APART * number


def paper(number: int, host: str) -> Paper:
    """Page `number` (from 1) as it is served at `host` ("http://127.0.0.1:8000")."""
    shape, at = SHAPES[number % len(SHAPES)], moment_of(number)
    headline = f"{headlines()[number % len(headlines())]} ({number})"
    said = _Said(shape=shape, headline=headline, at=at, url=f"{host}{path_of(number)}")
    body = _bodies()[number % VARIANTS]
    dated = shape.date == "time"
    parts = (_head(said), above(shape.kib), _piece(said, body, number), below(shape.kib, dated))
    html = "<!doctype html>\n<html lang='sq'>" + "".join(parts) + "</body>\n</html>"
    return Paper(path=path_of(number), headline=headline, at=at, html=html)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    shape: Shape
    headline: str
    at: datetime
    url: str


@cache
def _bodies() -> tuple[str, ...]:
    """Two posts in one: real pieces have 5.5 KB of words in paragraphs."""
    single = [post.html or "" for post in posts(VARIANTS, seed=7)]
    return tuple(f"{one}\n{other}" for one, other in zip(single, single[::-1], strict=True))


def _head(said: _Said) -> str:
    title, when = escape(said.headline), said.at.isoformat()
    lines = [
        "<head><meta charset='utf-8'>",
        f"<title>{title} - Shtypi</title><link rel='canonical' href='{said.url}'>",
        f"<meta property='og:title' content='{escape(title)}'>",
        f"<meta property='og:url' content='{said.url}'><meta property='og:type' content='article'>",
        "<meta property='og:site_name' content='Shtypi'>",
    ]
    if said.shape.date == "meta":
        lines.append(f"<meta property='article:published_time' content='{when}'>")
    if said.shape.linked:
        lines.append(f"<script type='application/ld+json'>{_linked(said)}</script>")
    return "\n".join([*lines, of_head(said.shape.kib)]) + "</head>\n<body class='single'>"


def _linked(said: _Said) -> str:
    site = {"@type": "WebSite", "name": "Shtypi", "url": said.url.split("/lajme")[0]}
    piece = {
        "@type": "NewsArticle",
        "headline": said.headline,
        "datePublished": said.at.isoformat(),
        "author": {"@type": "Person", "name": "Drita Gjerlisi"},
        "articleSection": "Aktualitet",
        "mainEntityOfPage": said.url,
    }
    document = {"@context": "https://schema.org", "@graph": [site, piece]}
    return json.dumps(document, ensure_ascii=False)


def _piece(said: _Said, body: str, number: int) -> str:
    name, _, kind = said.shape.container.partition(".")
    end = f"<p>Ky është lajmi i {number}-të i këtij botimi, mbyllur në orën {said.at:%H:%M}.</p>"
    inner = f"<{name} class='{kind}'>{body}{end}</{name}>"
    return f"<h1>{escape(said.headline)}</h1>{_dateline(said)}{inner}"


def _dateline(said: _Said) -> str:
    at = said.at
    words = f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"
    if said.shape.date == "time":
        return f"<time datetime='{at.isoformat()}'>{words}</time>"
    return f"<div class='meta'><span class='date'>{words}</span></div>"


# --- the server ------------------------------------------------------------------------


class _Stand:
    """One site: its pages, its sitemaps, and how many are listed."""

    def __init__(self, pages: int) -> None:
        self.listed = pages
        self.host = ""
        self.kept: dict[str, bytes] = {}

    def answer(self, target: str) -> tuple[str, bytes] | None:
        """Content type and gzipped body, None for what is not there."""
        if target.startswith("/listed/"):
            self.listed = int(target.rpartition("/")[2])
            self.kept = {path: body for path, body in self.kept.items() if "lajmi-" in path}
            return "text/plain", gzip.compress(b"ok")
        kind = "application/xml" if target.endswith(".xml") else "text/html; charset=utf-8"
        if target not in self.kept:
            text = self._text(target)
            if text is None:
                return None
            body = gzip.compress(text.encode(), 3)
            if len(self.kept) >= KEPT_ANSWERS:
                return kind, body
            self.kept[target] = body
        return kind, self.kept[target]

    def _text(self, target: str) -> str | None:
        if target == "/sitemap.xml":
            files = range(1, -(-self.listed // PER_SITEMAP) + 1)
            rows = (
                f"<sitemap><loc>{self.host}/post-sitemap{at}.xml</loc></sitemap>" for at in files
            )
            return f"<?xml version='1.0'?><sitemapindex>{''.join(rows)}</sitemapindex>"
        if target.startswith("/post-sitemap"):
            last = int(target.removeprefix("/post-sitemap").removesuffix(".xml")) * PER_SITEMAP
            return self._sitemap(range(last - PER_SITEMAP + 1, min(last, self.listed) + 1))
        number = target.strip("/").rpartition("-")[2]
        if target.startswith("/lajme/") and number.isdigit() and int(number) <= self.listed:
            return paper(int(number), self.host).html
        return None

    def _sitemap(self, numbers: Sequence[int]) -> str:
        rows = (
            f"<url><loc>{self.host}{path_of(number)}</loc>"
            f"<lastmod>{moment_of(number).isoformat()}</lastmod></url>"
            for number in numbers
        )
        return f"<?xml version='1.0'?><urlset>{''.join(rows)}</urlset>"


def _handler(stand: _Stand) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        # head and body leave one after the other: no waiting for an acknowledgement

        def do_GET(self) -> None:
            kind, body = stand.answer(self.path) or ("text/plain", b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            if body:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Handler


def _serve(line: Connection, counts: tuple[int, ...]) -> None:
    """The other process: serves until the line is closed."""
    addresses = []
    for pages in counts:
        stand = _Stand(pages)
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stand))
        stand.host = f"http://127.0.0.1:{server.server_port}"
        addresses.append(stand.host)
        Thread(target=server.serve_forever, daemon=True).start()
    line.send(addresses)
    try:
        line.recv()
    except EOFError:
        return


@contextmanager
def papers_served(*, pages: int, warm: int = 10) -> Iterator[tuple[str, str]]:
    """Addresses of a site of `pages` and of a small one. Raises TimeoutError where none starts."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_serve, args=(theirs, (pages, warm)), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE):
            raise TimeoutError("the site of invented pages does not start")
        measured, small = ours.recv()
        yield measured, small
    finally:
        ours.close()
        process.join(5)
        process.kill()
