"""Bundles in any order, each as often as you like: the record of one machine."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bundles import told

SEEDS = st.integers(min_value=0, max_value=10**9)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=SEEDS, order=SEEDS)
def test_any_order_gives_the_record_of_one_machine(
    tmp_path_factory: pytest.TempPathFactory, seed: int, order: int
) -> None:
    folder = tmp_path_factory.mktemp("order")
    bundles = told.history(seed, 6)
    expected = told.gathered(folder / "one", bundles)
    assert told.taken(folder / "in-order", bundles) == expected
    random.Random(order).shuffle(bundles)
    assert told.taken(folder / "shuffled", bundles, twice=True) == expected


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_thousand_bundles_in_random_order_each_twice(tmp_path: Path) -> None:
    bundles = told.history(2000, 2000, outlets=40, pieces=30)
    expected = told.gathered(tmp_path / "one", bundles)
    doubled = [*bundles, *bundles]
    random.Random(os.environ.get("JEHONA_SEED", "bundles")).shuffle(doubled)
    assert told.taken(tmp_path / "shuffled", doubled) == expected
