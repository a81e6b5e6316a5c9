"""The nouns of Jehona: frozen, slotted, keyword-only, one line under every field.

This module imports nothing of ours and nothing heavy: every other module may
import it, and reading a help page must not cost a database or a crawler.
Instants are aware datetimes; days are local days of the zone named beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")

Language = Literal["sq", "en"]
Precision = Literal["day", "minute"]


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


class Outcome(StrEnum):
    """How a check of an outlet ended: the closed list of `contract.md`."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    DECLINED = "declined"
    NO_ADDRESS = "no-address"
    CHECKED_BY_HAND = "checked-by-hand"


class SnapshotKind(StrEnum):
    """What the kept bytes are, so that they can be read again without the outlet."""

    REST_ROW = "rest-row"
    FEED_ENTRY = "feed-entry"
    SITEMAP_ROW = "sitemap-row"
    LISTING_ROW = "listing-row"
    HTML = "html"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One declared way of finding (`[[find]]`)."""

    way: Way
    # which spider: Way.FEED
    url: str
    # where it starts: "https://gazeta.example/feed/"
    row: str | None = None
    # listing only, CSS selector of one row: "article"
    link: str | None = None
    # listing only, the row's link: "h2 a"
    headline: str | None = None
    # listing only, the row's headline: "h2"
    date: str | None = None
    # listing only, the row's date: "time"
    first: int | Literal[""] | None = None
    # listing only, number of the first page, "" where its address has none: 0
    step: int | None = None
    # listing only, from one page's number to the next: 10 where rows are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRules:
    """Selectors for pages that do not tell by themselves (`[read]`)."""

    headline: str | None = None
    # CSS selector: "h1.title"
    text: str | None = None
    # CSS selector: "div.body"
    skip: tuple[str, ...] = ()
    # what to leave out of the text: ("aside",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What an outlet usually publishes (`[expect]`)."""

    per_week: tuple[int, int] | None = None
    # pieces a week; below the first fails, above the second warns: (20, 400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why an address stands in an outlet's file (`[[evidence]]`)."""

    what: str
    # what was seen: "feed"
    grade: Literal["A", "B", "C"]
    # A fetched and recorded, B address seen, C guess
    seen: date | None = None
    # when: 2026-09-28
    note: str | None = None
    # in words: "10 rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher that we follow: one TOML file."""

    slug: str
    # the file's name: "gazeta-shembull"
    name: str
    # as readers know it: "Gazeta Shembull"
    home: str | None = None
    # front page; absent means outcome no-address: "https://gazeta.example/"
    kind: OutletKind = OutletKind.PORTAL
    # OutletKind.PORTAL
    languages: tuple[str, ...] = ()
    # ISO 639-1, the first is the prior for short texts: ("sq",)
    country: str | None = None
    # ISO 3166-1 alpha-2: "AL"
    zone: str | None = None
    # IANA zone its readers live in; absent: the workspace's: "Europe/Tirane"
    owner: str | None = None
    # the house behind it: "Shembull Media"
    tier: int | None = None
    # the office's own ranking, 1 first: 2
    use: bool = True
    # False takes the outlet out of every crawl and count
    delay: float = 1.5
    # seconds between two requests; at least 1, less only on loopback
    hosts: tuple[str, ...] = ()
    # further hosts that are the outlet's own: ("cdn.gazeta.example",)
    private: bool = False
    # its name may lead to a private address, on its own port, as in the office's own network
    shipped: bool = False
    # its file comes with the program, so nobody of the office typed its addresses
    declined: str | None = None
    # the outlet asked not to be read, in words: "asked us not to, 2026-05-02"
    find: tuple[Find, ...] = ()
    # in order of preference
    read: ReadRules = ReadRules()
    # only where pages do not tell
    expect: Expect = Expect()
    # what is usual
    evidence: tuple[Evidence, ...] = ()
    # why the addresses are believed
    source: Path | None = None
    # the TOML file it came from


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """What makes an article one about the event, in dictionary forms."""

    any: tuple[tuple[str, ...], ...] = ()
    # OR of AND-groups: (("libër", "festë"),)
    all: tuple[str, ...] = ()
    # each must stand: ("Tiranë",)
    none: tuple[str, ...] = ()
    # TOML key `not`; none may stand: ("recetë",)
    names: tuple[str, ...] = ()
    # names that belong to the event: ("Shoqata Shembull",)
    excluded: tuple[str, ...] = ()
    # TOML key `except`: forms that are never a form of a keyword: ("Bregasaj",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time, half open: start <= published < end."""

    start: datetime
    # aware: 2025-05-05T00:00:00+02:00
    end: datetime
    # aware, not included: 2025-05-21T00:00:00+02:00
    zone: str
    # the zone whose days people mean: "Europe/Tirane"

    @classmethod
    def of_days(cls, first: date, last: date, zone: str) -> Window:
        """Whole local days, both included."""
        tz = ZoneInfo(zone)
        after = last + timedelta(days=1)
        return cls(
            start=datetime.combine(first, time(), tz),
            end=datetime.combine(after, time(), tz),
            zone=zone,
        )

    def holds(self, instant: datetime) -> bool:
        """Whether the aware `instant` lies inside."""
        return self.start <= instant < self.end

    @property
    def first_day(self) -> date:
        """The first local day."""
        return self.start.astimezone(ZoneInfo(self.zone)).date()

    @property
    def last_day(self) -> date:
        """The last local day that has a moment inside."""
        last = self.end - timedelta(microseconds=1)
        return last.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the office did and when coverage of it is expected: one TOML file."""

    slug: str
    # the file's name: "festa-e-librit"
    title: str
    # "Festa e Librit"
    first_day: date
    # TOML `from`, a local day, included: 2025-05-05
    last_day: date
    # TOML `to`, a local day, included: 2025-05-20
    zone: str
    # IANA: "Europe/Tirane"
    date: date | None = None
    # the day of the event itself: 2025-05-10
    place: str | None = None
    # "Tiranë"
    organiser: str | None = None
    # "Shoqata Shembull"
    expected_outlets: tuple[str, ...] = ()
    # slugs; the denominator of the report when not empty
    introduction: str | None = None
    # opens the roundup post
    keywords: Keywords = Keywords()
    # what makes a match
    source: Path | None = None
    # the TOML file it came from

    @property
    def window(self) -> Window:
        """The event's window: whole local days, both included."""
        return Window.of_days(self.first_day, self.last_day, self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One entry that an editor chose for a newsletter (`[[entry]]`)."""

    url: str
    # of an article of the record, or of any page of the web
    headline: str | None = None
    # the editor's; absent: what the record has
    excerpt: str | None = None
    # the editor's; absent: the person's excerpt or the lead of the record
    outlet: str | None = None
    # who published it; absent: what the record has: "Gazeta Shembull"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a newsletter holds, in the order of its file."""

    number: int
    # of the issue: 109
    title: str | None = None
    # of the newsletter; absent: the brand's name
    introduction: str | None = None
    # opens the issue
    event: str | None = None
    # slug of the event it was proposed from
    picks: tuple[Pick, ...] = ()
    # TOML key `entry`, in order
    source: Path | None = None
    # the TOML file it came from


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How the office's papers look (`[brand]`)."""

    name: str | None = None
    # "Press Office"
    logo: str | None = None
    # file beside jehona.toml: "logo.png"
    colour: str | None = None
    # "#7a1f2b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """Where mail goes out (`[smtp]`); the password is never in the file."""

    host: str
    # "mail.example"
    port: int = 587
    # submission, RFC 6409
    user: str | None = None
    # login name
    sender: str | None = None
    # TOML key `from`: "press@office.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """A LibreTranslate-compatible server (`[translator]`)."""

    url: str
    # "http://127.0.0.1:5000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A WordPress site that posts go to (`[sites.NAME]`)."""

    name: str
    # "house"
    url: str
    # "https://office.example"
    user: str | None = None
    # login name; the application password is never in the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A folder with jehona.toml, outlets/, events/ and var/."""

    root: Path
    # the folder that holds jehona.toml
    contact: str | None = None
    # goes into the user agent; absent: only loopback is crawled
    language: Language = "sq"
    # of what readers see
    zone: str = "Europe/Tirane"
    # of days without a zone of their own
    brand: Brand = Brand()
    # how papers look
    smtp: Smtp | None = None
    # where mail goes out
    translator: Translator | None = None
    # where machine words come from
    sites: tuple[Site, ...] = ()
    # where posts go

    @property
    def var(self) -> Path:
        """Generated files: the record, snapshots, outputs, the run lock."""
        return self.root / "var"

    @property
    def record(self) -> Path:
        """The SQLite record."""
        return self.var / "coverage.db"

    @property
    def snapshots(self) -> Path:
        """The folder of kept bytes, beside the record."""
        return self.var / "snapshots"

    @property
    def out(self) -> Path:
        """Where reports and posts are written."""
        return self.var / "out"


# --- what spiders bring: leads and the pages they stood on ----------------------


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Alias:
    """One name an article is known by at one outlet (law 5: any alias joins)."""

    kind: Literal["post", "guid", "url"]
    # "post": the outlet's own id with its type
    value: str
    # "posts:123", "https://gazeta.example/?p=123", a canonical URL


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One row of an outlet's own listing: the address and whatever the listing says."""

    url: str
    # as listed, absolute: "https://gazeta.example/2025/05/festa/"
    aliases: tuple[Alias, ...]
    # strongest first: post id, guid, canonical URL
    published: datetime | None
    # aware; what the listing says, None where it says nothing readable
    digest: str
    # of the row's own bytes: the same digest means nothing to read again
    position: int
    # the row's place on its page, from 0
    row: Mapping[str, Any] = field(repr=False)
    # the parsed row, for `crawler.reading`


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """One answered page of an outlet's own listing: what a spider yields."""

    outlet: str
    # slug
    way: Way
    # the way that found it
    layer: Layer
    # what its rows are worth in a merge
    kind: SnapshotKind
    # what its bytes are
    url: str
    # the address that was asked
    fetched: datetime
    # aware, when the bytes came
    body: bytes = field(repr=False)
    # the bytes as given, after transfer and content encoding
    charset: str | None
    # what the Content-Type header says, None where it is silent
    leads: tuple[Lead, ...] = field(repr=False)
    # the rows of the page that lie in the window (undated ones too)
    site: Mapping[str, Any] = field(default_factory=dict)
    # facts of the whole page that its rows need: {"zone": "Europe/Tirane"}
    aside: bool = False
    # True: rows from outside the window, read again because they changed; they are not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Bytes we were given, with what is needed to read them again."""

    outlet: str
    # slug
    kind: SnapshotKind
    # which reader to use
    url: str
    # the address that was asked
    fetched: datetime
    # aware
    body: bytes
    # as given
    charset: str | None = None
    # of the Content-Type header
    position: int | None = None
    # the row on the page, None for a page of its own
    site: Mapping[str, Any] = field(default_factory=dict)
    # as on ListingPage


# --- what readers say -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[T]):
    """A value with where it comes from (law 3: the record explains itself)."""

    value: T
    # what we understood
    layer: str
    # which layer said it, with the place: "rest:title"
    raw: str | None = None
    # as printed, where it differs from the value


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An instant as precise as its source."""

    instant: datetime
    # aware, in the source's own offset; a day is its local midnight
    precision: Precision
    # "day" or "minute"
    rule: str
    # which rule read it: "iso"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language with the reason for it."""

    code: str
    # ISO 639-1: "sq"
    source: str
    # what decided: "script", "words", "langdetect", "prior"
    confidence: float
    # 0..1, ours: langdetect's probability is not a confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one snapshot says about one article."""

    layer: Layer
    # where it was read
    url: str
    # as listed
    aliases: tuple[Alias, ...]
    # strongest first
    headline: Said[str] | None = None
    # as a reader sees it, entities resolved
    published: Said[When] | None = None
    # the date of publication, never of an edit
    modified: Said[When] | None = None
    # the last edit the source names
    lead: Said[str] | None = None
    # the first words or the excerpt, plain
    text: Said[str] | None = None
    # the body in plain text, paragraphs by newline
    byline: Said[tuple[str, ...]] | None = None
    # who signed: ("Ana Shembull",)
    section: Said[str] | None = None
    # the rubric
    language: Said[Tongue] | None = None
    # of headline and lead
    notes: tuple[str, ...] = ()
    # what was refused and why: ("date 2099-01-01 is in the future",)


# --- the ledger -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Outlet x way of finding in one run: the ledger's row."""

    outlet: str
    # slug
    way: Way
    # how it was looked for
    outcome: Outcome
    # how it ended
    listed: int | None = None
    # the outlet's own count, None where the way gives none
    read: int = 0
    # rows read inside the window, one per post
    new: int = 0
    # articles the record did not have
    changed: int = 0
    # articles that became a revision
    gone: int = 0
    # articles the outlet no longer lists
    requests: int = 0
    # everything sent to the outlet, robots.txt too
    reached: datetime | None = None
    # aware; how far back we got
    seconds: float = 0.0
    # wall clock
    types: tuple[str, ...] = ()
    # post types counted: ("posts",)
    note: str | None = None
    # what happened, in words
    next_step: str | None = None
    # what a person can do, one sentence
    by: str | None = None
    # by hand only: who looked
    at: datetime | None = None
    # aware; when it ended
    since: datetime | None = None
    # aware; from here the check answers for, None where it answers for nothing
    until: datetime | None = None
    # aware; up to here, not included
    only: tuple[str, ...] | None = None
    # of a cross-check: addresses that no other way of the run found; None where none was made


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One gathering."""

    number: int
    # 7
    event: str | None
    # slug, None for a window or a routine crawl
    window: Window | None
    # None for a routine crawl
    started: datetime
    # aware
    finished: datetime | None = None
    # aware, None while it runs
    checks: tuple[Check, ...] = ()
    # in the order they were made


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the record knows about one piece, merged from its readings."""

    key: str
    # an identity of its own: "a_7f3k2"
    outlet: str
    # slug
    url: str
    # canonical
    headline: str | None
    # as printed
    published: datetime | None
    # aware, None: undated
    precision: Precision | None
    # how exact the date is
    language: str | None
    # ISO 639-1
    lead: str | None = None
    # plain
    text: str | None = None
    # plain
    byline: tuple[str, ...] = ()
    # who signed
    section: str | None = None
    # the rubric
    gone_since: datetime | None = None
    # aware, when the outlet stopped listing it


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One keyword found in one field: a reason of a match."""

    term: str
    # the keyword as it stands in the event's file: "festë"
    form: str
    # as the outlet printed it: "Festën"
    field: Literal["headline", "lead", "text"]
    # where it stood
    snippet: str
    # some 60 characters around it
    place: Literal["last-paragraph", "boilerplate"] | None = None
    # where in the text, when that makes it worth less


DoubtKind = Literal[
    "other-edition",
    "other-place",
    "common-words",
    "person",
    "other-thing",
    "only-hosts",
    "only-topic",
    "far-apart",
    "other-event",
    "related-event",
    "misspelt",
    "other-language",
]
SignalKind = Literal["place", "date", "organiser", "name", "boilerplate"] | DoubtKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something beside the keywords that helps or hurts a match, shown to the reviewer."""

    kind: SignalKind
    # what it is: "other-edition"
    words: str
    # as the outlet printed it: "edicioni i vitit 2023"
    worth: float
    # added to the score, below zero where it hurts: -0.4


Verdict = Literal["accepted", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Article x event: how well the keywords stand in it, and a person's decision beside it."""

    article: str
    # the article's key: "a_7f3k2"
    event: str
    # slug
    score: float
    # 0..1, ours: it orders the review queue, 1.0 is all words of a group in the headline
    because: tuple[Because, ...]
    # one for each keyword that counted
    rules: str
    # which matcher judged, with its version: "stem-1"
    decision: Verdict | None = None
    # a person's word, never undone by a new match
    signals: tuple[Signal, ...] = ()
    # what helped and hurt beside the keywords
    doubt: str | None = None
    # why it is only asked about and not counted before a person accepts it: "names only the topic"
    basis: str | None = None
    # digest of what was judged: the event, the rules, the words; None: not known


# --- what people decide -----------------------------------------------------------

DecisionKind = Literal[
    "match", "same-text", "headline", "translation", "tone", "tier", "pin", "archive", "excerpt"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word about a piece; the latest of a kind holds, none is changed or deleted."""

    uid: str
    # the same decision in the records of two colleagues: "d_9k2m4q7x1c3b"
    kind: DecisionKind
    # what is decided: "match"
    article: str
    # key of the piece: "a_7f3k2"
    event: str | None
    # slug; None: it holds for the piece in every event (headline, translation, archive)
    value: str | None
    # accepted | rejected; same | other; the words; a number; None takes the last one back
    other: str | None = None
    # same-text only: key of the other piece
    language: str | None = None
    # translation only, of the words in `value`: "en"
    note: str | None = None
    # why, in words
    by: str
    # who: "ana"; what a machine wrote says so: "machine: 127.0.0.1:5000"
    at: datetime
    # aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What holds for one piece in one event: the latest decision of every kind."""

    verdict: Verdict | None = None
    # of the match
    note: str | None = None
    # beside the verdict
    by: str | None = None
    # who gave the verdict
    headline: str | None = None
    # a person's correction of what we read
    translations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # language -> words and who wrote them: {"en": ("Book fair opens", "ana")}
    tone: str | None = None
    # a person's word: "positive"
    tier: int | None = None
    # for this event, instead of the outlet's
    pin: int | None = None
    # place in the roundup, 1 first
    archive: str | None = None
    # an archived copy's address
    excerpt: str | None = None
    # a person's words for the newsletter


# --- the same text ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two texts compared: kept, so that no pair is compared twice and the record can say why."""

    one: str
    # digest of what is compared of one text, the smaller of the two: "5f0c2a..."
    two: str
    # of the other
    likeness: int
    # 0..100, how much of their opening words they share in any order
    conflict: str | None
    # what the guard found different, though alike: "weekdays: Monday / Friday"
    rule: str
    # which rule compared, with its version: "same-text-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPiece:
    """One piece that carries a story's text."""

    article: str
    # key: "a_7f3k2"
    url: str
    # canonical
    outlet: str
    # slug
    lag_minutes: int | None
    # after the first; None where a date is missing or only a day
    likeness: int
    # 0..100 to the nearest piece of the story; 100 for the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Pieces that carry the same text; a piece alone is a story of one."""

    key: str
    # "s_1", numbered by first publication
    first: str
    # URL of the earliest piece
    pieces: tuple[StoryPiece, ...]
    # earliest first
    possibly: tuple[tuple[str, str], ...] = ()
    # pairs of URLs that may be the same text, for a person; also to pieces of other stories


# --- what was told, and where it went ----------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was sent where: a post on a site."""

    event: str
    # slug
    site: str
    # name in jehona.toml: "house"
    post: int | None
    # the site's id, None while the answer is outstanding
    marker: str
    # class in the post's first block, by which a lost post is found again: "jehona-dita-4f2a"
    digest: str | None
    # of the post as sent
    words: str | None = None
    # of its readable words, by which a post whose answer was lost is known again
    returned: str | None = None
    # of the content as the site gave it back: WordPress may set it out anew
    modified: str | None
    # what the site said after it (`modified_gmt`), to see whether somebody touched it
    status: str | None
    # draft, pending, publish
    link: str | None
    # where the post can be seen
    pieces: tuple[str, ...]
    # keys of the articles in it
    at: datetime
    # aware
    by: str
    # who sent it
