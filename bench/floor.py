"""The floor: the least that fetches the same pages and leaves the same rows searchable.

    python -m bench.floor wordpress|feed|feedparser ADDRESS WARM_ADDRESS FILE

Bare asyncio, json (or ElementTree, or feedparser), one batched insert, one FTS5 index. It knows
nothing of robots.txt, budgets, identity, edits, languages, proofs or failures; tags are cut out of
the HTML by a regular expression. Measured as `bench.ours` is; the last line is JSON.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from bench.ours import Crawl, Stopwatch, measured

Row: TypeAlias = tuple[str, str, str, str, str]
# link, date in ISO, headline, lead, text

PER_PAGE: Final = 100
FIELDS: Final = "id,type,link,guid,date,date_gmt,modified,modified_gmt,title,excerpt,content"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
TAG: Final = re.compile(r"<[^>]*>")
TOTAL: Final = re.compile(rb"(?i)x-wp-total: (\d+)")
SCHEMA: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS articles (
  id INTEGER PRIMARY KEY, url TEXT UNIQUE, published TEXT, headline TEXT, lead TEXT, text TEXT);
CREATE VIRTUAL TABLE IF NOT EXISTS articles_fts USING fts5 (
  headline, lead, text, content = 'articles', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2');
"""


async def get(url: str) -> tuple[bytes, bytes]:
    """Head and body of one answer: HTTP/1.1 as far as a connection that closes needs it."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    writer.write(
        f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
    )
    head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
    writer.close()
    return head, body


async def rest_rows(address: str) -> tuple[list[Row], int]:
    """Every row of the REST API, and the requests it took."""
    rows: list[Row] = []
    for page in range(1, 10_000):
        asked = f"/wp-json/wp/v2/posts?per_page={PER_PAGE}&page={page}&_fields={FIELDS}"
        head, body = await get(address + asked)
        rows += [_of_rest(row) for row in json.loads(body)]
        if len(rows) >= int(TOTAL.findall(head)[0]):
            return rows, page
    raise RuntimeError(f"{address} never ends")


def _of_rest(row: dict[str, dict[str, str]]) -> Row:
    title, excerpt, content = (row[name]["rendered"] for name in ("title", "excerpt", "content"))
    return str(row["link"]), str(row["date_gmt"]), _bare(title), _bare(excerpt), _bare(content)


async def feed_rows(address: str, read: Callable[[bytes], list[Row]]) -> tuple[list[Row], int]:
    """Every row of the feed, page by page, and the requests it took."""
    rows: list[Row] = []
    for page in range(1, 10_000):
        head, body = await get(f"{address}/feed/?paged={page}")
        if b" 404 " in head[:16]:
            return rows, page
        rows += read(body)
    raise RuntimeError(f"{address} never ends")


def by_elementtree(body: bytes) -> list[Row]:
    """The rows of a page, as the standard library reads them."""
    return [_of_feed(item) for item in ET.fromstring(body).iter("item")]


def by_feedparser(body: bytes) -> list[Row]:
    """The rows of a page, as feedparser reads them by default."""
    import feedparser  # noqa: PLC0415 - the other floors do without

    return [_of_entry(entry) for entry in feedparser.parse(body).entries]


def _of_entry(entry: Any) -> Row:
    day = parsedate_to_datetime(entry.published).isoformat()
    words = entry.title, entry.summary, entry.content[0].value
    title, lead, text = map(_bare, words)
    return entry.link, day, title, lead, text


def _of_feed(item: ET.Element) -> Row:
    link, date, title, lead, text = (
        item.findtext(name, "") for name in ("link", "pubDate", "title", "description", CONTENT)
    )
    return link, parsedate_to_datetime(date).isoformat(), title, _bare(lead), _bare(text)


def _bare(markup: str) -> str:
    return html.unescape(TAG.sub(" ", markup))


def store(conn: sqlite3.Connection, rows: Sequence[Row]) -> int:
    """One transaction: the rows, then their words. How many the table holds."""
    with conn:
        last = conn.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
        conn.executemany(
            "INSERT INTO articles (url, published, headline, lead, text) VALUES (?, ?, ?, ?, ?)",
            rows,
        )
        conn.execute(
            "INSERT INTO articles_fts (rowid, headline, lead, text) "
            "SELECT id, headline, lead, text FROM articles WHERE id > ?",
            (last,),
        )
    return len(rows)


FLOORS: Final[Mapping[str, Callable[[str], Coroutine[Any, Any, tuple[list[Row], int]]]]] = {
    "wordpress": rest_rows,
    "feed": lambda address: feed_rows(address, by_elementtree),
    "feedparser": lambda address: feed_rows(address, by_feedparser),
}


def crawl(way: str, address: str, file: Path) -> Crawl:
    """Fetch everything, store everything."""
    seconds = Stopwatch()
    conn = sqlite3.connect(file)
    conn.executescript(SCHEMA)
    rows, requests = asyncio.run(FLOORS[way](address))
    stored = store(conn, rows)
    conn.close()
    cpu, wall = seconds.passed()
    return Crawl(cpu=cpu, wall=wall, read=stored, new=stored, requests=requests, outcome="complete")


def main(words: Sequence[str]) -> None:
    """See the module."""
    way, address, warm, place = words
    file = Path(place)
    said = measured(lambda: crawl(way, address, file), lambda: crawl(way, warm, file), times=1)
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
