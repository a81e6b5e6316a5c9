"""`jehona demo --desk`: the newsroom crawled and served, the review left to who sits there."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from jehona import actions
from jehona.actions.review_order import Show
from jehona.cli import demo


def test_the_review_is_left_and_the_newsroom_is_served_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def sit(folder: Path, *, port: int | None, show: bool) -> None:
        assert (port, show) == (None, True)
        office = actions.office.open_office(folder)
        (event,) = office.events()
        found = actions.review.queue(office, event)
        assert found.counts[Show.WAITING] > 20
        assert found.counts[Show.ACCEPTED] == found.counts[Show.REJECTED] == 0
        line = actions.today.event_line(office, event)
        assert line.checked >= line.asked - 3
        served = next(p.article.url for p in found.pieces if "127.0.0.1" in p.article.url)
        with urllib.request.urlopen(served, timeout=10) as answer:
            assert answer.status == 200
        seen.append(folder)

    monkeypatch.setattr(demo, "run", sit)
    demo.demo(output=tmp_path / "demo", show_papers=False, desk=True)
    assert seen == [tmp_path / "demo"]
