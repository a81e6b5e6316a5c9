"""What sort of page it is; section, consent and error pages are refused by name.

A refusal needs evidence on several sides: a wrong one loses coverage.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from crawler.reading import Unreadable
from crawler.reading.page.facts import Facts
from crawler.reading.page.page_models import PageKind
from crawler.reading.page.structured import ARTICLES, kinds

LITTLE: Final = 700
# characters of text under which a page is too short for a piece with such a title
_MISSING: Final = re.compile(
    r"\b404\b|\b410\b|page (?:not found|doesn['’]t exist|cannot be found|no longer)|"
    r"not found|nothing (?:was )?found|does not exist"
    r"|(?:seite|artikel) (?:wurde )?nicht (?:gefunden|mehr verfügbar)|"
    r"page (?:introuvable|non trouvée)|página no encontrada"
    r"|pagina non trovata|nuk u gjet|nuk ekziston|nuk gjendet|gabim 404|"
    r"stranica nije pron|страница(?:та)? не",
    re.IGNORECASE,
)
_CHALLENGE: Final = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:robot|human)|"
    r"verify(?:ing)? (?:that )?you are|access (?:to this page has been )?denied"
    r"|checking your browser|ddos|captcha|security check|unusual traffic|robot check|"
    r"pardon our interruption|one more step"
    r"|enable javascript and cookies|human verification|bot (?:verification|"
    r"detection)|request unsuccessful|403 forbidden",
    re.IGNORECASE,
)
_CONSENT: Final = re.compile(
    r"before you continue|we value your privacy|your (?:privacy|data) (?:choices|"
    r"matters)|cookie (?:consent|policy|wall|settings)|consent"
    r"|datenschutz(?:einstellungen|hinweis)|einwilligung|zustimmung|"
    r"ihre privatsphäre|votre vie privée|privacy ?gate|gdpr|pëlqim|përdor(?:im|"
    r"imin) e cookies|ne përdorim cookies|we use cookies|privatësi(?:a|në) juaj"
    r"|(?:koristimo|користиме|користимо) (?:kolačić|колачи)",
    re.IGNORECASE,
)
_COOKIE_WORDS: Final = re.compile(
    r"cookies?|consent|datenschutz|privacy|tracking|partner|pëlqim|einwillig|privatësi"
    r"|kolačić|колачи[њћ]",
    re.IGNORECASE,
)
_OPINION: Final = re.compile(
    r"/(?:opinion|opinione?s?|kolumne|kommentar|comment(?:isfree)?|op-ed|editorial|"
    r"blog-?e?|tribuna|analiza-opinione)s?/",
    re.IGNORECASE,
)
_LIVE: Final = re.compile(r"\blive\s?(?:blog|ticker|updates?)\b|/live/|\blive:", re.IGNORECASE)
_GALLERY: Final = re.compile(
    r"/(?:galler(?:y|ies|ia)|galeri|foto(?:galeri\w*|s|strecke)?|photos?|bilder|slideshow)/",
    re.IGNORECASE,
)
_VIDEO: Final = re.compile(r"/(?:videos?|watch|tv)/", re.IGNORECASE)
_SECTION_PATH: Final = re.compile(
    r"^/(?:(?:en|sq|english|de|fr|it)/?)?$|^/(?:category|kategori\w*|tags?|topics?|"
    r"section|rubrik\w*|author|autor\w*|search|archive?s?)(?:/[^/]+){0,2}/?$",
    re.IGNORECASE,
)


def refuse(facts: Facts, *, url: str, headline: str | None, text: str) -> None:
    """Raises Unreadable for a page that is no piece: error, challenge, consent, section, empty."""
    said = " | ".join(filter(None, (facts.title, headline)))
    evidence = _is_piece(facts)
    little = len(text) < LITTLE
    if little and not evidence:
        if _CHALLENGE.search(said):
            raise Unreadable(f"a challenge page instead of the piece: {said[:80]}")
        if _MISSING.search(said):
            raise Unreadable(f"the outlet says there is no such page: {said[:80]}")
    if not evidence and _CONSENT.search(said) and len(_COOKIE_WORDS.findall(text[:4_000])) >= 2:  # noqa: PLR2004
        raise Unreadable(f"a consent page instead of the piece: {said[:80]}")
    if not evidence and _is_section(facts, url, text):
        raise Unreadable("a section page: a list of pieces, not one")
    if not headline and not text:
        raise Unreadable("an empty page: neither headline nor text")


def _is_piece(facts: Facts) -> bool:
    if any(kinds(thing) & ARTICLES for thing in facts.things):
        return True
    if "article" in (facts.meta("og:type") or "").lower() and facts.meta(
        "article:published_time", "datepublished"
    ):
        return True
    return any(spot.prop == "datepublished" for spot in facts.dates) and any(
        node.prop == "articlebody" for node in facts.nodes
    )


def _is_section(facts: Facts, url: str, text: str) -> bool:
    path = urlsplit(url).path
    if not _SECTION_PATH.match(path or "/") or urlsplit(url).query:
        listed = any(
            kinds(thing) & {"collectionpage", "searchresultspage", "profilepage"}
            for thing in facts.things
        )
        if not listed:
            return False
    linked = sum(1 for heading in facts.headings if heading.linked)
    return (linked >= 5 and len(text) < 3_000) or linked >= 12  # noqa: PLR2004


def kind_of(facts: Facts, *, url: str, headline: str | None) -> PageKind:
    """The kind of a piece: by JSON-LD types, og:type, address and headline, in this order."""
    types: set[str] = set()
    for thing in facts.things:
        types |= kinds(thing)
    path = urlsplit(url).path
    if "liveblogposting" in types or _LIVE.search(headline or ""):
        return PageKind.LIVE
    if types & {"opinionnewsarticle"} or _OPINION.search(path):
        return PageKind.OPINION
    if types & {"imagegallery", "mediagallery"} or _GALLERY.search(path):
        return PageKind.GALLERY
    plain = bool(types & ARTICLES)
    if (
        ("videoobject" in types and not plain)
        or (facts.meta("og:type") or "").startswith("video")
        or (_VIDEO.search(path) and not plain)
    ):
        return PageKind.VIDEO
    return PageKind.ARTICLE
