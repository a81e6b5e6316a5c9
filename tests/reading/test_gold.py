"""The labelled sets as gates: floors that only rise, one test a row for our own shapes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench import gold

SETS = Path(__file__).resolve().parent.parent / "gold"
FLOORS: dict[str, dict[str, Any]] = tomllib.loads((SETS / "floors.toml").read_text("utf-8"))
LEAST = {
    "dates": 148, "languages": 248, "languages-more": 85,
    "paradigms": 32, "paradigms-more": 196, "paradigms-held-out": 131, "apart": 191,
}  # fmt: skip
# below these no floor may ever be


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set."""
    lines = (SETS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def counts(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The last line of `python -m bench.gold`."""
    assert gold.main(words) == 0
    last: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return last


@pytest.mark.parametrize("name", [name for name in FLOORS if "right" in FLOORS[name]])
def test_a_set_is_at_its_floor(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    floor = FLOORS[name]
    found = counts(capsys, floor["set"], str(SETS / floor["file"]))
    for figure in ("total", "wrong", "accepted"):
        if figure in floor:
            assert found[figure] == floor[figure], f"{figure}: {found}"
    assert found["right"] >= floor["right"], f"worse than its floor: {found}"
    higher = f"better than its floor: write right = {found['right']} under [{name}] in floors.toml"
    assert found["right"] == floor["right"], higher


@pytest.mark.parametrize(("name", "least"), LEAST.items(), ids=LEAST)
def test_a_floor_was_not_lowered(name: str, least: int) -> None:
    floor = FLOORS[name]
    assert floor["right"] >= least
    assert floor.get("wrong", 0) == floor.get("accepted", 0) == 0


@pytest.mark.parametrize("prior", [(), ("sq",), ("en",)], ids=["no-prior", "sq", "en"])
def test_the_outlets_languages_do_not_decide_what_can_be_told(
    prior: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gold, "PRIOR", prior)
    verdicts = [gold.judge_language(row)[0] for row in rows("languages.jsonl")]
    assert verdicts.count("right") >= FLOORS["languages"]["right"]


@pytest.mark.parametrize(
    "row", rows("dates-shapes.jsonl"), ids=lambda row: row["text"] or "nothing"
)
def test_a_shape_of_date(row: dict[str, Any]) -> None:
    verdict, read = gold.judge_date(row)
    assert verdict == ("right" if row["expected"] else "refused"), read


def test_failures_are_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wrong = {"text": "23 qershor 2024", "base": "2024-06-24T13:30+02:00", "expected": "2024-06-22"}
    refused = {"text": "mot i keq", "base": "2024-06-24T13:30+02:00", "expected": None}
    accepted = {"text": "dje", "base": "2024-06-24T13:30+02:00", "expected": None}
    lines = (json.dumps(row) for row in (wrong, refused, accepted))
    (tmp_path / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert gold.main(["dates", str(tmp_path / "some.jsonl"), "--verbose"]) == 0
    *listed, last = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in listed] == ["wrong", "accepted"]
    assert json.loads(last) == {
        "set": "dates", "total": 3, "right": 0, "none": 0, "wrong": 1, "accepted": 1
    }  # fmt: skip


def test_families_of_forms_are_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "some.json").write_text('[["mal", "mali"], ["BE-ja", "BE"], ["mal", "mall"]]')
    assert gold.main(["paradigms", str(tmp_path / "some.json"), "--verbose"]) == 0
    listed, last = capsys.readouterr().out.splitlines()
    assert listed.startswith("wrong: 'mal mall'")
    assert json.loads(last) == {"set": "paradigms", "total": 3, "right": 2}


@pytest.mark.parametrize("text", [None, "no json"], ids=["absent", "no-json"])
def test_a_wrong_file_is_one_line(
    text: str | None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if text:
        (tmp_path / "some.jsonl").write_text(text, encoding="utf-8")
    assert gold.main(["dates", str(tmp_path / "some.jsonl")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
