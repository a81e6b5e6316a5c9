"""How events stand, counted quickly: the same as what the long way says."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from crawler.models import Check, Match, Outcome, Way, Window
from crawler.outcomes import RANK
from crawler.record import Record, decisions, kept_matches, read, standing, write
from crawler.record.standing import Answered, Answers, PieceCounts
from tests.record.pieces import NOON, begin, piece, store

OUTLETS = ("gazeta-shembull", "gazeta-tjeter")
EVENTS = ("festa", "panairi")
DAYS = 30


def stretch(chance: random.Random) -> Window:
    first = chance.randrange(DAYS)
    start = NOON + timedelta(days=first)
    end = start + timedelta(days=chance.randrange(1, DAYS - first + 1))
    return Window(start=start, end=end, zone="Europe/Tirane")


def checked(record: Record, chance: random.Random, at: datetime) -> None:
    """A run of an event or of none, of some ways; or a look by hand."""
    event = chance.choice((*EVENTS, None))
    run = begin(record, event=event, window=stretch(chance) if event else None)
    by_hand = event is not None and chance.random() < 0.2
    ways = [Way.BY_HAND] if by_hand else chance.sample([Way.WORDPRESS, Way.FEED], 2)
    for way in ways:
        covers = stretch(chance) if chance.random() < 0.7 else None
        said = Check(
            read=0,
            outlet=chance.choice(OUTLETS),
            way=way,
            outcome=chance.choice([Outcome.COMPLETE, Outcome.PARTIAL, Outcome.BROKEN]),
            at=at,
            since=covers and covers.start,
            until=covers and covers.end,
        )
        write.save_check(record, run, said)


def the_long_way(record: Record, event: str, window: Window) -> Answered:
    found = read.latest_checks(record, event=event, window=window, outlets=OUTLETS)
    machine = [one.at for some in found.values() for one in some if one.way is not Way.BY_HAND]
    best = {slug: _best(some) for slug, some in found.items() if some}
    return Answered(outcomes=best, at=max((at for at in machine if at), default=None))


def _best(checks: tuple[Check, ...]) -> Outcome:
    return min((one.outcome for one in checks), key=lambda one: RANK[one])


@pytest.mark.parametrize("seed", range(6))
def test_what_answers_for_an_event_is_what_a_report_says(record: Record, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(40):
        checked(record, chance, NOON + timedelta(hours=number))
    every = Answers(record)
    for event in (*EVENTS, "askush"):
        for _ in range(10):
            window = stretch(chance)
            expected = the_long_way(record, event, window)
            assert every.of(event, window, OUTLETS) == expected
            assert Answers(record, only=(event, window)).of(event, window, OUTLETS) == expected


def test_pieces_are_counted_as_people_and_rules_left_them(record: Record) -> None:
    runs = [begin(record), begin(record)]

    for number in range(8):
        store(record, runs[number % 2], piece(number))
    keys = [article.key for article in read.articles(record)]
    doubtful = frozenset(keys[4:])
    matches = [match_of(key, doubt="vetëm tema" if key in doubtful else None) for key in keys]
    write.save_matches(record, "festa", matches)
    for key, verdict in zip(keys, ("accepted", "rejected", None), strict=False):
        said = decisions.fresh("match", key, event="festa", value=verdict, by="Ana", at=NOON)
        decisions.decide(record, said)
    asked = [OUTLETS[0]]
    counted = standing.pieces_of(record, "festa", outlets=asked, seen_up_to=None)
    # the third was taken back: it waits again
    assert counted == PieceCounts(sure=2, doubtful=4, accepted=1, rejected=1, new=6)
    seen = standing.pieces_of(record, "festa", outlets=asked, seen_up_to=runs[0])
    assert (seen.waiting, seen.new) == (6, 3)
    places = kept_matches.places(record, "festa")
    assert sorted(place.key for place in places if place.counts) == sorted([keys[0], *keys[2:4]])


def match_of(key: str, *, doubt: str | None) -> Match:
    return Match(article=key, event="festa", score=0.5, because=(), rules="stem-1", doubt=doubt)
