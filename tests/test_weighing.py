"""Checks weighed together: sections of one outlet count a piece once."""

from __future__ import annotations

import pytest

from crawler.models import Check, Outcome, Way
from crawler.outcomes import best
from crawler.run.combine_checks import own_reads


def section(read: int, outcome: Outcome = Outcome.COMPLETE) -> Check:
    return Check(outlet="kodra", way=Way.LISTING, outcome=outcome, read=read)


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ([{1, 2, 3}, {4}], [3, 1]),
        ([{1, 2, 3}, {2, 3, 4}], [3, 1]),
        ([{1}, {1}], [1, 0]),
        ([set(), {7}], [0, 1]),
    ],
    ids=["apart", "overlapping", "the-same", "an-empty-one"],
)
def test_a_piece_in_two_sections_is_read_once(seen: list[set[int]], counted: list[int]) -> None:
    made = [section(len(some)) for some in seen]
    weighed = own_reads(made, [frozenset(some) for some in seen])
    assert [check.read for check in weighed] == counted
    assert best(weighed).read == len(set().union(*seen))


def test_other_ways_keep_their_count() -> None:
    made = [Check(outlet="kodra", way=Way.FEED, outcome=Outcome.COMPLETE, read=2), section(2)]
    weighed = own_reads(made, [frozenset({1, 2}), frozenset({1, 2})])
    assert [check.read for check in weighed] == [2, 2]
    assert best(weighed).read == 2
