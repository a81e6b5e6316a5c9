"""Groups to stories: numbered by first publication, each piece with its lag and its likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from crawler.models import Article, Likeness, Story, StoryPiece
from crawler.stories.comparing import POSSIBLY
from crawler.stories.grouping import EQUAL
from crawler.stories.publication import lag, moment
from crawler.stories.texts import Node, Nodes, Pair, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Groups in the order of first publication."""

    groups: Sequence[Collection[Node]]
    # the earliest first
    nodes: Nodes
    # what they are made of
    pieces: Mapping[Node, Sequence[Article]]
    # of each node, the earliest first
    place: Mapping[Node, int]
    # in `groups`

    @classmethod
    def made(
        cls, groups: Iterable[Collection[Node]], nodes: Nodes, every: Mapping[str, Article]
    ) -> Order:
        """Of groups in any order."""
        pieces = {
            node: tuple(sorted((every[key] for key in keys), key=moment))
            for node, keys in nodes.members.items()
        }
        ordered = sorted(groups, key=lambda group: min(moment(pieces[node][0]) for node in group))
        place = {node: number for number, group in enumerate(ordered) for node in group}
        return cls(groups=ordered, nodes=nodes, pieces=pieces, place=place)

    def pairs(self, near: Iterable[Likeness]) -> Iterator[tuple[int, Node, Node]]:
        """Comparisons of texts as such of the pieces that carry them."""
        carrying = self.nodes.carrying
        for pair in near:
            for one, two in product(carrying[pair.one], carrying[pair.two]):
                yield pair.likeness, one, two


def numbered(
    order: Order, texts: Texts, near: Sequence[Likeness], apart: Iterable[Pair]
) -> tuple[Story, ...]:
    """Every group as a story: "s_1" was published first."""
    nearest, asked = _nearest(order, texts, near), _asked(order, near, apart)
    return tuple(
        _story(f"s_{number + 1}", order, group, nearest, tuple(asked[number]))
        for number, group in enumerate(order.groups)
    )


def _story(
    key: str,
    order: Order,
    group: Iterable[Node],
    nearest: Mapping[Node, int],
    possibly: tuple[tuple[str, str], ...],
) -> Story:
    rows = [(moment(piece), piece, nearest[node]) for node in group for piece in order.pieces[node]]
    rows.sort(key=lambda row: row[0])
    first = rows[0][1]
    told = tuple(
        StoryPiece(
            article=piece.key,
            url=piece.url,
            outlet=piece.outlet,
            lag_minutes=lag(first, piece),
            likeness=EQUAL if piece is first else likeness,
        )
        for _, piece, likeness in rows
    )
    return Story(key=key, first=first.url, pieces=told, possibly=possibly)


def _nearest(order: Order, texts: Texts, near: Iterable[Likeness]) -> dict[Node, int]:
    """How near the nearest other piece of its story is; 0: joined by a person, without text."""
    found = {node: EQUAL if len(keys) > 1 else 0 for node, keys in order.nodes.members.items()}
    for likeness, one, two in order.pairs(near):
        if order.place[one] == order.place[two]:
            found[one] = max(found[one], likeness)
            found[two] = max(found[two], likeness)
    for group in order.groups:
        for node in group if len(group) > 1 else ():
            if found[node] == 0:
                others = (other for other in group if other != node)
                found[node] = max(_likeness(texts, node, other) for other in others)
    return found


def _likeness(texts: Texts, one: Node, two: Node) -> int:
    """Of two pieces that were no candidates: copies to the letter, or joined by a person."""
    if not one[0] or not two[0]:
        return 0
    return EQUAL if one[0] == two[0] else texts.likeness(one[0], two[0]).likeness


def _asked(
    order: Order, near: Iterable[Likeness], apart: Iterable[Pair]
) -> Mapping[int, list[tuple[str, str]]]:
    """For each story the pairs that a person should judge: one, the nearest, for every two stories.

    Two stories of which a person held two pieces apart are not asked about again.
    """
    place, of = order.place, order.nodes.of
    answered = {frozenset((place[of[one]], place[of[two]])) for one, two in apart}
    best: dict[frozenset[int], tuple[int, tuple[str, str]]] = {}
    for likeness, one, two in order.pairs(pair for pair in near if pair.likeness >= POSSIBLY):
        places = frozenset((place[one], place[two]))
        if len(places) == 1 or places in answered:
            continue
        ends = sorted((order.pieces[one][0], order.pieces[two][0]), key=moment)
        offered = -likeness, (ends[0].url, ends[1].url)
        best[places] = min(best.get(places, offered), offered)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for places in sorted(best, key=sorted):
        for number in places:
            found[number].append(best[places][1])
    return found
