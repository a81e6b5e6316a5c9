"""From a row of a listing to a reading: what was given, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

from crawler.models.outlet import Way

T = TypeVar("T")


Precision = Literal["day", "minute"]


class SnapshotKind(StrEnum):
    """What the kept bytes are, so that they can be read again without the outlet."""

    # of a REST page: the bytes of the rows that the record did not have
    REST_ROW = "rest-row"
    # whole answers; the row stands at a position in them
    FEED_ENTRY = "feed-entry"
    SITEMAP = "sitemap"
    LIST_PAGE = "list-page"
    # the page of a piece
    HTML = "html"
    # what our reader understood of a row: so earlier releases kept them
    SITEMAP_ROW = "sitemap-row"
    LISTING_ROW = "listing-row"
    # what a person told
    CLIP = "clip"


class Layer(StrEnum):
    """Where a reading comes from; `crawler.reading.merge.TRUST` orders them."""

    REST = "rest"
    FEED = "feed"
    PAGE = "page"
    LISTING = "listing"
    SITEMAP = "sitemap"
    CLIP = "clip"


# --- what people write: outlets, events, the workspace -------------------------


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Alias:
    """One name an article is known by at one outlet (law 5: any alias joins)."""

    # "post": the outlet's own id with its type
    kind: Literal["post", "guid", "url"]
    # "posts:123", "https://gazeta.example/?p=123", a canonical URL
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One row of an outlet's own listing: the address and whatever the listing says."""

    # as listed, absolute: "https://gazeta.example/2025/05/festa/"
    url: str
    # strongest first: post id, guid, canonical URL
    aliases: tuple[Alias, ...]
    # aware; what the listing says, None where it says nothing readable
    published: datetime | None
    # of the row's own bytes: the same digest means nothing to read again
    digest: str
    # the row's place on its page, from 0
    position: int
    # the parsed row, for `crawler.reading`
    row: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How an answer came: kept beside its bytes as proof."""

    # of the last answer: 200
    status: int
    # those that prove something, names in small letters: {"last-modified": "..."}
    headers: Mapping[str, str]
    # the address that answered in the end, after redirects
    landed: str
    # BLAKE2b of the whole body as unpacked, 16 bytes in hexadecimal
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """One answered page of an outlet's own listing: what a spider yields."""

    # slug
    outlet: str
    # the way that found it
    way: Way
    # what its rows are worth in a merge
    layer: Layer
    # what its bytes are
    kind: SnapshotKind
    # the address that was asked
    url: str
    # aware, when the bytes came
    fetched: datetime
    # the bytes as given, after transfer and content encoding
    body: bytes = field(repr=False)
    # what the Content-Type header says, None where it is silent
    charset: str | None
    # the rows of the page that lie in the window (undated ones too)
    leads: tuple[Lead, ...] = field(repr=False)
    # facts of the whole page that its rows need: {"zone": "Europe/Tirane"}
    site: Mapping[str, Any] = field(default_factory=dict)
    # True: rows from outside the window, read again because they changed; they are not counted
    aside: bool = False
    # None: nobody was asked, a person brought it
    response: Response | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Bytes we were given, with what is needed to read them again."""

    # slug
    outlet: str
    # which reader to use
    kind: SnapshotKind
    # the address that was asked
    url: str
    # aware
    fetched: datetime
    # as given
    body: bytes
    # of the Content-Type header
    charset: str | None = None
    # the row on the page, None for a page of its own
    position: int | None = None
    # as on ListingPage
    site: Mapping[str, Any] = field(default_factory=dict)
    # as on ListingPage; None in what earlier releases kept, too
    response: Response | None = None
    # addresses that the piece is known by, as aliases: by them its row is found again in a list
    # that is read otherwise; empty: the position tells
    names: frozenset[str] = frozenset()


# --- what readers say -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[T]):
    """A value with where it comes from (law 3: the record explains itself)."""

    # what we understood
    value: T
    # which layer said it, with the place: "rest:title"
    layer: str
    # as printed, where it differs from the value
    raw: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An instant as precise as its source."""

    # aware, in the source's own offset; a day is its local midnight
    instant: datetime
    # "day" or "minute"
    precision: Precision
    # which rule read it: "iso"
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language with the reason for it."""

    # ISO 639-1: "sq"
    code: str
    # what decided: "script", "words", "langdetect", "prior"
    source: str
    # 0..1, ours: langdetect's probability is not a confidence
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one snapshot says about one article."""

    # where it was read
    layer: Layer
    # as listed
    url: str
    # strongest first
    aliases: tuple[Alias, ...]
    # as a reader sees it, entities resolved
    headline: Said[str] | None = None
    # the date of publication, never of an edit
    published: Said[When] | None = None
    # the last edit the source names
    modified: Said[When] | None = None
    # the first words or the excerpt, plain
    lead: Said[str] | None = None
    # the body in plain text, paragraphs by newline
    text: Said[str] | None = None
    # who signed: ("Ana Shembull",)
    byline: Said[tuple[str, ...]] | None = None
    # the rubric
    section: Said[str] | None = None
    # of headline and lead
    language: Said[Tongue] | None = None
    # address of the piece's picture; the picture itself is not asked for
    picture: Said[str] | None = None
    # what was refused and why: ("date 2099-01-01 is in the future",)
    notes: tuple[str, ...] = ()


# --- the ledger -------------------------------------------------------------------
