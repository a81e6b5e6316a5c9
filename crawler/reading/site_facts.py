"""What a front page tells of its outlet: name, language, sections, the system behind it (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.limits import FRONT_PAGE
from crawler.reading import Unreadable
from crawler.reading.page.html import tree_of
from crawler.reading.payload import page_start
from crawler.reading.text import clean
from crawler.urls import joined

if TYPE_CHECKING:
    from lxml import etree

LONGEST_NAME: Final = 80
# characters
MOST_SECTIONS: Final = 12
# list pages that a file declares; the systems seen have six to ten sections
SECTION: Final = re.compile(r"/(?:[a-z]{2,10}/)?category/[a-z0-9-]+/?")
# list pages of the newsroom system that about ten outlets share
EVERYTHING: Final = frozenset({"te-gjitha", "te-gjitha-lajmet", "all", "all-news"})
# what such a section is called where there is one
ARTICLE: Final = re.compile(r"-i\d+/?\Z")
# its articles: /politike/nje-lajm-i123456
SHARED_IMAGES: Final = re.compile(rb"cdnimpuls\.com/", re.IGNORECASE)
WORDPRESS: Final = re.compile(rb"/wp-content/|/wp-includes/|api\.w\.org", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a front page says of its outlet."""

    name: str | None = None
    # og:site_name, else the title's last part: "Gazeta Shembull"
    language: str | None = None
    # <html lang>, two letters: "sq"
    sections: tuple[str, ...] = ()
    # absolute list pages of the shared newsroom system, in page order
    shared: bool = False
    # whether the page shows that system's marks
    wordpress: bool = False
    # whether the page shows marks of WordPress


def site_facts(body: bytes, url: str, charset: str | None) -> SiteFacts:
    """The facts of a front page; none for a body that is no markup or cannot be read."""
    start = page_start(body)
    if start is None:
        return SiteFacts()
    try:
        root, _ = tree_of(body[start:FRONT_PAGE], charset)
    except Unreadable:
        return SiteFacts()
    links = [href for a in root.iter("a") if (href := joined(url, a.get("href") or ""))]
    return SiteFacts(
        name=_name(root),
        language=_language(root),
        sections=_enough(tuple(dict.fromkeys(_sections(links))))[:MOST_SECTIONS],
        shared=_is_shared(body, links),
        wordpress=bool(WORDPRESS.search(body[:FRONT_PAGE])),
    )


def _sections(links: list[str]) -> Iterator[str]:
    for href in links:
        parts = urlsplit(href)
        if SECTION.fullmatch(parts.path) and not parts.query:
            yield href


def _enough(sections: tuple[str, ...]) -> tuple[str, ...]:
    """Where a section holds everything, the others hold nothing more."""
    whole = tuple(url for url in sections if url.rstrip("/").rpartition("/")[2] in EVERYTHING)
    return whole or sections


def _is_shared(body: bytes, links: list[str]) -> bool:
    """Images from its store, or articles that end in its number: three are no accident."""
    numbered = {href for href in links if ARTICLE.search(urlsplit(href).path)}
    return bool(SHARED_IMAGES.search(body[:FRONT_PAGE])) or len(numbered) >= 3  # noqa: PLR2004


def _name(root: etree._Element) -> str | None:
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name")) == "og:site_name":
            return _short(meta.get("content"))
    title = next(root.iter("title"), None)
    words = "".join(map(str, title.itertext())) if title is not None else ""
    return _short(re.split(r"\s[|–—-]\s", words)[-1])


def _short(text: str | None) -> str | None:
    named = clean(" ".join((text or "").split()))
    return named if 0 < len(named) <= LONGEST_NAME and named.isprintable() else None


def _language(root: etree._Element) -> str | None:
    holder = root if root.tag == "html" else next(root.iter("html"), None)
    raw = (holder.get("lang") or "") if holder is not None else ""
    code = raw.strip().lower()[:2]
    return code if re.fullmatch("[a-z]{2}", code) else None


COUNTRIES: Final[Mapping[str, str]] = {"al": "AL", "mk": "MK", "ch": "CH", "gr": "GR", "rs": "RS"}
# domains that are used at home; .tv, .net, .me and .info say nothing


def country_of(host: str) -> str | None:
    """The country that a host's own domain names, None where it names none."""
    return COUNTRIES.get(host.rpartition(".")[2].lower())
