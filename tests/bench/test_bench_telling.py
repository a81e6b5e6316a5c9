"""What is measured is what is claimed: so many pieces, found, related and written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bench.telling import PIECES, fill
from bench.telling_ours import tell

ARTICLES = 200


def test_the_pieces_of_both_events_are_told(tmp_path: Path) -> None:
    fill(tmp_path / "zyra", ARTICLES)
    for event in PIECES:
        made, size, clock = tell(tmp_path / "zyra", event, datetime(2026, 1, 1, tzinfo=UTC))
        assert made.summary.pieces == ARTICLES // 10
        assert made.summary.texts < made.summary.pieces
        assert made.kept
        assert size > 20_000
        assert set(clock.spent) == {"related", "stories", "kept", "report", "html"}
