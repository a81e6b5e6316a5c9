"""The body of a piece: the container that holds most of the good text, without what is none.

Good text is unlinked and stands in blocks long enough to be sentences. The container is found by
walking down from the page while one child holds nearly all of it.
"""

from __future__ import annotations

from typing import Final

from crawler.reading.page.gather import UNTEXT, Block, Facts, Node
from crawler.reading.page.marks import Mark

KEEPS: Final = 0.75
# share of the good text that a child must hold for the walk to go down
SHORTEST: Final = 25
# characters of a block that counts as text
HEADERS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def weight_of(block: Block, nodes: list[Node]) -> float:
    """How much a block speaks for the container around it."""
    size = len(block.text)
    if size < SHORTEST or block.tag in HEADERS:
        return 0.0
    if nodes[block.node].zone & UNTEXT:
        return 0.0
    plain = size - block.linked
    if plain < 0.5 * size:
        return 0.0
    good = float(plain)
    if block.tag not in {"p", "blockquote", "pre"}:
        good *= 0.7
    return good


def container_of(facts: Facts) -> int:
    """Index of the node that holds the body, -1 for a page without text."""
    nodes = facts.nodes
    for node in nodes:
        node.weight = 0.0
    for block in facts.blocks:
        nodes[block.node].weight += weight_of(block, nodes)
    direct = [node.weight for node in nodes]
    for node in reversed(nodes):
        if node.parent >= 0:
            nodes[node.parent].weight += node.weight
    if not nodes or nodes[0].weight <= 0:
        return -1
    best = _declared(nodes)
    children: dict[int, int] = {}
    for at, node in enumerate(nodes):
        if node.parent >= 0:
            other = children.get(node.parent)
            if other is None or node.weight > nodes[other].weight:
                children[node.parent] = at
    at = best if best >= 0 else 0
    while at in children and direct[at] == 0.0 or at in children and direct[at] < 0.1 * nodes[at].weight:
        child = children[at]
        if nodes[child].weight < KEEPS * nodes[at].weight or nodes[child].tag in {"p", "blockquote"}:
            break
        at = child
    return at


def _declared(nodes: list[Node]) -> int:
    """The node whose names or itemprop promise the body, when it holds enough; -1 without."""
    whole = nodes[0].weight
    best, most = -1, 0.0
    for at, node in enumerate(nodes):
        said = node.prop == "articlebody" or node.mark & Mark.BODY
        if said and node.weight > most and node.tag != "body":
            best, most = at, node.weight
    return best if most >= max(200.0, 0.3 * whole) else -1


def text_blocks(facts: Facts) -> list[Block]:
    """The blocks of the body in page order."""
    at = container_of(facts)
    if at < 0:
        return []
    inside = _inside(facts.nodes, at)
    nodes = facts.nodes
    base = nodes[at].zone
    kept = []
    for block in facts.blocks:
        if not inside[block.node] or block.tag == "h1":
            continue
        if nodes[block.node].zone & UNTEXT & ~base:
            continue
        size = len(block.text)
        if block.linked > 0.6 * size and size < 200:
            continue
        kept.append(block)
    return kept


def _inside(nodes: list[Node], at: int) -> list[bool]:
    inside = [False] * len(nodes)
    inside[at] = True
    for i in range(at + 1, len(nodes)):
        if inside[nodes[i].parent]:
            inside[i] = True
    return inside


def text_of(facts: Facts, headline_at: int | None = None) -> str:
    """The body, paragraphs by newline; "" for a page without text."""
    return "\n".join(block.text for block in text_blocks(facts))
