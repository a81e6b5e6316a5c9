"""Shares and estimates: what a number may claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jehona.actions.estimates import interval, unseen


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(39, 40, 0.871, 0.996), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (1, 1, 0.207, 1.0)],
)
def test_wilson(found: int, of: int, low: float, high: float) -> None:
    assert tuple(round(end, 3) for end in interval(found, of)) == (low, high)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_in_its_interval(pair: tuple[int, int]) -> None:
    low, high = interval(*pair)
    assert 0 <= low <= pair[0] / pair[1] <= high <= 1


def test_a_share_of_nothing_has_none() -> None:
    with pytest.raises(ValueError, match="nothing"):
        interval(0, 0)


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_nothing_is_estimated_without_a_piece_in_common(one: set[int], two: set[int]) -> None:
    found = unseen(("feed", "sitemap"), one, two)
    assert (found is None) == (not one & two)
    if found:
        assert found.at_least >= 0
        assert one != two or found.at_least == 0
