"""A closer reading of the text, for one page that a person looks at: BeautifulSoup.

The fast reader passes over blocks by the names of their classes, and on some pages that leaves a
fragment. Where it does, the page is taken apart once more without believing any name: the element
whose own paragraphs hold the most words outside of links is the body. A fifth of a second a page,
which is why a crawl of thousands does without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

# Characters under which a text may be a fragment.
FRAGMENT: Final = 1_000
# How much longer the text that is found must be.
TWICE: Final = 2
# Characters of markup that are taken apart; the rest is cut. A piece of that size is no fragment.
MARKUP: Final = 1_500_000
# Characters of a paragraph that count as prose: shorter ones are labels, dates, buttons.
PROSE: Final = 40
# Share of a paragraph that may be links: more is a list of other pieces.
LINKED: Final = 0.4
# Never a piece's body, whatever it holds.
ASIDE: Final = (
    *("script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select"),
    *("nav", "header", "footer", "aside", "dialog"),
)
PARAGRAPHS: Final = ("p", "li", "blockquote", "h2", "h3", "h4", "td", "pre")


def closer_text(root: etree._Element, ours: str) -> str | None:
    """The body of the page where `ours` is a fragment of it, a line a paragraph; None keeps ours.

    What is found must hold twice as much, and what ours begins with.
    """
    if len(ours) >= FRAGMENT:
        return None
    from bs4 import BeautifulSoup  # noqa: PLC0415 - a crawl does without

    markup = etree.tostring(root, encoding="unicode", method="html")[:MARKUP]
    soup = BeautifulSoup(markup, "lxml")
    for tag in soup(list(ASIDE)):
        tag.decompose()
    found = "\n".join(_paragraphs(_body(soup)))
    return found if len(found) >= max(TWICE * len(ours), PROSE) else None


def _body(soup: BeautifulSoup) -> Tag | None:
    """The element with the most prose right under it; what is a step deeper counts half."""
    weight: dict[int, float] = defaultdict(float)
    tags: dict[int, Tag] = {}
    for paragraph in soup(["p", "blockquote", "pre"]):
        prose = _prose(paragraph)
        share = 1.0
        for above in list(paragraph.parents)[:2]:
            weight[id(above)] += prose * share
            tags[id(above)] = above
            share /= 2
    best = max(weight, key=lambda key: weight[key], default=None)
    return tags[best] if best is not None and weight[best] > 0 else None


def _prose(tag: Tag) -> int:
    """Characters of a paragraph that are told and not linked; 0 for labels and lists of links."""
    text = len(" ".join(tag.get_text(" ").split()))
    linked = sum(len(" ".join(link.get_text(" ").split())) for link in tag("a"))
    return text - linked if text >= PROSE and linked <= LINKED * text else 0


def _paragraphs(body: Tag | None) -> Iterator[str]:
    """Each line of prose once, the innermost element that holds it."""
    if body is None:
        return
    for tag in body(list(PARAGRAPHS)):
        if tag.find(list(PARAGRAPHS)) is None and (line := " ".join(tag.get_text().split())):
            linked = sum(len(link.get_text()) for link in tag("a"))
            if linked <= LINKED * len(line):
                yield line
