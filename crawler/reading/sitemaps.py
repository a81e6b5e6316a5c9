"""Sitemaps to rows: urlset, index, news sitemap, plain text; gzip or not (pure, bounded).

By the protocol of sitemaps.org and Google's news extension. What is not well-formed is mended, what
breaks off gives its whole rows. A row's `lastmod` may be missing or
mean "modified", so it only says that a piece is *not older*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Any, Final, Literal
from urllib.parse import urljoin

from crawler.limits import ADDRESS, AHEAD, HEADLINE, SITEMAP_ROWS
from crawler.models import Layer, Lead, Outlet, Reading, Said, When, Window
from crawler.reading import Unreadable
from crawler.reading.addresses import days_of, names_of, number_of, printed
from crawler.reading.date_order import NOTHING_PROVEN, is_numeric, proofs
from crawler.reading.dates import Refused, read_date
from crawler.reading.languages import read_language
from crawler.reading.packing import ungzipped
from crawler.reading.payload import page_start, text_lines, utf8, xml_payload
from crawler.reading.sitemap_xml import ROOTS, told_rows
from crawler.reading.text import plain

UNPACKED: Final = 50 * 1024 * 1024
# bytes; the protocol allows no more
DAY: Final = timedelta(days=1)
NO_NEWS: Final = re.compile(
    r"(?:taxonom|categor|kategori|[_-]tags?\b|tags?[_-]|author|autor|users?\b|video-sitemap|image"
    r"|posts-page-|(?:^|/)page-sitemap|attachment|product|location|menu)",
    re.IGNORECASE,
)
# files of an index that hold no pieces, by the names WordPress, Yoast, Rank Math and AIOSEO give
OF_MONTH: Final = re.compile(r"((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?!\d)")
# "sitemap-pt-post-2025-05.xml": the plugins that write such names mean the month of publication
CORE: Final = re.compile(r"/wp-sitemap-posts-[a-z0-9_-]+-\d+\.xml$")
# WordPress' own since 5.5: by id, so that the newest stand last

Newest = Literal["first", "last"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapRow:
    """One `<url>` of a sitemap."""

    url: str
    # absolute, as listed
    lastmod: When | None = None
    # the last change, or what the outlet takes for one
    headline: str | None = None
    # news sitemaps only
    published: When | None = None
    # news sitemaps only
    language: str | None = None
    # news sitemaps only, as printed: "sq"
    note: str | None = None
    # why a date that is printed is not read: "publication_date '5/9/2025' is two-orders, ..."
    position: int = 0
    # its place in the file, from 0

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Between which instants it may have been published, None where nothing tells."""
        if self.published:
            return self.published.instant, _until(self.published)
        last = _until(self.lastmod) if self.lastmod else None
        days = days_of(self.url)
        if days is None:
            return None, last
        zone = self.lastmod.instant.tzinfo if self.lastmod else None
        first, end = (_midnight(day, zone) for day in days)
        until = end + 2 * DAY
        return first - DAY, min(until, last) if last and last > first else until

    def may_lie_in(self, window: Window) -> bool:
        """Whether nothing tells that it lies outside; a day wide where only days are told."""
        first, last = self.span()
        return not (first and first >= window.end) and not (last and last < window.start)

    @property
    def guess(self) -> datetime | None:
        """When it was probably published, to ask the newest first."""
        if self.published:
            return self.published.instant
        days = days_of(self.url)
        if days and days[0] == days[1]:
            return _midnight(days[0], None)
        return self.lastmod.instant if self.lastmod else None

    @property
    def certain(self) -> bool:
        """Whether it tells its day."""
        days = days_of(self.url)
        return self.published is not None or bool(days and days[0] == days[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapFile:
    """One `<sitemap>` of an index."""

    url: str
    # absolute
    lastmod: When | None = None
    # the last change of any piece in it

    def may_hold(self, window: Window) -> bool:
        """Whether nothing tells that all its pieces lie outside the window."""
        if self.lastmod and _until(self.lastmod) + DAY < window.start:
            return False
        found = OF_MONTH.search(self.url.rpartition("/")[2])
        if found is None:
            return True
        month = (int(found[1]), int(found[2]))
        first, last = window.start - DAY, window.end + DAY
        return (first.year, first.month) <= month <= (last.year, last.month)

    @property
    def series(self) -> str:
        """Its name without numbers: files of one series continue one another."""
        return re.sub(r"\d+", "#", self.url)

    @property
    def number(self) -> int:
        """Its place in its series; the first file of some has none."""
        figures = re.findall(r"\d+", self.url.rpartition("/")[2])
        return int(figures[-1]) if figures else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapDocument:
    """One read file: rows, or further files."""

    rows: tuple[SitemapRow, ...] = ()
    # as listed
    files: tuple[SitemapFile, ...] = ()
    # of an index, as listed
    unread: int = 0
    # rows without a usable address
    cut: bool = False
    # more rows than a file may have: the rest was left
    whole: bool = True
    # whether it came to its end; of one that broke off the last, unfinished row was left

    @property
    def news(self) -> bool:
        """Whether it is a news sitemap: by the protocol the last two days only."""
        return bool(self.rows) and all(row.published for row in self.rows)


def parse_sitemap(body: bytes, *, url: str, base: datetime, zone: str) -> SitemapDocument:
    """The rows or files of a sitemap; relative addresses are resolved against `url`.

    `base` is the aware time of fetching, `zone` the outlet's, for dates without one. What a system
    prints around it is passed over, what is not well-formed is mended. Raises Unreadable for a web
    page, a feed, gzip that cannot be read, more than 50 MB.
    """
    unpacked = ungzipped(body, most=UNPACKED)
    text = utf8(unpacked.body)
    reader = _Reader(url, base, zone)
    document = xml_payload(text, ROOTS)
    if document is None:
        return _of_lines(text, reader, whole=unpacked.whole)
    told = told_rows(document, SITEMAP_ROWS)
    take = reader.row if document.root.lower() == ROOTS[0] else reader.file
    for row in told.rows:
        take(row)
    return reader.document(cut=told.more, whole=document.whole and unpacked.whole)


_ELEMENT: Final = re.compile(rb"<([A-Za-z][\w:.-]{0,40})")
_FEEDS: Final = frozenset({"rss", "feed", "rdf:rdf"})


def _of_lines(text: bytes, reader: _Reader, *, whole: bool) -> SitemapDocument:
    """A sitemap of plain text: an address a line; a foreign line among them is passed over.

    Raises Unreadable for a text that is mostly something else.
    """
    if page_start(text) is not None:
        raise Unreadable("it is a web page, no sitemap")
    lines = text_lines(text)
    if not lines and not text.strip():
        raise Unreadable("it is no sitemap: it is empty")
    if not whole:
        lines = lines[:-1]
    named = [line for line in lines if _WEB.match(line)]
    if not named or len(named) * 2 < len(lines):
        raise Unreadable(f"it is {_what_else(text)}")
    for line in named[:SITEMAP_ROWS]:
        reader.row({"loc": line})
    reader.unread += len(lines) - len(named)
    return reader.document(cut=len(named) > SITEMAP_ROWS, whole=whole)


_WEB: Final = re.compile(r"(?:https?:)?//\S", re.IGNORECASE)


def _what_else(text: bytes) -> str:
    """What is no sitemap, in words."""
    first = _ELEMENT.search(text[:AHEAD])
    if first is None:
        return "no sitemap: neither XML nor a list of addresses"
    name = first[1].decode()
    return "a feed, no sitemap" if name.lower() in _FEEDS else f"<{name}>, no sitemap"


_DATES: Final = ("lastmod", "publication_date")


class _Reader:
    """The rows of one file on their way into a document."""

    def __init__(self, url: str, base: datetime, zone: str) -> None:
        self.url, self.base, self.zone = url, base, zone
        self.rows: list[SitemapRow] = []
        self.files: list[SitemapFile] = []
        self.unread = 0
        self.numeric: list[tuple[list[Any], int, dict[str, str]]] = []
        # rows and files whose dates are in numbers, and these: in which order, all of them say
        self.orders = NOTHING_PROVEN

    def row(self, told: Mapping[str, str]) -> None:
        """Take a `<url>`."""
        if address := self._address(told):
            self._note_numbers(self.rows, told)
            row = SitemapRow(
                url=address,
                lastmod=self._when(told.get("lastmod")),
                headline=plain(told.get("title", ""))[:HEADLINE] or None,
                published=self._when(told.get("publication_date")),
                language=told.get("language"),
                position=len(self.rows),
            )
            self.rows.append(row)

    def file(self, told: Mapping[str, str]) -> None:
        """Take a `<sitemap>`."""
        if address := self._address(told):
            self._note_numbers(self.files, told)
            self.files.append(SitemapFile(url=address, lastmod=self._when(told.get("lastmod"))))

    def document(self, *, cut: bool, whole: bool) -> SitemapDocument:
        """All that was taken."""
        self._set_in_order()
        return SitemapDocument(
            rows=tuple(self.rows),
            files=tuple(self.files),
            unread=self.unread,
            cut=cut,
            whole=whole,
        )

    def _note_numbers(self, where: list[Any], told: Mapping[str, str]) -> None:
        """Dates in numbers of what is taken next."""
        dates = {key: told[key] for key in _DATES if is_numeric(told.get(key))}
        if dates:
            self.numeric.append((where, len(where), dates))

    def _set_in_order(self) -> None:
        """The dates in numbers once more, in the order that all of them prove."""
        printed_dates = (text for _, _, dates in self.numeric for text in dates.values())
        self.orders = proofs(printed_dates, base=self.base, zone=self.zone)
        for where, at, dates in self.numeric if self.orders else ():
            if "lastmod" in dates:
                where[at] = replace(where[at], lastmod=self._when(dates["lastmod"]))
            if "publication_date" in dates and where is self.rows:
                raw = dates["publication_date"]
                said = self._when(raw)
                where[at] = replace(where[at], published=said, note=self._refusal(raw))

    def _refusal(self, raw: str) -> str | None:
        read = read_date(raw, base=self.base, zone=self.zone, orders=self.orders)
        if not isinstance(read, Refused):
            return None
        return f"publication_date {read.raw!r} is {read.told}"

    def _address(self, told: Mapping[str, str]) -> str | None:
        """The row's address, absolute; a row without one is counted."""
        raw = printed(told.get("loc", ""))
        try:
            # joining costs a fifth of a row, and sitemaps name whole addresses
            address = raw if raw.startswith(("http://", "https://")) else urljoin(self.url, raw)
        except ValueError:
            address = ""
        if raw and len(address) <= ADDRESS and address.startswith(("http://", "https://")):
            return address
        self.unread += 1
        return None

    def _when(self, raw: str | None) -> When | None:
        if not raw:
            return None
        read = read_date(raw, base=self.base, zone=self.zone, orders=self.orders)
        return None if isinstance(read, Refused) else read


# --- which rows, in which order ---------------------------------------------------------


def newest_side(rows: Sequence[SitemapRow], url: str) -> Newest | None:
    """At which end of a file the newest rows stand; None where nothing tells."""
    if CORE.search(url):
        return "last"
    third = max(1, len(rows) // 3)
    head = [row.guess.timestamp() for row in rows[:third] if row.guess]
    foot = [row.guess.timestamp() for row in rows[-third:] if row.guess]
    side = _larger(head, foot)
    if side is not None:
        return side
    numbers = [
        [n for row in part if (n := number_of(row.url))] for part in (rows[:third], rows[-third:])
    ]
    return _larger(numbers[0], numbers[1])


def _larger(head: Sequence[float], foot: Sequence[float]) -> Newest | None:
    if not head or not foot:
        return None
    one, other = sorted(head)[len(head) // 2], sorted(foot)[len(foot) // 2]
    return None if one == other else "first" if one > other else "last"


def newest_first(
    rows: Sequence[SitemapRow], window: Window, side: Newest | None
) -> tuple[SitemapRow, ...]:
    """The rows that may lie in the window, the newest first, as far as they tell."""
    listed = rows if side == "first" else rows[::-1]
    inside = [row for row in listed if row.may_lie_in(window)]
    dated = [row for row in inside if row.guess]
    dated.sort(key=lambda row: row.guess.timestamp() if row.guess else 0.0, reverse=True)
    return (*dated, *(row for row in inside if not row.guess))


# --- what a row says ---------------------------------------------------------------------


def sitemap_lead(row: SitemapRow, *, position: int) -> Lead:
    """The lead of a row; `position` is its place in the file. Raises ValueError: no address."""
    said = {
        "url": row.url,
        "lastmod": _iso(row.lastmod),
        "headline": row.headline,
        "published": _iso(row.published),
        "note": row.note,
    }
    told = {name: word for name, word in said.items() if word}
    words = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    digest = blake2b(words, digest_size=12).hexdigest()
    return Lead(
        url=row.url,
        aliases=names_of(row.url),
        published=row.published.instant if row.published else None,
        digest=digest,
        position=position,
        row=told,
    )


def read_sitemap_row(
    told: dict[str, Any], *, outlet: Outlet, fetched: datetime, zone: str
) -> Reading:
    """What a kept row says, as `sitemap_lead` keeps it. Raises Unreadable without an address."""
    url = told.get("url")
    if not isinstance(url, str):
        raise Unreadable("a row of a sitemap without an address")
    headline = told.get("headline")
    language = read_language(headline, "", prior=outlet.languages) if headline else None
    return Reading(
        layer=Layer.SITEMAP,
        url=url,
        aliases=names_of(url),
        headline=Said(value=headline, layer="sitemap:news:title") if headline else None,
        published=_said(told.get("published"), "sitemap:news:publication_date", fetched, zone),
        modified=_said(told.get("lastmod"), "sitemap:lastmod", fetched, zone),
        notes=(str(told["note"]),) if told.get("note") else (),
        language=Said(value=language, layer=f"sitemap:{language.source}") if language else None,
    )


def _said(raw: object, layer: str, fetched: datetime, zone: str) -> Said[When] | None:
    if not isinstance(raw, str):
        return None
    read = read_date(raw, base=fetched, zone=zone)
    return None if isinstance(read, Refused) else Said(value=read, layer=layer)


def _iso(when: When | None) -> str | None:
    if when is None:
        return None
    return when.instant.date().isoformat() if when.precision == "day" else when.instant.isoformat()


def _until(when: When) -> datetime:
    return when.instant + (DAY if when.precision == "day" else timedelta())


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone or UTC)
