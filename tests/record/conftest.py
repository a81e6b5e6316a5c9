"""A record of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.record import Record, open_record
from tests.record.pieces import begin


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record."""
    with open_record(tmp_path / "var" / "coverage.db", tmp_path / "var" / "snapshots") as opened:
        yield opened


@pytest.fixture
def run(record: Record) -> int:
    """A run of it."""
    return begin(record)
