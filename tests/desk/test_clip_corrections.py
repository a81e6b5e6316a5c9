"""A clip corrected and taken away by its key: decisions stay, nothing is deleted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.record import read, report_queries
from tests.desk.conftest import Desk
from tests.record.pieces import piece

HEADLINE = "Kronika e panarit"


def clipped(desk: Desk, *more: str) -> str:
    """The key of a broadcast that was brought for the event."""
    typed = (
        "--outlet",
        "gazeta-shembull",
        "--headline",
        HEADLINE,
        "--published",
        "10.5.2025 19:30",
    )
    done = desk.type("clip", "--event", "festa", *typed, *more, "--json")
    assert done.code == 0, done.err
    return str(json.loads(done.out)["pieces"][0]["article"])


def pieces(desk: Desk) -> dict[str, dict[str, Any]]:
    """What the report counts, by key."""
    told = json.loads(desk.type("report", "festa", "--json").out)
    return {one["article"]: one for one in told["pieces"]}


def test_a_slip_is_corrected_and_the_key_and_the_decision_stay(filled: Desk) -> None:
    key = clipped(filled)
    done = filled.type("clip", "--edit", key, "--headline", "Kronika e panairit")
    assert (done.code, "edited (festa)" in done.out) == (0, True), done.err
    one = pieces(filled)[key]
    assert (one["headline"], one["decision"]) == ("Kronika e panairit", "accepted")
    assert one["published"].startswith("2025-05-10T19:30")
    # the corrected list, brought again, is the same piece, and so is the first
    again = json.loads(
        filled.type(
            "clip", "--event", "festa", "--outlet", "gazeta-shembull", "--headline",
            "Kronika e panairit", "--published", "10.5.2025 19:30", "--json",
        ).out
    )  # fmt: skip
    assert (again["new"], again["known"], again["pieces"][0]["article"]) == (0, 1, key)


def test_an_address_and_a_day_come_later(filled: Desk) -> None:
    key = clipped(filled)
    done = filled.type(
        "clip", "https://gazeta.example/tv/1", "--edit", key, "--published", "11 maj 2025", "--json"
    )
    told = json.loads(done.out)
    assert told["edited"]["url"] == "https://gazeta.example/tv/1"
    assert told["edited"]["published"] == "2025-05-11"
    assert pieces(filled)[key]["precision"] == "day"


@pytest.mark.parametrize("to", ["--no-outlet", "other"])
def test_another_outlet_takes_the_piece_with_all_that_was_decided(to: str, filled: Desk) -> None:
    other = 'name = "Radio Tjetër"\nkind = "radio"\n'
    (filled.root / "outlets" / "radio-tjeter.toml").write_text(other, "utf-8")
    key = clipped(filled)
    filled.type("decisions", "set", "festa", key, "--remark", "me pamje")
    whose = [to] if to == "--no-outlet" else ["--outlet", "Radio Tjetër"]
    done = filled.type("clip", "--edit", key, *whose, "--json")
    assert done.code == 0, done.err
    new = json.loads(done.out)["edited"]
    assert new["outlet"] == (None if to == "--no-outlet" else "radio-tjeter")
    one = pieces(filled)[new["article"]]
    assert (one["decision"], one["remark"], len(pieces(filled))) == ("accepted", "me pamje", 4)
    with filled.record() as record:
        found = read.article(record, key)
    assert found is not None
    assert found.key == new["article"]


def test_a_clip_that_is_taken_away_is_nowhere_and_comes_back_when_it_is_brought(
    filled: Desk,
) -> None:
    key = clipped(filled, "--note", "x")
    done = filled.type("clip", "--remove", key)
    assert (done.code, "removed (festa)" in done.out) == (0, True), done.err
    assert key not in pieces(filled)
    assert key not in filled.type("match", "festa", "--json").out
    with filled.record() as record:
        kept = read.article(record, key)
        assert report_queries.by_hand(record, (key,))
    assert kept is not None
    assert kept.gone_since is not None
    assert clipped(filled) == key
    assert pieces(filled)[key]["decision"] == "accepted"


def test_a_post_names_the_clip_that_was_taken_away(filled: Desk) -> None:
    key = clipped(filled)
    (filled.root / "posts").mkdir()
    document = filled.root / "posts" / "festa.sq.toml"
    document.write_text(f'title = "A"\n[[block]]\npieces = ["{key}"]\n', "utf-8")
    filled.type("clip", "--remove", key)
    done = filled.type("roundup", "festa", "--json")
    assert done.code == 0
    assert json.loads(done.out)["lost"] == [key]


@pytest.mark.parametrize("verb", ["--edit", "--remove"])
@pytest.mark.parametrize(
    ("named", "told"),
    [(piece(1).url, "own"), ("a_zzzzzzz", "no such piece")],
    ids=["an outlet's", "unknown"],
)
def test_what_nobody_clipped_is_refused(verb: str, named: str, told: str, filled: Desk) -> None:
    before = pieces(filled)
    more = ["--headline", "X"] if verb == "--edit" else []
    done = filled.type("clip", verb, named, *more)
    assert done.code == 2
    assert told in done.err
    assert pieces(filled) == before


@pytest.mark.parametrize(
    "words",
    [
        ["--edit", "KEY"],
        ["--edit", "KEY", "--remove", "KEY"],
        ["--remove", "KEY", "--headline", "X"],
        ["--edit", "KEY", "--headline", "X", "--event", "festa"],
        ["--edit", "KEY", "--published", "10.5.25"],
    ],
    ids=["nothing", "both", "more", "event", "year"],
)
def test_wrong_use(words: list[str], filled: Desk) -> None:
    key = clipped(filled)
    before = pieces(filled)
    assert filled.type("clip", *[key if word == "KEY" else word for word in words]).code == 2
    assert pieces(filled) == before
