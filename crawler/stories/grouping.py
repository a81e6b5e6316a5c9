"""Groups of pieces: first what people said, then the rule, nearest pairs first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Final

from crawler.models import Likeness
from crawler.stories.comparing import SAME
from crawler.stories.single_link import Groups, join_nearest
from crawler.stories.texts import Node, Nodes, Pair, Texts

EQUAL: Final = 100


def grouped(
    nodes: Nodes,
    texts: Texts,
    near: Iterable[Likeness],
    *,
    same: Sequence[Pair],
    apart: Sequence[Pair],
) -> tuple[Groups[Node], tuple[Pair, ...]]:
    """The groups, and the pairs of `same` that could not hold."""
    groups: Groups[Node] = Groups()
    for node in nodes.members:
        groups.add(node)
    for one, two in apart:
        groups.bar(nodes.of[one], nodes.of[two])
    latest_first = tuple(reversed(same))
    overruled = [p for p in latest_first if not groups.join(nodes.of[p[0]], nodes.of[p[1]])]
    kin = {node: tuple(sorted(group)) for group in groups.all() if len(group) > 1 for node in group}
    join_nearest(groups, _alike(nodes, near), _guard(kin, texts))
    return groups, tuple(sorted(overruled))


def _alike(nodes: Nodes, near: Iterable[Likeness]) -> Iterator[tuple[int, Node, Node]]:
    """What the rule would join."""
    for digest, same in nodes.carrying.items():
        if digest:
            yield from ((EQUAL, one, two) for one, two in combinations(same, 2))
    for pair in near:
        if pair.likeness >= SAME and pair.conflict is None:
            both = product(nodes.carrying[pair.one], nodes.carrying[pair.two])
            yield from ((pair.likeness, one, two) for one, two in both)


def _guard(kin: dict[Node, tuple[Node, ...]], texts: Texts) -> Callable[[Node, Node], bool]:
    """Whether two pieces conflict. Pieces that a person joined speak with one voice: only what
    conflicts with all of them is kept out, because the person overruled their own conflict.
    """

    def conflict(one: Node, two: Node) -> bool:
        if one not in kin and two not in kin:
            return _differ(texts, one[0], two[0])
        pairs = product(kin.get(one, (one,)), kin.get(two, (two,)))
        return all(_differ(texts, a[0], b[0]) for a, b in pairs)

    return conflict


def _differ(texts: Texts, one: str, two: str) -> bool:
    """Whether the guard found something; a piece without text has nothing to differ in."""
    return bool(one and two and one != two and texts.likeness(one, two).conflict)
