"""JSON Feed (jsonfeed.org, version 1 and 1.1) to the rows of a feed (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from crawler.limits import AHEAD, FEED_ROWS
from crawler.reading import Unreadable
from crawler.reading.addresses import printed
from crawler.reading.payload import json_value, page_start, xml_payload
from crawler.reading.text import plain

_MARK: Final = b"jsonfeed.org/version/"
# of its "version", which every such feed has
ROOTS: Final = ("rss", "rdf", "feed", "channel")
# of feeds in XML, whose pieces may speak of this format
_LONGEST_NAME: Final = 200
# characters of a name as it is kept


def json_feed(body: bytes) -> Mapping[str, Any] | None:
    """The feed's own object, None where `body` is no such feed.

    Raises Unreadable for one that breaks off or has no list of items.
    """
    start = body[:AHEAD].replace(b"\\/", b"/")
    if _MARK not in start or xml_payload(start, ROOTS) or page_start(start) is not None:
        return None
    feed = json_value(body)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise Unreadable("a JSON Feed without items")
    return feed


def json_entries(feed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Its rows, as `crawler.reading.feed_fields.entries_of` gives those of XML."""
    items = (item for item in feed["items"][:FEED_ROWS] if isinstance(item, dict))
    return [_entry(item, feed) for item in items]


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    content = _text(item, "content_html") or escape(_text(item, "content_text"), quote=False)
    summary = escape(_text(item, "summary"), quote=False)
    entry = {
        "title": escape(_text(item, "title"), quote=False),
        "link": printed(_text(item, "url") or _text(item, "external_url")),
        "guid": _text(item, "id"),
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
        "summary": summary if summary != content else "",
        "content": content,
        "authors": list(_authors(item) or _authors(feed)),
        "categories": [plain(tag) for tag in _list(item, "tags") if isinstance(tag, str)],
        "pictures": [one for name in ("image", "banner_image") if (one := _text(item, name))],
        "language": (_text(item, "language") or _text(feed, "language"))[:2].lower(),
    }
    return {name: value for name, value in entry.items() if value}


def _text(told: Mapping[str, Any], name: str) -> str:
    """A field's words; version 1 allowed numbers for names of rows."""
    value = told.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


def _list(told: Mapping[str, Any], name: str) -> Iterable[Any]:
    value = told.get(name)
    return value if isinstance(value, list) else ()


def _authors(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Who signed: `authors`, in version 1 `author`."""
    people = [*_list(told, "authors"), told.get("author")]
    names = (plain(_text(one, "name"))[:_LONGEST_NAME] for one in people if isinstance(one, dict))
    return tuple(dict.fromkeys(name for name in names if name))
