"""An article: what we know, merged from its readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.models.reading import Precision

# How the address of a piece that has none begins: print, an old recording. It keeps such pieces
# apart in the record, leads nowhere, and is shown to nobody.
NOWHERE: Final = "urn:jehona:clip:"


def link_of(url: str) -> str | None:
    """The address as people and programs are told it; None where the piece has none."""
    return None if url.startswith(NOWHERE) else url


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the record knows about one piece, merged from its readings."""

    # an identity of its own: "a_7f3k2"
    key: str
    # slug, UNNAMED where it is not named
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
    # address of the picture that the outlet names for it; not fetched
    picture: str | None = None
    # aware, when the outlet stopped listing it
    gone_since: datetime | None = None

    @property
    def link(self) -> str | None:
        """The address as people and programs are told it; None where the piece has none."""
        return link_of(self.url)

    @property
    def handle(self) -> str:
        """What every command finds the piece by: its address, else its key."""
        return self.link or self.key
