"""The record and reports: what is measured is what is claimed."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench import ours, telling
from bench import record as measured
from bench.floors import SCHEMA
from bench.posts import plain
from crawler.event_matches import related
from crawler.record import open_record, read


def test_a_round_stores_the_same_rows_on_both_sides(tmp_path: Path) -> None:
    with (
        open_record(tmp_path / "coverage.db", tmp_path / "snapshots") as record,
        closing(sqlite3.connect(tmp_path / "bare.db")) as bare,
    ):
        bare.executescript(SCHEMA)
        filling = measured.Filling(record, bare)
        assert filling.ours() > 0 < filling.floor()
        stored = {article.url for article in read.articles(record)}
        assert {url for (url,) in bare.execute("SELECT url FROM articles")} == stored
        assert len(stored) == filling.stored == measured.PAGES_A_ROUND * measured.PER_PAGE


def test_what_is_new_is_matched_against_every_event(tmp_path: Path) -> None:
    with (
        open_record(tmp_path / "coverage.db", tmp_path / "snapshots") as record,
        closing(sqlite3.connect(":memory:")) as bare,
    ):
        filling = measured.Filling(record, bare)
        event = measured.event_of(measured.ASKED, measured.OLDEST + measured.APART * 1_000)
        assert filling.match([event]) > 0
        kept = {match.article for match in read.matches(record, "panairi")}
        assert kept == {article.key for article, _ in related(record, event)}
        assert 0 < len(kept) < 1_000


def test_events_differ_and_outlets_take_turns_in_time() -> None:
    every = list(measured.groups_of(measured.EVENTS))
    assert len(set(every)) == measured.EVENTS
    pages = list(itertools.islice(measured.pages(plain(2_000)), measured.OUTLETS))
    moments = sorted(lead.published for page, _ in pages for lead in page.leads if lead.published)
    steps = {later - earlier for earlier, later in itertools.pairwise(moments)}
    assert len({page.outlet for page, _ in pages}) == measured.OUTLETS
    assert steps == {measured.APART}


def test_the_pieces_of_both_events_are_told(tmp_path: Path) -> None:
    telling.fill(tmp_path / "zyra", 2_000)
    for event, pieces in (("muaji", 125), ("viti", 200)):
        told = ours.reported(str(tmp_path / "zyra"), event)
        assert told["pieces"] == pytest.approx(pieces, rel=0.1)
        assert told["texts"] < told["pieces"]
        assert told["bytes"] > 20_000
