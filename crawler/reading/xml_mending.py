"""XML as outlets write it, made well-formed: raw "&" and "<", letters by name, unbound prefixes.

One mending for feeds and sitemaps. lxml, which recovers in linear time, reads everything; what a
document's own DOCTYPE declares was cut off before (`payload.xml_payload`), so entities do not
exist and nothing expands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5
from itertools import islice
from typing import Final

from lxml import etree

from crawler.limits import MENDED_PREFIXES, MENDS

_STRAY: Final = re.compile(
    rb"(?P<cdata><!\[CDATA\[.*?(?:\]\]>|\Z))"
    rb"|(?P<comment><!--.*?(?:-->|\Z))"
    rb"|&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)"
    rb"(?P<name>[A-Za-z][A-Za-z0-9]{1,31};)?"
    rb"|<(?!/?[A-Za-z_][\w:.-]{0,80}[\s/>]|\?)",
    re.DOTALL,
)
# what XML does not bear, and what must be stepped over to find it
_PREFIX: Final = re.compile(rb"[<\s/]([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_BOUND: Final = re.compile(rb"xmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_ROOT_NAME: Final = re.compile(rb"<[A-Za-z_][\w:.-]{0,80}")


def parser(*, recover: bool) -> etree.XMLParser:
    """A parser that expands nothing, asks nobody, and hears no comments."""
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def well_formed(text: bytes) -> etree._Element | None:
    """The tree of a document, None where it is not well-formed."""
    try:
        return etree.fromstring(text, parser(recover=False))
    except etree.XMLSyntaxError:
        return None


def recovered(text: bytes) -> etree._Element | None:
    """The tree of whatever lxml can make of a stretch, None where that is nothing."""
    try:
        return etree.fromstring(text, parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def mended(text: bytes) -> bytes:
    """A document with bare "&" and "<" escaped, HTML's letters by name as themselves, comments
    left out, and every prefix bound: known ones by their usual name only, as `local` reads them."""
    text = _STRAY.sub(_in_xml, _with_ended_cdata(text), count=MENDS)
    bound = {match[1] for match in _BOUND.finditer(text)} | {b"xml", b"xmlns"}
    used = dict.fromkeys(match[1] for match in _PREFIX.finditer(text))
    loose = islice((prefix for prefix in used if prefix not in bound), MENDED_PREFIXES)
    spaces = b"".join(b' xmlns:%s="unbound:%s"' % (prefix, prefix) for prefix in loose)
    root = _ROOT_NAME.match(text)
    return text[: root.end()] + spaces + text[root.end() :] if root else text


_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_HOLDER: Final = re.compile(rb"<([A-Za-z_][\w:.-]{0,80})[^<>]{0,200}>\s{0,80}\Z")
_AHEAD: Final = 400
# bytes ahead of CDATA in which the element that holds it is looked for


def _with_ended_cdata(text: bytes) -> bytes:
    """CDATA that nobody ended ends with the element that it stands in.

    Else it would swallow everything to the end of the next one, rows among it.
    """
    ends = _Places(text)
    parts, done = [], 0
    start = text.find(_CDATA)
    while start >= 0:
        end = ends.behind(_CDATA_END, start)
        following = text.find(_CDATA, start + len(_CDATA))
        if end < 0 or 0 <= following < end:
            holder = _HOLDER.search(text, max(0, start - _AHEAD), start)
            close = ends.behind(b"</" + holder[1], start) if holder else -1
            if close >= 0 and (end < 0 or close < end):
                parts += [text[done:close], _CDATA_END]
                done = close
                following = text.find(_CDATA, close)
        start = following
    return b"".join([*parts, text[done:]])


class _Places:
    """Where words stand in a text that is walked once: each is looked for at most twice."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.known: dict[bytes, int] = {}

    def behind(self, words: bytes, start: int) -> int:
        """The first place from `start` on, -1 for none, or for more words than are looked for."""
        place = self.known.get(words, 0)
        if 0 <= place < start or words not in self.known:
            if len(self.known) >= MENDED_PREFIXES and words not in self.known:
                return -1
            place = self.known[words] = self.text.find(words, start)
        return place


def _in_xml(stray: re.Match[bytes]) -> bytes:
    """A bare "&" or "<" escaped, an HTML entity as its character, a comment gone."""
    if stray["cdata"]:
        return stray[0]
    if stray["comment"]:
        return b""
    character = html5.get((stray["name"] or b"").decode())
    if character:
        return character.encode() if character not in "&<" else b"&#%d;" % ord(character)
    return b"&lt;" if stray[0] == b"<" else b"&amp;" + stray[0][1:]


def name_of(element: etree._Element) -> tuple[str, str]:
    """Prefix and local name in small letters; ("", "title") without a prefix, bound or not."""
    tag = element.tag
    return _parts_of(tag, element.prefix) if isinstance(tag, str) else ("", "")


@lru_cache(maxsize=1_024)
def _parts_of(tag: str, bound: str | None) -> tuple[str, str]:
    """A document has few names and many elements."""
    uri, _, local = tag.rpartition("}")
    prefix, _, rest = local.rpartition(":")
    return (prefix or (bound or "" if uri else "")).lower(), rest.lower()
