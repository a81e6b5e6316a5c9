"""What a front page names: its feeds and its REST root (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
REST = "https://api.w.org/"
# Both stand in the head; nobody's head is longer.
HEAD_BYTES = 262_144
MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I
)
COMMENTS = re.compile(r"/comments/|comments?\s+feed|koment", re.IGNORECASE)
LINK_HEADER = re.compile(r'<([^<>]+)>\s*;[^,]*?rel="?https://api\.w\.org/"?')


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontLinks:
    """The addresses that a front page names for machines."""

    feeds: tuple[str, ...] = ()
    # absolute, in page order, feeds of comments left out
    rest: str | None = None
    # root of the WordPress REST API: "https://gazeta.example/wp-json/"


def front_links(body: bytes, url: str, headers: Mapping[str, str]) -> FrontLinks:
    """Feeds and REST root of a page; empty for a body that is no markup (a feed, say).

    `headers` have lower-case names; WordPress names its REST root in `Link`.
    """
    named = LINK_HEADER.search(headers.get("link", ""))
    rest = urljoin(url, named[1]) if named else None
    if not MARKUP.match(body[:HEAD_BYTES]):
        return FrontLinks(rest=rest)
    links = _link_elements(body[:HEAD_BYTES])
    feeds = tuple(urljoin(url, link["href"]) for link in links if _is_feed(link))
    declared = next((link["href"] for link in links if link.get("rel") == REST), None)
    return FrontLinks(feeds=feeds, rest=rest or (urljoin(url, declared) if declared else None))


def _link_elements(head: bytes) -> list[dict[str, str]]:
    """The attributes of every <link> with an address."""
    from lxml import etree  # noqa: PLC0415 - not on the path of a help page

    parser = etree.HTMLParser(recover=True, huge_tree=False)
    root = etree.fromstring(head, parser)
    if root is None:
        return []
    found = ({str(k): str(v) for k, v in link.attrib.items()} for link in root.iter("link"))
    return [link for link in found if link.get("href")]


def _is_feed(link: Mapping[str, str]) -> bool:
    kind = link.get("type", "").lower().split(";")[0].strip()
    if "alternate" not in link.get("rel", "").lower() or kind not in FEED_TYPES:
        return False
    return not COMMENTS.search(f"{link['href']} {link.get('title', '')}")
