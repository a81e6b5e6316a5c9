"""What a web page calls itself in `<title>`: whether two pages are of one list (pure)."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

# The title stands in the head.
_HEAD_BYTES: Final = 65_536
_TITLE: Final = re.compile(rb"<title(?:\s[^<>]{0,200})?>([^<]{0,500})", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
# What pages of a list add to its title, and what counts no page.
_OF_PAGES: Final = frozenset({"faqja", "faqe", "page", "pagina", "seite", "strana", "stranica"})
# A page that is not there, answered with 200.
_NOT_FOUND: Final = re.compile(
    r"\b404\b|not found|nuk (?:u )?gj(?:et|end)|nuk ekziston|nije prona|не е пронајден",
    re.IGNORECASE,
)


def title_words(body: bytes) -> frozenset[str]:
    """The words of a page's title in small letters, without numbers and words for a page."""
    found = _WORD.findall(_title(body).casefold())
    return frozenset(found) - _OF_PAGES


def says_not_found(body: bytes) -> bool:
    """Whether a page's title says that there is none."""
    return _NOT_FOUND.search(_title(body)) is not None


def _title(body: bytes) -> str:
    found = _TITLE.search(body, 0, _HEAD_BYTES)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""
