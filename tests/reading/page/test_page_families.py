"""Every family of failures has its shape, and says in `expected.json` what the field must be."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
SHAPES: Final = HERE / "shapes"
FAMILIES: Final = tomllib.loads((HERE / "families.toml").read_text(encoding="utf-8"))
ENOUGH: Final = 40
# families that were counted on real pages: may be split, not dropped
COUNTED: Final = {"headline": 8, "date": 5, "byline": 4, "text": 4, "robustness": 2}
ASKED: Final = {
    "headline": {"headline"},
    "date": {"published"},
    "byline": {"byline"},
    "text": {"text", "contains", "paywall"},
    "language": {"language"},
    "refused": {"refused"},
}
# topic -> fields of which a shape must expect one
CASES: Final = [
    pytest.param(topic, shapes, id=f"{topic}: {family}")
    for topic, families in FAMILIES.items()
    for family, shapes in families.items()
]


@pytest.mark.parametrize(("topic", "shapes"), CASES)
def test_a_family_has_shapes_that_expect_its_field(topic: str, shapes: list[str]) -> None:
    assert shapes
    for name in shapes:
        path = SHAPES / name / "expected.json"
        assert path.exists(), f"no shape {name}: make one, or correct families.toml"
        expected = json.loads(path.read_text(encoding="utf-8"))
        wanted = ASKED.get(topic, set(expected))
        assert wanted & expected.keys(), f"{name} expects none of {sorted(wanted)}"


@pytest.mark.parametrize(("topic", "counted"), COUNTED.items(), ids=COUNTED)
def test_no_family_was_dropped(topic: str, counted: int) -> None:
    assert len(FAMILIES[topic]) >= counted


def test_there_are_shapes_enough() -> None:
    named = {name for families in FAMILIES.values() for some in families.values() for name in some}
    assert len(named) >= ENOUGH
