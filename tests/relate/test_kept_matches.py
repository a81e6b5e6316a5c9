"""Matches as they are kept: a look at them is what matching anew would find, and judges nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler import event_matches
from crawler.models import Event, Keywords
from crawler.record import Record, kept_matches, search_index, write
from tests.record.pieces import NOON, begin, piece, store
from tests.relate.test_relating import EVENT, GAZETA, key, record, say

__all__ = ["record"]

OTHER = replace(EVENT, slug="receta", keywords=Keywords(any=(("recetë",),)))


def kept(record: Record, event: Event = EVENT) -> list[tuple[str, str | None, str | None]] | None:
    """Key, verdict and doubt of what is kept, in order."""
    found = event_matches.kept(record, event)
    return None if found is None else [(a.key, m.decision, m.doubt) for a, m in found]


def related(record: Record, event: Event = EVENT) -> list[tuple[str, str | None, str | None]]:
    found = event_matches.related(record, event)
    return [(a.key, match.decision, match.doubt) for a, match in found]


def test_what_was_never_matched_is_not_kept(record: Record) -> None:
    assert kept(record) is None
    event_matches.match_event(record, EVENT)
    assert kept(record) == related(record)
    assert kept(record, OTHER) is None


def test_a_sketch_has_no_words_and_no_reasons(record: Record) -> None:
    event_matches.match_event(record, EVENT)
    ((article, match), *_) = event_matches.kept(record, EVENT) or []
    assert (article.headline, article.text, match.because) == (
        "Festën e librit e hap ministri",
        None,
        (),
    )
    ((whole, reasons),) = kept_matches.whole(record, "festa", [article.key])
    assert whole.key == article.key
    assert {why.term for why in reasons.because} == {"festë", "libër"}


def test_people_s_words_stand_beside_and_what_they_added_is_there(record: Record) -> None:
    event_matches.match_event(record, EVENT)
    say(record, 1, "rejected")
    say(record, 2, "accepted")
    say(record, 3, "accepted")
    assert kept(record) == related(record)
    say(record, 3, None)
    assert kept(record) == related(record)
    ((_, match),) = kept_matches.whole(record, "festa", [key(record, 2)])
    assert (match.decision, match.rules) == ("accepted", "by-hand")
    assert list(kept_matches.whole(record, "festa", [key(record, 5)])) == []


@pytest.mark.parametrize(
    "changed",
    [
        replace(EVENT, keywords=Keywords(any=(("recetë",),))),
        replace(EVENT, last_day=EVENT.last_day + timedelta(days=1)),
        replace(EVENT, place="Bregvalë"),
    ],
)
def test_an_event_that_changed_is_matched_anew(record: Record, changed: Event) -> None:
    event_matches.match_event(record, EVENT)
    assert kept(record, changed) is None
    event_matches.match_again(record, changed)
    assert kept(record, changed) == related(record, changed)


def test_what_pages_repeat_is_part_of_what_a_match_rests_on(record: Record) -> None:
    event_matches.match_event(record, EVENT)
    write.remember(
        record, GAZETA, "habits", {"boilerplate": ["Festa e librit"], "suffixes": []}, NOON
    )
    assert kept(record) is None


def new_piece(record: Record) -> None:
    store(record, begin(record), piece(6, headline="Festa e librit mbyllet", lead=None, text=None))


def dated(record: Record) -> None:
    """The undated piece turns out to be of another year."""
    store(
        record,
        begin(record),
        piece(
            4,
            headline="Festat e librit ndër vite",
            published=NOON - timedelta(days=99),
            lead=None,
            text=None,
        ),
    )


@pytest.mark.parametrize("brought", [new_piece, dated])
def test_what_a_crawl_brought_is_taken_up_at_its_end(
    record: Record, brought: Callable[[Record], None]
) -> None:
    event_matches.match_waiting(record, [EVENT])
    event_matches.match_event(record, EVENT)
    before = set(kept(record) or [])
    brought(record)
    assert set(kept(record) or []) == before, "not before it is over"
    assert event_matches.match_waiting(record, [EVENT]) == 1
    assert kept(record) == related(record)
    assert set(kept(record) or []) != before


def test_an_event_that_was_not_asked_is_matched_anew(record: Record) -> None:
    """Its file was wrong while a crawl ended, and is right again: nothing is missed."""
    for event in (EVENT, OTHER):
        event_matches.match_event(record, event)
    new_piece(record)
    event_matches.match_waiting(record, [OTHER])
    assert kept(record) is None
    assert kept(record, OTHER) == related(record, OTHER)


def test_who_indexes_for_one_event_has_the_others_look_anew(record: Record) -> None:
    for event in (EVENT, OTHER):
        event_matches.match_event(record, event)
    new_piece(record)
    event_matches.match_event(record, OTHER)
    assert kept(record, OTHER) == related(record, OTHER)
    assert kept(record) is None


def test_one_event_alone_is_matched_beside_a_crawl(record: Record) -> None:
    for event in (EVENT, OTHER):
        event_matches.match_event(record, event)
    new_piece(record)
    event_matches.match_again(record, EVENT)
    assert kept(record) == related(record)
    assert search_index.waiting(record), "its end takes them up for every event"
    assert kept(record, OTHER) is not None


def test_pieces_that_were_indexed_and_not_matched_leave_a_mark(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    event_matches.match_event(record, EVENT)
    new_piece(record)

    def killed(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(event_matches, "match_new", killed)
    with pytest.raises(KeyboardInterrupt):
        event_matches.match_waiting(record, [EVENT])
    assert kept_matches.was_broken_off(record)
    kept_matches.forget_basis(record)
    assert not kept_matches.was_broken_off(record)
    assert kept(record) is None
