"""What the tests of publishing share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.publishing.pretend import Pretend, pretending


@pytest.fixture
def site() -> Iterator[Pretend]:
    """A site that pretends to be WordPress."""
    with pretending() as served:
        yield served
