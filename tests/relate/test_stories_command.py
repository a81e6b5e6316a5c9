"""`jehona stories`: texts in several pieces first, questions with their commands, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.record import decisions, open_record
from jehona.cli.stories import spelled
from jehona.demo import Desk, Post
from tests.gather.pressroom import Pressroom, pressroom
from tests.record.pieces import NOON
from tests.stories.told import BRIDGE, HONEY, template

EVENT = """title = "Festa e Mjaltit"
from = 2026-05-11
to = 2026-05-20
expected_outlets = ["fletorja", "portali", "zyra"]
[keywords]
any = [["mjaltë"]]
"""
LEAD = "Festa e mjaltit. "


def post(day: int, hour: int, headline: str, text: str) -> Post:
    return Post(headline=headline, at=f"2026-05-{day}T{hour}:30:00", text=LEAD + text)


@pytest.fixture
def room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Pressroom]:
    """Two outlets with one text in common and a form filled in twice; the office's own."""
    monday, friday = template("hënë", "20"), template("premte", "20")
    desks = [
        Desk(
            slug="fletorja",
            name="Fletorja",
            posts=[
                post(12, 10, "Mjalti [bold]hapet[/]", HONEY),
                post(13, 10, "Moti i mjaltit", monday),
            ],
        ),
        Desk(
            slug="portali",
            name="Portali",
            posts=[
                post(12, 12, "Festë mjalti", HONEY + " /Red."),
                post(14, 10, "Ura e mjaltit", BRIDGE),
                post(15, 10, "Moti i mjaltit", friday),
            ],
        ),
        Desk(slug="zyra", name="Zyra", posts=[post(12, 11, "Ftesë: mjalti", HONEY)]),
    ]
    with pressroom(tmp_path, capsys, *desks) as room:
        for desk in desks:
            kind = 'kind = "own"' if desk.slug == "zyra" else ""
            room.outlet(desk, "wordpress", extra=kind)
        (tmp_path / "events" / "mjalti.toml").write_text(EVENT, "utf-8")
        typed = room.crawl("--since", "2026-05-01", "--until", "2026-05-30")
        assert typed.code == 0, typed.err
        yield room


def test_json_is_the_contract(room: Pressroom) -> None:
    told = room.type("stories", "mjalti", "--json").json
    assert list(told) == ["event", "stories", "possibly", "overruled"]
    first = told["stories"][0]
    assert list(first) == ["story", "first", "pieces", "possibly"]
    assert first["story"] == "s_1"
    assert first["first"] == first["pieces"][0]["url"]
    rows = [(p["outlet"], p["lag_minutes"], p["likeness"]) for p in first["pieces"]]
    assert rows[0] == ("fletorja", 0, 100)
    assert rows[1][:2] == ("portali", 120)
    assert rows[1][2] >= 82
    assert [len(story["pieces"]) for story in told["stories"]] == [2, 1, 1, 1]
    (asked,) = told["possibly"]
    assert asked["conflict"].startswith("weekdays: ")
    assert told["stories"][1]["possibly"] == [asked["urls"]]
    assert told["overruled"] == []


def test_the_list_begins_with_texts_in_several_pieces(room: Pressroom) -> None:
    typed = room.type("stories", "mjalti")
    assert typed.code == 0, typed.err
    lines = [line.rstrip() for line in typed.out.splitlines()]
    assert lines[0] == "mjalti: 5 pieces carry 4 texts, 1 of them in more than one piece"
    assert lines[2].split("  ")[-1] == "Mjalti [bold]hapet[/]", "an outlet's words are never markup"
    assert lines[2].startswith("s_1   2026-05-12 10:30  Fletorja")
    assert lines[3].lstrip().startswith("+2 h  Portali  Festë mjalti")
    assert "Zyra" not in typed.out, "the office's own is never counted"


def test_a_question_names_the_commands_that_decide_it(room: Pressroom) -> None:
    out = room.type("stories", "mjalti").out
    (same, apart) = (line.split() for line in out.splitlines() if line.startswith("  jehona"))
    assert same[1:4] == ["stories", "mjalti", "--same"]
    assert apart[1:4] == ["stories", "mjalti", "--apart"]

    typed = room.type(*apart[1:], "--by", "ana", "--note", "dy ditë")
    assert typed.code == 0, typed.err
    assert "do not carry the same text, says ana" in typed.out
    assert room.type("stories", "mjalti", "--json").json["possibly"] == []

    told = room.type(*same[1:], "--by", "ana", "--json")
    assert "carry the same text, says ana" in told.err
    assert [len(story["pieces"]) for story in told.json["stories"]] == [2, 2, 1]
    room.crawl("--since", "2026-05-01", "--until", "2026-05-30")
    again = room.type("stories", "mjalti", "--json").json
    assert again == told.json, "a crawl undoes no decision"
    assert kept(room) == [("other", "ana", "dy ditë"), ("same", "ana", None)]


def kept(room: Pressroom) -> list[tuple[str | None, str, str | None]]:
    var = room.folder / "var"
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        return [(each.value, each.by, each.note) for each in decisions.history(record)]


def test_a_rejected_piece_carries_no_text(room: Pressroom) -> None:
    key = room.type("stories", "mjalti", "--json").json["stories"][0]["pieces"][1]["article"]
    var = room.folder / "var"
    with open_record(var / "coverage.db", var / "snapshots") as record:
        no = decisions.fresh("match", key, event="mjalti", value="rejected", by="ana", at=NOON)
        decisions.decide(record, no)
    told = room.type("stories", "mjalti", "--json").json
    assert [len(story["pieces"]) for story in told["stories"]] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["--same", "a_x", "a_y"],
            (
                "a_x: the record has no piece of this address: "
                "`jehona match EVENT --json` has them all"
            ),
        ),
        (["--same", "a", "b", "--apart", "a", "b"], "--same and --apart: one at a time"),
        (["--note", "pse"], "--by and --note go with --same URL URL or --apart URL URL"),
    ],
    ids=["unknown", "both", "note-alone"],
)
def test_a_wrong_use_is_one_line(room: Pressroom, words: list[str], line: str) -> None:
    typed = room.type("stories", "mjalti", *words)
    assert (typed.code, typed.err.splitlines()) == (2, [line])


def test_a_piece_is_not_compared_with_itself(room: Pressroom) -> None:
    url = room.type("stories", "mjalti", "--json").json["stories"][0]["first"]
    typed = room.type("stories", "mjalti", "--same", url, url)
    assert (typed.code, len(typed.err.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, ""),
        (0, "+0 min"),
        (5, "+5 min"),
        (60, "+1 h"),
        (130, "+2 h 10 min"),
        (1_440, "+1 d"),
        (1_621, "+1 d 3 h"),
    ],
)
def test_a_lag_in_words(minutes: int | None, said: str) -> None:
    assert spelled(minutes) == said
