"""The rows of a sitemap's XML, mended where it must be: whole rows, none by half (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from lxml import etree

from crawler.reading.payload import XmlPayload
from crawler.reading.xml_mending import mended, name_of, recovered

ROOTS: Final = ("urlset", "sitemapindex")
_ROWS: Final = frozenset({"url", "sitemap"})
_LISTED: Final = frozenset({"url", "sitemap", "loc", "lastmod"})
_TOLD: Final = {
    "loc": _LISTED,
    "lastmod": _LISTED,
    "title": frozenset({"news", "publication_date", "publication"}),
    "publication_date": frozenset({"news", "title", "publication"}),
    "language": frozenset({"publication", "name"}),
}
# what a row tells, and the elements that it may stand in: its own, or a neighbour left open
_LAST_END: Final = re.compile(rb"</(?:[A-Za-z_][\w.-]{0,40}:)?(?:url|sitemap)\s*>", re.IGNORECASE)
_STRETCH: Final = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    rb"|<(?:[A-Za-z_][\w.-]{0,40}:)?(?P<row>url|sitemap)(?=[\s>])",
    re.DOTALL | re.IGNORECASE,
)
_OTHERS: Final = ("image", "video", "xhtml", "mobile")
# extensions whose own <loc> and <title> are no piece's


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a document's rows say."""

    rows: tuple[dict[str, str], ...]
    # by name: loc, lastmod, title, publication_date, language; what is missing is absent
    more: bool
    # whether there are more rows than were asked for


def told_rows(document: XmlPayload, most: int) -> Told:
    """The first `most` rows of a urlset or an index.

    A document that breaks off ends behind its last whole row. One that is not well-formed is
    mended; where that does not help each row is read by itself, so that faults stay inside it.
    """
    text = document.text if document.whole else _to_the_last_row(document.text)
    try:
        return _streamed(text, most)
    except etree.XMLSyntaxError:
        text = mended(text)
    try:
        return _streamed(text, most)
    except etree.XMLSyntaxError:
        return _by_stretches(text, most)


def _to_the_last_row(text: bytes) -> bytes:
    """Up to the end of the last whole row, and ended."""
    end = max((match.end() for match in _LAST_END.finditer(text)), default=0)
    root = re.match(rb"<([A-Za-z_][\w:.-]{0,80})[^<>]*(?:>|\Z)", text)
    if root is None:
        return text
    start = root[0] if root[0].endswith(b">") else b"<" + root[1] + b">"
    return (text[:end] if end else start) + b"</" + root[1] + b">"


def _streamed(text: bytes, most: int) -> Told:
    """Raises etree.XMLSyntaxError where it is not well-formed."""
    rows: list[dict[str, str]] = []
    events = etree.iterparse(
        BytesIO(text),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        above = element.getparent()
        if above is None or above.getparent() is not None:
            continue
        if name_of(element)[1] in _ROWS:
            if len(rows) >= most:
                return Told(rows=tuple(rows), more=True)
            rows.append(_told(element))
        _forget(element)
    return Told(rows=tuple(rows), more=False)


def _forget(element: etree._Element) -> None:
    """Let go of a row that was taken, so that 50,000 do not stand in memory."""
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]


def _by_stretches(text: bytes, most: int) -> Told:
    """The same, each row parsed alone."""
    rows: list[dict[str, str]] = []
    for stretch in _stretches(text):
        tree = recovered(b"<mended>" + stretch + b"</mended>")
        found = () if tree is None else (e for e in tree.iter() if name_of(e)[1] in _ROWS)
        row = next(iter(found), None)
        if row is None:
            continue
        if len(rows) >= most:
            return Told(rows=tuple(rows), more=True)
        rows.append(_told(row))
    return Told(rows=tuple(rows), more=False)


def _stretches(text: bytes) -> Iterator[bytes]:
    """From each row's start tag to the next one's."""
    start = None
    for found in _STRETCH.finditer(text):
        if not found["row"]:
            continue
        if start is not None:
            yield text[start : found.start()]
        start = found.start()
    if start is not None:
        yield text[start:]


def _told(row: etree._Element) -> dict[str, str]:
    """What a row says, by local names; of pictures and videos nothing, and the first counts."""
    told: dict[str, str] = {}
    for element in row.iterdescendants():
        prefix, name = name_of(element)
        if name not in _TOLD or prefix in _OTHERS:
            continue
        above = element.getparent()
        holder, inside = name_of(above) if above is not None else ("", "")
        if holder not in _OTHERS and inside in _TOLD[name]:
            told.setdefault(name, _text(element, whole=name == "title"))
    return {name: words for name, words in told.items() if words}


def _text(element: etree._Element, *, whole: bool) -> str:
    """The words of an element; of one that nobody closed those before the next."""
    return ("".join(map(str, element.itertext())) if whole else element.text or "").strip()
