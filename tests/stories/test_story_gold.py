"""The labelled pairs: floors that only rise."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench import gold
from bench.gold_stories import judge

SETS = Path(__file__).resolve().parent.parent / "gold"
TOLD: dict[str, dict[str, Any]] = tomllib.loads((SETS / "floors.toml").read_text("utf-8"))
FLOORS = {name: floor for name, floor in TOLD.items() if floor["set"] == "stories"}
LEAST = {
    "stories": 20,
    "stories-more": 44,
    "stories-third": 15,
    "stories-common-body": 45,
    "stories-held-out": 45,
}
# joins below which no floor may ever be


@pytest.mark.parametrize("name", FLOORS)
def test_a_set_is_at_its_floor(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    floor = FLOORS[name]
    assert gold.main(["stories", str(SETS / floor["file"]), "--verbose"]) == 0
    *listed, last = capsys.readouterr().out.splitlines()
    found = json.loads(last)
    assert (found["tp"], found["fp"]) == (floor["tp"], floor["fp"]), listed


def test_a_floor_was_not_lowered() -> None:
    kept = {name: (floor["tp"] >= LEAST[name], floor["fp"]) for name, floor in FLOORS.items()}
    assert kept == dict.fromkeys(LEAST, (True, 0))


def rows() -> list[dict[str, Any]]:
    lines = (SETS / "stories-more.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['id']}-{row['kind']}")
def test_a_pair(row: dict[str, Any]) -> None:
    found = judge(row)
    assert found.joined == row["duplicate"], found.why


def test_figures_and_failures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = (SETS / "stories.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    wrong = [json.loads(row) | {"duplicate": number > 0} for number, row in enumerate(rows)]
    missed = wrong[0] | {"duplicate": True, "b": {"headline": "Tjetër", "lead": "Fare pak."}}
    (tmp_path / "some.jsonl").write_text("\n".join(map(json.dumps, [*wrong, missed])))
    assert gold.main(["stories", str(tmp_path / "some.jsonl"), "--verbose"]) == 0
    *listed, last = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == ["fp", "fn"]
    assert json.loads(last) == {
        "set": "stories", "precision": 0.6667, "recall": 0.6667, "f1": 0.6667, "total": 4,
        "tp": 2, "fp": 1, "fn": 1, "asked": 0,
    }  # fmt: skip


@pytest.mark.parametrize("text", [None, "no json", "{}"], ids=["absent", "no-json", "no-label"])
def test_a_wrong_file_is_one_line(
    text: str | None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if text:
        (tmp_path / "some.jsonl").write_text(text, encoding="utf-8")
    assert gold.main(["stories", str(tmp_path / "some.jsonl")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
