"""Where a sentence of ours stands in a piece: found, measured, and refused where facts differ.

The thresholds are measured on labelled pairs (`bench.gold pickup`): docs/pickup.md. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final, TypeAlias

from rapidfuzz.distance import LCSseq

from crawler.pickup.sentences import Sentence
from crawler.stories.facts import Fact

MORE_THAN_HALF: Final = 0.5
# of a sentence's words that stand in the piece in their order
TELLING: Final = 0.45
# of what its words weigh: words of grammar alone are nobody's
MOVED: Final = 0.72
# of what its words weigh where they stand in another order
DENSE: Final = 0.45
# of the stretch in the piece that are the sentence's words: else they only lie about
SEEN: Final = 0.4
# of its telling words, before anything is compared word by word
RUN: Final = 3
# words that stand side by side in both, at least
WINDOW: Final = 3
# sentences of the piece that one of ours may have been cut into
EDGE: Final = 4
# words before the first and behind the last common one in which another fact is looked for
NOT: Final = 3
# words between two common ones that still deny these
MOULD: Final = 0.25
# of the words that tell something and have others in their place: more is another's sentence
OTHERS: Final = 3
# such words before the first and behind the last common one: more are another clause
WHOLE: Final = 100
# alike: word for word
LIFTED: Final = 0.8
# of a quotation's words: then it is lifted, whoever is said to have said it

Pair: TypeAlias = tuple[int, int]
# places of one word in both


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Neighbouring sentences of a piece. No slots: each part is worked out once, if asked."""

    at: int
    # the first one's place in the piece, from 0
    lines: tuple[Sentence, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What is compared of each word, in order."""
        return tuple(key for line in self.lines for key in line.keys)

    @cached_property
    def held(self) -> frozenset[str]:
        """What is compared of each word, each once."""
        return frozenset(self.keys)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """What each word weighs."""
        return tuple(weight for line in self.lines for weight in line.weights)

    @cached_property
    def placed(self) -> tuple[tuple[int, Fact], ...]:
        """Its facts, each with the place of its first word."""
        found, before = [], 0
        for line in self.lines:
            found += [(before + at, fact) for at, fact in line.placed]
            before += len(line.keys)
        return tuple(found)

    @cached_property
    def denials(self) -> frozenset[int]:
        """The places of its words that deny."""
        found, before = set[int](), 0
        for line in self.lines:
            found |= {before + at for at in line.denials}
            before += len(line.keys)
        return frozenset(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of its names."""
        return frozenset[str]().union(*(line.names for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A sentence of ours as it stands in a piece."""

    # which of ours, from 0
    sentence: int
    # 0..100: how alike it and the words between the first and the last common one are
    likeness: int
    # the sentences of the piece it stands in: from, and how many
    at: int
    count: int
    # places of the words it has in the piece, in these sentences taken together
    words: frozenset[int]
    # another fact stands where ours does: "numbers: 12 / 14"; it is another text's sentence then
    clash: str = ""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text of ours. No slots: each part is worked out once, if asked."""

    sentences: tuple[Sentence, ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        """What is compared of each of its words."""
        return frozenset(key for one in self.sentences for key in one.keys)

    @cached_property
    def index(self) -> Mapping[str, Sequence[int]]:
        """The sentences in which a word stands that tells something."""
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self.sentences):
            for key in one.seen:
                found.setdefault(key, []).append(number)
        return found


def copies(ours: Text, parts: Sequence[Sequence[Sentence]]) -> Iterator[Copy]:
    """Of each sentence of ours, in order, the best stretch that carries it, clashing ones too.

    `parts` are what no sentence of ours crosses: the headline of a piece; its lead and text.
    """
    near = sorted(_near(ours, parts), key=lambda pair: pair[0])
    for number, group in groupby(near, key=lambda pair: pair[0]):
        one = ours.sentences[number]
        found = []
        for _, each in group:
            if copy := _copy(number, one, each, ours.keys):
                found.append(copy)
                # nothing is worth more
                if copy.likeness == WHOLE and not copy.clash:
                    break
        if found:
            yield max(found, key=_worth)


def _near(ours: Text, parts: Sequence[Sequence[Sentence]]) -> Iterator[tuple[int, Stretch]]:
    """Each sentence of ours with the stretches that have enough of its words to be compared."""
    before = 0
    for part in parts:
        hits = [_hits(ours.index, line) for line in part]
        for at, first in enumerate(hits):
            for number in first:
                least = max(1.0, SEEN * len(ours.sentences[number].seen))
                held: set[str] = set()
                for count, hit in enumerate(hits[at : at + WINDOW], 1):
                    held |= hit.get(number, set())
                    if number in hit and len(held) >= least:
                        yield number, Stretch(at=before + at, lines=tuple(part[at : at + count]))
        before += len(part)


def _hits(index: Mapping[str, Sequence[int]], line: Sentence) -> Mapping[int, set[str]]:
    """The telling words that a sentence of the piece has of each of ours."""
    found: dict[int, set[str]] = {}
    for key in line.seen & index.keys():
        for number in index[key]:
            found.setdefault(number, set()).add(key)
    return found


def _worth(copy: Copy) -> tuple[bool, int, int, int]:
    """The most words; of these the tightest place."""
    return not copy.clash, len(copy.words), copy.likeness, -copy.count


def _copy(number: int, one: Sentence, each: Stretch, told: frozenset[str]) -> Copy | None:
    """One of ours in a stretch; None where it does not stand there."""
    pairs = in_order(one.keys, each.keys)
    quoted = [line for line in one.quotations if _is_lifted(line, each, told)]
    if not quoted and not _is_taken(one, each, pairs):
        return None
    places = [place for _, place in pairs]
    ordered = _weighed(one, [at for at, _ in pairs])
    if ordered < _at_most(one, each):
        bag = _in_any_order(one.keys, each.keys)
        if ordered < _weighed(one, [at for at, _ in bag]):
            places = sorted(place for _, place in bag)
    span = places[-1] - places[0] + 1
    return Copy(
        sentence=number,
        likeness=round(200 * len(places) / (len(one.keys) + span)),
        at=each.at,
        count=len(each.lines),
        words=frozenset(places),
        clash="" if quoted else clash_of(one, each, pairs, told) or _mould(one, each, pairs),
    )


def _is_taken(one: Sentence, each: Stretch, pairs: Sequence[Pair]) -> bool:
    """Whole or with small changes, or more than half of its words in order."""
    if _run(pairs) < min(RUN, len(one.keys)):
        return False
    held = _held(one, pairs)
    ordered = _weighed(one, [at for at, _ in pairs])
    if len(held) > MORE_THAN_HALF * len(one.keys) and ordered >= TELLING:
        return dense([place for _, place in pairs])
    if _at_most(one, each) < MOVED:
        return False
    bag = _in_any_order(one.keys, each.keys)
    return _weighed(one, [at for at, _ in bag]) >= MOVED and dense([place for _, place in bag])


def _held(one: Sentence, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Common words without those of grammar that stand alone: these are anybody's."""
    runs: list[list[Pair]] = []
    for a, b in pairs:
        if runs and runs[-1][-1] == (a - 1, b - 1):
            runs[-1].append((a, b))
        else:
            runs.append([(a, b)])
    told = (run for run in runs if any(one.weights[at] == 1 for at, _ in run))
    return tuple(pair for run in told for pair in run)


def _mould(one: Sentence, each: Stretch, pairs: Sequence[Pair]) -> str:
    """ "mould" where so many other words stand in place of ours that nothing else is common: "Më e
    vjetra është një kambanë e vitit 1868"; else "".
    """
    if len(pairs) == len(one.keys):
        return ""
    held = _held(one, pairs)
    ends = (-1, -1), (len(one.keys), len(each.keys))
    changed = 0
    for (a, b), (c, d) in pairwise([ends[0], *held, ends[1]]):
        mine, theirs = _tell(one.weights, a, c), _tell(each.weights, b, d)
        edge = (a, b) == ends[0] or (c, d) == ends[1]
        # behind a shortened sentence the piece may go on as it likes
        changed += 0 if edge and theirs > OTHERS else min(mine, theirs)
    kept = sum(one.weights[at] == 1 for at, _ in held)
    return (
        "mould"
        if changed > MOULD * (changed + kept)
        and kept < MOVED * _tell(one.weights, -1, len(one.keys))
        else ""
    )


def _tell(weights: Sequence[float], after: int, before: int) -> int:
    """How many words between two places tell something."""
    return sum(weight == 1 for weight in weights[after + 1 : before])


def _is_lifted(quotation: Sentence, each: Stretch, told: frozenset[str]) -> bool:
    """Whether words that stand between quotation marks stand there, nearly all of them, with the
    same facts; who is said to have said them stands outside.
    """
    pairs = in_order(quotation.keys, each.keys)
    if len(pairs) < LIFTED * len(quotation.keys) or not dense([place for _, place in pairs]):
        return False
    return not clash_of(quotation, each, pairs, told, edge=0)


def in_order(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Pair, ...]:
    """The longest row of common words: the place of each in both."""
    blocks = LCSseq.editops(mine, theirs).as_matching_blocks()
    return tuple((a + step, b + step) for a, b, size in blocks for step in range(size))


def _in_any_order(mine: Sequence[str], theirs: Sequence[str]) -> tuple[Pair, ...]:
    """Common words, each counted as often as both have it."""
    left = Counter(theirs)
    places: dict[str, list[int]] = {}
    for place in range(len(theirs) - 1, -1, -1):
        places.setdefault(theirs[place], []).append(place)
    found = []
    for at, key in enumerate(mine):
        if left[key] > 0:
            left[key] -= 1
            found.append((at, places[key].pop()))
    return tuple(found)


def _at_most(one: Sentence, each: Stretch) -> float:
    """The share of what its words weigh that stand there at all, however often: cheap."""
    return _weighed(one, [at for at, key in enumerate(one.keys) if key in each.held])


def _weighed(one: Sentence, places: Sequence[int]) -> float:
    """The share of what its words weigh."""
    return sum(one.weights[at] for at in places) / one.weight


def dense(places: Sequence[int]) -> bool:
    """Whether common words stand close together."""
    return bool(places) and len(places) >= DENSE * (max(places) - min(places) + 1)


def _run(pairs: Sequence[Pair]) -> int:
    """The longest row of words side by side in both."""
    longest = run = 1 if pairs else 0
    for (a, b), (c, d) in pairwise(pairs):
        run = run + 1 if (c, d) == (a + 1, b + 1) else 1
        longest = max(longest, run)
    return longest


def clash_of(
    one: Sentence, each: Stretch, pairs: Sequence[Pair], told: frozenset[str], edge: int = EDGE
) -> str:
    """Another fact or name between the same words and `edge` around, or a "not"; "" for none."""
    if _is_denied(one, each, pairs):
        return "denied"
    for (a, c), (b, d) in _gaps(pairs, len(one.keys), len(each.keys), edge):
        facts = (
            {fact for at, fact in one.placed if a <= at < c},
            {fact for at, fact in each.placed if b <= at < d},
        )
        mine, theirs = facts[0] - facts[1], facts[1] - facts[0]
        for kind in sorted({kind for kind, _ in mine} & {kind for kind, _ in theirs}):
            sides = (min(v for k, v in side if k == kind) for side in (mine, theirs))
            return f"{kind}: {' / '.join(sides)}"
        names = (
            sorted(one.names.intersection(one.keys[a:c]) - set(each.keys)),
            sorted(each.names.intersection(each.keys[b:d]) - told),
        )
        if names[0] and names[1]:
            return f"names: {names[0][0]} / {names[1][0]}"
    return ""


def _is_denied(one: Sentence, each: Stretch, pairs: Sequence[Pair]) -> bool:
    """Whether between two common words one side says no and the other does not.

    A longer stretch that the other has not is another clause, and may deny what it likes.
    """
    if not (one.denials or each.denials):
        return False
    before = pairs[0][0] - 1, pairs[0][1] - NOT
    for (a, b), (c, d) in pairwise([before, *pairs]):
        mine = any(a < at < c for at in one.denials)
        theirs = any(b < at < d for at in each.denials)
        if mine != theirs and (c - a if mine else d - b) <= NOT + 1:
            return True
    return False


def _gaps(
    pairs: Sequence[Pair], mine: int, theirs: int, edge: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """What lies between two common words, in both; before the first and behind the last `edge`."""
    first, last = pairs[0], pairs[-1]
    before = (max(0, first[0] - edge), max(0, first[1] - edge))
    behind = (min(mine, last[0] + 1 + edge), min(theirs, last[1] + 1 + edge))
    edges = [(before[0] - 1, before[1] - 1), *pairs, behind]
    for (a, b), (c, d) in pairwise(edges):
        if c - a > 1 and d - b > 1:
            yield (a + 1, c), (b + 1, d)
