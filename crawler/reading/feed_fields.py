"""The elements of a feed's row to what they are called here: every dialect of RSS and Atom (pure).

Rows of either kind may use the other's elements, and Dublin Core's, Media RSS' and iTunes' where
their own say nothing. An element without a prefix is the feed's own, whatever default namespace
its publisher declared; one with a prefix is known by its namespace, else by its usual prefix.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urljoin

from lxml import etree

from crawler.reading.addresses import printed
from crawler.reading.feed_xml import FeedXml, Part
from crawler.reading.text import plain
from crawler.reading.xml_mending import name_of

_SPACES: Final[Mapping[str, str]] = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns": "",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
# namespaces in small letters without their last sign; "" are the feed's own
_PREFIXES: Final = frozenset({"", *_SPACES.values(), "atom", "rss"})
_OWN: Final = frozenset({"atom", "rss"})
# prefixes that some use for the feed's own elements

TITLES: Final = ("title", "dc:title", "media:title")
NAMES: Final = ("guid", "id")
PUBLISHED: Final = ("pubdate", "published", "issued")
ALSO_PUBLISHED: Final = ("dc:date", "dcterms:issued", "dcterms:created", "created", "date")
# they serve where the first are missing or cannot be read: dc:date is often the day alone
UPDATED: Final = ("updated", "modified", "dcterms:modified")
SUMMARIES: Final = ("description", "summary")
ALSO_SUMMARIES: Final = (
    "dc:description", "dcterms:abstract", "itunes:summary", "media:description",
)  # fmt: skip
CONTENTS: Final = ("content", "content:encoded")
AUTHORS: Final = ("author", "dc:creator", "creator")
ALSO_AUTHORS: Final = ("itunes:author", "dc:author")
PICTURES: Final = ("enclosure", "media:content", "media:thumbnail", "itunes:image")
# elements that name a picture, the larger ones first
CATEGORIES: Final = ("category", "dc:subject")
_HTML: Final = frozenset({"text/html", "application/xhtml+xml", "html"})
_READABLE: Final = re.compile(r"text/|[/+]xml\b", re.IGNORECASE)
# media types that stand in a feed as they are; others in base64 (RFC 4287, 4.1.3.3)
_PICTURES: Final = re.compile(r"(?:image|audio|video|font)/", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\S+@\S+")
_LONGEST_NAME: Final = 300
# characters of a name with its address
_LONGEST_SHOWN: Final = 200
# characters of a name as it is kept
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Found = Mapping[str, Sequence[etree._Element]]
# elements by name, in their order: "title", "dc:creator"


def entries_of(feed: FeedXml) -> list[dict[str, Any]]:
    """The rows of a feed; what is empty is absent.

    "title", "link", "guid", "published" (with "dates", further ones that serve where it cannot be
    read), "updated", "summary", "content", "authors", "categories", "language", "pictures"; "links"
    by language where a row has several.
    """
    language = language_of_feed(feed)
    return [_entry(row, language) for row in feed.rows]


def head_of(feed: FeedXml) -> dict[str, str]:
    """Title and generator of a feed, "" where it has none."""
    found = _found(feed.head)
    return {"title": _first(found, TITLES), "generator": _first(found, ("generator",))}


def links_of(feed: FeedXml) -> Iterator[tuple[str, str]]:
    """What a feed says where else to go: relation and address."""
    for element in _found(feed.head).get("link", ()):
        href = element.get("href") or (_text(element) if not element.get("rel") else "")
        if href:
            yield _relation(element), _joined(feed.head.base, href)


def language_of_feed(feed: FeedXml) -> str:
    """The language that a feed declares: "sq", "" without one."""
    told = _first(_found(feed.head), ("language", "dc:language")) or feed.language
    return told[:2].lower()


# --- rows ----------------------------------------------------------------------------------


def _entry(row: Part, language: str) -> dict[str, Any]:
    found = _found(row)
    links = _links(row, found)
    summary, content = _words(found)
    dates = list(dict.fromkeys((*_texts(found, PUBLISHED), *_texts(found, ALSO_PUBLISHED))))
    entry: dict[str, Any] = {
        "title": _first(found, TITLES),
        "link": next(iter(links.values()), ""),
        "links": links if len(links) > 1 else None,
        "guid": printed(_first(found, NAMES) or row.about),
        "published": dates[0] if dates else "",
        "dates": dates[1:],
        "updated": _first(found, UPDATED),
        "summary": summary,
        "content": content,
        "authors": _authors(found),
        "categories": list(dict.fromkeys(plain(name) for name in _categories(found))),
        "language": language,
        "pictures": list(_pictures(row, found)),
    }
    return {name: value for name, value in entry.items() if value}


def _found(part: Part) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {}
    for element in part.elements:
        if name := field_name(element):
            found.setdefault(name, []).append(element)
    return found


def field_name(element: etree._Element) -> str:
    """ "title", "dc:creator"; "" for elements of namespaces that say nothing here."""
    tag = element.tag
    prefix, local = name_of(element)
    if not local:
        return ""
    if isinstance(tag, str) and tag.startswith("{"):
        uri = tag[1:].partition("}")[0].strip().rstrip("/#").lower()
        prefix = _SPACES.get(uri, prefix)
    if prefix in _OWN or _is_of_the_root(element):
        prefix = ""
    if prefix not in _PREFIXES:
        return ""
    return f"{prefix}:{local}" if prefix else local


def _is_of_the_root(element: etree._Element) -> bool:
    """Whether an element has the root's own prefix: a feed may have one for everything."""
    above = element.getparent()
    holder = name_of(above) if above is not None else ("", "")
    return (
        bool(holder[0])
        and holder[1] in {"item", "entry", "channel", "feed"}
        and (holder[0] == name_of(element)[0])
    )


def _text(element: etree._Element) -> str:
    """What stands in an element; markup that stands there unescaped as markup."""
    words = _inner(element) if len(element) else element.text or ""
    kind = element.get("type") or ""
    if element.get("mode") == "base64" or ("/" in kind and not _READABLE.search(kind)):
        try:
            words = base64.b64decode(words).decode("utf-8", "replace")
        except ValueError:
            words = ""
    return _ILLEGAL.sub("", words).strip()


def _inner(element: etree._Element) -> str:
    """Markup inside an element (Atom's xhtml, careless RSS).

    An element that was never closed ends where the next one of the row begins.
    """
    parts = [element.text or ""]
    holds_markup = field_name(element) in {*SUMMARIES, *CONTENTS}
    for child in element:
        if not holds_markup and field_name(child) in _ENDING:
            break
        parts.append(etree.tostring(child, encoding="unicode", method="html"))
    return "".join(parts)


_ENDING: Final = frozenset({
    *TITLES, *NAMES, *PUBLISHED, *ALSO_PUBLISHED, *UPDATED, *SUMMARIES, *CONTENTS, *AUTHORS,
    *CATEGORIES, "link",
})  # fmt: skip
# elements of a row, which end another that nobody closed


def _texts(found: Found, names: Iterable[str]) -> Iterator[str]:
    """What the elements of these names say, in the order of the names."""
    for name in names:
        for element in found.get(name, ()):
            if words := _text(element):
                yield words


def _first(found: Found, names: Iterable[str]) -> str:
    return next(_texts(found, names), "")


# --- addresses ---------------------------------------------------------------------------------


def _links(row: Part, found: Found) -> dict[str, str]:
    """The row's address by the language it is told for, the first of each; "" for none told."""
    links: dict[str, str] = {}
    origins = [("", words) for words in _texts(found, ("feedburner:origlink",))]
    told = found.get("link", ())
    plain_ones = [("", _text(element)) for element in told if not element.get("href")]
    alternates = [e for e in told if e.get("href") and _relation(e) == "alternate"]
    pages = [e for e in alternates if (e.get("type") or "html").lower() in _HTML] or alternates
    linked = [((e.get("hreflang") or "")[:2].lower(), e.get("href") or "") for e in pages]
    for language, href in (*origins, *plain_ones, *linked):
        if href:
            links.setdefault(language, _joined(row.base, href))
    return links


def _relation(element: etree._Element) -> str:
    """ "alternate" without one; the registry's addresses end in the name (RFC 4287, 4.2.7.2)."""
    words = (element.get("rel") or "alternate").strip().lower().rpartition("/")[2].split()
    return "alternate" if "alternate" in words else (words or ["alternate"])[0]


def _joined(base: str, href: str) -> str:
    address = printed(href)
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def _pictures(row: Part, found: Found) -> Iterator[str]:
    """Addresses of pictures, the largest of one sort first."""
    for name in PICTURES:
        pictures = [element for element in found.get(name, ()) if _is_picture(element)]
        for element in sorted(pictures, key=_breadth, reverse=True):
            if address := element.get("url") or element.get("href"):
                yield _joined(row.base, address)
    for link in found.get("link", ()):
        if _relation(link) == "enclosure" and _is_picture(link) and link.get("href"):
            yield _joined(row.base, link.get("href") or "")


def _is_picture(element: etree._Element) -> bool:
    """Whether an element that says what it leads to says a picture, or cannot say otherwise."""
    told = element.get("type") or element.get("medium") or ""
    return told.startswith("image") if told else field_name(element) in _ALWAYS_PICTURES


_ALWAYS_PICTURES: Final = frozenset({"media:thumbnail", "itunes:image"})


def _breadth(element: etree._Element) -> int:
    width = element.get("width") or ""
    return int(width) if width.isdecimal() and len(width) < _LONGEST_NUMBER else 0


_LONGEST_NUMBER: Final = 6


# --- words ----------------------------------------------------------------------------------------


def _words(found: Found) -> tuple[str, str]:
    """Summary and content; a second description is the text."""
    summaries = list(_texts(found, SUMMARIES))
    contents = [_text(e) for name in CONTENTS for e in found.get(name, ()) if _is_words(e)]
    again = list(_texts(found, SUMMARIES[:1]))[1:]
    content = max((*contents, *again), key=len, default="")
    summary = summaries[0] if summaries else _first(found, ALSO_SUMMARIES)
    return (summary if summary != content else ""), content


def _is_words(content: etree._Element) -> bool:
    """Whether a content stands in the feed and can be read."""
    return not (_PICTURES.match(content.get("type") or "") or content.get("src"))


def _authors(found: Found) -> list[str]:
    """Who signed."""
    names = [*_names(found, AUTHORS)] or [*_names(found, ALSO_AUTHORS)]
    return list(dict.fromkeys(names))


def _names(found: Found, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for element in found.get(name, ()):
            if shown := plain(_name(element))[:_LONGEST_SHOWN]:
                yield shown


def _name(author: etree._Element) -> str:
    """The name of an author element, without an address."""
    if len(author):
        inside = (child for child in author if name_of(child)[1] == "name")
        return next((_text(child) for child in inside if _text(child)), "")
    printed_name = _ILLEGAL.sub("", author.text or "")[:_LONGEST_NAME]
    return _ADDRESS.sub("", printed_name).strip("()<> \n\t")


def _categories(found: Found) -> Iterator[str]:
    for name in CATEGORIES:
        for element in found.get(name, ()):
            yield from filter(None, (element.get("term"), _text(element)))
