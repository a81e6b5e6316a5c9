"""Which pairs of texts are worth comparing: those that share pairs of words, never all.

Two texts are candidates where they share at least SHARED of the larger one's word pairs. That is a
property of the two alone, so a new text never takes a pair from older ones. They are found through
an index of each text's rarer pairs (prefix filtering: Chaudhuri, Ganti and Kaushik 2006; Bayardo,
Ma and Srikant 2007). What all texts of an event have in common is left out of it and costs nothing.

Why none is missed: all word pairs stand in one order, rarest first, and each text leaves out its
last ones. Of two texts, let the one be that leaves out from an earlier place on. What both hold and
the index does not see lies behind that place, so it is among what that one text left out. Two texts
that share `needed` pairs therefore meet at least `needed` minus that many times in the index.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, pairwise
from math import ceil
from typing import Final, TypeAlias

from crawler.stories.text_views import Opening

SHARED: Final = 0.3
# of the larger one's word pairs; the least alike of the labelled copies share 0.32
UNSEEN: Final = 1 / 4
# of what two texts must share: so many of its pairs, the most common ones, a text leaves out
Shingles: TypeAlias = frozenset[str]
# two neighbouring words each: "moren pjese"


def shingles(opening: Opening) -> Shingles:
    """Every two neighbouring words of its opening."""
    return frozenset(map(" ".join, pairwise(opening.view.words)))


def candidates(texts: Mapping[str, Shingles]) -> Iterator[tuple[str, list[str]]]:
    """Each name with the smaller ones whose texts share enough."""
    rank = _rarest_first(texts.values())
    index: dict[int, list[str]] = defaultdict(list)
    for name in sorted(texts):
        mine = texts[name]
        seen = _seen(mine, rank)
        met = Counter(chain.from_iterable([index[at] for at in seen]))
        fewest = _fewest(len(mine))
        often = [each for each in met.items() if each[1] >= fewest]
        yield name, [other for other, times in often if _meets(times, mine, texts[other])]
        for at in seen:
            index[at].append(name)


def _meets(times: int, one: Shingles, two: Shingles) -> bool:
    """Whether two texts that met so often share enough; often the index alone tells."""
    size = max(len(one), len(two))
    return times >= _fewest(size) and (times >= _needed(size) or share_enough(one, two))


def share_enough(one: Shingles, two: Shingles) -> bool:
    """Whether two texts are candidates."""
    return len(one & two) >= _needed(max(len(one), len(two)))


@cache
def _needed(size: int) -> int:
    return ceil(SHARED * size)


def _unseen(size: int) -> int:
    return int(UNSEEN * _needed(size))


@cache
def _fewest(size: int) -> int:
    """How often a candidate meets a text of this size at least, if that is the larger one."""
    return _needed(size) - _unseen(size)


def _rarest_first(texts: Iterable[Shingles]) -> Mapping[str, int]:
    """The place of every word pair that two texts have in one order of all, the rarest first."""
    common = Counter(chain.from_iterable(texts))
    shared = sorted((times, shingle) for shingle, times in common.items() if times > 1)
    return {shingle: at for at, (_, shingle) in enumerate(shared)}


def _seen(mine: Shingles, rank: Mapping[str, int]) -> list[int]:
    """The places of a text's pairs that another text has, too, without its most common ones."""
    shared = sorted([rank[shingle] for shingle in mine if shingle in rank])
    alone = len(mine) - len(shared)
    return shared[: max(0, len(mine) - _unseen(len(mine)) - alone)]
