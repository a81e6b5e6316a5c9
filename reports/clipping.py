"""A clipping: one piece as it is kept, with where each word of it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.models import Event, Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProof:
    """One kept answer that a piece stands in."""

    # what it is: "html", "rest-row", "feed-entry", ...
    kind: str
    # that was asked
    url: str
    # aware
    fetched: datetime
    # SHA-256 of its bytes as sealed; None: it came before the seal
    digest: str | None
    # number of the line that seals it
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """One accepted piece."""

    # key: "a_7f3k2"
    article: str
    # for which it was accepted
    event: Event
    # of its outlet, UNNAMED where that is not named
    slug: str
    # as readers know it; None where it is not named
    outlet: str | None
    # as printed; None where none is known
    headline: str | None
    # aware; None: undated
    published: datetime | None
    precision: Precision | None
    # who says so: rest, feed, page, listing, sitemap, clip; None where it is not known
    dated_by: str | None
    # as it stood there
    dated_as: str | None
    # of the web; None for print and broadcast
    address: str | None
    # an archived copy
    archive: str | None
    # who signed
    byline: tuple[str, ...]
    # ISO 639-1
    language: str | None
    # paragraphs of what is kept of its text, or of its lead where that is all
    text: tuple[str, ...]
    # whether `text` is the lead alone
    lead_only: bool
    # in which it stands, the oldest first
    kept: tuple[KeptProof, ...]
    # the record's seal when this was made
    seal: str | None
