"""The measurement of hostile answers: every reader is there and is really asked."""

from __future__ import annotations

import pytest

from bench import hostile

READERS = hostile.readers()


@pytest.mark.parametrize("name", READERS)
def test_every_reader_answers_or_refuses(name: str) -> None:
    for unit in ("a ", "<p>a", "{", '"', "12.05.2025 "):
        hostile._once(READERS[name], unit * 50)


def test_what_a_call_costs_is_told_for_every_unit() -> None:
    worst = hostile._worst("urls.canonical", ("a", "//"), 5_000)
    assert worst.unit in {"a", "//"}
    assert (worst.seconds < hostile.PATIENCE, worst.over) == (True, ())


def test_a_call_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: str) -> None:
        while _ != "a" * 100:
            pass

    monkeypatch.setattr(hostile, "readers", lambda: {"endless": endless})
    monkeypatch.setattr(hostile, "PATIENCE", 0.05)
    monkeypatch.setattr(hostile, "BAR", 0.01)
    worst = hostile._worst("endless", ("b",), 10)
    assert worst.over == ("b",)
