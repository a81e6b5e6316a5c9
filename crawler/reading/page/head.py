"""What a page says once for the whole of it, wherever that stands: title, metas, links, JSON-LD."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from crawler.limits import ADDRESS, META, META_NAMES, METAS, TITLE
from crawler.reading.page.structured import Thing, things_of


@dataclass(slots=True)
class Head:
    """The page about itself, in page order."""

    title: str = ""
    # of the first <title>, in one line
    metas: dict[str, list[str]] = field(default_factory=dict)
    # lower-case name, property or itemprop -> contents
    links: dict[str, list[str]] = field(default_factory=dict)
    # lower-case rel -> addresses
    things: tuple[Thing, ...] = ()
    # JSON-LD


def head_of(root: etree._Element) -> Head:
    """All of a page's head, bounded as `crawler.limits` says."""
    head = Head()
    title = next(root.iter("title"), None)
    if title is not None:
        head.title = " ".join("".join(map(str, title.itertext())).split())[:TITLE]
    scripts: list[str] = []
    for el in root.iter("meta", "link", "script"):
        if el.tag == "meta":
            _meta(el, head)
        elif el.tag == "link":
            rel, href = el.get("rel"), el.get("href")
            if rel and href and len(href) <= ADDRESS:
                _keep(head.links, rel[:META].lower(), href)
        elif "ld+json" in (el.get("type") or "").lower() and el.text:
            scripts.append(el.text)
    head.things = things_of(scripts)
    return head


def _meta(el: etree._Element, head: Head) -> None:
    content = el.get("content")
    if not content:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = el.get(key)
        if name:
            _keep(head.metas, name[:META].strip().lower(), content.strip()[:META])


def _keep(found: dict[str, list[str]], name: str, said: str) -> None:
    """Add what is said under a name, as far as the limits go."""
    if name not in found and len(found) >= META_NAMES:
        return
    under = found.setdefault(name, [])
    if len(under) < METAS:
        under.append(said)
