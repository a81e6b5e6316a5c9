"""The floors: the least that fetches the same answers and leaves the same rows searchable.

    python -m bench.floors wordpress|feed|sitemap ADDRESS WARM_ADDRESS FILE

Bare asyncio, json, ElementTree or one lxml parse a page, one batched insert, one FTS5 index. They
know nothing of robots.txt, budgets, identity, edits, languages, proofs or failures. The last line
is JSON: CPU seconds of the whole process for the crawl, start-up and a first small crawl apart.
"""

from __future__ import annotations

import asyncio
import gzip
import html
import json
import re
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from lxml import html as markup

# link, date in ISO, headline, lead, text
Row: TypeAlias = tuple[str, str, str, str, str]

PER_PAGE: Final = 100
FIELDS: Final = "id,type,link,guid,date,date_gmt,modified,modified_gmt,title,excerpt,content"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
TAG: Final = re.compile(r"<[^>]*>")
# in the window of `bench.ours`
LOC: Final = re.compile(r"<loc>([^<]+)</loc><lastmod>20[12]")
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
    asked = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"
    writer.write(asked.encode())
    head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
    writer.close()
    return head, gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


async def rest_rows(address: str) -> list[Row]:
    """Every row of the REST API."""
    rows: list[Row] = []
    for page in range(1, 10_000):
        asked = f"/wp-json/wp/v2/posts?per_page={PER_PAGE}&page={page}&_fields={FIELDS}"
        head, body = await get(address + asked)
        for row in json.loads(body):
            words = (_bare(row[name]["rendered"]) for name in ("title", "excerpt", "content"))
            rows.append((row["link"], row["date_gmt"], *words))  # type: ignore[arg-type]
        if len(rows) >= int(TOTAL.findall(head)[0]):
            return rows
    raise RuntimeError(f"{address} never ends")


async def feed_rows(address: str) -> list[Row]:
    """Every row of the feed, page by page."""
    rows: list[Row] = []
    for page in range(1, 10_000):
        head, body = await get(f"{address}/feed/?paged={page}")
        if b" 404 " in head[:16]:
            return rows
        rows += map(_of_feed, ET.fromstring(body).iter("item"))
    raise RuntimeError(f"{address} never ends")


def _of_feed(item: ET.Element) -> Row:
    names = ("link", "pubDate", "title", "description", CONTENT)
    link, date, title, lead, text = (item.findtext(name, "") for name in names)
    return link, parsedate_to_datetime(date).isoformat(), title, _bare(lead), _bare(text)


async def page_rows(address: str) -> list[Row]:
    """Every page that the sitemap lists."""
    links = LOC.findall((await get(f"{address}/sitemap.xml"))[1].decode())
    return [row_of(link, (await get(link))[1]) for link in links]


def row_of(url: str, body: bytes) -> Row:
    """Headline and date by JSON-LD, else by markup; the words of all paragraphs."""
    root: Any = markup.fromstring(body.decode())
    told: dict[str, Any] = {}
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        told = json.loads(script.text or "{}")["@graph"][-1]
    headline = told.get("headline") or root.findtext(".//h1").strip()
    times = ".//meta[@property='article:published_time']/@content", ".//time/@datetime"
    dates = [told.get("datePublished"), *(day for path in times for day in root.xpath(path)), ""]
    text = "\n".join(each.text_content().strip() for each in root.iterfind(".//p"))
    return url, next(day for day in dates if day is not None), headline, text[:200], text


def _bare(told: str) -> str:
    return html.unescape(TAG.sub(" ", told))


def store(conn: sqlite3.Connection, rows: Sequence[Row]) -> int:
    """One transaction: the rows, then their words. How many they are."""
    with conn:
        last = conn.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
        names = "url, published, headline, lead, text"
        conn.executemany(f"INSERT INTO articles ({names}) VALUES (?, ?, ?, ?, ?)", rows)
        conn.execute(
            "INSERT INTO articles_fts (rowid, headline, lead, text) "
            "SELECT id, headline, lead, text FROM articles WHERE id > ?", last,
        )  # fmt: skip
    return len(rows)


FLOORS: Final = {"wordpress": rest_rows, "feed": feed_rows, "sitemap": page_rows}


def crawl(way: str, address: str, file: Path) -> dict[str, Any]:
    """Fetch everything, store everything: "cpu" in seconds, "read" rows."""
    begun = time.process_time()
    with closing(sqlite3.connect(file)) as conn:
        conn.executescript(SCHEMA)
        stored = store(conn, asyncio.run(FLOORS[way](address)))
    return {"cpu": time.process_time() - begun, "read": stored}


if __name__ == "__main__":
    crawl(sys.argv[1], sys.argv[3], Path(sys.argv[4]))
    print(json.dumps({"first": crawl(sys.argv[1], sys.argv[2], Path(sys.argv[4]))}))
