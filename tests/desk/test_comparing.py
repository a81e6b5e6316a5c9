"""`jehona compare` and `jehona report --period`, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk.conftest import Desk


@pytest.fixture
def two(filled: Desk) -> Desk:
    first = (filled.root / "events" / "festa.toml").read_text("utf-8")
    second = first.replace("Festa e Librit", "Nata e Librit").replace("2025-05", "2025-06")
    (filled.root / "events" / "nata.toml").write_text(second, "utf-8")
    return filled


def test_events_are_told_side_by_side_with_their_completeness(two: Desk) -> None:
    said = two.type("compare", "festa", "Nata e Librit", "--json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert [side["events"] for side in told["sides"]] == [["festa"], ["nata"]]
    assert [side["pieces"] for side in told["sides"]] == [3, 1]
    assert all(side["completeness"]["outlets"] for side in told["sides"])


def test_a_month_and_a_year_stand_in_place_of_an_event(two: Desk) -> None:
    month = json.loads(two.type("report", "--period", "2025-06", "--json").out)
    assert [side["events"] for side in month["sides"]] == [["nata"]]
    year = json.loads(two.type("report", "--period", "2025", "--json").out)
    assert (year["kind"], [side["name"] for side in year["sides"]]) == ("year", ["maj", "qershor"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "festa"), "one event alone"),
        (("compare", "festa", "festa"), "one event alone"),
        (("compare", "festa", "nata", "-f", "csv"), "a comparison is no csv"),
        (("compare", "festa", "humbur"), "humbur"),
        (("report", "--period", "maj"), "write it like 2026-05 or 2026"),
        (("report", "--period", "2025-13"), "write it like 2026-05 or 2026"),
        (("report", "--period", "2019"), "no event is of 2019; events are of: 2025-05, 2025-06"),
        (("report", "festa", "--period", "2025"), "in place of an event"),
    ],
    ids=str,
)
def test_what_cannot_be_compared_is_one_line(two: Desk, words: tuple[str, ...], said: str) -> None:
    typed = two.type(*words)
    assert typed.code == 2
    assert said in typed.err


def test_every_form_goes_into_a_folder(two: Desk, tmp_path: Path) -> None:
    forms = ("html", "md", "xlsx", "json", "pdf", "docx")
    asked = [word for form in forms for word in ("-f", form)]
    said = two.type("report", "--period", "2025", *asked, "-o", str(tmp_path))
    assert said.code == 0, said.err
    assert {path.name for path in tmp_path.glob("2025.*")} == {f"2025.{form}" for form in forms}
