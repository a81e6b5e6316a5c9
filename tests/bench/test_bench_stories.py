"""The bench of stories: three shapes, each with what it is for."""

from __future__ import annotations

import pytest

from bench.stories import SHAPES, measure
from crawler.stories import relate_texts


def test_every_shape_is_measured() -> None:
    (section,) = measure(articles=120, rounds=1)
    assert list(section.data) == list(SHAPES)
    assert len(section.rows) == 3 * len(SHAPES)


@pytest.mark.parametrize(("shape", "least", "most"), [("coverage", 20, 90), ("dealt", 115, 120)])
def test_a_shape_is_what_it_says(shape: str, least: int, most: int) -> None:
    assert least <= len(relate_texts(SHAPES[shape](120)).stories) <= most


def test_forms_filled_in_daily_are_told_apart_by_the_guard() -> None:
    found = relate_texts(SHAPES["daily"](120))
    assert len(found.stories) > 100
    alike = [pair.conflict is not None for pair in found.compared if pair.likeness >= 90]
    assert sum(alike) >= 0.9 * len(alike) > 0
