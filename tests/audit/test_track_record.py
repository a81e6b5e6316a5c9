"""`jehona outlets record`: days answered for, gaps, how soon pieces came."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from crawler.models import Check, Outcome, Way
from crawler.record import write
from tests.desk.conftest import Desk
from tests.record.pieces import NOON, begin, piece, store
from tests.test_docs_readme import ROOT, keys


def answered(desk: Desk, *spans: tuple[int, int], outcome: Outcome = Outcome.COMPLETE) -> None:
    """One check a span of days, counted from NOON."""
    with desk.record() as record:
        run = begin(record)
        for since, until in spans:
            check = Check(
                outlet="gazeta-shembull",
                way=Way.FEED,
                outcome=outcome,
                at=NOON,
                since=NOON + timedelta(days=since),
                until=NOON + timedelta(days=until),
            )
            write.save_check(record, run, check)
        write.end_run(record, run, NOON)


def told(desk: Desk, *slugs: str) -> dict[str, Any]:
    typed = desk.type("outlets", "record", *slugs, "--json")
    assert typed.code == 0, typed.err
    (found,) = (o for o in json.loads(typed.out)["outlets"] if o["outlet"] == "gazeta-shembull")
    return dict(found)


def test_days_and_the_longest_gap(desk: Desk) -> None:
    answered(desk, (0, 2), (1, 3), (5, 6), (6, 8))
    found = told(desk, "gazeta-shembull")
    assert (found["days_answered"], found["longest_gap_days"]) == (6, 2)


def test_a_check_that_was_refused_answers_for_nothing(desk: Desk) -> None:
    answered(desk, (0, 2), outcome=Outcome.BLOCKED)
    found = told(desk, "gazeta-shembull")
    assert (found["days_answered"], found["since"], found["until"]) == (0, None, None)


def test_how_soon_pieces_came_and_what_was_there_before_does_not_count(desk: Desk) -> None:
    with desk.record() as record:
        run = begin(record)
        store(record, run, piece(1), fetched=NOON)
        later = [piece(n, published=NOON + timedelta(minutes=n)) for n in (10, 20, 60)]
        store(record, run, *later, piece(4, published=None), fetched=NOON + timedelta(hours=2))
    found = told(desk, "gazeta-shembull")
    assert (found["median_minutes"], found["pieces"], found["undated"]) == (100, 5, 1)
    assert found["share_undated"] == pytest.approx(0.2)


def test_nothing_yet_is_no_number(desk: Desk) -> None:
    answered(desk)
    found = told(desk, "gazeta-shembull")
    assert (found["share_undated"], found["median_minutes"]) == (None, None)
    assert "Gazeta Shembull" in desk.type("outlets", "record", "gazeta-shembull").out


def test_an_outlet_that_nobody_described(desk: Desk) -> None:
    answered(desk)
    typed = desk.type("outlets", "record", "nuk")
    assert (typed.code, "no such outlet" in typed.err) == (2, True)


def test_the_docs_have_every_key(desk: Desk) -> None:
    answered(desk, (0, 1))
    section = (ROOT / "docs" / "json.md").read_text("utf-8").split("## Outlets' track record")[1]
    told_of = section.split("\n## ")[0]
    assert {
        name for name in keys(told(desk, "gazeta-shembull")) if f"`{name}`" not in told_of
    } == set()
