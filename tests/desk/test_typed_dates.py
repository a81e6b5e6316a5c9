"""Every command reads dates alike; numbers too large to mean anything are one line, and code 2."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import closing

import pytest

from tests.desk.conftest import Desk

ADD = ("events", "add", "--title", "Panairi", "--any", "panair", "--yes")


@pytest.mark.parametrize("text", ["21.11.2026", "21/11/2026", "21 nëntor 2026", "21 Nov 2026"])
def test_an_event_takes_dates_as_people_write_them(desk: Desk, text: str) -> None:
    told = desk.type(*ADD, "--date", text, "--from", "20.11.2026")
    assert told.code == 0, told.err
    wrote = tomllib.loads((desk.root / "events" / "panairi.toml").read_text("utf-8"))
    assert (str(wrote["date"]), str(wrote["from"])) == ("2026-11-21", "2026-11-20")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((*ADD, "--date", "21.11.26"), "--date 21.11.26: the year has two digits"),
        ((*ADD, "--date", "e hënë, 21 nëntor 2026"), "2026-11-21 is a Saturday, not a Monday"),
        ((*ADD, "--date", "31.11.2026"), "there is no day 31.11.2026"),
        ((*ADD, "--date", "21 nëntor"), "the year is missing"),
        ((*ADD, "--date", "9999-12-31"), "the year 9999 is none"),
        (("crawl", "--since", "11/31/2025"), "there is no month 31: numbers are read day first"),
        (("crawl", "--since", "2025-01-01", "--until", "9999-12-31"), "the year 9999 is none"),
        (("crawl", "--since", "dje", "--until", "1.1.2025"), "lies before --since"),
        (("crawl", "--since", "2025-01-01", "--budget", "9" * 30), "--budget"),
        (("prune", "--older-than", "9999y"), "nothing is older than 100 years"),
        (("prune", "--older-than", "10^20"), "write 180d, 26w, 6m, 2y or 2025-01-31"),
        (("prune", "--older-than", "180 days"), "write 180d"),
        (("prune", "--older-than", "31.2.2025"), "there is no day 31.2.2025"),
        (("prune", "--older-than", "9" * 400 + "d"), "longer than any date"),
        (("report", "festa", "--since-version", "1" + "0" * 20), "--since-version"),
        (("newsletter", "-n", "9" * 20, "--event", "festa"), "--number"),
        (("events", "try", "festa", "--sample", "9" * 20), "--sample"),
    ],
)
def test_what_cannot_be_is_one_line(desk: Desk, words: tuple[str, ...], says: str) -> None:
    told = desk.type(*words)
    assert (told.code, told.err.strip().count("\n")) == (2, 0), told.err
    assert says in told.err


def test_nobody_found_a_number_of_twenty_digits(desk: Desk) -> None:
    told = desk.type(
        "checked", "tv-shembull", "--event", "festa", "--found", "1" + "0" * 20, "--note", "x"
    )
    assert told.code == 2
    assert "--found" in told.err


@pytest.mark.parametrize("text", ["180d", "2y", "31.1.2020", "31 janar 2020", "2020-01-31"])
def test_pieces_are_old_by_an_age_or_a_day(desk: Desk, text: str) -> None:
    told = desk.type("prune", "--older-than", text, "--dry-run")
    assert told.code == 0, told.err


def test_yesterdays_clip_is_kept_by_its_day(desk: Desk) -> None:
    told = desk.type(
        *("clip", "--outlet", "gazeta-shembull", "--headline", "Libri", "--published", "dje"),
    )
    assert told.code == 0, told.err
    with closing(sqlite3.connect(desk.root / "var" / "coverage.db")) as record:
        (said,) = record.execute("SELECT said FROM readings").fetchone()
    assert "dje" not in said
