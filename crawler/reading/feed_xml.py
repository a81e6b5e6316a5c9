"""What outlets send as RSS or Atom, made into small, well-formed XML for feedparser.

Feeds come in wrong charsets, with HTML entities, bare ampersands, unclosed items, junk in front.
feedparser reads such things with a slow parser of its own whose time a hostile feed can square
(50,000 attributes: 17 s). So lxml, which recovers in linear time, reads first; here only the
elements and attributes are kept that reading needs, and everything ahead of the root element is
cut off before any parser sees it: entities that a DOCTYPE declares do not exist.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5
from itertools import islice, pairwise
from typing import Final, Literal, TypeAlias

from lxml import etree

from crawler.reading import Unreadable
from crawler.reading.text import plain

Kind: TypeAlias = Literal["rss", "atom"]

MOST_ENTRIES: Final = 500
# rows of one page; outlets' feeds hold 4 to 30
MOST_BYTES: Final = 8 * 1024 * 1024
# of a page; more is cut
_MOST_ELEMENTS: Final = 100
# of one row or of the head that are kept
_MOST_MENDS: Final = 200_000
# ampersands and brackets of a page that are mended
_JUNK: Final = 64 * 1024
# characters in which the root element must start

ATOM: Final = "http://www.w3.org/2005/Atom"
_NAMESPACES: Final = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
}
_PREFIXES: Final = {
    **{uri: prefix for prefix, uri in _NAMESPACES.items()},
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
}
# by namespace; RSS's own are none at all
_KEPT: Final = {
    "": "title link guid pubDate description author category language generator",
    "atom": "title link id published updated modified issued created summary content author"
    " category generator",
    "content": "encoded",
    "dc": "date creator subject language",
    "dcterms": "issued created modified",
    "feedburner": "origLink",
}
_KEPT_NAMES: Final = frozenset(
    f"{prefix}:{name}" for prefix, names in _KEPT.items() for name in names.split()
)
_HOLDERS: Final = frozenset({"description", "summary", "content", "encoded", "author"})
# what may hold markup, or elements of its own
_ADDRESS: Final = re.compile(r"\S+@\S+")
_LONGEST_NAME: Final = 300
# characters of a name with its address
_WANTED: Final = tuple(
    f"{{{_NAMESPACES[prefix]}}}{name}" if prefix else name
    for prefix, names in _KEPT.items()
    for name in names.split()
)
_RENAMED: Final = {
    "dc:date": ":pubDate",
    "dcterms:issued": ":pubDate",
    "dcterms:created": ":pubDate",
}
# feedparser takes dc:date for an edit; in news it is the day of publication
_KEPT_ATTRIBUTES: Final = ("type", "rel", "href", "isPermaLink", "term", "label", "mode")
_ROWS: Final = frozenset({"item", "entry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanFeed:
    """A feed that any XML parser reads."""

    xml: bytes
    # UTF-8, RSS 2.0 or Atom 1.0
    kind: Kind
    # "rss"
    rows: int
    # entries that are kept
    ill_formed: bool
    # whether the outlet's XML had to be mended
    notes: tuple[str, ...]
    # what was cut: ("812 rows, the first 500 are read",)


def clean_feed(body: bytes, *, charset: str | None) -> CleanFeed:
    """A page of a feed in well-formed XML. Raises Unreadable for anything but a feed."""
    text, root = _from_root(decoded(body[:MOST_BYTES], charset))
    kind: Kind = "atom" if root == "feed" else "rss"
    tree = _well_formed(text)
    head, rows = _mended(text, kind) if tree is None else _parts(tree)
    most = f"more than {MOST_ENTRIES} rows, the first {MOST_ENTRIES} are read"
    notes = [most] * (len(rows) > MOST_ENTRIES)
    if len(body) > MOST_BYTES:
        notes.append(f"a feed of {len(body):,} bytes, the first {MOST_BYTES:,} are read")
    rows = rows[:MOST_ENTRIES]
    return CleanFeed(
        xml=_rebuilt(head, rows, kind),
        kind=kind,
        rows=len(rows),
        ill_formed=tree is None,
        notes=tuple(notes),
    )


# --- characters --------------------------------------------------------------------

_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_WESTERN: Final = frozenset({"iso8859-1", "ascii"})
# what calls itself so is windows-1252 (the Encoding Standard says the same)
_SINGLE_BYTE: Final = ("cp125", "iso8859", "koi8", "mac", "cp437", "cp85", "cp866")
# codecs that feeds may name; Python has others that are no character sets


def decoded(body: bytes, charset: str | None) -> str:
    """The text of an XML page: byte order mark, then UTF-8 if it is, then what is declared.

    Outlets declare what they are not; bytes that are valid UTF-8 by chance do not exist in prose.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _ILLEGAL.sub("", body[len(mark) :].decode(name, errors="replace"))
    if wide := _wide(body[:4]):
        return _ILLEGAL.sub("", body.decode(wide, errors="replace"))
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken and broken * 4 > sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text))):
        declared = _DECLARED.search(body[:_JUNK])
        names = [declared[1].decode("ascii") if declared else None, charset]
        text = body.decode(next(_codecs(names), "cp1252"), errors="replace")
    return _ILLEGAL.sub("", text)


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its "<?" is zero."""
    if start[1::2] == b"\0\0" and start[0]:
        return "utf-16-le"
    return "utf-16-be" if start[::2] == b"\0\0" and start[1:2] != b"\0" else None


def _codecs(names: Iterable[str | None]) -> Iterator[str]:
    """The single-byte encodings among declared names, as Python calls them."""
    for name in names:
        try:
            codec = codecs.lookup(name or "utf-8").name
        except LookupError:
            continue
        if codec.startswith(_SINGLE_BYTE) or codec in _WESTERN:
            yield "cp1252" if codec in _WESTERN else codec


# --- the root ----------------------------------------------------------------------

_ROOT: Final = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(rss|RDF|feed|channel)(?=[\s>/])")
_SUBSET: Final = re.compile(r"<!DOCTYPE[^\[>]*\[.*?\]\s*>", re.DOTALL)
_TITLE: Final = re.compile(r"<title[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FIRST: Final = re.compile(r"<([A-Za-z][\w:.-]{0,40})")


def _from_root(text: str) -> tuple[str, str]:
    """The text from its root element on, and that element's name. Raises Unreadable."""
    text = text.lstrip("\ufeff \t\r\n")
    if not text:
        raise Unreadable("an empty body, not a feed")
    start = text[:_JUNK]
    declared = start.find("<!DOCTYPE")
    subset = _SUBSET.match(text, declared) if declared >= 0 else None
    ahead = subset.end() if subset else 0
    root = _ROOT.search(text, ahead, ahead + _JUNK)
    page = _PAGE.search(start)
    if root is None or (page and page.start() < root.start()):
        raise Unreadable(_what_else(start))
    return text[root.start() :], root[1]


def _what_else(start: str) -> str:
    """What a body is that is no feed, in words."""
    if start[0] in "{[":
        return "JSON, not a feed"
    first = _FIRST.search(start)
    if first is None:
        return f"not a feed: {plain(start[:60])!r}"
    if _PAGE.search(start):
        title = _TITLE.search(start)
        return "an HTML page, not a feed" + (f": {plain(title[1])[:80]}" if title else "")
    return f"XML, but <{first[1]}> is no feed"


# --- trees --------------------------------------------------------------------------


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _well_formed(text: str) -> etree._Element | None:
    try:
        return etree.fromstring(text.encode(), _parser(recover=False))
    except etree.XMLSyntaxError:
        return None


def _parts(tree: etree._Element) -> tuple[list[etree._Element], list[list[etree._Element]]]:
    """The elements of the head, and those of each row."""
    rows = list(tree.iter("{*}item", "{*}entry"))
    inside = [child for child in tree if _local(child) == "channel"] or [tree]
    head = [child for top in inside for child in top if _local(child) not in _ROWS]
    return head, [[_about(row), *row] for row in rows]


_ROW_OR_CDATA: Final = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<(?:[A-Za-z_][\w.-]{0,40}:)?(?P<row>item|entry)(?=[\s>/])",
    re.DOTALL,
)
_STRAY: Final = re.compile(
    r"(?P<cdata><!\[CDATA\[.*?(?:\]\]>|\Z))"
    r"|&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(?P<name>[A-Za-z][A-Za-z0-9]{1,31};)?"
    r"|<(?![A-Za-z_/!?])",
    re.DOTALL,
)


def _mended(text: str, kind: Kind) -> tuple[list[etree._Element], list[list[etree._Element]]]:
    """The same out of XML that is not well-formed: each row by itself, so faults stay inside."""
    text = _STRAY.sub(_in_xml, text, count=_MOST_MENDS)
    starts = [m.start() for m in _ROW_OR_CDATA.finditer(text) if m["row"]]
    bounds = pairwise([*starts[: MOST_ENTRIES + 1], len(text)])
    head = _pieces(text[: starts[0] if starts else len(text)], kind)
    return head, [_pieces(text[start:end], kind) for start, end in bounds]


def _in_xml(stray: re.Match[str]) -> str:
    """A bare "&" or "<" escaped, an HTML entity as its character."""
    if stray["cdata"]:
        return stray[0]
    character = html5.get(stray["name"] or "")
    if character:
        return character if character not in "&<" else f"&#{ord(character)};"
    return "&lt;" if stray[0] == "<" else f"&amp;{stray[0][1:]}"


def _pieces(text: str, kind: Kind) -> list[etree._Element]:
    """The elements of a broken stretch that are worth keeping, however they came to be nested."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    default = f' xmlns="{ATOM}"' if kind == "atom" else ""
    wrapped = f"<mended{default}{spaces}>{text}</mended>"
    tree = etree.fromstring(wrapped.encode(), _parser(recover=True))
    found: list[etree._Element] = []
    for element in islice(tree.iter(*_WANTED), _MOST_ELEMENTS):
        if not any(_local(above) in _HOLDERS for above in element.iterancestors()):
            found.append(element)
    return found


# --- rebuilding -----------------------------------------------------------------------


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _name(element: etree._Element) -> str:
    """ "dc:creator", ":title" for RSS's own, "?" for what we do not know."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"
    uri, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
    prefix = _PREFIXES.get(uri, "?") if uri else ""
    return local if not uri and ":" in local else f"{prefix}:{local}"


def _about(row: etree._Element) -> etree._Element:
    """RSS 1.0 names a row by an attribute; feedparser wants an element."""
    about = row.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    guid = etree.Element("guid" if about else "none", isPermaLink="false")
    guid.text = about and _legal(about)
    return guid


def _rebuilt(
    head: Sequence[etree._Element], rows: Sequence[Sequence[etree._Element]], kind: Kind
) -> bytes:
    if kind == "atom":
        top = root = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMESPACES)
    else:
        root = etree.Element("rss", version="2.0", nsmap=_NAMESPACES)
        top = etree.SubElement(root, "channel")
    _copy(head, top, kind)
    for row in rows:
        _copy(row, etree.SubElement(top, f"{{{ATOM}}}entry" if kind == "atom" else "item"), kind)
    return etree.tostring(root, encoding="utf-8")


def _copy(elements: Iterable[etree._Element], parent: etree._Element, kind: Kind) -> None:
    """The kept ones of `elements`, with markup inside them as escaped HTML."""
    for element in elements:
        name = _name(element)
        if name in _KEPT_NAMES and len(parent) < _MOST_ELEMENTS:
            prefix, _, local = _RENAMED.get(name, name).partition(":")
            uri = ATOM if kind == "atom" and not prefix else _NAMESPACES.get(prefix)
            _fill(etree.SubElement(parent, f"{{{uri}}}{local}" if uri else local), element)


def _fill(copy: etree._Element, element: etree._Element) -> None:
    for key in _KEPT_ATTRIBUTES:
        if (value := element.get(key)) is not None:
            copy.set(key, _legal(value))
    local = _local(element)
    if local == "author" and len(element):
        copy.extend(child for child in element if _local(child) in {"name", "email"})
    elif local in {"author", "creator"}:
        copy.text = _ADDRESS.sub("", _legal(element.text)[:_LONGEST_NAME]).strip("()<> \n\t")
    elif len(element):
        copy.text = _legal(_inner(element))
        copy.set("type", "html")
    else:
        copy.text = _legal(element.text)


def _legal(text: str | None) -> str:
    """Without the control characters that references ("&#1;") smuggle in."""
    return _ILLEGAL.sub("", text or "")


def _inner(element: etree._Element) -> str:
    """Markup that stands unescaped inside an element (Atom's xhtml, careless RSS).

    An element that was never closed ends where the next one of the row begins.
    """
    parts = [element.text or ""]
    for child in element:
        if _local(element) not in _HOLDERS and _name(child) in _KEPT_NAMES:
            break
        parts.append(etree.tostring(child, encoding="unicode", method="html"))
    return "".join(parts)
