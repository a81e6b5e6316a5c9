"""A brand's colour can be read on either paper, whatever colour it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats.colours import contrast, palettes

AA = 4.5
# WCAG 2.2, 1.4.3: small words
GRAPHICS = 3.0
# WCAG 2.2, 1.4.11: signs and frames


@given(st.integers(0, 0xFFFFFF))
def test_any_brand_can_be_read_on_both_papers(number: int) -> None:
    for colours in palettes(f"#{number:06x}"):
        assert contrast(colours.accent, colours.paper) >= AA
        assert contrast(colours.accent, colours.band) >= AA


@pytest.mark.parametrize("colours", palettes(None), ids=["light", "dark"])
def test_words_and_signs_can_be_read(colours: object) -> None:
    for name in ("ink", "muted", "good", "fair", "bad"):
        assert contrast(getattr(colours, name), getattr(colours, "paper")) >= AA  # noqa: B009
        assert contrast(getattr(colours, name), getattr(colours, "band")) >= AA  # noqa: B009


def test_a_brand_that_can_be_read_is_left_alone() -> None:
    light, _ = palettes("#7a1f2b")
    assert light.accent == "#7a1f2b"


def test_three_digits_are_six() -> None:
    assert palettes("#a00") == palettes("#aa0000")


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "7a1f2b", "#7a1f2b;}", " #7a1f2b"])
def test_other_spellings_are_refused(colour: str) -> None:
    with pytest.raises(ValueError, match=re.escape("#7a1f2b")):
        palettes(colour)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
