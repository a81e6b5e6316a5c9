"""Groups to stories: numbered by first publication, each piece with its lag and its likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from crawler.models import Article, Likeness, Story, StoryPiece
from crawler.stories.grouping import EQUAL
from crawler.stories.publication import Moment, lag, moment
from crawler.stories.texts import Node, Nodes, Pair, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibly:
    """Two pieces of different stories that may carry the same text: a question for a person."""

    earlier: str
    # URL of the one that was published first
    later: str
    # of the other
    likeness: int
    # 72..100
    conflict: str | None
    # what the guard found different; None: only not alike enough, or kept out of the other's story
    stories: tuple[int, int]
    # their places in the order of first publication, from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Groups in the order of first publication."""

    groups: Sequence[Collection[Node]]
    # the earliest first
    nodes: Nodes
    # what they are made of
    pieces: Mapping[Node, Sequence[Article]]
    # of each node, the earliest first
    firsts: Mapping[Node, Moment]
    # when each node was first published
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
        firsts = {node: moment(each[0]) for node, each in pieces.items()}
        ordered = sorted(groups, key=lambda group: min(firsts[node] for node in group))
        place = {node: number for number, group in enumerate(ordered) for node in group}
        return cls(groups=ordered, nodes=nodes, pieces=pieces, firsts=firsts, place=place)

    def pairs(self, near: Iterable[Likeness]) -> Iterator[tuple[Likeness, Node, Node]]:
        """Comparisons of texts as such of the pieces that carry them."""
        carrying = self.nodes.carrying
        for pair in near:
            for one, two in product(carrying[pair.one], carrying[pair.two]):
                yield pair, one, two


def numbered(
    order: Order, texts: Texts, near: Sequence[Likeness], asked: Iterable[Possibly]
) -> tuple[Story, ...]:
    """Every group as a story: "s_1" was published first."""
    nearest = _nearest(order, texts, near)
    questions: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pair in asked:
        for number in pair.stories:
            questions[number].append((pair.earlier, pair.later))
    return tuple(
        _story(f"s_{number + 1}", order, group, nearest, tuple(questions[number]))
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
    for pair, one, two in order.pairs(near):
        if order.place[one] == order.place[two]:
            found[one] = max(found[one], pair.likeness)
            found[two] = max(found[two], pair.likeness)
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


def possibly(order: Order, near: Iterable[Likeness], apart: Iterable[Pair]) -> tuple[Possibly, ...]:
    """The pairs that a person should judge: one, the nearest, for every two stories.

    Two stories of which a person held two pieces apart are not asked about again.
    """
    place, of = order.place, order.nodes.of
    answered = {tuple(sorted((place[of[one]], place[of[two]]))) for one, two in apart}
    best: dict[tuple[int, int], tuple[tuple[int, Moment, Moment], Likeness]] = {}
    for pair, one, two in order.pairs(near):
        places = (place[one], place[two]) if place[one] < place[two] else (place[two], place[one])
        if places[0] == places[1] or places in answered:
            continue
        ends = order.firsts[one], order.firsts[two]
        rank = (-pair.likeness, min(ends), max(ends))
        if places not in best or rank < best[places][0]:
            best[places] = rank, pair
    return tuple(_question(places, *best[places]) for places in sorted(best))


def _question(
    places: tuple[int, int], rank: tuple[int, Moment, Moment], pair: Likeness
) -> Possibly:
    _, (*_, earlier, _), (*_, later, _) = rank
    return Possibly(
        earlier=earlier,
        later=later,
        likeness=pair.likeness,
        conflict=pair.conflict,
        stories=places,
    )
