"""A match is taken from the record only where judging again would say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import match_cache
from crawler.event_matches import keep, match_event, related
from crawler.match_cache import Judge
from crawler.matching import Matcher
from crawler.models import Article, Event, Keywords, Match
from crawler.record import Record, open_record, read, write
from tests.record.pieces import NOON, begin, piece, store

EVENT = Event(
    slug="festa",
    title="Festa e Librit",
    first_day=date(2025, 5, 5),
    last_day=date(2025, 5, 20),
    zone="Europe/Tirane",
    keywords=Keywords(any=(("libër", "shesh"),)),
)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Record]:
    """Three pieces about the event, stored and not judged."""
    with open_record(tmp_path / "coverage.db", tmp_path / "snapshots") as record:
        store(record, begin(record), piece(1), piece(2), piece(3, published=None))
        yield record


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the articles that a matcher really looked at."""
    seen: list[str] = []
    judge = Matcher.judge

    def looked(self: Matcher, told: Any, **more: bool) -> Match | None:
        seen.append(told.key if isinstance(told, Article) else told.article.key)
        return judge(self, told, **more)

    monkeypatch.setattr(Matcher, "judge", looked)
    return seen


def told(record: Record, event: Event = EVENT) -> list[Match]:
    return [match for _, match in related(record, event)]


def test_nothing_is_judged_twice_and_the_answer_is_the_same(
    filled: Record, looks: list[str]
) -> None:
    first = related(filled, EVENT)
    keep(filled, EVENT, first)
    assert len(looks) == 3
    assert related(filled, EVENT) == first
    assert len(looks) == 3


def test_the_record_gives_back_what_was_kept(filled: Record) -> None:
    pairs = related(filled, EVENT)
    keep(filled, EVENT, pairs)
    assert read.judged(filled, "festa") == {match.article: match for _, match in pairs}
    assert read.bases(filled, "festa") == {match.article: match.basis for _, match in pairs}


@pytest.mark.parametrize("verb", [match_event, lambda *told: keep(*told, related(*told))])
def test_only_an_edited_piece_is_judged_anew(filled: Record, looks: list[str], verb: Any) -> None:
    verb(filled, EVENT)
    edited = piece(2, headline="Libri 2 u mbyll në shesh")
    store(filled, begin(filled), edited, fetched=NOON + timedelta(days=1))
    looks.clear()
    after = {match.article: match for match in told(filled)}
    assert len(looks) == 1
    assert "mbyll" in next(why.snippet for why in after[looks[0]].because if why.field != "text")


@pytest.mark.parametrize(
    "change",
    [
        {"keywords": Keywords(any=(("libër",),))},
        {"keywords": Keywords(any=(("libër", "shesh"),), none=("recetë",))},
        {"date": date(2025, 5, 10)},
        {"place": "Tiranë"},
        {"last_day": date(2025, 5, 21)},
    ],
    ids=["keywords", "not", "date", "place", "window"],
)
def test_another_event_is_judged_anew(
    filled: Record, looks: list[str], change: dict[str, Any]
) -> None:
    keep(filled, EVENT, related(filled, EVENT))
    looks.clear()
    told(filled, replace(EVENT, **change))
    assert len(looks) == 3


def test_other_rules_judge_anew(
    filled: Record, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(filled, EVENT, related(filled, EVENT))
    monkeypatch.setattr(match_cache, "RULES", "stem-999")
    looks.clear()
    told(filled)
    assert len(looks) == 3


def test_what_an_outlet_repeats_is_part_of_the_basis(filled: Record) -> None:
    (article, *_) = (article for article, _ in related(filled, EVENT))
    bases = [
        Judge(EVENT, lines).basis(article)
        for lines in ({}, {article.outlet: frozenset({"Lexoni edhe"})}, {"tjetër": frozenset("x")})
    ]
    assert bases[0] != bases[1]
    assert bases[0] == bases[2]


def test_where_a_file_lies_is_no_part_of_the_basis(filled: Record, tmp_path: Any) -> None:
    (article, *_) = (article for article, _ in related(filled, EVENT))
    moved = replace(EVENT, source=tmp_path / "festa.toml")
    assert Judge(EVENT, {}).basis(article) == Judge(moved, {}).basis(article)


def test_only_what_is_new_is_written(filled: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(filled, EVENT, related(filled, EVENT))
    monkeypatch.setattr(write, "save_matches", None)
    keep(filled, EVENT, related(filled, EVENT))


def test_a_copy_stays_as_it_is(filled: Record) -> None:
    with open_record(filled.path, filled.store.folder, readonly=True) as reader:
        keep(reader, EVENT, related(reader, EVENT))
        assert read.matches(reader, "festa") == []


def test_a_match_of_an_earlier_release_is_judged_anew(filled: Record, looks: list[str]) -> None:
    match_event(filled, EVENT)
    filled.conn.execute("UPDATE matches SET basis = NULL")
    looks.clear()
    assert all(match.basis for match in told(filled))
    assert len(looks) == 3
