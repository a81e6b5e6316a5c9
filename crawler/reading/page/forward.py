"""Whether a page only sends on, and where: by refresh, script, link or canonical address (pure).

A browser would not stay there, and nobody reads it: what it says is no piece. A page that has a
text of its own, or says that it is a piece, is none of these, wherever its scripts would go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal
from urllib.parse import urldefrag

from lxml import etree

from crawler.limits import FORWARD_ELEMENTS, FORWARD_SCRIPT, FORWARD_TEXT
from crawler.reading import Unreadable
from crawler.reading.page.html import tree_of
from crawler.urls import joined

SOONEST: Final = 15
# seconds: a page that is left later is read until then, and one that is loaded again is a live one
SHORT: Final = 16 * 1024
# bytes of a page that `forward_in` parses; a larger one must say refresh in its head, for a parse
# is a fifth of what reading a page costs. Pages that only send on have 200 bytes to 5 KiB
HEAD: Final = 8 * 1024
_REFRESH: Final = re.compile(
    r"\s*(\d{0,9})(?:\.\d{0,9})?\s*(?:[;,]?\s*(?:url\s*=)?\s*(['\"]?)(.*))?", re.I | re.S
)
# HTML, 4.2.5.3 "shared declarative refresh steps": seconds, then ; or , or blanks, url=, quotes
_GOES: Final = re.compile(
    r"(?<![\w$])(?:(?:window|document|self|top|parent|this)\s*\.\s*)*location"
    r"(?:\s*\.\s*href)?\s*(?:=(?!=)|\.\s*(?:replace|assign)\s*\()\s*(['\"`])([^'\"`\r\n]{1,2000})\1"
    r"\s*(?:[;),}'\"]|$)",
    re.I | re.M,
)
# an address that is put together of words is a search, not a place
_ASKS: Final = re.compile(
    r"\bif\s*\(|\bon(?:click|change|submit)\b|addEventListener\(\s*['\"](?!load|DOMContentLoaded)",
    re.I,
)
# what somebody must do or have before a script goes
_GOES_BY_NAME: Final = re.compile(
    r"(?<![\w$])location(?:\s*\.\s*href)?\s*(?:=(?!=)|\.\s*(?:replace|assign)\s*\()\s*"
    r"([A-Za-z_$][\w$]{0,40})\s*(?:[;),}'\"]|$)",
    re.I | re.M,
)
# an address that was given a name before
_RELOADS: Final = re.compile(r"(?<![\w$])location\s*\.\s*reload\s*\(", re.I)
_SAYS: Final = re.compile(
    r"redirect|ridrejto|ridërgo|po (?:ju|të) (?:dërgoj|çoj|drejtoj)|nëse nuk ndodh"
    r"|(?:klik\w*|shtyp\w*) këtu|click here|has moved|moved (?:permanently|to)"
    r"|faqja (?:është zhvendosur|ka lëvizur)"
    r"|preusmjer|preusmer|kliknite (?:ov|tu)|пренасоч|преусмер|кликнете (?:тука|овде)|кликните овде"
    r"|weiterge?leitet|weiterleitung|klicken sie hier|reindirizz|clicca qui|redirigé|cliquez ici"
    r"|you are (?:now )?leaving|yönlendiril|buraya tıkla|ανακατευθ",
    re.I,
)
_UNSEEN: Final = frozenset({"script", "style", "template", "head", "noscript"})
_AROUND: Final = frozenset({"nav", "header", "footer", "aside", "form", "a", "button"})
_SHOWS: Final = frozenset(
    {"img", "picture", "video", "audio", "iframe", "object", "embed", "canvas"}
)
_PIECE: Final = (
    "//meta[@property='article:published_time' or @itemprop='datePublished']"
    "|//*[@itemprop='articleBody' or @itemprop='datePublished']"
    "|//script[@type='application/ld+json'][contains(., 'Article')]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Where a page sends its readers."""

    url: str
    # absolute; the page's own where it only asks to be loaded again
    by: Literal["refresh", "script", "link", "canonical"]

    @property
    def told(self) -> str:
        """For a line of a ledger."""
        return f"the page only sends on, to {self.url[:200]} ({self.by})"


def forward_in(
    body: bytes, *, url: str, charset: str | None, headers: Mapping[str, str]
) -> Forward | None:
    """Where an answer only sends on; None for every other, and for what is no page.

    `headers` with names in small letters. Parses what is short or says refresh; a long page has a
    text of its own.
    """
    header = headers.get("refresh")
    if header is None and len(body) > SHORT and b"refresh" not in body[:HEAD].lower():
        return None
    try:
        root, _ = tree_of(body, charset)
    except Unreadable:
        # a Refresh header may come with an empty body
        return (
            _refreshed(header[:FORWARD_SCRIPT], url, url) if header and not body.strip() else None
        )
    return forward_of(root, url=url, refresh=header)


def forward_of(root: etree._Element, *, url: str, refresh: str | None = None) -> Forward | None:
    """Where a parsed page only sends on; `refresh` is the header of that name."""
    said = _own_words(root)
    if len(said) >= FORWARD_TEXT:
        return None
    declared = next((str(one.get("href")) for one in root.iter("base") if one.get("href")), None)
    base = (joined(url, declared) or url) if declared else url
    asked = [refresh[:FORWARD_SCRIPT]] if refresh else []
    asked += [content for content, hidden in _refreshes(root) if not hidden]
    for content in asked:
        if found := _refreshed(content, base, url):
            # one that is only loaded again is a piece where it says so
            return None if _same(found.url, url) and _is_piece(root) else found
    if _is_piece(root):
        return None
    hidden = (_refreshed(content, base, url) for content, hides in _refreshes(root) if hides)
    found = _scripted(root, base, url) or next(filter(None, hidden), None)
    return found or _linked(root, base, url, said) or _canonical(root, base, url, said)


def _is_piece(root: etree._Element) -> bool:
    return bool(root.xpath(_PIECE))


def _refreshes(root: etree._Element) -> Iterator[tuple[str, bool]]:
    """Every <meta http-equiv=refresh>, and whether only readers without scripts see it."""
    found = (
        meta
        for meta in root.iter("meta")
        if str(meta.get("http-equiv") or "").strip().lower() == "refresh"
    )
    for meta in islice(found, FORWARD_ELEMENTS):
        hides = any(above.tag == "noscript" for above in meta.iterancestors())
        yield str(meta.get("content") or "")[:FORWARD_SCRIPT], hides


def _refreshed(content: str | None, base: str, url: str) -> Forward | None:
    """Where a refresh leads; the page's own address where it names none."""
    found = _REFRESH.match(content or "")
    if found is None or int(found[1] or 0) > SOONEST:
        return None
    if not found[1] and "url" not in (content or "").lower():
        # without seconds it is none; some write the address alone
        return None
    address = found[3] or ""
    address = address.partition(found[2])[0] if found[2] else address
    target = joined(base, address.strip()) if address.strip() else url
    return Forward(url=target, by="refresh") if target else None


def _scripted(root: etree._Element, base: str, url: str) -> Forward | None:
    """Where a short script of the page goes; what it is loaded for is more than a line or two."""
    loads = (str(body.get("onload") or "") for body in islice(root.iter("body"), 1))
    scripts = islice(root.iter("script"), FORWARD_ELEMENTS)
    for text in (*loads, *("".join(map(str, script.itertext())) for script in scripts)):
        if len(text) > FORWARD_SCRIPT or _ASKS.search(text):
            continue
        raw = _place_in(text)
        if raw and (target := joined(base, raw.replace("\\/", "/").strip())):
            return Forward(url=target, by="script")
        if _RELOADS.search(text):
            return Forward(url=url, by="script")
    return None


def _place_in(script: str) -> str | None:
    """The address that a script goes to, as it stands there."""
    if found := _GOES.search(script):
        return found[2]
    if named := _GOES_BY_NAME.search(script):
        given = (
            rf"(?<![\w$.]){re.escape(named[1])}\s*=\s*(['\"`])([^'\"`\r\n]{{1,2000}})\1\s*[;,\r\n]"
        )
        if found := re.search(given, script):
            return found[2]
    return None


def _linked(root: etree._Element, base: str, url: str, said: str) -> Forward | None:
    """The one place that a page leads to which says that it sends on."""
    links = list(islice(root.iter("a"), FORWARD_ELEMENTS + 1))
    if len(links) > FORWARD_ELEMENTS or not _SAYS.search(" ".join((said, *_beside(root, links)))):
        return None
    targets = {
        urldefrag(target)[0]
        for link in links
        if (target := joined(base, str(link.get("href") or "").strip()))
        and not str(link.get("href")).strip().startswith("#")
        and target.startswith(("http:", "https:"))
    }
    ahead = [target for target in sorted(targets) if not _same(target, url)]
    deep = [target for target in ahead if target.split("/", 3)[3:] not in ([], [""])]
    chosen = deep or ahead
    return Forward(url=chosen[0], by="link") if len(chosen) == 1 else None


def _canonical(root: etree._Element, base: str, url: str, said: str) -> Forward | None:
    """The canonical address of a page that shows nothing and loads no script that would."""
    if said or any(True for _ in root.iter(*_SHOWS)):
        return None
    if any(script.get("src") for script in root.iter("script")):
        return None
    for link in islice(root.iter("link"), FORWARD_ELEMENTS):
        if "canonical" in str(link.get("rel") or "").lower().split():
            target = joined(base, str(link.get("href") or "").strip())
            if target and not _same(target, url):
                return Forward(url=target, by="canonical")
    return None


def _own_words(root: etree._Element) -> str:
    """What the page says outside links, menus and scripts, as far as the limit."""
    said: list[str] = []
    length, skipped = 0, None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                length += _add(said, element.tail)
            continue
        if event == "start" and element.tag in _UNSEEN | _AROUND:
            skipped = element
        else:
            length += _add(said, element.text if event == "start" else element.tail)
        if length >= FORWARD_TEXT:
            break
    return " ".join(said)


def _add(said: list[str], text: str | None) -> int:
    words = " ".join((text or "")[: FORWARD_TEXT * 4].split())
    if words:
        said.append(words)
    return len(words)


def _beside(root: etree._Element, links: Sequence[etree._Element]) -> Iterator[str]:
    """What the page says in its title, in links, and to readers without scripts."""
    for element in (*links, *islice(root.iter("title", "noscript"), FORWARD_ELEMENTS)):
        yield " ".join("".join(map(str, element.itertext())).split())[:FORWARD_TEXT]


def _same(one: str, other: str) -> bool:
    return urldefrag(one)[0] == urldefrag(other)[0]
