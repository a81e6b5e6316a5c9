"""While a crawl runs garbage is looked for seldom; afterwards all is as it was."""

from __future__ import annotations

import gc

import pytest

from crawler.run.runtime import SELDOM, seldom_collected


def test_afterwards_all_is_as_it_was() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with seldom_collected():
        assert gc.get_threshold()[0] == SELDOM
        assert gc.get_freeze_count() > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
    with pytest.raises(ValueError, match="broke"), seldom_collected():
        raise ValueError("it broke")
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
