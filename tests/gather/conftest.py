"""What the tests of gathering share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.gather.pressroom import Pressroom, pressroom

Opened = Callable[..., AbstractContextManager[Pressroom]]


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    """`with opened(desk, ...) as room:` serves desks and opens a workspace beside them."""
    return lambda *desks: pressroom(tmp_path, capsys, *desks)
