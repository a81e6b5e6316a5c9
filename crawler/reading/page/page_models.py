"""The nouns of the page reader: what a page says, and why one value of several won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crawler.models import Reading


class PageKind(StrEnum):
    """What sort of page was read; section, consent and error pages are refused instead."""

    ARTICLE = "article"
    LIVE = "live"
    GALLERY = "gallery"
    VIDEO = "video"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that a page offers for one field."""

    field: str
    # "headline"
    value: Any
    # as cleaned: "Festa e Librit nis sot"
    layer: str
    # where it stands: "page:og:title"
    raw: str
    # as printed: "Festa e Librit nis sot | Gazeta Shembull"
    weight: float
    # how much speaks for it, 0 and more; only comparable inside one field
    won: bool = False
    # whether the reading took it
    why: str = ""
    # in words: "the heading and og:title agree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What an outlet's pages repeat (derived from its snapshots, `crawler.reading.boilerplate`)."""

    suffixes: tuple[str, ...] = ()
    # what titles end with: ("Gazeta Shembull",)
    boilerplate: frozenset[str] = frozenset()
    # paragraphs that stand on many pages, white space folded


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """Everything one page says."""

    reading: Reading
    # the fields that are stored
    kind: PageKind
    # what sort of piece it is
    canonical: str | None
    # the address that the page gives itself, on its own host
    image: str | None
    # the picture of the piece, absolute
    paywall: bool | None
    # True where the page says so or shows a wall, None where nothing is said
    confidence: Mapping[str, float] = field(default_factory=dict)
    # field -> 0..1, ours: 1 where all candidates agree
    candidates: tuple[Candidate, ...] = ()
    # all of them, winners first within their field
    boilerplate: tuple[str, ...] = ()
    # paragraphs of the text that the outlet's pages repeat: marked, never deleted
