"""Matching on the labelled sets, as given and without ë and ç: floors that only rise."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench import gold
from bench.figures import figures
from bench.gold_match import VARIANTS

SETS = Path(__file__).resolve().parent / "gold"
TOLD: dict[str, dict[str, Any]] = tomllib.loads((SETS / "floors.toml").read_text("utf-8"))
FLOORS = {name: floor for name, floor in TOLD.items() if floor["set"] == "match"}
LEAST = {
    "match": 0.98,
    "match-more": 0.95,
    "match-third": 0.91,
    "match-doubt": 0.90,
    "match-doubt-held-out": 0.94,
    "match-press": 0.93,
    "match-press-held-out": 0.91,
}
BARE = ("any", "not", "window")
# keys of an event of which nobody said more than its keywords
# below these no floor may ever be


def counts(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The last line of `python -m bench.gold match`."""
    assert gold.main(["match", *words]) == 0
    last: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return last


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", FLOORS)
def test_a_set_is_at_its_floor(name: str, variant: str, capsys: pytest.CaptureFixture[str]) -> None:
    floor = FLOORS[name]
    files = (str(SETS / floor[key]) for key in ("events", "file"))
    found = counts(capsys, *files, "--variant", variant)
    assert found["f1"] >= floor["f1"], f"worse than its floor: {found}"
    higher = f"better than its floor: write f1 = {found['f1']} under [{name}] in floors.toml"
    assert variant != "given" or found["f1"] == floor["f1"], higher


@pytest.mark.parametrize("bare", [False, True], ids=["told", "keywords alone"])
@pytest.mark.parametrize("name", [name for name, floor in FLOORS.items() if "precision" in floor])
def test_what_is_sure_and_what_is_only_asked_about(
    name: str, bare: bool, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    floor, events = FLOORS[name], SETS / FLOORS[name]["events"]
    if bare:
        told = json.loads(events.read_text(encoding="utf-8"))
        events = tmp_path / "bare.json"
        less = {slug: {key: one[key] for key in BARE if key in one} for slug, one in told.items()}
        events.write_text(json.dumps(less), encoding="utf-8")
    found = counts(capsys, str(events), str(SETS / floor["file"]))
    assert found["precision"] >= floor["bare" if bare else "precision"], found
    of_all = found["tp"] + found["fn"]
    assert (found["tp"] + found["doubtful"]["tp"]) / of_all >= floor["found"], found
    assert found["doubtful"]["fp"] <= floor["asked_in_vain"], found


def test_a_floor_was_not_lowered() -> None:
    assert {name: FLOORS[name]["f1"] >= least for name, least in LEAST.items()} == dict.fromkeys(
        FLOORS, True
    )


@pytest.mark.parametrize(
    ("right", "wrong", "missed", "expected"),
    [
        (3, 1, 0, {"precision": 0.75, "recall": 1.0, "f1": 0.8571}),
        (0, 0, 0, {"precision": 0.0, "recall": 0.0, "f1": 0.0}),
    ],
    ids=["some", "none"],
)
def test_figures(right: int, wrong: int, missed: int, expected: dict[str, float]) -> None:
    assert figures(tp=right, fp=wrong, fn=missed) == expected


def test_failures_are_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    window = {"from": "2026-05-11", "to": "2026-05-24"}
    events = {"E1": {"any": [["panair"]], "not": ["futboll"], "window": window}}
    rows = [
        {"id": 1, "event": "E1", "headline": "Panairi", "lead": None, "published": "2026-05-24"},
        {"id": 2, "event": None, "headline": "Panairi", "published": "2026-05-25T00:00:00+02:00"},
        {"id": 3, "event": None, "headline": "Panairi tjetër", "published": "2026-05-11"},
        {"id": 4, "event": "E1", "headline": "Festa", "lead": "", "body": "Lexo edhe: Panairi"},
        {"id": 5, "event": "E1", "headline": "Panairi 2024", "published": "2026-05-12"},
    ]  # fmt: skip
    (tmp_path / "e.json").write_text(json.dumps(events), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert (
        gold.main(["match", str(tmp_path / "e.json"), str(tmp_path / "a.jsonl"), "--verbose"]) == 0
    )
    *listed, last = capsys.readouterr().out.splitlines()
    assert [line.partition(" E1")[0] for line in listed] == ["fp: 3", "fn: 4", "doubtful tp: 5"]
    assert listed[1].endswith("no match")
    assert "about another edition" in listed[2]
    assert json.loads(last) == {
        "set": "match", "precision": 0.5, "recall": 0.3333, "f1": 0.4,
        "tp": 1, "fp": 1, "fn": 2, "doubtful": {"tp": 1, "fp": 0},
    }  # fmt: skip


@pytest.mark.parametrize("text", [None, "no json", '{"E": {"any": [["\\""]]}}'])
def test_a_wrong_file_is_one_line(
    text: str | None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if text:
        (tmp_path / "e.json").write_text(text, encoding="utf-8")
    assert gold.main(["match", str(tmp_path / "e.json"), str(SETS / "match.jsonl")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
