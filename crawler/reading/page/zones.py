"""What the names of elements mean for what is inside them, once all of the page is known.

Names of classes say what a page has as often as what an element is; lines such as "Komente" and
"Lajme të ngjashme" say what stands below them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler.reading.page.class_names import UNTEXT, Mark
from crawler.reading.page.facts import Facts, Node
from crawler.reading.page.labels import LONGEST, label_of
from crawler.reading.page.tags import IN_FIGURES, NEVER_TEXT, TRUSTED, words

MOST_OF_PAGE: Final = 0.4
# share of the page's unlinked text above which a name is not believed
NEARLY_ALL: Final = 0.85
# the same for comments, of which popular pieces have more than text
DEEP_IN_FIGURE: Final = 3
# elements between a <figure> and its table
MOST_LINKS: Final = 12
# lines of links below a line that stands in the text
SENTENCE: Final = 80
TOLD: Final = 150
# characters of a line of text, and of the text above a line that speaks of all below it
MORE: Final = 10
# times the text above that comments may be long
LINKED: Final = 0.6
# share of links in such a line
RUNNING: Final = words("p li")
# elements of running text
_OTHERS: Final = Mark.TEASER | Mark.COMMENTS


def zones(facts: Facts) -> None:
    """Settle what the marks of nodes mean for what is inside them.

    A mark of something that is no text ("has-sidebar" on <body>) is not believed where it holds
    a good part of the page's text: it says what the page has, not what the element is.
    """
    nodes = facts.nodes
    whole = _sized(facts)
    together: dict[str, int] = {}
    for node in nodes:
        if node.mark & UNTEXT and node.size:
            together[node.names] = together.get(node.names, 0) + node.size
    holders = _around_piece(facts)
    for at, node in enumerate(nodes):
        outer = nodes[node.parent].zone if node.parent >= 0 else Mark.NONE
        tag, mark = node.tag, node.mark
        if tag in IN_FIGURES:
            outer = _out_of_figure(nodes, node, outer)
        if mark & UNTEXT or tag in NEVER_TEXT:
            mark = _believed(node, together.get(node.names, 0), whole)
        if at in holders:
            mark &= ~Mark.TEASER
        if tag == "blockquote":
            mark |= Mark.FOREIGN
        node.zone = outer | mark
    _labelled(facts)


def _around_piece(facts: Facts) -> frozenset[int]:
    """The nodes around the one declared body and around the one h1: a "card" there is a wrapper."""
    nodes = facts.nodes
    bodies = [at for at, node in enumerate(nodes) if node.prop == "articlebody"]
    heads = [h.node for h in facts.headings if h.tag == "h1" and not h.linked]
    found: set[int] = set()
    for alone in (bodies, heads):
        at = alone[0] if len(alone) == 1 else -1
        while at >= 0:
            found.add(at)
            at = nodes[at].parent
    return frozenset(found)


def _sized(facts: Facts) -> int:
    """Count the unlinked text inside of every node; that of the whole page."""
    nodes = facts.nodes
    inside = [0] * len(nodes)
    for block in facts.blocks:
        size = len(block.text) - block.linked
        if size > 0:
            inside[block.node] += size
    for at in range(len(nodes) - 1, -1, -1):
        node = nodes[at]
        size = node.size = inside[at]
        if size and node.parent >= 0:
            inside[node.parent] += size
    return inside[0] if nodes else 0


def _out_of_figure(nodes: list[Node], node: Node, outer: int) -> int:
    """The zone of a table, list or quotation in a <figure>, as if it stood outside of it."""
    at = node.parent
    for _ in range(DEEP_IN_FIGURE):
        if at < 0 or nodes[at].tag == "figcaption":
            return outer
        if nodes[at].tag == "figure":
            around = nodes[at].parent
            return nodes[around].zone if around >= 0 else outer
        at = nodes[at].parent
    return outer


def _believed(node: Node, together: int, whole: int) -> int:
    """The marks of a node that hold; `together` is the text in all nodes of its names."""
    mark = node.mark
    trusted = node.tag in TRUSTED
    if mark & UNTEXT and (trusted or together > MOST_OF_PAGE * whole):
        comments = not trusted and node.size < NEARLY_ALL * whole
        mark &= ~UNTEXT | (Mark.COMMENTS if comments else Mark.NONE)
    if node.tag in NEVER_TEXT and node.size <= MOST_OF_PAGE * whole:
        mark |= Mark.BOILER
    return mark


def _labelled(facts: Facts) -> None:
    """Mark what stands under a line that says so as comments or as other pieces.

    Below "Komente" all that its container still holds; below "Lajme të ngjashme" too, unless that
    line stands in the running text, where the lines of links that follow at once are meant.
    """
    nodes, told = facts.nodes, 0
    headed = next((h.order for h in facts.headings if h.tag == "h1"), -1)
    ends: list[int] = []
    for at, block in enumerate(facts.blocks):
        size = len(block.text)
        if size > LONGEST:
            told += size - block.linked if size >= SENTENCE and block.order > headed else 0
            continue
        mark = Mark.NONE if nodes[block.node].zone & _OTHERS else _said_by(block.text)
        if mark == Mark.NONE:
            continue
        ends = ends or _ends(nodes)
        label = _Label(at, mark, _last_below(nodes, ends, block.node), told)
        below = list(_below(facts, label))
        if below and nodes[block.node].size == size:
            below.append(block.node)
        for number in below:
            nodes[number].zone |= mark


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that says what stands below it."""

    at: int
    # index of its block
    mark: int
    # what it says
    last: int
    # the last node of the container in which it has something below it
    told: int
    # characters of text above it


@lru_cache(maxsize=20_000)
def _said_by(text: str) -> int:
    """What a short line says of what stands below it; menus say the same on every page."""
    said = label_of(text)
    if said is None:
        return Mark.NONE
    return Mark.COMMENTS if said == "comments" else Mark.TEASER


def _ends(nodes: list[Node]) -> list[int]:
    """For each node the index of the last one inside it."""
    ends = list(range(len(nodes)))
    for at in range(len(nodes) - 1, 0, -1):
        parent = nodes[at].parent
        if parent >= 0 and ends[at] > ends[parent]:
            ends[parent] = ends[at]
    return ends


def _last_below(nodes: list[Node], ends: list[int], node: int) -> int:
    """The last node of the container in which a line has something below it, -1 without."""
    at = node
    while at >= 0 and ends[at] == ends[node]:
        at = nodes[at].parent
    return ends[at] if at >= 0 else -1


def _below(facts: Facts, label: _Label) -> Iterator[int]:
    """The nodes that a line speaks of: of other pieces inside the text only lines of links."""
    blocks, line = facts.blocks, facts.blocks[label.at]
    first, last = line.node, label.last
    inside = label.mark == Mark.TEASER and line.tag in RUNNING
    if label.told >= TOLD and not inside and _may_be_all(facts, label):
        yield from _nodes_behind(facts, label)
        return
    for block in blocks[label.at + 1 : label.at + MOST_LINKS] if label.mark == Mark.TEASER else ():
        if not first < block.node <= last or block.linked <= LINKED * len(block.text):
            return
        yield block.node


def _may_be_all(facts: Facts, label: _Label) -> bool:
    """Whether all below a line may be what it says: not most of the text, and no piece's own."""
    behind = set(_nodes_behind(facts, label))
    below = facts.blocks[label.at + 1 :]
    size = sum(max(0, len(b.text) - b.linked) for b in below if b.node in behind)
    most = MOST_OF_PAGE * facts.nodes[0].size if label.mark == Mark.TEASER else MORE * label.told
    if size > most:
        return False
    if any(h.tag == "h1" and h.node in behind for h in facts.headings):
        return False
    inside = (facts.nodes[at] for at in behind)
    return not any(node.mark & Mark.BODY or node.prop == "articlebody" for node in inside)


def _nodes_behind(facts: Facts, label: _Label) -> Iterator[int]:
    """The nodes that begin below a line, up to the end of its container."""
    line = facts.blocks[label.at]
    for at in range(line.node + 1, label.last + 1):
        if facts.nodes[at].order >= line.order:
            yield at
