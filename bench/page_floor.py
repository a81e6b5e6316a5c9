"""The floor with pages: the least that fetches, parses and stores the same pages.

    python -m bench.page_floor ADDRESS WARM_ADDRESS FILE

Bare asyncio on one connection, gunzip, one lxml parse, JSON-LD (else `<meta>`, `<time>`, `<h1>`),
one batched insert with FTS5. No robots.txt, identity, language, snapshot, edits or failures.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import sqlite3
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import html

from bench.floor import SCHEMA, Row, store
from bench.ours import Crawl, Stopwatch, measured

LENGTH: Final = re.compile(rb"(?i)content-length: (\d+)")
LOC: Final = re.compile(r"<loc>([^<]+)</loc>")


async def pages(address: str) -> tuple[list[Row], int]:
    """Every page that the sitemaps list, and the requests it took."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    ask = _Line(reader, writer, parts.netloc)
    index = (await ask.get("/sitemap.xml")).decode()
    links: list[str] = []
    for file in LOC.findall(index):
        links += LOC.findall((await ask.get(urlsplit(file).path)).decode())
    rows = [row_of(link, await ask.get(urlsplit(link).path)) for link in links]
    writer.close()
    return rows, ask.asked


class _Line:
    """One connection that is kept open."""

    def __init__(self, reader: StreamReader, writer: StreamWriter, host: str) -> None:
        self.reader, self.writer, self.host, self.asked = reader, writer, host, 0

    async def get(self, path: str) -> bytes:
        """The unpacked body."""
        self.asked += 1
        self.writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        body = await self.reader.readexactly(int(length[1]) if length else 0)
        return gzip.decompress(body)


def row_of(url: str, body: bytes) -> Row:
    """Headline and date by JSON-LD, else by markup; the words of all paragraphs."""
    root = html.fromstring(body.decode())
    told: dict[str, Any] = {}
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        for thing in json.loads(script.text or "{}").get("@graph", ()):
            told = thing if thing.get("@type") == "NewsArticle" else told
    headline = told.get("headline") or _words(root.find(".//h1"))
    date = told.get("datePublished") or _date(root)
    text = "\n".join(map(_words, root.iterfind(".//p")))
    return url, date, headline, text[:200], text


def _date(root: Any) -> str:
    found = root.find(".//meta[@property='article:published_time']")
    if found is not None:
        return str(found.get("content"))
    time = root.find(".//time")
    return (
        str(time.get("datetime"))
        if time is not None
        else _words(root.find(".//span[@class='date']"))
    )


def _words(element: Any) -> str:
    return str(element.text_content()).strip() if element is not None else ""


def crawl(address: str, file: Path) -> Crawl:
    """Fetch everything, store everything."""
    seconds = Stopwatch()
    with closing(sqlite3.connect(file)) as conn:
        conn.executescript(SCHEMA)
        rows, requests = asyncio.run(pages(address))
        stored = store(conn, rows)
    cpu, wall = seconds.passed()
    return Crawl(cpu=cpu, wall=wall, read=stored, new=stored, requests=requests, outcome="complete")


def main(words: Sequence[str]) -> None:
    """See the module."""
    address, warm, place = words
    file = Path(place)
    print(json.dumps(measured(lambda: crawl(address, file), lambda: crawl(warm, file), times=1)))


if __name__ == "__main__":
    main(sys.argv[1:])
