"""An event is named alike in every command: as argument or by option, by slug or by title."""

from __future__ import annotations

import pytest

from jehona.cli.commands import TABLE
from tests.desk.conftest import Desk
from tests.record.pieces import piece

COMMANDS = ("decisions list", "events quality", "events show", "events try", "match", "stories")
NEEDED = [one for one in COMMANDS if one not in ("decisions list", "match")] + [
    "report",
    "review",
    "translate --machine",
    "publish --to house",
]
TITLES = ("Festa e Librit", "festa e librit", "FESTA E LIBRIT")


def test_every_command_of_one_event_takes_it_both_ways() -> None:
    """But for `decisions set EVENT URL`, whose option would leave the address alone."""
    taking = {}
    for entry in (entry for entry in TABLE if entry.target):
        params = entry.load().params
        if any(one.name == "event" and one.param_type_name == "argument" for one in params):
            taking[entry.name] = any("--event" in one.opts for one in params)
    assert [name for name, both in taking.items() if not both] == ["decisions set"]
    assert set(COMMANDS) < taking.keys()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["festa", *TITLES])
def test_by_slug_or_title_as_argument_or_option(filled: Desk, command: str, name: str) -> None:
    slug = filled.type(*command.split(), "festa", "--json")
    assert (slug.code, slug.out.strip()[:1]) == (0, "{")
    assert filled.type(*command.split(), name, "--json") == slug
    assert filled.type(*command.split(), "--event", name, "--json") == slug
    assert filled.type(*command.split(), name, "-e", name, "--json") == slug


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fest"], 'there is no event "fest"'),
        (["--event", "Festa e Librt"], 'there is no event "Festa e Librt"'),
        (["festa", "--event", "panairi"], "one event at a time"),
    ],
)
def test_a_slip_is_one_line(filled: Desk, command: str, words: list[str], said: str) -> None:
    told = filled.type(*command.split(), *words)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert said in told.err


@pytest.mark.parametrize("command", NEEDED)
def test_no_event_named(filled: Desk, command: str) -> None:
    told = filled.type(*command.split())
    assert (told.code, told.err) == (2, "which event? `jehona events list` has them\n")


def test_a_title_that_two_events_have(filled: Desk) -> None:
    events = filled.root / "events"
    text = (events / "festa.toml").read_text("utf-8")
    (events / "festa-2026.toml").write_text(text, "utf-8")
    told = filled.type("events", "show", "Festa e Librit")
    assert told.code == 2
    assert "festa-2026 and festa: say which" in told.err
    assert filled.type("events", "show", "festa-2026").code == 0


def test_a_wrong_file_takes_no_title_from_another(filled: Desk) -> None:
    (filled.root / "events" / "a.toml").write_text('title = "Festa e Librit"\nfrm = 1', "utf-8")
    assert filled.type("events", "show", "Festa e Librit").code == 0


def test_decisions_upon_an_event_that_has_no_file_any_more(filled: Desk) -> None:
    filled.keep(piece(1))
    url = piece(1).url
    assert filled.type("decisions", "set", "Festa e Librit", url, "--tone", "neutral").code == 0
    before = filled.type("decisions", "list", "festa", "--json")
    (filled.root / "events" / "festa.toml").unlink()
    assert filled.type("decisions", "list", "festa", "--json") == before
    assert '"event": "festa"' in before.out
