"""Relating a record: what keywords find, what people accepted, what a crawl brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler import event_matches
from crawler.models import Event, Keywords
from crawler.record import (
    Record,
    decisions,
    open_record,
    read,
    search_index,
    similarity_cache,
    write,
)
from tests.record.pieces import NOON, begin, piece, store

GAZETA = "gazeta-shembull"
TEXT = " ".join(f"Fjali numër {n} e tekstit të përbashkët për festën në shesh." for n in range(9))
EVENT = Event(
    slug="festa",
    title="Festa e Librit",
    first_day=date(2025, 5, 5),
    last_day=date(2025, 5, 20),
    zone="Europe/Tirane",
    keywords=Keywords(any=(("festë", "libër"),)),
)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Two pieces about the event, one without a date, one before it, one about something else."""
    with open_record(tmp_path / "var" / "c.db", tmp_path / "var" / "snapshots") as opened:
        told = {
            1: "Festa e librit u hap",
            2: "Recetë e ditës",
            3: "Festën e librit e hap ministri",
            4: "Festat e librit ndër vite",
            5: "Libri i festës vjet",
        }
        said = {"lead": None, "text": None}
        dates = {4: None, 5: NOON - timedelta(days=99)}
        store(
            opened,
            begin(opened),
            *(
                piece(
                    n, headline=told[n], published=dates.get(n, NOON - timedelta(hours=n)), **said
                )
                for n in told
            ),
        )
        search_index.bring_up(opened)
        yield opened


def key(record: Record, number: int) -> str:
    found = read.article(record, f"https://gazeta.example/2025/05/libri-{number}/")
    assert found is not None
    return found.key


def say(record: Record, number: int, value: str | None) -> None:
    said = decisions.fresh(
        "match", key(record, number), event="festa", value=value, by="ana", at=NOON
    )
    decisions.decide(record, said)


def found(record: Record, event: Event = EVENT, **more: object) -> list[tuple[int, str | None]]:
    """Number and decision of what is related, in order."""
    pairs = event_matches.related(record, event, **more)  # type: ignore[arg-type]
    return [(int(article.url.rstrip("/").rpartition("-")[2]), m.decision) for article, m in pairs]


# --- what is related ---------------------------------------------------------------------------


def test_what_the_keywords_find_oldest_first_undated_last(record: Record) -> None:
    assert found(record) == [(3, None), (1, None), (4, None)]


def test_decisions_stand_beside(record: Record) -> None:
    say(record, 1, "rejected")
    say(record, 3, "accepted")
    assert found(record) == [(3, "accepted"), (1, "rejected"), (4, None)]
    say(record, 1, None)
    assert (1, None) in found(record)


def test_what_was_accepted_stays_whatever_the_keywords_say(record: Record) -> None:
    event_matches.match_event(record, EVENT)
    say(record, 1, "accepted")
    say(record, 3, "rejected")
    changed = replace(EVENT, keywords=Keywords(any=(("recetë",),)))
    assert found(record, changed) == [(2, None), (1, "accepted")]
    ((_, match),) = [
        pair for pair in event_matches.match_event(record, changed) if pair[1].decision
    ]
    assert [why.term for why in match.because] == ["festë", "libër"], "why it was found once"
    assert {each.article for each in read.matches(record, "festa")} == {
        key(record, 1),
        key(record, 2),
    }
    assert found(record) == [(3, "rejected"), (1, "accepted"), (4, None)]


def test_what_was_added_by_hand_has_no_reasons(record: Record) -> None:
    say(record, 2, "accepted")
    ((_, match),) = [p for p in event_matches.related(record, EVENT) if p[0].key == key(record, 2)]
    assert (match.score, match.because, match.rules) == (0.0, (), event_matches.BY_HAND)


def test_what_was_accepted_outside_the_window_has_todays_reasons(record: Record) -> None:
    say(record, 5, "accepted")
    (article, match), *_ = event_matches.related(record, EVENT)
    assert article.key == key(record, 5)
    assert match.because
    assert match.rules != event_matches.BY_HAND


def test_outlets_narrow_but_for_what_was_accepted(record: Record) -> None:
    assert found(record, outlets=["tjeter"]) == []
    say(record, 1, "accepted")
    assert found(record, outlets=["tjeter"]) == [(1, "accepted")]
    assert found(record, outlets=[GAZETA]) == [(3, None), (1, "accepted"), (4, None)]


def test_a_line_that_every_page_repeats_is_no_match(record: Record) -> None:
    store(record, begin(record), piece(6, headline="Moti", lead=None, text="Festa e librit\nDiell"))
    assert (6, None) in found(record)
    write.remember(record, GAZETA, "habits", {"boilerplate": ["Festa e librit"]}, NOON)
    assert (6, None) not in found(record)


# --- what is kept ------------------------------------------------------------------------------


def kept(record: Record, slug: str = "festa") -> set[str]:
    return {match.article for match in read.matches(record, slug)}


def test_a_crawls_new_and_edited_pieces_are_matched_against_every_event(record: Record) -> None:
    food = replace(EVENT, slug="gatimi", keywords=Keywords(any=(("recetë",),)))
    later = replace(EVENT, slug="pas", first_day=date(2025, 6, 1), last_day=date(2025, 6, 2))
    events = [EVENT, food, later]
    assert event_matches.match_waiting(record, events) == 0
    store(record, begin(record), piece(7, headline="Recetë për festën e librit"))
    store(record, begin(record), piece(1, headline="Sport"))
    assert event_matches.match_waiting(record, events) == 2
    assert (kept(record), kept(record, "gatimi")) == ({key(record, 7)}, {key(record, 7)})
    assert kept(record, "pas") == set()
    assert search_index.waiting(record) == []


def test_a_match_that_no_longer_is_one_goes_and_others_stay(record: Record) -> None:
    event_matches.match_event(record, EVENT)
    assert kept(record) == {key(record, n) for n in (1, 3, 4)}
    store(record, begin(record), piece(1, headline="Sport", lead=None, text=None))
    event_matches.match_waiting(record, [EVENT])
    assert kept(record) == {key(record, n) for n in (3, 4)}


def test_more_than_one_batch(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_matches, "AT_ONCE", 2)
    store(record, begin(record), *(piece(n, headline=f"Festa e librit {n}") for n in range(10, 17)))
    assert event_matches.match_waiting(record, [EVENT]) == 7
    assert len(kept(record)) == 7


def test_matching_again_changes_nothing(record: Record) -> None:
    first = event_matches.match_event(record, EVENT)
    told = read.logical_dump(record)
    assert event_matches.match_event(record, EVENT) == first
    assert read.logical_dump(record) == told


def test_a_reader_writes_nothing_and_tells_the_same(record: Record) -> None:
    store(record, begin(record), piece(7, headline="Festa e librit mbyllet", text=TEXT, lead=None))
    expected = found(record)
    with open_record(record.path, record.store.folder, readonly=True) as reader:
        assert found(reader) == expected
        event_matches.match_event(reader, EVENT)
        event_matches.stories_of(reader, EVENT, list(read.articles(reader)))
        assert kept(reader) == set()


# --- stories -----------------------------------------------------------------------------------


@pytest.fixture
def copies(record: Record) -> list[str]:
    """Keys of three pieces: two with one text, one of its own."""
    texts = {21: TEXT, 22: TEXT, 23: TEXT.replace("festën", "panairin").replace("Fjali", "Varg")}
    told = (piece(n, headline=f"Shkrimi {n}", lead=None, text=text) for n, text in texts.items())
    store(record, begin(record), *told)
    return [key(record, number) for number in texts]


def stories(record: Record, keys: list[str]) -> set[frozenset[str]]:
    articles = [article for each in keys if (article := read.article(record, each))]
    told = event_matches.stories_of(record, EVENT, articles)
    return {frozenset(each.article for each in story.pieces) for story in told}


def test_peoples_word_about_texts_wins(record: Record, copies: list[str]) -> None:
    one, two, three = copies
    assert frozenset({one, two}) in stories(record, copies)
    for other, value in ((two, "other"), (three, "same")):
        said = decisions.fresh(
            "same-text", one, other=other, event="festa", value=value, by="ana", at=NOON
        )
        decisions.decide(record, said)
    assert stories(record, copies) == {frozenset({one, three}), frozenset({two})}


def test_what_was_compared_is_kept(record: Record, copies: list[str]) -> None:
    # one text told by two pieces is no comparison: they have one digest
    edited = piece(24, headline="Shkrimi", lead=None, text=f"{TEXT} Dhe një fjali më shumë.")
    store(record, begin(record), edited)
    first = stories(record, [*copies, key(record, 24)])
    rows = record.conn.execute("SELECT one, two, rule FROM likenesses").fetchall()
    assert stories(record, [*copies, key(record, 24)]) == first
    assert record.conn.execute("SELECT one, two, rule FROM likenesses").fetchall() == rows
    for one, two, rule in rows:
        assert (one, two) in similarity_cache.known(record, [one, two], rule=rule)
