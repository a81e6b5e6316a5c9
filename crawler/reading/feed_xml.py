"""RSS and Atom to the elements of their rows: any charset, well-formed or mended (pure, bounded).

Feeds come in wrong charsets, with HTML entities, bare ampersands, unclosed items, junk in front.
What is well-formed is parsed once by lxml. The rest is mended and parsed again, and where that
does not help each row is read by itself, so that faults stay inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final, Literal, TypeAlias
from urllib.parse import urljoin

from lxml import etree

from crawler.limits import AHEAD, FEED, FEED_ELEMENTS, FEED_ROWS
from crawler.reading import Unreadable
from crawler.reading.json_feed import ROOTS
from crawler.reading.payload import XmlPayload, page_start, utf8, xml_payload
from crawler.reading.text import plain
from crawler.reading.xml_mending import mended, name_of, recovered, well_formed

Kind: TypeAlias = Literal["rss", "atom"]

_ROWS: Final = frozenset({"item", "entry"})
_HOLDERS: Final = frozenset({
    "description", "summary", "content", "encoded", "author", "source", "image", "textinput",
    "group",
})  # fmt: skip
# what may hold markup, or elements of its own that are not the row's
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of a feed, or its head."""

    elements: Sequence[etree._Element]
    # in their order, at most FEED_ELEMENTS
    about: str = ""
    # RSS 1.0 names a row by an attribute
    base: str = ""
    # what its relative addresses count from by xml:base; it may be relative itself


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedXml:
    """A page of a feed, parsed."""

    kind: Kind
    # by its root element; rows of either kind may use the other's elements
    head: Part
    # what it says of itself
    rows: Sequence[Part]
    # at most FEED_ROWS
    language: str
    # xml:lang of its root, "" without one
    ill_formed: bool
    # whether the outlet's XML had to be mended
    whole: bool
    # whether it came to its end; the unfinished last row of one that did not is left
    notes: tuple[str, ...]
    # what was cut: ("more than 500 rows, the first 500 are read",)


def parse_xml(body: bytes, *, charset: str | None) -> FeedXml:
    """A page of a feed. Raises Unreadable for anything but a feed."""
    text = utf8(body[:FEED], charset)
    document = xml_payload(text, ROOTS)
    if document is None:
        raise Unreadable(_what_else(text))
    whole = document.whole or _all_rows(document.text)
    text = document.text if whole else _to_the_last_row(document)
    tree = well_formed(text)
    ill_formed = tree is None or not whole
    if tree is None:
        text = mended(text)
        tree = well_formed(text)
    head, rows = _by_stretches(text) if tree is None else _parts(tree)
    notes = [f"more than {FEED_ROWS} rows, the first {FEED_ROWS} are read"]
    notes *= len(rows) > FEED_ROWS
    if len(body) > FEED:
        notes.append(f"a feed of {len(body):,} bytes, the first {FEED:,} are read")
    return FeedXml(
        kind="atom" if document.root.lower() == "feed" else "rss",
        head=head,
        rows=rows[:FEED_ROWS],
        language="" if tree is None else tree.get(_LANG, ""),
        ill_formed=ill_formed,
        whole=whole,
        notes=tuple(notes),
    )


# --- what is no feed -------------------------------------------------------------------

_TITLE: Final = re.compile(rb"<title[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_FIRST: Final = re.compile(rb"<([A-Za-z][\w:.-]{0,40})")


def _what_else(text: bytes) -> str:
    """What a body is that is no feed, in words."""
    start = text[:AHEAD].strip()
    if not start:
        return "an empty body, not a feed"
    if start.startswith((b"{", b"[")):
        return "JSON, not a feed"
    if page_start(start) is not None:
        title = _TITLE.search(start)
        words = f": {plain(title[1].decode(errors='replace'))[:80]}" if title else ""
        return f"an HTML page, not a feed{words}"
    first = _FIRST.search(start)
    if first is None:
        return f"not a feed: {plain(start[:60].decode(errors='replace'))!r}"
    return f"XML, but <{first[1].decode()}> is no feed"


# --- where it ends ------------------------------------------------------------------------

_ROW_END: Final = re.compile(rb"</(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_CHANNEL: Final = re.compile(rb"<(/?)((?:[A-Za-z_][\w.-]{0,40}:)?channel)(?=[\s>])", re.IGNORECASE)
_ROOT_TAG: Final = re.compile(rb"<([A-Za-z_][\w:.-]{0,80})")


def _all_rows(text: bytes) -> bool:
    """Whether a channel with rows in it was ended, though its root was not."""
    end = text.rfind(b"</channel")
    return end > max(text.rfind(b"<item"), text.rfind(b"<entry"))


def _to_the_last_row(document: XmlPayload) -> bytes:
    """Up to the end of the last whole row, and its open elements ended."""
    text = document.text
    first = next((m.start() for m in _ROW_OR_CDATA.finditer(text) if m["row"]), len(text))
    end = max((match.end() for match in _ROW_END.finditer(text)), default=first)
    root = _ROOT_TAG.match(text)
    channels = [match for match in _CHANNEL.finditer(text, 0, end) if match.start()]
    open_one = channels[-1][2] if channels and not channels[-1][1] else b""
    ends = [name for name in (open_one, root[1] if root else b"") if name]
    return text[:end] + b"".join(b"</" + name + b">" for name in ends)


# --- parts --------------------------------------------------------------------------------


def _parts(tree: etree._Element) -> tuple[Part, list[Part]]:
    """The elements of the head, and those of each row, out of a whole tree."""
    found = list(islice(tree.iter("{*}item", "{*}entry"), FEED_ROWS + 1))
    if not found:
        every = (e for e in tree.iter() if name_of(e)[1] in _ROWS)
        found = list(islice(every, FEED_ROWS + 1))
    tops = [child for child in tree if name_of(child)[1] == "channel"] or [tree]
    head = (child for top in tops for child in top if name_of(child)[1] not in _ROWS)
    base = tops[0].xpath("boolean(ancestor-or-self::*/@xml:base)") or any(
        row.get(_BASE) is not None for row in found
    )
    return (
        Part(elements=list(islice(head, FEED_ELEMENTS)), base=_base_of(tops[0])),
        [
            Part(
                elements=list(islice(row, FEED_ELEMENTS)),
                about=row.get(_ABOUT) or "",
                base=_base_of(row) if base else "",
            )
            for row in found
        ],
    )


def _base_of(element: etree._Element) -> str:
    """The xml:base in force, nested ones joined (XML Base, 4.2)."""
    above = [*reversed(list(element.iterancestors())), element]
    bases = [base for one in above if (base := one.get(_BASE))]
    joined = ""
    for base in bases:
        try:
            joined = urljoin(joined, base.strip())
        except ValueError:
            continue
    return joined


# --- rows one by one ------------------------------------------------------------------------

_ROW_OR_CDATA: Final = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    rb"|<(?:[A-Za-z_][\w.-]{0,40}:)?(?P<row>item|entry)(?=[\s>/])",
    re.DOTALL | re.IGNORECASE,
)
_DECLARED: Final = re.compile(
    rb"\s(xmlns(?::[A-Za-z_][\w.-]{0,40})?|xml:base)\s*=\s*(\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}')"
)
_MOST_DECLARED: Final = 50
# namespaces and bases of the head that hold for its rows


def _by_stretches(text: bytes) -> tuple[Part, list[Part]]:
    """The same out of XML that cannot be mended: each row by itself, so faults stay inside."""
    starts = [m.start() for m in _ROW_OR_CDATA.finditer(text) if m["row"]]
    head = text[: starts[0] if starts else len(text)]
    around = _declarations(head)
    bounds = pairwise([*starts[: FEED_ROWS + 1], len(text)])
    return _part(head, around), [_part(text[start:end], around) for start, end in bounds]


def _declarations(head: bytes) -> bytes:
    """The attributes of a feed's first elements that hold for its rows, each name once."""
    found: dict[bytes, bytes] = {}
    for match in islice(_DECLARED.finditer(head, 0, AHEAD), _MOST_DECLARED):
        found.setdefault(match[1], match[2])
    return b"".join(b" %s=%s" % pair for pair in found.items())


def _part(stretch: bytes, around: bytes) -> Part:
    """The elements of a broken stretch, however they came to be nested."""
    tree = recovered(b"<mended" + around + b">" + stretch + b"</mended>")
    if tree is None:
        return Part(elements=())
    row = next((e for e in islice(tree.iter(), 2) if name_of(e)[1] in _ROWS), tree)
    return Part(
        elements=list(islice(_outermost(tree), FEED_ELEMENTS)),
        about=row.get(_ABOUT) or "",
        base=_base_of(row),
    )


def _outermost(tree: etree._Element) -> Iterator[etree._Element]:
    """Elements that are not part of another's words."""
    for element in tree.iter(etree.Element):
        if not any(name_of(above)[1] in _HOLDERS for above in element.iterancestors()):
            yield element
