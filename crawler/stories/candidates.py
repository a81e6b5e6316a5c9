"""Which pairs of texts are worth comparing: those that share pairs of words, never all.

Two texts are candidates where they share at least SHARED of the larger one's word pairs. That is a
property of the two alone, so a new text never takes a pair from older ones. They are found through
an index of each text's rarest pairs: in one order of all pairs, rarest first, two texts that share
k of n pairs share one among the first n - k + 1 of each (prefix filtering, Chaudhuri, Ganti and
Kaushik 2006; Bayardo, Ma and Srikant 2007). What all texts of an event have in common is last in
that order and costs nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from math import ceil
from typing import Final, TypeAlias

from crawler.stories.opening import Opening

SHARED: Final = 0.2
# of the larger one's word pairs; the least alike of the labelled copies share 0.32
Shingle: TypeAlias = tuple[str, str]


def shingles(opening: Opening) -> frozenset[Shingle]:
    """Every two neighbouring words of every view."""
    return frozenset(chain.from_iterable(pairwise(view.words) for view in opening.views))


def candidates(texts: Mapping[str, frozenset[Shingle]]) -> Iterator[tuple[str, str]]:
    """Pairs of names, the smaller first, whose texts share enough."""
    rare = Counter(chain.from_iterable(texts.values()))
    index: dict[Shingle, list[str]] = defaultdict(list)
    for name in sorted(texts):
        mine = texts[name]
        firsts = _rarest(mine, rare)
        for other in sorted(set().union(*(index[shingle] for shingle in firsts))):
            theirs = texts[other]
            if len(mine & theirs) >= SHARED * max(len(mine), len(theirs)):
                yield other, name
        for shingle in firsts:
            index[shingle].append(name)


def _rarest(mine: frozenset[Shingle], rare: Mapping[Shingle, int]) -> list[Shingle]:
    """Those of its rarest pairs that another text has, too."""
    shared = sorted((rare[shingle], shingle) for shingle in mine if rare[shingle] > 1)
    alone = len(mine) - len(shared)
    looked = len(mine) - ceil(SHARED * len(mine)) + 1 - alone
    return [shingle for _, shingle in shared[: max(0, looked)]]
