"""What an address tells of its piece: the names it is known by, and when it was published."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from html.entities import html5
from typing import Final
from urllib.parse import urlsplit

from crawler.limits import ADDRESS
from crawler.models import Alias
from crawler.urls import alias_key

# The newsroom system that about ten Albanian outlets share: `/politike/emri-i489745`, and the
# English twin of the same number under `/english/` (`docs/choices.md`). Three digits at least:
# a slug may end in "-i5".
NUMBERED: Final = re.compile(r"^/(english/|en/)?(?:[^/]+/)?[^/]+-i([0-9]{3,12})/?$")
DAY: Final = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)")
SQUEEZED: Final = re.compile(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[/-]|$)")
MONTH: Final = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-]|$)")
LAST_NUMBER: Final = re.compile(r"(\d{3,12})(?:/|\.[a-z]{3,5})?$")

# A reference that is ended as it must be: "?kat=2&section=7" and "&copy=1" hold none, though HTML
# reads "§ion" and "©=1" there in running text.
REFERENCE: Final = re.compile(
    r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
FOLDED: Final = re.compile(r"\s*[\t\r\n]\s*")

# From here on numbers name no characters, or some that stand in no address.
SURROGATES: Final = 0xD800


def printed(text: str) -> str:
    """An address as it was meant: references resolved, line breaks of an editor taken out.

    One that is too long to be an address anyway is left as it is.
    """
    whole = text.strip()
    if len(whole) > 2 * ADDRESS:
        return whole
    whole = FOLDED.sub("", whole)
    for _ in range(2):
        if "&" in whole:
            whole = REFERENCE.sub(_character, whole)
    return whole.strip()


def _character(reference: re.Match[str]) -> str:
    if name := reference[3]:
        return html5.get(f"{name};", reference[0])
    code = int(reference[1] or "0") or int(reference[2] or "0", 16)
    character = chr(code) if code < SURROGATES else ""
    return character if character.isprintable() and character else reference[0]


def names_of(url: str) -> tuple[Alias, ...]:
    """The aliases that an address gives by itself, the strongest first.

    A number of the shared newsroom system counts like a post id ("i:489745"); its English twin is
    another article ("en/i:489745"). Raises ValueError for what is no web address.
    """
    by_address = Alias(kind="url", value=alias_key(url))
    found = NUMBERED.match(urlsplit(url).path)
    if found is None:
        return (by_address,)
    twin = "en/" if found[1] else ""
    return Alias(kind="post", value=f"{twin}i:{found[2]}"), by_address


def days_of(url: str) -> tuple[date, date] | None:
    """First and last day on which the piece may have been published, by its address's folders.

    `/2025/05/10/` is a day, `/2025/05/` a month. None where it tells nothing.
    """
    path = urlsplit(url).path
    if found := DAY.search(path) or SQUEEZED.search(path):
        year, month, day = map(int, found.groups())
        if day <= monthrange(year, month)[1]:
            return date(year, month, day), date(year, month, day)
    if found := MONTH.search(path):
        year, month = map(int, found.groups())
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return None


def number_of(url: str) -> int | None:
    """The number at the end of an address; in many systems it counts the pieces."""
    found = LAST_NUMBER.search(urlsplit(url).path) or LAST_NUMBER.search(urlsplit(url).query)
    return int(found[1]) if found else None
