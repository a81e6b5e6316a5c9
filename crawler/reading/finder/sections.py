"""Which other pages of a site may hold its lists: menus, frames, rubrics of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.reading.finder.sheet import Sheet, squeezed
from crawler.urls import alias_key, joined

_EVERYTHING: Final = re.compile(
    r"te-?gjitha|t[eë] gjitha|all-?news|\ball\b"
    r"|arkiv[ia]?$|archive$|^archives?$|lajmet?$|^lajm|te-?fundit"
    r"|t[eë] fundit|latest|newest|^news$|najnovi|vesti$|notizie|ultime|kronologji|buletini",
    re.IGNORECASE,
)
# what a list of everything is called
_NEWS: Final = re.compile(
    r"lajm|aktualit|news|kronik|vesti|вести|notizi|sport|kultur|politik|ekonomi|bot[aë]|rajon"
    r"|komun|vendi|qytet|shoqeri|shoq[eë]ri|artik|blog|ngjarj|raport|reportazh|video|sot|dosje"
    r"|category|kategori|rubrik|seksion|section|tema|opinion|intervist",
    re.IGNORECASE,
)
_NONE: Final = re.compile(
    r"kontakt|contact|rreth|about|impres|privat|privac|kusht|terms|reklam|advert|marketing|login"
    r"|hyr[jë]|regjistro|register|abon|subscri|kerko|k[eë]rko|search|etiket|tags?\b|autor|author"
    r"|galeri|gallery|foto|album|moti\b|weather|horoskop|kurs|program|guid|drejtperdrejt|drejtp[eë]rdrejt"
    r"|\blive\b|redaksi|impress|pun[eë]|staf|ekip|team|libri i miq|lidhje|links|rss|feed|pdf|shtyp"
    r"|najava|za-nas|за нас|контакт|\buser\b|account|shporta|cart|anket|poll|forum|harta|sitemap"
    r"|english|deutsch|italiano|\ben\b|na-shkruani|donate|dhuro|ndihm|faq|cookie|emision",
    re.IGNORECASE,
)
# what holds no list of news
_LONGEST: Final = 40
# characters of a menu's entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A page that may hold a list."""

    url: str
    # absolute
    words: str
    # what the link is called
    worth: float
    # above 0; the likeliest first
    whole: bool = False
    # whether its name says that it holds everything


def sections_of(
    sheet: Sheet, pieces: Sequence[str], *, known: Iterable[str] = ()
) -> tuple[Section, ...]:
    """The pages that a front page offers, the likeliest first.

    `pieces` are addresses of its own pieces, which are no sections; `known` are left out too.
    """
    passed = {alias_key(url) for url in (*pieces, *known, sheet.url)}
    counted: dict[str, list[str]] = {}
    framed = set(_frames(sheet))
    for url, words in _offered(sheet):
        if (
            (alias_key(url) not in passed and "?" not in url.partition("#")[0][-200:])
            or url in framed
            or alias_key(url) not in passed
        ):
            counted.setdefault(url.partition("#")[0], []).append(words)
    found = [
        section for url, words in counted.items()
        if (section := _section(url, words, pieces, framed=url in framed))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda section: -section.worth))


def _frames(sheet: Sheet) -> Iterator[str]:
    for frame in sheet.root.iter("frame", "iframe"):
        url = joined(sheet.base, frame.get("src") or "")
        if url and sheet.is_own(url):
            yield url


def _offered(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield from ((url, "") for url in _frames(sheet))
    for link in sheet.links:
        words = link.text or squeezed(link.element.get("title"))
        if len(words) <= _LONGEST:
            yield link.url, words
    for option in sheet.root.iter("option", "area"):
        raw = option.get("value") or option.get("href") or ""
        url = joined(sheet.base, raw) if raw.startswith(("/", "http")) or "." in raw else None
        if url and sheet.is_own(url):
            yield url, squeezed("".join(map(str, option.itertext())))


def _section(
    url: str, words: Sequence[str], pieces: Sequence[str], *, framed: bool
) -> Section | None:
    """What speaks for a page, None where nothing does."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    name = max(words, key=len)
    said = f"{path.replace('/', ' ')} {parts.query} {name}"
    leaf = (
        path.strip("/").rpartition("/")[2].rpartition(".")[0] or path.strip("/").rpartition("/")[2]
    )
    whole = any(_EVERYTHING.search(text) for text in (leaf, name) if text)
    worth = 0.5 * (len(words) > 1)
    worth += 3 * framed + 3 * whole + 2 * bool(_NEWS.search(said)) - 4 * bool(_NONE.search(said))
    worth += 3 * _holds(path, pieces) - 0.3 * max(0, path.strip("/").count("/") - 1)
    worth += 0.7 if not re.search(r"\d", path) else -0.5
    if path in {"", "/"} and not parts.query:
        return None
    return Section(url=url, words=name, worth=worth, whole=whole) if worth > 0 else None


def _holds(path: str, pieces: Sequence[str]) -> bool:
    """Whether pieces lie under a page: /kulture/ and /kulture/nje-lajm.html."""
    folder = re.sub(r"\.\w{3,5}$", "", path).rstrip("/") + "/"
    return len(folder) > 1 and any(urlsplit(url).path.startswith(folder) for url in pieces)
