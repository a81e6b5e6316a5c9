"""What a measurement says: spreads, the table, the file of results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.figures import Section, Spread, installed, machine, save, sentence, show

MACHINE = {"cpu": "Procesor", "cores": "2", "system": "Linux 6", "python": "3.11", "sqlite": "3.40"}


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ([3.0], ("3.00", "3.00", "3.00")),
        ([9.0, 1.0, 2.0], ("1.00", "2.00", "9.00")),
        ([1.0, 2.0, 4.0, 1_000.0], ("1.00", "3.00", "1,000.00")),
    ],
    ids=["one-round", "odd", "even"],
)
def test_a_spread_is_minimum_median_maximum(values: list[float], cells: tuple[str, ...]) -> None:
    assert Spread.of(values).cells() == cells


def test_a_spread_of_nothing_is_loud() -> None:
    with pytest.raises(ValueError, match="empty"):
        Spread.of([])


def test_the_table_shows_title_rows_notes_and_machine(capsys: pytest.CaptureFixture[str]) -> None:
    section = Section(
        name="proof",
        title="How many?",
        columns=("", "requests"),
        rows=(("ours", "4"), ("[theirs]", "26")),
        notes=("[counted] by the log",),
    )
    show([section], MACHINE)
    lines = capsys.readouterr().out.splitlines()
    told = "\n".join(lines)
    assert "Procesor, 2 cores" in told
    assert "Python 3.11" in told
    assert "How many?" in told
    assert any(line.split() == ["ours", "4"] for line in lines)
    assert any(line.split() == ["[theirs]", "26"] for line in lines)
    assert "[counted] by the log" in told


def test_results_are_one_json_document(tmp_path: Path) -> None:
    file = tmp_path / "results" / "latest.json"
    spread = Spread.of([0.123456, 0.2, 0.3])
    save(file, {"rows": spread.json()})
    assert json.loads(file.read_text("utf-8")) == {
        "rows": {"min": 0.1235, "median": 0.2, "max": 0.3}
    }


def test_the_machine_is_named() -> None:
    found = machine()
    assert {"cpu", "cores", "system", "python", "sqlite", "scrapy"} <= found.keys()
    assert found["python"] in sentence(found)


@pytest.mark.parametrize(("package", "there"), [("scrapy", True), ("no-such-tool-at-all", False)])
def test_what_is_not_installed_has_no_version(package: str, there: bool) -> None:
    assert (installed(package) is not None) is there
