"""What a measurement says: sides in turn, ratios of one round, bars, the table, what is kept."""

from __future__ import annotations

import argparse

import pytest

from bench import __main__ as everything
from bench.figures import Spread, in_turn, installed, machine, ratio, section, show, worker


def test_a_spread_is_minimum_median_maximum() -> None:
    assert Spread.of([9.0, 1.0, 2.0]) == (1.0, 2.0, 9.0)
    assert Spread.of([1.0, 2.0, 4.0, 1_000.0]).middle == 3.0
    with pytest.raises(IndexError):
        Spread.of([])


def test_sides_take_turns_and_ratios_are_of_one_round() -> None:
    said: list[str] = []

    def side(name: str, values: list[float]) -> float:
        said.append(name)
        return values.pop(0)

    floor, ours = [1.0, 10.0, 2.0], [5.0, 60.0, 14.0]
    told = in_turn(3, {"floor": lambda: side("f", floor), "ours": lambda: side("o", ours)})
    assert "".join(said) == "fofofo"
    assert ratio(told, "ours", "floor") == (5.0, 6.0, 7.0)


@pytest.mark.parametrize(("bar", "verdict"), [(6.0, "kept"), (5.9, "NOT KEPT")])
def test_a_bar_is_said(bar: float, verdict: str) -> None:
    told = {"floor": [1.0, 10.0, 2.0], "ours": [5.0, 60.0, 14.0]}
    made = section(name="rows", title="t", told=told, floor="floor", bars={"ours": bar})
    assert made.rows[1] == ("ours", "5.00", "14.00", "60.00", "6.00")
    assert made.notes == (f"ours: bar {bar:g} x: {verdict}",)
    assert made.data["ours"]["ratio"] == {"low": 5.0, "middle": 6.0, "high": 7.0}


def test_a_bar_without_a_floor_is_for_the_figure_itself() -> None:
    made = section(name="page", title="t", told={"viti": [6.0]}, bars={"viti": 5.0})
    assert made.notes == ("viti: bar 5: NOT KEPT",)
    assert len(made.columns) == len(made.rows[0]) == 4


def test_the_table_shows_machine_title_rows_and_notes(capsys: pytest.CaptureFixture[str]) -> None:
    made = section(name="n", title="How many?", told={"[theirs]": [26.0]}, notes=("[counted]",))
    show([made], machine())
    told = capsys.readouterr().out
    assert all(each in told for each in ("How many?", "[theirs]", "[counted]"))
    assert machine()["python"] in told


def test_everything_is_one_document() -> None:
    made = section(name="rows", title="t", told={"ours": [1.0]})
    document = everything.document([made], {"cpu": "Procesor"}, 7)
    assert document["rows"]["ours"]["middle"] == 1.0
    assert (document["schema"], document["seconds"]) == (2, 7)


@pytest.mark.parametrize(("words", "most"), [([], 100_000), (["--large"], 1_000_000)])
def test_the_large_one_goes_to_a_million(words: list[str], most: int) -> None:
    asked: argparse.Namespace = everything.parser().parse_args(words)
    assert max(everything.SIZES[asked.large]) == most
    assert len(everything.parts(asked)) == 6


def test_a_worker_that_fails_is_loud() -> None:
    with pytest.raises(RuntimeError, match="no_such"):
        worker("bench.no_such")


@pytest.mark.parametrize(("package", "there"), [("scrapy", True), ("no-such-tool-at-all", False)])
def test_what_is_not_installed_has_no_version(package: str, there: bool) -> None:
    assert (installed(package) is not None) is there
