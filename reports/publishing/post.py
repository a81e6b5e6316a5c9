"""A post for a site: what is said, before anybody says where."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.models import Language
from reports.publishing.gutenberg import text
from reports.publishing.html_text import readable
from reports.publishing.insets import Inset, empty

MARKED_BY = 8
# hexadecimal digits at a marker's end: two posts of an event meet once in four thousand million


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece that the post names."""

    article: str
    # key: "a_7f3k2"
    outlet: str
    # as readers know it: "Gazeta Shembull"
    headline: str
    # as readers see it
    url: str
    # where the link leads: the outlet's page, or a copy that a person gave


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The chart that goes along."""

    png: bytes
    # the file
    alt: str
    # what it shows, in the post's language


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What an editor would publish about an event."""

    event: str
    # slug
    title: str
    # plain text
    blocks: str
    # Gutenberg markup, escaped; without marker and picture
    language: Language
    # of what readers see
    entries: tuple[Entry, ...]
    # the pieces it names, in its order
    excerpt: str = ""
    # plain text; empty: the theme makes one
    slug: str | None = None
    # of the post's address; None: the site makes one
    picture: Picture | None = None
    # the chart, behind the first block; None: none was made, or `insets` has it in its place
    insets: tuple[Inset, ...] = ()
    # pictures and videos; where they go stands in `blocks`
    featured: Inset | None = None
    # which a site shows with the post; like the next two it is set where the post is made
    categories: tuple[str, ...] = ()
    # of the site, by name
    tags: tuple[str, ...] = ()
    # the same

    @property
    def pieces(self) -> tuple[str, ...]:
        """The keys of its articles."""
        return tuple(entry.article for entry in self.entries)

    @property
    def digest(self) -> str:
        """Of everything that is sent each time: the same means that there is nothing new to say."""
        chart = hashlib.sha256(self.picture.png).hexdigest() if self.picture else None
        alt = self.picture.alt if self.picture else None
        files = (inset.digest for inset in self.insets)
        return digest_of([self.title, self.blocks, self.excerpt, None, chart, alt, *files])

    @property
    def readable(self) -> str:
        """The blocks as they are read: what pictures and videos say, without their files."""
        return empty(self.blocks, self.insets)

    @property
    def words(self) -> str:
        """Of what a reader reads: the same whatever markup a site makes of it."""
        return words_of(text(self.title), self.readable)


def digest_of(parts: Sequence[str | None]) -> str:
    """A short digest of several texts, told apart."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:32]


def words_of(title: str, markup: str) -> str:
    """The digest of a post's readable words: title and text, both markup; pictures are not read."""
    return digest_of([*readable(title), "", *readable(markup)])


def new_marker(event: str) -> str:
    """A class that no other post has: "jehona-festa-e-librit-1f0c9a2b"."""
    return f"{family(event)}{secrets.token_hex(MARKED_BY // 2)}"


def family(event: str) -> str:
    """What the markers of all posts of an event begin with."""
    return f"jehona-{event}-"


def marker_in(markup: str, event: str) -> str | None:
    """The marker of a post of this event; None where it is none."""
    pattern = rf"(?<![\w-]){re.escape(family(event))}[0-9a-f]{{{MARKED_BY}}}(?![\w-])"
    found = re.search(pattern, markup)
    return found[0] if found else None
