"""One strict reader of what headers count: digits are 0 to 9, nothing else, and not without end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.headers import count_of


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("45", 45),
        (" 45 ", 45),
        ("0", 0),
        ("45, 45", 45),
        ("45, 46", None),
        ("", None),
        (None, None),
        ("²", None),
        ("4²", None),
        ("٤٥", None),
        ("৪", None),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("1e3", None),
        ("1_000", None),
        ("0x10", None),
        ("9" * 16, None),
        ("9" * 5_000, None),
    ],
)
def test_a_count_is_its_digits_or_none(said: str | None, count: int | None) -> None:
    assert count_of(said) == count


@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=60))
def test_nothing_that_a_header_can_hold_is_a_fault(said: str) -> None:
    count = count_of(said)
    assert count is None or count >= 0
