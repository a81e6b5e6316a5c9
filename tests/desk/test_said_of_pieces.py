"""What a person says of a piece beside the verdict: remark, genre, highlight, picture, tone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.desk.conftest import Desk

URL = "https://gazeta.example/2025/05/libri-2/"
SET = ("decisions", "set", "festa", URL)
WORDS = {"remark": "Me foto", "genre": "interview", "tone": "positive", "picture": "fair.jpg"}


def told(desk: Desk) -> Any:
    made = json.loads(desk.type("report", "festa", "--json").out)
    (piece,) = [one for one in made["pieces"] if one["url"] == URL]
    return made["summary"], piece


@pytest.fixture
def pictured(filled: Desk) -> Desk:
    (filled.root / "media").mkdir()
    (filled.root / "media" / "fair.jpg").write_bytes(b"x")
    (filled.root / "secret.jpg").write_bytes(b"x")
    return filled


@pytest.mark.parametrize("kind", WORDS)
def test_it_stands_in_the_report_until_it_is_taken_back(pictured: Desk, kind: str) -> None:
    typed = pictured.type(*SET, f"--{kind}", WORDS[kind])
    assert typed.code == 0, typed.err
    assert told(pictured)[1][kind] == WORDS[kind]
    assert pictured.type(*SET, "--undo", kind).code == 0
    assert told(pictured)[1][kind] is None


def test_a_highlight_is_set_and_taken_back(filled: Desk) -> None:
    assert filled.type(*SET, "--highlight").code == 0
    assert told(filled)[1]["highlight"] is True
    assert filled.type(*SET, "--undo", "highlight").code == 0
    assert told(filled)[1]["highlight"] is False


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(("pozitiv", "positive"), ("Positiv", "positive"), ("asnjanës", "neutral")),
        *(("negativ", "negative"), ("NEUTRAL", "neutral")),
    ],
)
def test_tones_are_read_in_both_languages_and_counted(filled: Desk, typed: str, kept: str) -> None:
    assert filled.type(*SET, "--tone", typed).code == 0
    summary, piece = told(filled)
    assert piece["tone"] == kept
    assert summary["tones"] == {"positive": 0, "neutral": 0, "negative": 0, kept: 1}


@pytest.mark.parametrize(
    "words",
    [
        *(("--tone", "e ngrohtë"), ("--genre", "poem"), ("--picture", "../secret.jpg")),
        *(("--picture", "secret.jpg"), ("--picture", "none.jpg"), ("--picture", "/etc/hostname")),
    ],
    ids=" ".join,
)
def test_what_cannot_be_kept_is_refused_in_a_line(pictured: Desk, words: tuple[str, ...]) -> None:
    typed = pictured.type(*SET, *words)
    assert (typed.code, typed.err.count("\n")) == (2, 1)


def test_a_tone_of_an_earlier_release_stays_and_is_not_counted(filled: Desk) -> None:
    assert filled.type(*SET, "--tone", "neutral").code == 0
    line = json.loads(filled.type("decisions", "export").out)
    file = filled.root / "old.jsonl"
    old = {**line, "uid": "d_abcdefghijkm", "value": "e ngrohtë", "at": "2999-01-01T00:00:00Z"}
    file.write_text(json.dumps(old) + "\n")
    assert filled.type("decisions", "import", str(file)).code == 0
    summary, piece = told(filled)
    assert (piece["tone"], set(summary["tones"].values())) == ("e ngrohtë", {0})


def test_a_remark_is_printed_and_a_note_is_not(filled: Desk) -> None:
    typed = filled.type(*SET, "--remark", "Me foto nga salla", "--note", "pyet Benin")
    assert typed.code == 0, typed.err
    said = filled.type("report", "festa", "--format", "md").out
    assert "Me foto nga salla" in said
    assert "pyet Benin" not in said
