"""How well each outlet was followed, at the desk: on a page of its own and at the outlet."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from crawler.models import Check, Outcome, Way
from crawler.record import write
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import NOON, begin, piece


@pytest.fixture
def ana(sit: Sit, desk: Desk) -> Browser:
    """An outlet that checks answer for on two stretches with a day between them."""
    desk.keep(piece(1), piece(2))
    stretches = [(-4, -2), (-1, 2)]
    with desk.record() as record:
        for since, until in stretches:
            run = begin(record, event="festa")
            check = Check(
                outlet="gazeta-shembull",
                way=Way.FEED,
                outcome=Outcome.COMPLETE,
                at=NOON,
                since=NOON + timedelta(days=since),
                until=NOON + timedelta(days=until),
            )
            write.save_check(record, run, check)
            write.end_run(record, run, NOON)
    return sit(desk.root).enter()


def test_the_page_says_what_the_command_says(ana: Browser, desk: Desk) -> None:
    page = ana.get("/outlets?show=record")
    assert page.text.count("<h1") == 1
    every = json.loads(desk.type("outlets", "record", "--json").out)["outlets"]
    told = next(one for one in every if one["outlet"] == "gazeta-shembull")
    assert (told["days_answered"], told["longest_gap_days"]) == (5.0, 1.0)
    for cell in (">5.0<", ">1.0<", ">2<"):
        assert cell in page.text
    asked = ana.get("/outlets?show=record", headers={"accept": "application/json"})
    assert asked.json()["outlets"] == every


def test_it_stands_at_the_outlet(ana: Browser) -> None:
    assert "days answered for" in ana.get("/outlets/gazeta-shembull").text
    asked = ana.get("/outlets/gazeta-shembull", headers={"accept": "application/json"})
    assert asked.json()["track_record"]["days_answered"] == 5.0


def test_before_anything_was_gathered(sit: Sit, desk: Desk) -> None:
    besa = sit(desk.root).enter("Besa")
    assert "Nobody asked it yet" in besa.get("/outlets?show=record").text
    assert besa.get("/outlets/gazeta-shembull").status_code == 200
    assert besa.get("/outlets/nuk-ka").status_code == 404
