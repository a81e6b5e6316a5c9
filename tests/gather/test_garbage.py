"""While a crawl runs garbage is looked for seldom and turns are quick; then all is as it was."""

from __future__ import annotations

import gc
import sys

import pytest

from crawler.run.runtime import SELDOM, TURN, quick_turns, seldom_collected


def test_afterwards_all_is_as_it_was() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with seldom_collected():
        assert gc.get_threshold()[0] == SELDOM
        assert gc.get_freeze_count() > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
    with pytest.raises(ValueError, match="broke"), seldom_collected():
        raise ValueError("it broke")
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_afterwards_threads_take_turns_as_before() -> None:
    before = sys.getswitchinterval()
    with quick_turns():
        assert sys.getswitchinterval() == pytest.approx(TURN)
    assert sys.getswitchinterval() == pytest.approx(before)
    with pytest.raises(ValueError, match="broke"), quick_turns():
        raise ValueError("it broke")
    assert sys.getswitchinterval() == pytest.approx(before)
