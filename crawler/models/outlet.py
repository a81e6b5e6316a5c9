"""An outlet: who publishes, and how its pieces are found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

# The slug of a piece's outlet that is not named: no file's slug is empty.
UNNAMED: Final = ""


class Way(StrEnum):
    """How an outlet's pieces are found, cheapest first; the last two are not declared ways."""

    WORDPRESS = "wordpress"
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    BY_HAND = "by-hand"
    PROOF = "proof"


class OutletKind(StrEnum):
    """What sort of publisher an outlet is; `own` is the office itself and is never counted."""

    PORTAL = "portal"
    NEWSPAPER = "newspaper"
    TV = "tv"
    RADIO = "radio"
    AGENCY = "agency"
    MAGAZINE = "magazine"
    VIDEO = "video"
    SOCIAL = "social"
    PRINT = "print"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One declared way of finding (`[[find]]`)."""

    # which spider: Way.FEED
    way: Way
    # where it starts: "https://gazeta.example/feed/"
    url: str
    # listing only, CSS selector of one row: "article"
    row: str | None = None
    # listing only, the row's link: "h2 a"
    link: str | None = None
    # listing only, the row's headline: "h2"
    headline: str | None = None
    # listing only, the row's date: "time"
    date: str | None = None
    # listing only, CSS selector of headings above rows that say their day: "h3.dita"
    day: str | None = None
    # listing only, path to rows that are data in the page or the answer: "props.pageProps.posts"
    json: str | None = None
    # listing only, number of the first page, "" where its address has none: 0
    first: int | Literal[""] | None = None
    # listing only, from one page's number to the next: 10 where rows are counted
    step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRules:
    """Selectors for pages that do not tell by themselves (`[read]`)."""

    # CSS selector: "h1.title"
    headline: str | None = None
    # CSS selector: "div.body"
    text: str | None = None
    # what to leave out of the text: ("aside",)
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What an outlet usually publishes (`[expect]`)."""

    # pieces a week; below the first fails, above the second warns: (20, 400)
    per_week: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why an address stands in an outlet's file (`[[evidence]]`)."""

    # what was seen: "feed"
    what: str
    # A fetched and recorded, B address seen, C guess
    grade: Literal["A", "B", "C"]
    # when: 2026-09-28
    seen: date | None = None
    # in words: "10 rows"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher that we follow: one TOML file."""

    # the file's name: "gazeta-shembull"
    slug: str
    # as readers know it: "Gazeta Shembull"
    name: str
    # front page; absent means outcome no-address: "https://gazeta.example/"
    home: str | None = None
    # OutletKind.PORTAL
    kind: OutletKind = OutletKind.PORTAL
    # ISO 639-1, the first is the prior for short texts: ("sq",)
    languages: tuple[str, ...] = ()
    # ISO 3166-1 alpha-2: "AL"
    country: str | None = None
    # IANA zone its readers live in; absent: the workspace's: "Europe/Tirane"
    zone: str | None = None
    # the house behind it: "Shembull Media"
    owner: str | None = None
    # the office's own ranking, 1 first: 2
    tier: int | None = None
    # False takes the outlet out of every crawl and count
    use: bool = True
    # seconds between two requests; at least 1, less only on loopback
    delay: float = 1.5
    # further hosts that are the outlet's own: ("cdn.gazeta.example",)
    hosts: tuple[str, ...] = ()
    # its name may lead to a private address, on its own port, as in the office's own network
    private: bool = False
    # its file comes with the program, so nobody of the office typed its addresses
    shipped: bool = False
    # the outlet asked not to be read, in words: "asked us not to, 2026-05-02"
    declined: str | None = None
    # in order of preference
    find: tuple[Find, ...] = ()
    # only where pages do not tell
    read: ReadRules = ReadRules()
    # what is usual
    expect: Expect = Expect()
    # why the addresses are believed
    evidence: tuple[Evidence, ...] = ()
    # the TOML file it came from
    source: Path | None = None


# Stands where a piece's outlet is not named; it is in no file, no crawl and no count of outlets.
NO_OUTLET: Final = Outlet(slug=UNNAMED, name="", use=False)
