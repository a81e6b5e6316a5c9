"""One walk over a page's tree: all that any field needs, so that nobody walks again.

The walk knows tags and names of classes, never what a field is: readers of fields weigh.
Bounded by ELEMENTS and by libxml2's depth of 255.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Final, cast
from unicodedata import is_normalized

from lxml import etree

from crawler.limits import ELEMENTS, PAGE_LEAD, SPOT, SPOT_ELEMENTS, SPOTS
from crawler.reading.page.class_names import Mark, marks_of
from crawler.reading.page.facts import Block, Facts, Heading, Node, Spot
from crawler.reading.page.head import head_of
from crawler.reading.page.tags import (
    BLOCKS,
    HEADINGS,
    MAY_SKIP,
    MAY_SWALLOW,
    PARTING,
    SKIPPED,
    STACKED,
    words,
)
from crawler.reading.page.zones import zones
from crawler.reading.text import clean

PARAGRAPH: Final = 80
# characters from which an unlinked run of text is one of the text's


def facts_of(root: etree._Element) -> Facts:
    """Everything the readers of fields need, in one walk."""
    head = head_of(root)
    facts = Facts(
        lang=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang"),
        title=head.title,
        metas=head.metas,
        links=head.links,
        things=head.things,
    )
    walk(_body_of(root), facts)
    _wash(facts)
    facts.paragraphs = [b.order for b in facts.blocks if not b.linked and len(b.text) >= PARAGRAPH]
    zones(facts)
    return facts


_INVISIBLE: Final = "\u00ad\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
# what nobody sees and what cuts a word in two: soft hyphens, spaces of no width, marks of direction


def _wash(facts: Facts) -> None:
    """Take invisible marks out of the texts of a page that has any, and compose its letters."""
    said = "\n".join([block.text for block in facts.blocks if not block.text.isascii()])
    if is_normalized("NFC", said) and not any(mark in said for mark in _INVISIBLE):
        return
    for block in facts.blocks:
        block.text, block.apart = clean(block.text), clean(block.apart)
    for heading in facts.headings:
        heading.text = clean(heading.text)
    for spots in (facts.dates, facts.names, facts.leads, facts.sections):
        for spot in spots:
            spot.text = clean(spot.text)


def _body_of(root: etree._Element) -> etree._Element:
    """<body>; where the page never opens one, libxml2 leaves HTML5's elements in <head>."""
    body = root.find("body")
    head = root.find("head")
    if body is not None:
        return body
    return root if head is None else head


def walk(body: etree._Element, facts: Facts) -> None:
    """Gather headings, dates, names and runs of text below `body` into `facts`."""
    _Walk(facts).run(body)


_OF_PIECE = re.compile(r"entry|post|article|meta|byline|author", re.IGNORECASE)
_LEAD_PROPS = words("description alternativeheadline")
_DATE_PROPS = words("datepublished datecreated datemodified dateupdated pubdate")
_SPOT = (
    Mark.DATE | Mark.UPDATED | Mark.BYLINE | Mark.LEAD | Mark.HEADLINE | Mark.SECTION | Mark.WALL
)


ENOUGH: Final = 2_500
# characters after the h1 behind which other pieces and comments are passed over
PART: Final = 0.5
# of these characters that they may hold
_OTHERS: Final = Mark.TEASER | Mark.COMMENTS
_LETTERS: Final = etree.XPath("string-length()")


FIRST_LINE: Final = 12
LINE: Final = 80
# characters from which a line that <br> ends is a run of text of its own, the first one sooner:
# old pages part headline, date and text so
LINKED: Final = 0.6
# share of links from which a shorter one is
SEAM: Final = "\x1f"
# between elements that touch, while text is gathered
LINE_END: Final = "\n" + SEAM
TOUCHING: Final = words("a span time small em")


class _Walk:
    """The state of one walk."""

    __slots__ = (
        "buffer",
        "facts",
        "headed",
        "in_link",
        "linked",
        "onward",
        "order",
        "seams",
        "told",
    )

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.order = 0
        self.buffer: list[str] = []
        self.linked = 0
        self.in_link = 0
        self.onward = 0
        # characters behind the last link of this run
        self.seams = False
        # elements touch in this run
        self.headed = False
        # an h1 was met
        self.told = 0
        # characters of unlinked text after it

    def run(self, body: etree._Element) -> None:
        """Walk over `body`."""
        self.block(body, "body", "", -1)
        self.facts.elements = self.order

    def _flush(self, tag: str, node: int) -> None:
        """End a run of text; asked only where some was said."""
        said = "".join(self.buffer)
        self.buffer.clear()
        apart = ""
        if self.seams:
            if len(said) <= SPOT:
                apart = " ".join(said.replace(SEAM, " | ").split())
            said = said.replace(SEAM, "")
            self.seams = False
        text = " ".join(said.split())
        if text:
            block = Block(text, tag, self.linked, node, self.order, apart, self.onward)
            self.facts.blocks.append(block)
            if self.headed:
                self.told += max(0, len(text) - self.linked)
        self.linked = self.onward = 0

    def _say(self, text: str) -> None:
        buffer = self.buffer
        if not text.isspace():
            buffer.append(text)
            if self.in_link:
                self.linked += len(text)
                self.onward = 0
            else:
                self.onward += len(text)
        elif buffer and buffer[-1] != LINE_END:
            buffer.append(" ")

    def _break(self, tag: str, node: int) -> None:
        """End a line: a first line, a sentence or a line of links is a run of its own."""
        size = sum(map(len, self.buffer))
        blocks = self.facts.blocks
        first = size >= FIRST_LINE and not (blocks and blocks[-1].node == node)
        # two in a row end a paragraph
        again = bool(self.buffer) and self.buffer[-1] == LINE_END
        if first or again or size >= LINE or self.linked > LINKED * size:
            self._flush(tag, node)
        elif size:
            self.buffer.append(LINE_END)
            self.seams = True

    def block(self, el: etree._Element, tag: str, outer: str, parent: int) -> None:
        """An element that parts text; `outer` is the tag of node `parent`."""
        if self.buffer:
            self._flush(outer, parent)
        names, ident, prop = el.get("class"), el.get("id"), el.get("itemprop")
        mark = marks_of(names, ident) if names or ident else Mark.NONE
        if self.told > ENOUGH and (mark & _OTHERS or tag == "aside") and self._behind(el, mark):
            return
        nodes = self.facts.nodes
        node = len(nodes)
        nodes.append(Node(tag, parent, mark, prop.lower() if prop else "", self.order, names or ""))
        if prop or mark & _SPOT or tag in HEADINGS:
            self._spot(el, tag, mark, prop, node)
        text = el.text
        if text and not text.isspace():
            self._say(text)
        if len(el):
            self._children(el, tag, node)
        if self.buffer:
            self._flush(tag, node)

    def _behind(self, el: etree._Element, mark: int) -> bool:
        """Whether other pieces or comments behind the text hold nothing that could be the piece's.

        Much text could be: then the names say what the page has, not what the element is.
        """
        if mark & Mark.BODY or cast("float", _LETTERS(el)) > PART * self.told:
            return False
        return next(el.iterdescendants("h1"), None) is None and el.find(".//*[@itemprop]") is None

    def _children(self, el: etree._Element, tag: str, node: int) -> None:
        buffer = self.buffer
        for child in el:
            self.order += 1
            kind = child.tag
            enter = _SORTS.get(kind, _INLINE)
            if enter is not None:
                enter(self, child, kind, tag, node)
            tail = child.tail
            # most tails are white space between blocks, where nothing was said
            if tail and (buffer or not tail.isspace()):
                self._say(tail)
            if self.order > ELEMENTS:
                return

    def inline(self, el: etree._Element, kind: str, tag: str, node: int) -> None:
        """An element inside a run of text."""
        if kind == "br":
            self._break(tag, node)
            return
        if kind in TOUCHING and self.buffer and not self.buffer[-1][-1:].isspace():
            self.buffer.append(SEAM)
            self.seams = True
        names, ident, prop = el.get("class"), el.get("id"), el.get("itemprop")
        mark = marks_of(names, ident) if names or ident else Mark.NONE
        link = kind == "a"
        self.in_link += link
        if "-" in kind and el.get("datetime"):
            # <relative-time>, <amp-timeago>, <time-ago>
            kind = "time"
        if prop or mark & _SPOT or kind == "time" or (link and el.get("rel")):
            self._spot(el, kind, mark, prop, node)
        text = el.text
        if text:
            self._say(text)
        if len(el):
            self._children(el, tag, node)
        self.in_link -= link

    def navigation(self, el: etree._Element, kind: str, tag: str, node: int) -> None:
        """What is passed over where it holds nothing else."""
        if _matters(el):
            self.block(el, kind, tag, node)
        elif self.buffer:
            self._flush(tag, node)

    def holder(self, el: etree._Element, kind: str, tag: str, node: int) -> None:
        """What holds no text, unless it was not closed and swallowed the page."""
        if len(el) and _swallowed(el):
            self.block(el, kind, tag, node)

    def _spot(self, el: etree._Element, tag: str, mark: int, prop: str | None, node: int) -> None:
        name = prop.lower() if prop else ""
        if mark & Mark.WALL:
            self.facts.walls += 1
        named = mark & Mark.HEADLINE and len(self.facts.headings) < SPOTS
        if tag in HEADINGS or name == "headline" or named:
            self._heading(el, tag, mark, name, node)
        if tag in HEADINGS and (tag == "h1" or not mark & Mark.LEAD):
            return
        if mark & Mark.UPDATED and mark & Mark.DATE and _is_hatom(el):
            mark &= ~Mark.UPDATED
        rel = tag == "a" and "author" in (el.get("rel") or "")
        lists = self._lists(tag, mark, name, rel)
        if not lists:
            return
        value = el.get("datetime") or el.get("content") or el.get("title") or el.get("data-time")
        longest = PAGE_LEAD if self.facts.leads in lists else SPOT
        alone = lists == [self.facts.leads]
        text = _text_of(el, longest, apart=not alone)
        if text or value:
            spot = Spot(tag, text, value, name, self.order, mark, node, rel, self.in_link > 0)
            for spots in lists:
                spots.append(spot)

    def _lists(self, tag: str, mark: int, name: str, rel: bool) -> list[list[Spot]]:
        """Where an element belongs by its tag, names and itemprop: lists that are not full."""
        facts = self.facts
        lists = []
        if tag == "time" or mark & (Mark.DATE | Mark.UPDATED) or name in _DATE_PROPS:
            lists.append(facts.dates)
        if rel or mark & Mark.BYLINE or "author" in name or name == "creator":
            lists.append(facts.names)
        if mark & Mark.LEAD or name in _LEAD_PROPS:
            lists.append(facts.leads)
        if mark & Mark.SECTION and not facts.sections:
            lists.append(facts.sections)
        return [spots for spots in lists if len(spots) < SPOTS]

    def _heading(self, el: etree._Element, tag: str, mark: int, name: str, node: int) -> None:
        text = _text_of(el, 500)
        if not text:
            return
        self.headed = self.headed or tag == "h1"
        if not len(el):
            self.facts.headings.append(
                Heading(tag, text, self.order, mark, name, node, False, False)
            )
            return
        link = next(el.iterdescendants("a"), None)
        linked = link is not None and len("".join(map(str, link.itertext())).strip()) > 0.8 * len(
            text
        )
        parted = any(child.tag != "a" for child in el.iter() if child is not el)
        self.facts.headings.append(Heading(tag, text, self.order, mark, name, node, linked, parted))


_SORTS: Final[dict[str, Callable[[_Walk, etree._Element, str, str, int], None] | None]] = {
    **dict.fromkeys(SKIPPED, None),
    **dict.fromkeys(BLOCKS, _Walk.block),
    **dict.fromkeys(MAY_SKIP, _Walk.navigation),
    **dict.fromkeys(MAY_SWALLOW, _Walk.holder),
}
# how the walk enters an element, None: not at all; any other is inline
_INLINE: Final = _Walk.inline


def _is_hatom(el: etree._Element) -> bool:
    """Whether "updated" is hAtom's word: on "entry-date updated" it means a piece never edited."""
    return "updated" in (el.get("class") or "").split()


def _swallowed(el: etree._Element) -> bool:
    """Whether an element that holds no text holds the page all the same."""
    if next(el.iterdescendants("h1"), None) is not None:
        return True
    return el.tag == "noscript" and sum(1 for _ in islice(el.iter(), 200)) == 200  # noqa: PLR2004


def _matters(el: etree._Element) -> bool:
    """Whether a <nav> or <footer> holds more than navigation: unclosed ones swallow the page."""
    if next(el.iterdescendants("h1"), None) is not None:
        return True
    if el.tag == "footer" and _OF_PIECE.search(el.get("class") or ""):
        return True
    return el.tag == "footer" and (
        next(el.iterdescendants("time"), None) is not None or el.find(".//*[@itemprop]") is not None
    )


def _text_of(el: etree._Element, longest: int, *, apart: bool = False) -> str:
    """The text of a small element in one line; "" for a long one.

    Blocks and <br> part words; with `apart` so do links and spans: themes stack them.
    """
    if not len(el):
        # most are: a third of a walk's time would go into the general case
        said = (el.text or "").strip()
        return " ".join(said.split()) if len(said) <= longest else ""
    parts: list[str] = []
    budget = [longest, SPOT_ELEMENTS]
    _gather_text(el, parts, budget, STACKED if apart else PARTING)
    if budget[0] < 0 or budget[1] < 0:
        return ""
    return " ".join("".join(parts).split())


def _gather_text(
    el: etree._Element, parts: list[str], budget: list[int], parting: frozenset[str]
) -> None:
    text = el.text
    if text:
        parts.append(text)
        budget[0] -= len(text.strip())
    for child in el:
        budget[1] -= 1
        if budget[0] < 0 or budget[1] < 0:
            return
        kind = child.tag
        if kind not in SKIPPED:
            apart = kind in parting
            if apart:
                parts.append(" ")
            _gather_text(child, parts, budget, parting)
            if apart:
                parts.append(" ")
        tail = child.tail
        if tail:
            parts.append(tail)
            budget[0] -= len(tail.strip())
