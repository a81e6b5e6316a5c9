"""A site of the tests that answers by a function: what no system of the newsroom would do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.record import open_record

NEWEST = datetime(2026, 5, 20, 18, 0)  # noqa: DTZ001 - the site's own clock
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer."""

    body: str = ""
    # "{ROOT}" is the site's own address
    status: int = 200
    # of HTTP
    kind: str = HTML
    # Content-Type
    headers: tuple[tuple[str, str], ...] = ()
    # further ones
    missing: int = 0
    # bytes that are promised and never sent


GONE = Said(body="<html><title>404</title></html>", status=404)
HOME = Said(body="<html><head><title>Pasqyra e fshatit</title></head><body><h1>Pasqyra</h1></body>")
REFUSALS = {
    "403": Said(body="<html><title>403</title></html>", status=403),
    "500": Said(body="<html><title>Gabim</title></html>", status=500),
    "400": Said(body="<html><title>400</title></html>", status=400),
    "a home page": HOME,
    "a challenge": Said(body="<html><title>Just a moment...</title></html>", status=403),
    "broken off": Said(body="<html><title>Pas", missing=400),
    "JSON of somebody": Said(body='{"status": "error"}', kind=JSON),
}
Answers = Callable[[str, dict[str, str]], Said | None]


@dataclass(slots=True)
class Site:
    """A site on loopback: `answers(path, query)`, and what was asked."""

    answers: Answers
    # None: not found
    root: str = ""
    # its address
    robots: str = ""
    # its robots.txt, empty: none
    asked: list[str] = field(default_factory=list)
    # path and query of every request but robots.txt
    sent: dict[str, str] = field(default_factory=dict)
    # headers of the latest of them, names in small letters


@contextmanager
def served(answers: Answers, *, robots: str = "") -> Iterator[Site]:
    """The site, as long as it stands open."""
    site = Site(answers, robots=robots)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            said = Said(body=site.robots, kind="text/plain") if site.robots else None
            if parts.path != "/robots.txt":
                site.asked.append(self.path)
                site.sent = {name.lower(): value for name, value in self.headers.items()}
                said = site.answers(
                    parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))
                )
            self._say(said or GONE)

        def _say(self, said: Said) -> None:
            body = said.body.replace("{ROOT}", site.root).encode()
            self.send_response(said.status)
            for name, value in (("Content-Type", said.kind), *said.headers):
                self.send_header(name, value.replace("{ROOT}", site.root))
            self.send_header("Content-Length", str(len(body) + said.missing))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = bool(said.missing)

        def log_message(self, *_words: object) -> None:
            """Nothing: the test reads `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def outlet(folder: Path, site: Site, *finds: dict[str, object]) -> None:
    """A workspace whose one outlet, `pasqyra`, is found by these."""
    (folder / "outlets").mkdir(parents=True, exist_ok=True)
    (folder / "jehona.toml").write_text('zone = "Europe/Tirane"\n', "utf-8")
    lines = ['name = "Pasqyra"', f'home = "{site.root}/"', 'languages = ["sq"]', "delay = 0.0"]
    for find in finds:
        pairs = ((key, json.dumps(value, ensure_ascii=False)) for key, value in find.items())
        told = (f"{key} = {value}".replace("{ROOT}", site.root) for key, value in pairs)
        lines += ["[[find]]", *told]
    (folder / "outlets/pasqyra.toml").write_text("\n".join(lines) + "\n", "utf-8")


def headlines(folder: Path) -> list[str]:
    """What the record has."""
    with closing(open_record(folder / "var/coverage.db", folder / "var/snapshots")) as record:
        rows = record.conn.execute("SELECT headline FROM articles ORDER BY headline")
        return [headline for (headline,) in rows]


# --- what it lists: pieces from 0, the newest first, every eight hours -----------------------


def when(number: int) -> datetime:
    """When piece `number` was published, on the site's clock."""
    return NEWEST - timedelta(hours=8 * number)


def headline(number: int) -> str:
    """Of piece `number`."""
    return f"Panairi i fshatit, pjesa {number:03}"


def feed(numbers: Sequence[int], *, generator: str = "", links: str = "") -> Said:
    """A feed of these pieces."""
    items = "".join(
        f"<item><title>{headline(n)}</title><link>{{ROOT}}/lajme/{n}/</link>"
        f"<pubDate>{when(n):%d %b %Y %H:%M:%S} +0200</pubDate></item>"
        for n in numbers
    )
    head = f"<title>Pasqyra</title><generator>{generator}</generator>{links}"
    body = f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{head}{items}'
    return Said(body=f"{body}</channel></rss>", kind=XML)


def rows(numbers: Sequence[int], *, title: str = "Lajme - Pasqyra") -> Said:
    """A list page of these pieces."""
    told = "".join(
        f'<div class="r"><a href="{{ROOT}}/lajme/{n}/">{headline(n)}</a>'
        f'<time datetime="{when(n).isoformat()}+02:00">x</time></div>'
        for n in numbers
    )
    return Said(body=f"<html><head><title>{title}</title></head><body>{told}</body></html>")


def article(number: int) -> Said:
    """The page of a piece."""
    moment = f"{when(number).isoformat()}+02:00"
    head = f'<meta property="article:published_time" content="{moment}">'
    body = f"<h1>{headline(number)}</h1><p>Fillon pjesa {number} e panairit.</p>"
    return Said(body=f"<html><head><title>{headline(number)}</title>{head}</head><body>{body}")


def sitemap(numbers: Sequence[int]) -> Said:
    """A sitemap of these pieces."""
    urls = "".join(
        f"<url><loc>{{ROOT}}/lajme/{n}/</loc><lastmod>{when(n).isoformat()}+02:00</lastmod></url>"
        for n in numbers
    )
    return Said(body=f'<urlset xmlns="{SITEMAPS}">{urls}</urlset>', kind=XML)


def sitemap_index(*paths: str) -> Said:
    """An index of these files."""
    files = "".join(f"<sitemap><loc>{{ROOT}}{path}</loc></sitemap>" for path in paths)
    return Said(body=f'<sitemapindex xmlns="{SITEMAPS}">{files}</sitemapindex>', kind=XML)


SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
LISTING = {"way": "listing", "row": "div.r", "link": "a", "headline": "a", "date": "time"}


# --- a REST interface ------------------------------------------------------------------------

_ARGUMENTS = ("page", "per_page", "search", "after", "before", "offset", "slug", "status")


def rest_index(*bases: str, maximum: int | None = None) -> Said:
    """What a WordPress site says of itself, with these types of post."""
    arguments: dict[str, Any] = {name: {} for name in _ARGUMENTS}
    arguments["status"] = {"default": "publish"}
    if maximum is not None:
        arguments["per_page"] = {"type": "integer", "minimum": 1, "maximum": maximum}
    endpoint = {"methods": ["GET"], "args": arguments}
    routes = {f"/wp/v2/{base}": {"methods": ["GET"], "endpoints": [endpoint]} for base in bases}
    told = {"name": "Pasqyra", "home": "{ROOT}", "timezone_string": "Europe/Tirane"}
    return Said(body=json.dumps({**told, "routes": routes}), kind=JSON)


def rest_rows(
    count: int,
    query: dict[str, str],
    *,
    base: str = "posts",
    most: int = 100,
    counted: str = "total pages",
) -> Said:
    """A page of the `count` pieces of one type, `most` at most; `counted` names its headers."""
    fit = [n for n in range(count) if query["after"] < when(n).isoformat() < query["before"]]
    size = min(int(query.get("per_page", 10)), most)
    first = (int(query.get("page", 1)) - 1) * size
    told = (("X-WP-Total", str(len(fit))), ("X-WP-TotalPages", str(-(-len(fit) // size))))
    headers = tuple(
        pair for pair, word in zip(told, ("total", "pages"), strict=True) if word in counted
    )
    posts = [_post(n, base) for n in fit[first : first + size]]
    return Said(body=json.dumps(posts), kind=JSON, headers=headers)


def rest_error(code: str, status: int, **params: str) -> Said:
    """WordPress' own refusal."""
    data = {"status": status, **({"params": params} if params else {})}
    body = {"code": code, "message": "Nuk lejohet.", "data": data}
    return Said(body=json.dumps(body), status=status, kind=JSON)


def _post(number: int, base: str) -> dict[str, Any]:
    at, utc = when(number), when(number) - timedelta(hours=2)
    return {
        "id": number + 1,
        "link": f"{{ROOT}}/{base}/{number}/",
        "guid": {"rendered": f"{{ROOT}}/?{base}={number}"},
        "date": at.isoformat(),
        "date_gmt": utc.isoformat(),
        "modified": at.isoformat(),
        "modified_gmt": utc.isoformat(),
        "title": {"rendered": f"{headline(number)} {base}"},
        "excerpt": {"rendered": "<p>Fillon panairi.</p>"},
        "content": {"rendered": "<p>Fillon panairi i fshatit.</p>", "protected": False},
    }
