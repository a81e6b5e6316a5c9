"""The texts of a question: what was compared, and which pieces carry which text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from crawler.models import Likeness
from crawler.stories.comparing import POSSIBLY, RULE, by_passage, compare, near
from crawler.stories.text_views import Opening

Pair: TypeAlias = tuple[str, str]
# two digests, the smaller first; or the keys of two articles
Known: TypeAlias = Mapping[Pair, Likeness]
# digests -> how they were compared before
Node: TypeAlias = tuple[str, str]
# digest and "": all pieces with one text; with its key, a piece that people spoke about; without a
# digest, a piece with too little text


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What can be said about pairs of these texts."""

    openings: Mapping[str, Opening]
    # by digest
    known: Known
    # compared before, by the rule of today
    compared: dict[Pair, Likeness] = field(default_factory=dict)
    # compared now

    @classmethod
    def made(cls, openings: Iterable[Opening], known: Known) -> Texts:
        """Without what another version of the rule compared."""
        return cls(
            openings={each.digest: each for each in sorted(openings, key=_printed)},
            known={pair: each for pair, each in known.items() if each.rule == RULE},
        )

    def near(self, one: str, others: Iterable[str]) -> Iterator[Likeness]:
        """Those of `others`, smaller digests all, that may carry the text of `one`."""
        new = list(others)
        if self.known:
            before = [self.known[other, one] for other in new if (other, one) in self.known]
            yield from (each for each in before if each.likeness >= POSSIBLY)
            new = [other for other in new if (other, one) not in self.known]
        for found in near(self.openings[one], [self.openings[other] for other in new]):
            self.compared[found.one, found.two] = found
            yield found

    def by_passage(self, one: str, others: Iterable[str]) -> Iterator[Likeness]:
        """Those of `others` that may carry a passage of `one`."""
        for other in others:
            pair = (one, other) if one <= other else (other, one)
            before = self.known.get(pair)
            if before is None:
                found = by_passage(self.openings[one], [self.openings[other]])
                self.compared.update(((each.one, each.two), each) for each in found)
                before = self.compared.get(pair)
            if before is not None and before.likeness >= POSSIBLY:
                yield before

    def likeness(self, one: str, two: str) -> Likeness:
        """How alike two texts are; digests in any order."""
        pair = (one, two) if one <= two else (two, one)
        found = self.compared.get(pair) or self.known.get(pair)
        if found is None:
            found = self.compared[pair] = compare(self.openings[one], self.openings[two])
        return found


def _printed(opening: Opening) -> tuple[str, str, str]:
    """Of pieces that say the same the last stands for all: small letters come behind capitals."""
    return opening.headline.raw, opening.standfirst.raw, opening.passages.raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """What is grouped: pieces with one and the same text are one."""

    of: Mapping[str, Node]
    # key of an article -> its node
    members: Mapping[Node, Sequence[str]]
    # node -> keys
    carrying: Mapping[str, Sequence[Node]]
    # digest -> nodes, in order

    @classmethod
    def made(cls, carried: Mapping[str, str | None], spoken: Collection[str]) -> Nodes:
        """Of each article's digest (None: too little text) and the keys that people spoke about."""
        of = {
            key: (digest or "", key if digest is None or key in spoken else "")
            for key, digest in sorted(carried.items())
        }
        members: dict[Node, list[str]] = defaultdict(list)
        for key, node in of.items():
            members[node].append(key)
        carrying: dict[str, list[Node]] = defaultdict(list)
        for node in sorted(members):
            carrying[node[0]].append(node)
        return cls(of=of, members=members, carrying=carrying)
