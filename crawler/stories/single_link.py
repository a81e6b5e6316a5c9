"""From pairs to groups: the nearest join first, nothing joins across what keeps two apart.

Single link: a text joins a group by its likeness to one member, so that successive edits of one
text stay together. But before two groups join, every member of one is held against every member of
the other: one conflict between any two forbids it. Pairs are taken nearest first, ties in the order
of their names, so the order in which articles came is no matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


@dataclass(slots=True)
class Groups(Generic[N]):
    """Members that are joined one by one, and what may never be."""

    of: dict[N, set[N]] = field(default_factory=dict)
    # member -> its group, one set object a group
    foes: dict[N, set[N]] = field(default_factory=dict)
    # member -> members that its group must not join

    def add(self, member: N) -> None:
        """A group of its own."""
        self.of.setdefault(member, {member})
        self.foes.setdefault(member, set())

    def bar(self, one: N, two: N) -> None:
        """Never in one group."""
        self.foes[one].add(two)
        self.foes[two].add(one)

    def barred(self, one: N, two: N) -> bool:
        """Whether two groups were forbidden to join."""
        mine, theirs = self.of[one], self.of[two]
        return any(not self.foes[member].isdisjoint(theirs) for member in mine)

    def join(self, one: N, two: N) -> bool:
        """Whether the two are in one group now."""
        mine, theirs = self.of[one], self.of[two]
        if mine is theirs:
            return True
        if self.barred(one, two):
            return False
        mine |= theirs
        self.of.update(dict.fromkeys(theirs, mine))
        return True

    def all(self) -> list[set[N]]:
        """Every group once."""
        return list({id(group): group for group in self.of.values()}.values())


def join_nearest(
    groups: Groups[N], pairs: Iterable[tuple[int, N, N]], conflict: Callable[[N, N], bool]
) -> None:
    """Join likeness and pair, nearest first, where nobody of one group conflicts with the other."""
    alike: dict[int, list[tuple[N, N]]] = defaultdict(list)
    for likeness, one, two in pairs:
        alike[likeness].append((one, two))
    for likeness in sorted(alike, reverse=True):
        # what nearer pairs joined needs no place in the order
        apart = [pair for pair in alike[likeness] if groups.of[pair[0]] is not groups.of[pair[1]]]
        for one, two in sorted(apart):
            _join(groups, one, two, conflict)


def _join(groups: Groups[N], one: N, two: N, conflict: Callable[[N, N], bool]) -> None:
    mine, theirs = groups.of[one], groups.of[two]
    if mine is theirs or groups.barred(one, two):
        return
    foe = next(((a, b) for a in mine for b in theirs if conflict(a, b)), None)
    if foe:
        groups.bar(*foe)
    else:
        groups.join(one, two)
