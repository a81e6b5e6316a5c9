"""The body of a piece: the container that holds most of the good text, without what is none.

Good text is unlinked and stands in blocks long enough to be sentences. The container is found by
walking down from the page while one child holds nearly all of it.
"""

from __future__ import annotations

from typing import Final

from crawler.reading.page.class_names import UNTEXT, Mark
from crawler.reading.page.facts import Block, Facts, Node
from crawler.reading.page.labels import leads_elsewhere, offers_sharing
from crawler.reading.page.unmarked import is_dated

KEEPS: Final = 0.75
# share of the good text that a child must hold for the walk to go down
OWN: Final = 0.1
# share of the good text that ends the walk where it stands in paragraphs of the node's own
LEAST: Final = 200.0
SHARE: Final = 0.3
# weight, and share of the page's, that a declared body must hold
PARAGRAPHS = frozenset({"p", "blockquote", "pre", "li"})
SENTENCE: Final = 80
# characters from which a block is no line of date or author
LONGEST_LINKS: Final = 200
MOSTLY: Final = 0.6
# share of links, and length, of a line that leads elsewhere
ADVERTISEMENT = frozenset(
    [
        "reklamë",
        "reklame",
        "advertisement",
        "advertising",
        "anzeige",
        "werbung",
        "publicité",
        "publicidad",
        "pubblicità",
        "реклама",
        "реклам",
        "reklama",
        "oglas",
        "annonce",
        "advertentie",
        "mainos",
        "annons",
        "publicidade",
        "διαφήμιση",
        "広告",
    ]
)
ONWARD: Final = 6
# characters behind a link that go on with a sentence
_DIRT: Final = " -–—:.„“”\"'«»*•|"
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


def container_of(facts: Facts, headline_at: int | None) -> int:
    """Index of the node that holds the body, -1 for a page without text."""
    nodes = facts.nodes
    if not nodes:
        return -1
    direct = _weigh(facts)
    if nodes[0].weight <= 0:
        return -1
    heaviest: dict[int, int] = {}
    for at, node in enumerate(nodes):
        if node.weight and node.parent >= 0:
            other = heaviest.get(node.parent)
            if other is None or node.weight > nodes[other].weight:
                heaviest[node.parent] = at
    at, facts.began = _start(facts, headline_at)
    while at in heaviest and direct[at] < OWN * nodes[at].weight:
        child = heaviest[at]
        if nodes[child].weight < KEEPS * nodes[at].weight or nodes[child].tag in PARAGRAPHS:
            break
        at = child
    return at


def _weigh(facts: Facts) -> list[float]:
    """Fill in what nodes weigh; what each holds in paragraphs of its own."""
    nodes = facts.nodes
    direct, inside = [0.0] * len(nodes), [0.0] * len(nodes)
    for block in facts.blocks:
        weight = weight_of(block, nodes)
        if weight:
            inside[block.node] += weight
            own = block.node if block.tag not in PARAGRAPHS else nodes[block.node].parent
            direct[own] += weight
    for at in range(len(nodes) - 1, -1, -1):
        node = nodes[at]
        weight = node.weight = inside[at]
        if weight and node.parent >= 0:
            inside[node.parent] += weight
    return direct


def _start(facts: Facts, headline_at: int | None) -> tuple[int, str]:
    """Where to start looking: a declared body, the <article> around the headline, the page."""
    nodes = facts.nodes
    declared = _declared(nodes)
    if declared >= 0:
        return declared, "the container whose names promise the body"
    if headline_at is not None:
        at = next((h.node for h in facts.headings if h.order == headline_at), -1)
        while at >= 0:
            if nodes[at].tag == "article" and nodes[at].weight >= max(
                LEAST, SHARE * nodes[0].weight
            ):
                return at, "the <article> around the headline"
            at = nodes[at].parent
    return 0, "the container that holds most of the running text"


def _declared(nodes: list[Node]) -> int:
    """The node whose names or itemprop promise the body, when it holds enough; -1 without.

    Of several that stand apart the first: what follows is the next piece.
    """
    found: list[int] = []
    for at, node in enumerate(nodes):
        if node.weight < LEAST or node.tag == "body":
            continue
        if node.mark & Mark.BODY or node.prop == "articlebody":
            found.append(at)
    if not found:
        return -1
    best = max(found, key=lambda at: nodes[at].weight)
    if nodes[best].weight < SHARE * nodes[0].weight:
        return -1
    first = next(at for at in found if nodes[at].weight >= SHARE * nodes[best].weight)
    return _around_chunks(nodes, first, found)


def _around_chunks(nodes: list[Node], first: int, found: list[int]) -> int:
    """The node around a body that advertising splits into chunks of one name, else `first`."""
    names, article = nodes[first].names, _article_of(nodes, first)
    chunks = [
        at
        for at in found
        if nodes[at].names == names and names and _article_of(nodes, at) == article
    ]
    if len(chunks) < 2 or article < 0:  # noqa: PLR2004
        return first
    around = set(_line(nodes, first))
    common = next((at for at in _line(nodes, chunks[-1]) if at in around), first)
    return common if common >= article else first


def _line(nodes: list[Node], at: int) -> list[int]:
    """A node and all around it, inner first."""
    found = []
    while at >= 0:
        found.append(at)
        at = nodes[at].parent
    return found


def _article_of(nodes: list[Node], at: int) -> int:
    return next((up for up in _line(nodes, at) if nodes[up].tag in {"article", "main"}), -1)


def text_blocks(facts: Facts, headline_at: int | None) -> list[Block]:
    """The blocks of the body in page order."""
    at = container_of(facts, headline_at)
    if at < 0:
        return []
    nodes = facts.nodes
    inside = _inside(nodes, at)
    base = nodes[at].zone
    headline = next((h.text for h in facts.headings if h.order == headline_at), None)
    kept: list[Block] = []
    started, stop = False, _next_piece(facts, headline_at)
    for block in facts.blocks:
        if block.order > stop:
            break
        if not inside[block.node] or block.tag == "h1" or block.text == headline:
            continue
        zone = nodes[block.node].zone & ~base
        if zone & UNTEXT or _is_aside(block) or (not started and _is_dateline(block, zone)):
            continue
        started = started or len(block.text) >= SENTENCE
        kept.append(block)
    return kept


def _next_piece(facts: Facts, headline_at: int | None) -> int:
    """Where the next piece begins that some pages load below: a container of the same names.

    It stands beside the one of the headline, which holds a text, and has a heading and a day too.
    """
    nodes = facts.nodes
    at = next((h.node for h in facts.headings if h.order == headline_at), -1)
    mine: dict[int, int] = {}
    for around in _line(nodes, at) if at >= 0 else ():
        if nodes[around].names and nodes[around].size >= LEAST:
            mine[nodes[around].parent] = around
    if mine:
        for other in range(at + 1, len(nodes)):
            node = nodes[other]
            own = nodes[mine[node.parent]] if node.parent in mine else None
            alike = own is not None and (node.tag, node.names) == (own.tag, own.names)
            if alike and other != mine[node.parent] and _is_piece(facts, other):
                return node.order
    return facts.elements + 1


def _is_piece(facts: Facts, at: int) -> bool:
    """Whether an element holds a heading and a day, as a whole piece does."""
    nodes = facts.nodes
    heads = (h.node for h in facts.headings if h.tag in {"h1", "h2"} and not h.linked)
    if not any(at in _line(nodes, head) for head in heads):
        return False
    return any(at in _line(nodes, b.node) for b in facts.blocks if is_dated(b.text))


def _is_aside(block: Block) -> bool:
    """A line that leads elsewhere or offers to share, or the word "advertisement" alone."""
    size = len(block.text)
    if size >= LONGEST_LINKS:
        return False
    if block.linked and leads_elsewhere(block.text):
        return True
    if block.linked > MOSTLY * size:
        return not _goes_on(block)
    bare = block.text.strip(_DIRT) if size < SHORTEST else ""
    if size < SHORTEST and (not bare or bare.casefold() in ADVERTISEMENT):
        return True
    return offers_sharing(block.text)


def _goes_on(block: Block) -> bool:
    """Whether a line of links is part of the text: "Sipas <a>Gazetës Lugjas</a>:"."""
    if block.tag not in PARAGRAPHS or block.tag == "li" or "©" in block.text:
        return False
    return block.text.endswith(":") or (block.onward >= ONWARD and not block.text[-1].isdigit())


def _is_dateline(block: Block, zone: int) -> bool:
    """A line of date or author above the text."""
    return len(block.text) < SENTENCE and bool(zone & (Mark.DATE | Mark.BYLINE))


def _inside(nodes: list[Node], at: int) -> list[bool]:
    inside = [False] * len(nodes)
    inside[at] = True
    for i in range(at + 1, len(nodes)):
        if inside[nodes[i].parent]:
            inside[i] = True
    return inside


def text_of(facts: Facts, headline_at: int | None = None) -> str:
    """The body, paragraphs by newline; "" for a page without text."""
    return "\n".join(block.text for block in text_blocks(facts, headline_at))
