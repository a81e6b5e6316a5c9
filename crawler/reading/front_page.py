"""What a front page names: its feeds and its REST root (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from crawler.reading.payload import page_start

if TYPE_CHECKING:
    from lxml import etree

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
REST = "https://api.w.org/"
# Both stand in the head; nobody's head is longer.
HEAD_BYTES = 262_144
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
    """Feeds and REST root of a page; empty for a body that is no page (a feed, say).

    What a system prints ahead of the page is passed over; relative addresses count from its
    `<base>`. `headers` have lower-case names; WordPress names its REST root in `Link`.
    """
    named = LINK_HEADER.search(headers.get("link", ""))
    rest = _joined(url, named[1]) if named else None
    start = page_start(body)
    if start is None:
        return FrontLinks(rest=rest)
    root = _tree(body[start : start + HEAD_BYTES])
    links = [] if root is None else _link_elements(root)
    base = url if root is None else _base(root, url)
    feeds = (_joined(base, link["href"]) for link in links if _is_feed(link))
    roots = (_joined(base, link["href"]) for link in links if link.get("rel") == REST)
    return FrontLinks(feeds=tuple(filter(None, feeds)), rest=rest or next(roots, None))


def _tree(head: bytes) -> etree._Element | None:
    root: etree._Element | None = etree.fromstring(
        head, etree.HTMLParser(recover=True, huge_tree=False)
    )
    return root


def _base(root: etree._Element, url: str) -> str:
    """What relative addresses count from."""
    declared = next((base.get("href") for base in root.iter("base") if base.get("href")), None)
    return (_joined(url, declared) if declared else None) or url


def _joined(base: str, href: str) -> str | None:
    """An absolute web address, None for what is none."""
    try:
        joined = urljoin(base, href.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


def _link_elements(root: etree._Element) -> list[dict[str, str]]:
    """The attributes of every <link> with an address."""
    found = ({str(k): str(v) for k, v in link.attrib.items()} for link in root.iter("link"))
    return [link for link in found if link.get("href")]


def _is_feed(link: Mapping[str, str]) -> bool:
    kind = link.get("type", "").lower().split(";")[0].strip()
    if "alternate" not in link.get("rel", "").lower() or kind not in FEED_TYPES:
        return False
    return not COMMENTS.search(f"{link['href']} {link.get('title', '')}")
