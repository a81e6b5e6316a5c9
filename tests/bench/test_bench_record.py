"""The record's measurement: what it stores is what its searches find."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bench import __main__ as everything
from bench import record as measured
from bench import stages
from bench.figures import Section
from bench.floor import SCHEMA
from crawler.event_matches import related
from crawler.models import Window
from crawler.record import open_record, read, search

WORDS = (("panair", "diaspo"), ("arbitr", "trotua"), ("abonim", "port"))


def test_a_round_stores_the_same_rows_on_both_sides(tmp_path: Path) -> None:
    with (
        open_record(tmp_path / "coverage.db", tmp_path / "snapshots") as record,
        closing(sqlite3.connect(tmp_path / "bare.db")) as bare,
    ):
        bare.executescript(SCHEMA)
        filling = measured.Filling(record, bare)
        filling.round()
        count = measured.PAGES_A_ROUND * measured.PER_PAGE
        assert read.counts(record).articles == filling.stored == count
        assert bare.execute("SELECT count(*) FROM articles").fetchone() == (count,)
        assert filling.index() > 0
        asked = [[[f"{word}*"] for word in group] for group in WORDS]
        found = {a.url for a in search.candidates(record, asked=asked)}
        sql = "SELECT url FROM articles JOIN articles_fts f ON f.rowid = id WHERE f.text MATCH ?"
        words = " OR ".join(f"({a}* AND {b}*)" for a, b in WORDS)
        assert found
        assert {url for (url,) in bare.execute(sql, (words,))} <= found


def test_what_is_new_is_matched_against_every_event(tmp_path: Path) -> None:
    with open_record(tmp_path / "coverage.db", tmp_path / "snapshots") as record:
        filling = measured.Filling(record, sqlite3.connect(":memory:"))
        end = measured.OLDEST + measured.APART * 1_000
        events = [measured.event_of(measured.ASKED, end)]
        assert filling.match(events) > 0
        kept = {match.article for match in read.matches(record, "panairi")}
        assert kept == {article.key for article, _ in related(record, events[0])}
        assert 0 < len(kept) < 1_000


def test_events_differ() -> None:
    every = list(measured.groups_of(measured.EVENTS))
    assert len(set(every)) == measured.EVENTS
    assert every == list(measured.groups_of(measured.EVENTS))


def test_outlets_take_turns_in_time() -> None:
    pages = list(itertools.islice(measured.pages(), measured.OUTLETS))
    outlets = {page.outlet for page, _ in pages}
    moments = sorted(lead.published for page, _ in pages for lead in page.leads if lead.published)
    steps = {later - earlier for earlier, later in itertools.pairwise(moments)}
    assert len(outlets) == measured.OUTLETS
    assert len(moments) == measured.OUTLETS * measured.PER_PAGE
    assert steps == {measured.APART}


def test_a_look_counts_what_it_reads(tmp_path: Path) -> None:
    with open_record(tmp_path / "coverage.db", tmp_path / "snapshots") as record:
        end = measured.OLDEST
        empty = Window(start=end - timedelta(days=1), end=end, zone="UTC")
        found, spread = measured._timed(lambda: read.articles(record, window=empty))
    assert found == 0
    assert 0 <= spread.low <= spread.middle <= spread.high


def test_each_step_is_measured_on_every_row() -> None:
    (section,) = stages.measure(rounds=1, rows=200)
    told = [line[0].strip() for line in section.rows]
    assert [step for step in told if step in stages.STEPS] == [*stages.STEPS, *stages.STEPS]


def test_everything_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    section = Section(name="rows", title="t", columns=("",), rows=(), data={"bar": 10})
    document = everything._document([section], {"cpu": "Procesor"}, 7)
    assert document["rows"] == {"bar": 10}
    assert document["seconds"] == 7
    assert document["machine"] == {"cpu": "Procesor"}
    assert document["schema"] == 1


@pytest.mark.parametrize(
    ("words", "sizes"), [([], (10_000, 100_000)), (["--large"], (10_000, 100_000, 1_000_000))]
)
def test_the_large_one_goes_to_a_million(words: list[str], sizes: tuple[int, ...]) -> None:
    asked = everything._parser().parse_args(words)
    assert (everything.LARGE if asked.large else everything.USUAL) == sizes
