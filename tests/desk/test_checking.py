"""`jehona checked`: who looked has a name."""

from __future__ import annotations

import json

import pytest

from crawler.record import read
from tests.desk.conftest import Desk

CHECKED = ("checked", "gazeta-shembull", "--event", "festa", "--found", "1", "--note", "faqja")


@pytest.mark.parametrize("by", ["  ", "\t", "\u00a0"])
def test_a_name_of_blanks_is_nobody(filled: Desk, by: str) -> None:
    """Refused as in every other command, and nothing is kept."""
    typed = filled.type(*CHECKED, "--by", by)
    assert (typed.code, typed.err.strip()) == (2, "--by: say who you are, or set JEHONA_USER")
    with filled.record() as record:
        assert not record.db.execute(
            "SELECT 1 FROM checks WHERE outcome = 'checked-by-hand'"
        ).fetchall()


def test_a_system_without_a_user_is_one_line(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container whose user id has no name."""
    monkeypatch.delenv("JEHONA_USER")
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("getpwuid()")))
    typed = filled.type(*CHECKED)
    assert (typed.code, typed.out) == (2, "")
    assert "say who you are" in typed.err


def test_a_name_that_looks_like_markup_is_told_as_it_is(filled: Desk) -> None:
    """A file's name and a person's are words of others."""
    outlets = filled.root / "outlets" / "gazeta-shembull.toml"
    outlets.write_text(outlets.read_text("utf-8").replace("Gazeta Shembull", "Gazeta [/] e re"))
    typed = filled.type(*CHECKED, "--by", "[red]Ana")
    assert (typed.code, typed.err) == (0, "")
    assert "Gazeta [/] e re: checked by hand by [red]Ana, 1 found" in typed.out
    assert "Gazeta [/] e re" in filled.type("outlets", "list").out


@pytest.mark.parametrize("outlet", ["gazeta-shembull", "Gazeta Shembull", "gazeta shembull"])
def test_outlet_and_event_are_named_by_slug_or_name(filled: Desk, outlet: str) -> None:
    """What is kept is the slug of either."""
    typed = filled.type("checked", outlet, "--event", "Festa e Librit", *CHECKED[4:], "--json")
    assert typed.code == 0, typed.err
    assert json.loads(typed.out)["outlet"] == "gazeta-shembull"
    with filled.record() as record:
        (run,) = [run for run in read.runs(record) if run.event]
    assert run.event == "festa"
