"""A desk: one fictional outlet's newsroom with its posts, open to live edits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from threading import RLock
from typing import Any, Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from jehona.demo.answers import Ask
from jehona.demo.faults import Fault

T = TypeVar("T")
Rest = Literal["open", "refused", "none"]
Feed = Literal["full", "excerpt", "none"]

UNNAMED: Final = "http://desk.example"
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What an editor typed and when it went out."""

    headline: str
    # as typed, may hold markup: "Hapet stina e varkave"
    at: str
    # the desk's own local time, to the second or minute: "2026-05-16T10:30"
    text: str = ""
    # plain, paragraphs parted by an empty line
    html: str | None = None
    # instead of `text`, as is
    excerpt: str = ""
    # written by hand; absent: the first 55 words
    id: int = 0
    # 0: the desk numbers it
    type: str = "post"
    # the WordPress post type: "video"
    slug: str = ""
    # absent: made from the headline
    by: str = "Redaksia"
    # who signs
    section: str = ""
    # the category: "Kulturë"
    tags: tuple[str, ...] = ()
    # ("port",)
    modified: str = ""
    # local time of the last edit; absent: `at`
    sticky: bool = False
    # pinned by the editors
    link: str = ""
    # another address than the desk's own, absolute: "file:///etc/passwd"
    guid: str = ""
    # another guid than ?p=ID
    english_of: int = 0
    # on the shared system: the number of the post whose English twin this is

    @property
    def edited(self) -> str:
        """Local time of the last edit."""
        return self.modified or self.at


@dataclass(slots=True, kw_only=True)
class Desk:
    """One outlet's site. Its fields may be changed while it is served.

    `posts` are numbered in the order given, from 101, unless they carry an id.
    """

    slug: str
    # names it in logs: "fletorja"
    name: str
    # as readers know it: "Fletorja e Bregut"
    posts: Iterable[Post] = ()
    # in any order
    zone: str = "Europe/Tirane"
    # the site's clock: IANA, or an offset "+02:00"
    language: str = "sq"
    # what the site says of itself
    rest: Rest = "open"
    # refused: 401 as hardened sites answer; none: 404
    feed: Feed = "full"
    # what feed rows carry; none: 404
    feed_format: Literal["rss", "atom"] = "rss"
    # what /feed/ speaks
    feed_links: Literal["none", "paged", "archived"] = "none"
    # RFC 5005 links in Atom: rel="next", or rel="prev-archive" to fixed documents
    rows: int = 10
    # posts on a feed page and on the front page
    paged: bool = True
    # False: ?paged=N is ignored and the first page comes again
    archives: bool = True
    # False: date archives answer 404
    types: Mapping[str, str] = field(default_factory=dict)
    # further public post types with their REST base: {"video": "videos"}
    pins: Literal["front", "everywhere"] = "front"
    # where sticky posts come first: WordPress' own front page, or every listing's first page
    declares_feed: bool = True
    # whether the front page names its feed
    sitemaps: Literal["core", "lastmod", "news", "none"] = "core"
    # WordPress' own without `lastmod`; a plugin's with it; a news sitemap
    system: Literal["wordpress", "shared"] = "wordpress"
    # what the site runs on: shared is the newsroom system without feed and REST
    robots: str | None = None
    # robots.txt; absent: WordPress' own; "" answers 404
    tagline: str = ""
    # under the name
    permalinks: str = "/{year}/{month}/{slug}/"
    # also {day} and {id}
    fault: Fault | None = None
    # what is wrong with the site just now
    host: str = "127.0.0.1"
    # where it is served
    port: int = 0
    # 0: any free one
    address: str = UNNAMED
    # filled in when it is served, no slash at the end

    _lock: RLock = field(default_factory=RLock, repr=False)
    _by_id: dict[int, Post] = field(default_factory=dict, repr=False)
    _made: dict[str, Any] = field(default_factory=dict, repr=False)
    _fired: tuple[Fault | None, int] = field(default=(None, 0), repr=False)

    def __post_init__(self) -> None:
        for post in self.posts:
            self.add(post)
        self.posts = ()

    # --- live edits -----------------------------------------------------------

    def add(self, post: Post) -> Post:
        """Publishes `post`; returns it with its number and slug."""
        with self._lock:
            number = post.id or max(self._by_id, default=100) + 1
            if post.type not in ("post", "page", *self.types):
                raise ValueError(f"{self.slug}: no post type {post.type!r} in `types`")
            kept = replace(
                post,
                id=number,
                at=_seconds(post.at),
                modified=_seconds(post.modified),
                slug=post.slug or slug_of(post.headline) or str(number),
            )
            self._by_id[number] = kept
            self._made.clear()
            return kept

    def edit(self, number: int, *, at: str, **changes: Any) -> Post:
        """Changes fields of a post; `at` is the local time of the edit."""
        with self._lock:
            self._by_id[number] = replace(self._by_id[number], **changes, modified=_seconds(at))
            self._made.clear()
            return self._by_id[number]

    def delete(self, number: int) -> None:
        """Takes a post off the site."""
        with self._lock:
            del self._by_id[number]
            self._made.clear()

    # --- what the pages are made of -------------------------------------------

    def post(self, number: int) -> Post | None:
        """The post of that number."""
        return self._by_id.get(number)

    def listed(self, kind: str = "post") -> tuple[Post, ...]:
        """The posts of a type, newest first."""
        return self._kept(f"listed {kind}", lambda: self._newest_first(kind))

    def at_path(self, path: str) -> Post | None:
        """The post whose page stands there."""
        by_path = self._kept("paths", lambda: {self.path(post): post for post in self._all()})
        return by_path.get(path)

    def changed(self) -> str:
        """UTC of the newest edit of all posts: the one validator of all feeds."""
        return self._kept("changed", self._newest_edit)

    def _all(self) -> list[Post]:
        return sorted(self._by_id.values(), key=lambda post: (post.at, post.id))

    def _newest_first(self, kind: str) -> tuple[Post, ...]:
        return tuple(post for post in reversed(self._all()) if post.type == kind)

    def _newest_edit(self) -> str:
        edits = (self.to_gmt(post.edited) for post in self._all())
        return max(edits, default="1970-01-01T00:00:00")

    def _kept(self, what: str, make: Callable[[], T]) -> T:
        """What is made once and kept until the next edit."""
        with self._lock:
            if what not in self._made:
                self._made[what] = make()
            found: T = self._made[what]
            return found

    def path(self, post: Post) -> str:
        """Where a post stands on the site."""
        if self.system == "shared":
            twin = "/english" if post.english_of else ""
            return f"{twin}/{section_of(post)}/{post.slug}-i{post.english_of or post.id}"
        if post.type == "page":
            return f"/{post.slug}/"
        if post.type != "post":
            return f"/{post.type}/{post.slug}/"
        day = post.at[:10].split("-")
        year, month, date = day if len(day) == 3 else ("0000", "00", "00")  # noqa: PLR2004
        return self.permalinks.format(year=year, month=month, day=date, slug=post.slug, id=post.id)

    def link(self, post: Post) -> str:
        """The address that listings give for a post."""
        return post.link or self.address + self.path(post)

    def guid(self, post: Post) -> str:
        """What feeds and REST call a post for ever."""
        return post.guid or f"{self.address}/?p={post.id}"

    def to_gmt(self, local: str) -> str:
        """Local time of the site as UTC; unreadable times stay as they are."""
        return _to_gmt(local, self.zone)

    def to_local(self, instant: datetime) -> str:
        """An aware instant on the site's clock."""
        return instant.astimezone(zone_of(self.zone)).strftime("%Y-%m-%dT%H:%M:%S")

    def fires(self, fault: Fault, ask: Ask) -> bool:
        """Whether the fault of the moment spoils this request; counts its limited times."""
        if not fault.meets(ask):
            return False
        with self._lock:
            last, count = self._fired
            count = count + 1 if last is fault else 1
            self._fired = (fault, count)
        last_time = count if fault.times is None else fault.after + fault.times
        return fault.after < count <= last_time


def section_of(post: Post) -> str:
    """The section's name in addresses."""
    return slug_of(post.section) or "aktualitet"


def slug_of(headline: str) -> str:
    """A slug as WordPress makes it: small letters without marks, words by hyphen."""
    bare = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>", "", headline).lower())
    return "-".join(re.findall(r"[a-z0-9]+", bare.encode("ascii", "ignore").decode()))[:190]


@lru_cache(maxsize=64)
def zone_of(zone: str) -> tzinfo:
    """A zone by its name or its offset."""
    offset = _OFFSET.fullmatch(zone)
    if offset is None:
        return ZoneInfo(zone)
    sign, hours, minutes = offset.groups()
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(span if sign == "+" else -span)


@lru_cache(maxsize=16_384)
def _to_gmt(local: str, zone: str) -> str:
    try:
        naive = datetime.fromisoformat(local)
        return naive.replace(tzinfo=zone_of(zone)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, OverflowError):
        return local


def _seconds(local: str) -> str:
    return f"{local}:00" if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", local) else local
