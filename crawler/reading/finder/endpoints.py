"""Addresses that a page names for its own scripts: where "load more" gets its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.reading.finder.sheet import Sheet
from crawler.reading.numbering import PAGE
from crawler.urls import joined

_QUOTED: Final = re.compile(
    r"[\"'`]((?:https?:)?\.{0,2}/?[\w./%-]{1,120}(?:\?[^\"'`\s<>]{0,200})?)[\"'`]"
)
# an address in a script
_SPEAKS: Final = re.compile(
    r"api|ajax|json|more|load|feed|lajme|news|posts?|artik|articles?|list|items|data|search|vesti",
    re.IGNORECASE,
)
_FILES: Final = re.compile(
    r"\.(?:js|mjs|css|png|jpe?g|gif|svg|webp|woff2?|ico|mp4)(?:\?|$)|googletag|analytics|/static/"
    r"|/assets/",
    re.IGNORECASE,
)
_HOLE: Final = re.compile(r"\$\{[^}]{0,60}\}|\{\{?\s*\w{1,30}\s*\}?\}|%d|:page\b|__PAGE__|\{page\}")
_PAGES: Final = re.compile(r"page|faq|pg?$|offset|start|skip|from|strana|nr$|nga", re.IGNORECASE)
_OFFSET: Final = re.compile(r"offset|start|skip|from|nga", re.IGNORECASE)
_LIMIT: Final = re.compile(r"limit|size|count|per|take|sa$", re.IGNORECASE)
_CARRIERS: Final = re.compile(
    r"^(?:data-[\w-]*(?:url|href|api|endpoint|src|source|ajax|next|more|load)[\w-]*|hx-get"
    r"|ic-get-from)$"
)
LONGEST: Final = 300
# characters of an address that an attribute carries
_ROWS: Final = 20
# rows that are asked for where an address leaves it open


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address that may answer with rows."""

    url: str
    # with {page} where it is numbered
    offset: bool
    # whether it counts rows
    worth: float
    # the likeliest first


def endpoints_in(sheet: Sheet) -> tuple[Endpoint, ...]:
    """The addresses that a page names for its scripts, the likeliest first."""
    found: dict[str, Endpoint] = {}
    for raw, carried in _named(sheet):
        url = joined(sheet.base, raw)
        if url is None or not sheet.is_own(url) or _FILES.search(url):
            continue
        worth = 2 * carried + 2 * (PAGE in raw) + bool(_SPEAKS.search(raw))
        worth += ("?" in raw) + ("api" in raw)
        if worth > 1:
            found.setdefault(url, Endpoint(url=url, offset=_counts_rows(url), worth=worth))
    return tuple(sorted(found.values(), key=lambda one: -one.worth))


def _named(sheet: Sheet) -> Iterator[tuple[str, bool]]:
    for element in sheet.root.iter():
        if not isinstance(element.tag, str):
            continue
        for key, value in element.attrib.items():
            if _CARRIERS.match(str(key)) and 1 < len(value) < LONGEST and " " not in value:
                name = element.get("data-param") or "page"
                yield from ((one, True) for one in _numbered(str(value), name))
            elif str(key).startswith("on"):
                yield from ((one, True) for one in _in_script(str(value)))
    for script in sheet.root.iter("script"):
        if "json" not in (script.get("type") or "") and script.text:
            yield from ((one, False) for one in _in_script(str(script.text)[:400_000]))


def _in_script(text: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text.replace("\\/", "/")):
        raw = found[1]
        if "/" not in raw and "?" not in raw and not raw.endswith((".php", ".json", ".aspx")):
            continue
        behind = text[found.end() : found.end() + 3].lstrip()
        if raw.endswith(("=", "/")) and behind.startswith("+"):
            yield raw + PAGE
            continue
        yield from _numbered(raw, "page")


def _numbered(raw: str, name: str) -> Iterator[str]:
    """The address with {page} where a page's number goes."""
    if _HOLE.search(raw):
        path, _, query = raw.partition("?")
        filled = [_filled(pair) for pair in query.split("&")] if query else []
        path = _HOLE.sub(PAGE, path, count=1)
        yield path + ("?" + "&".join(filled) if filled else "")
        return
    parts = urlsplit(raw)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    done = [(key, PAGE if _counts_pages(key, value) else value) for key, value in pairs]
    if done != pairs:
        yield urlunsplit(parts._replace(query=urlencode(done, safe="{}/,:")))
        return
    before = f"{parts.query}&" if parts.query else ""
    yield urlunsplit(parts._replace(query=f"{before}{name}={PAGE}"))
    yield raw


def _counts_pages(key: str, value: str) -> bool:
    free = not value or value.isdigit()
    return free and _PAGES.search(key) is not None and _LIMIT.search(key) is None


def _filled(pair: str) -> str:
    key, _, value = pair.partition("=")
    if not _HOLE.search(value):
        return pair
    if _LIMIT.search(key) and not _OFFSET.search(key):
        return f"{key}={_ROWS}"
    return f"{key}={PAGE}"


def _counts_rows(url: str) -> bool:
    pairs = urlsplit(url).query.split("&")
    return any(
        PAGE in pair and _OFFSET.search(pair.partition("=")[0]) is not None for pair in pairs
    )
