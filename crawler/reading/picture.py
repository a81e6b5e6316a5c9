"""The address of a piece's picture, where a row or a page names one (pure).

Only the address is kept: a picture belongs to somebody, and nobody is asked for it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urljoin

from crawler.limits import ADDRESS, PICTURE_MARKUP, PICTURE_TAGS
from crawler.models import Said
from crawler.reading.addresses import printed
from crawler.urls import canonical

# A tag that names a file; it ends at the next bracket, so that time grows with the markup.
_IMG: Final = re.compile(r"<img\b([^<>]{1,4000})>?", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""\b(data-lazy-src|data-src|src|width|height|class)\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
# Signs among words, faces of who signed, counters of readers.
_NO_PICTURE: Final = re.compile(r"\b(?:wp-smiley|emoji|avatar|gravatar)\b", re.IGNORECASE)
# Dots of a side; what says it is smaller is an icon.
_SMALLEST: Final = 100
_DRAWN: Final = (".svg", ".ico")


def address_of(raw: str, base: str) -> str | None:
    """A picture's address as told at `base`, absolute; None for what is none of the web.

    One with a name or a password in it is none either.
    """
    told = printed(raw)
    if not told or len(told) > ADDRESS:
        return None
    try:
        found = urljoin(base, told)
        canonical(found)
    except ValueError:
        return None
    return found


def named(told: Iterable[tuple[str, object]], base: str) -> Said[str] | None:
    """The first of these (place, address) that is one."""
    for place, raw in told:
        found = address_of(raw, base) if isinstance(raw, str) else None
        if found:
            return Said(value=found, layer=place, raw=str(raw) if found != raw else None)
    return None


def first_in(markup: str, base: str, place: str) -> Said[str] | None:
    """The first picture among the words of a text that is no icon, sign or face."""
    tags = _IMG.finditer(markup[:PICTURE_MARKUP])
    for tag, _ in zip(tags, range(PICTURE_TAGS), strict=False):
        if found := named(((place, _source(tag[1])),), base):
            return found
    return None


def _source(tag: str) -> str | None:
    said: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        said.setdefault(name.lower(), next(filter(None, values), ""))
    # where a page loads pictures late, `src` holds a blank one
    source = said.get("data-lazy-src") or said.get("data-src") or said.get("src") or ""
    drawn = source.partition("?")[0].lower().endswith(_DRAWN)
    if drawn or _NO_PICTURE.search(said.get("class", "")) or _is_small(said):
        return None
    return source


def _is_small(said: dict[str, str]) -> bool:
    sides = (said.get(name, "").removesuffix("px") for name in ("width", "height"))
    return any(side.isdecimal() and len(side) < 5 and int(side) < _SMALLEST for side in sides)  # noqa: PLR2004
