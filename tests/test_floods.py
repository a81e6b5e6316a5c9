"""No reader is slow on a flood: each ends with every unit that a hostile answer can be made of."""

from __future__ import annotations

import pytest

from tests import floods

READERS = floods.readers()


@pytest.mark.soak
@pytest.mark.parametrize("name", READERS)
def test_no_flood_holds_a_reader(name: str) -> None:
    """A reader that looks at each sign again for each sign needs hours, not seconds."""
    costs = floods.costs_of(name, floods.UNITS, floods.LENGTH)
    assert [unit for unit, seconds in costs if seconds >= floods.PATIENCE] == []


@pytest.mark.parametrize("name", READERS)
def test_every_reader_answers_or_refuses(name: str) -> None:
    for unit in ("a ", "<p>a", "{", '"', "12.05.2025 "):
        floods.once(READERS[name], unit * 50)


def test_a_call_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(flood: str) -> None:
        while flood.startswith("b"):
            pass

    monkeypatch.setattr(floods, "readers", lambda: {"endless": endless})
    monkeypatch.setattr(floods, "PATIENCE", 0.05)
    costs = dict(floods.costs_of("endless", ("a", "b", "c"), 10))
    assert list(costs) == ["a", "b", "c"]
    assert costs["b"] == 0.05 > costs["c"]
