"""What rows of REST and of feeds have in common: one post must read alike from both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Final
from urllib.parse import urlsplit

from crawler.limits import HEADLINE, LEAD, TEXT_MARKUP
from crawler.models import Said, Tongue, When
from crawler.reading.date_order import NOTHING_PROVEN, Orders
from crawler.reading.dates import Refused, read_date
from crawler.reading.languages import read_language
from crawler.reading.text import (
    bounded,
    excerpt_of,
    plain,
    text_of,
)

DEFAULT_ZONE: Final = "Europe/Tirane"
# of dates without an offset where neither outlet nor site names a zone: all listed outlets keep it
EXCERPT_WORDS: Final = 55
# of an automatic excerpt: WordPress, `wp_trim_excerpt`
_TAG: Final = re.compile(r"<[^<>]*>")
_DOTS: Final = ("[…]", "[...]", "…", "...")


def is_web_address(url: str) -> bool:
    """Whether `url` is an absolute http(s) address with a host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def digest_of(parts: Iterable[str]) -> str:
    """16 bytes in hex over what a row says; tags count by their number, not by their attributes.

    Attributes carry nonces, sizes and counters that change with every request.
    """
    said = "\x1f".join(_TAG.sub("<>", part) for part in parts)
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def headline_of(markup: str, place: str) -> tuple[Said[str] | None, str | None]:
    """The headline and a note on what was cut; None for an empty one."""
    text, note = bounded(plain(markup), HEADLINE, "headline")
    if not text:
        return None, "no headline"
    return Said(value=text, layer=place, raw=_raw(markup, text)), note


def lead_of(markup: str, place: str) -> tuple[Said[str] | None, str | None]:
    """The excerpt and a note on what was cut; None for an empty one."""
    text, note = bounded(excerpt_of(markup), LEAD, "lead")
    return (Said(value=text, layer=place, raw=_raw(markup, text)) if text else None), note


def first_words(text: str, place: str) -> Said[str] | None:
    """A lead out of a text: as many words as WordPress takes."""
    words = text[: 20 * LEAD].split()
    line = " ".join(words[:EXCERPT_WORDS]) + ("…" if len(words) > EXCERPT_WORDS else "")
    return Said(value=bounded(line, LEAD, "lead")[0], layer=place) if line else None


def body_of(html: str, place: str) -> tuple[Said[str] | None, str | None]:
    """The text and a note on what was cut; None for an empty one. The bytes keep the markup."""
    size = len(html)
    note = f"text of {size:,} characters, the first {TEXT_MARKUP:,} are read"
    text = text_of(html)
    return (Said(value=text, layer=place) if text else None), note * (size > TEXT_MARKUP)


def uncut(lead: str) -> str:
    """An excerpt without the dots that say there is more."""
    dots = next((end for end in _DOTS if lead.endswith(end)), "")
    return lead.removesuffix(dots).rstrip() if dots else lead


def moment_of(
    text: str,
    place: str,
    *,
    fetched: datetime,
    zone: str,
    languages: Sequence[str] = (),
    orders: Orders = NOTHING_PROVEN,
) -> tuple[Said[When] | None, str | None]:
    """The date and, where it is refused, a note with the reason.

    `orders` is what the dates of its list prove.
    """
    languages = languages or ("sq", "en")
    read = read_date(text, base=fetched, zone=zone, languages=languages, orders=orders)
    if isinstance(read, Refused):
        return None, f"{place} refused ({read.told}): {plain(read.raw)}"
    return Said(value=read, layer=place, raw=text[:100]), None


def language_of(
    headline: Said[str] | None, lead: Said[str] | None, *, prior: Sequence[str], place: str
) -> Said[Tongue] | None:
    """The language of headline and lead."""
    words = headline.value if headline else ""
    tongue = read_language(words, lead.value if lead else "", prior=prior)
    return Said(value=tongue, layer=place) if tongue else None


def noted(*notes: str | None) -> tuple[str, ...]:
    """The notes that there are."""
    return tuple(note for note in notes if note)


def _raw(markup: str, text: str) -> str | None:
    """As printed, where it differs; bounded like the value."""
    printed = markup.strip()
    return None if printed == text else printed[: 2 * LEAD]
