"""An article: what we know, merged from its readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.models.reading import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the record knows about one piece, merged from its readings."""

    # an identity of its own: "a_7f3k2"
    key: str
    # slug
    outlet: str
    # canonical
    url: str
    # as printed
    headline: str | None
    # aware, None: undated
    published: datetime | None
    # how exact the date is
    precision: Precision | None
    # ISO 639-1
    language: str | None
    # plain
    lead: str | None = None
    # plain
    text: str | None = None
    # who signed
    byline: tuple[str, ...] = ()
    # the rubric
    section: str | None = None
    # aware, when the outlet stopped listing it
    gone_since: datetime | None = None
