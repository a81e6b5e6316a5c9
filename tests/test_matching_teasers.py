"""The cheap look before the pattern of teasers: it never says no to one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.matching import teasers


@pytest.mark.parametrize("pattern", [*teasers._PLAIN, *teasers._MARKED])
@given(data=st.data())
def test_no_head_is_overlooked(pattern: str, data: st.DataObject) -> None:
    head = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True))
    assert teasers.may_name(f"Fjalë. {head}: titulli")


def test_most_texts_are_not_looked_at_twice() -> None:
    assert not teasers.may_name("Festa e librit u hap në qytet, tha kryetari i bashkisë.")
