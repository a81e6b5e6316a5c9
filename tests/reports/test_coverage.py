"""What a report counts, and what it says of each outlet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.models import Check, Decided, Outcome, Outlet, Story, StoryPiece, Way
from reports.coverage import Beside
from reports.models import Change, Completeness
from tests.reports.made import EVENT, MADE, ZONE, check, outlet, own, piece, report

C = Outcome.COMPLETE


def row_of(site: Outlet, *checks: Check) -> Completeness:
    (row,) = report([site], checks={site.slug: checks}).completeness
    return row


def test_the_numbers() -> None:
    outlets = [outlet("a", owner="Shtëpia"), outlet("b", owner="Shtëpia"), outlet("c")]
    matched = [
        piece("a", 1),
        piece("a", 2, language="en", decision="accepted"),
        piece("b", 3, published=None, precision=None),
        piece("c", 4, language=None),
    ]
    told = report(outlets, matched).summary
    assert (told.pieces, told.outlets, told.owners) == (4, 3, 2)
    assert told.languages == ("en", "sq")
    assert (told.unreviewed, told.undated) == (3, 1)
    assert told.first == datetime(2026, 5, 16, 9, 30, tzinfo=ZONE)
    assert told.last == datetime(2026, 5, 16, 12, 30, tzinfo=ZONE)


def story(key: str, *articles: str, lag: int | None = 60) -> Story:
    pieces = tuple(
        StoryPiece(
            article=article,
            url=f"http://x.example/{article}",
            outlet="a",
            lag_minutes=at * lag if lag is not None else None,
            likeness=100,
        )
        for at, article in enumerate(articles)
    )
    return Story(key=key, first=pieces[0].url, pieces=pieces)


def test_distinct_texts_are_the_stories_and_what_stands_alone() -> None:
    matched = [piece("a", 1), piece("b", 2), piece("b", 3)]
    beside = Beside(stories=[story("s_1", "a_a_1", "a_b_2")])
    told = report([outlet("a"), outlet("b")], matched, beside=beside)
    assert told.summary.texts == 2
    assert [[p.article for p in text.pieces] for text in told.texts] == [
        ["a_a_1", "a_b_2"],
        ["a_b_3"],
    ]
    first, copy, alone = told.pieces
    assert (first.story, first.copy_of, first.lag_minutes) == ("s_1", None, None)
    assert (copy.story, copy.copy_of, copy.lag_minutes) == ("s_1", "a_a_1", 60)
    assert (alone.story, alone.copy_of) == (None, None)


def test_what_people_said_stands_beside_what_was_printed() -> None:
    said = Decided(
        verdict="accepted",
        note="nga konferenca",
        by="ana",
        headline="Dita e Bregut, e saktë",
        translations={"en": ("Day of Bregu", "ana"), "sq": ("Dita", "machine: loopback")},
        tone="positive",
        tier=1,
        pin=2,
        archive="http://archive.example/1",
        excerpt="Me pak fjalë",
    )
    matched = [piece("a", 1, decision="accepted"), piece("a", 2)]
    beside = Beside(decided={"a_a_1": said}, by_hand={"a_a_1"})
    told = report([outlet("a", tier=3)], matched, beside=beside, language="en")
    row, other = told.pieces
    assert (row.headline, row.shown) == ("Dita e Bregut, lajmi 1", "Dita e Bregut, e saktë")
    assert (row.translation, row.translation_by, row.by_machine) == ("Day of Bregu", "ana", False)
    assert (row.note, row.by, row.tone, row.tier) == ("nga konferenca", "ana", "positive", 1)
    assert (row.pin, row.archive, row.excerpt) == (2, "http://archive.example/1", "Me pak fjalë")
    assert (row.by_hand, other.by_hand, other.tier) == (True, False, 3)
    (first, _) = report([outlet("a")], matched, beside=beside, language="sq").pieces
    assert first.by_machine


def test_earlier_headlines_are_told() -> None:
    changed = Change(old="Nesër", new="Sot", at=MADE)
    beside = Beside(changes={"a_a_1": [changed]})
    told = report([outlet("a")], [piece("a", 1)], beside=beside)
    assert told.pieces[0].changes == (changed,)


@pytest.mark.parametrize(
    ("decision", "counted", "waits"),
    [(None, 0, 1), ("accepted", 1, 0), ("rejected", 0, 0)],
    ids=["waits for a person", "accepted all the same", "rejected"],
)
def test_a_doubtful_match_is_not_counted_before_a_person_accepts_it(
    decision: str | None, counted: int, waits: int
) -> None:
    matched = [piece("a", 1, decision=decision, doubt="only in a teaser")]
    told = report([outlet("a")], matched)
    assert (told.summary.pieces, told.summary.doubtful) == (counted, waits)
    assert len(told.doubtful) == waits


@pytest.mark.parametrize(
    ("accepted", "rejected", "told"),
    [
        pytest.param(27, 2, None, id="too few to say"),
        pytest.param(27, 3, (27, 30), id="enough"),
    ],
)
def test_precision_is_told_with_its_counts_and_only_when_enough_was_decided(
    accepted: int, rejected: int, told: tuple[int, int] | None
) -> None:
    verdicts = ["accepted"] * accepted + ["rejected"] * rejected
    matched = [piece("a", at, decision=v, published=MADE) for at, v in enumerate(verdicts)]
    found = report([outlet("a")], matched).method.precision
    assert (found and (found.accepted, found.decided)) == told


def test_pieces_by_local_day() -> None:
    late = datetime(2026, 5, 16, 22, 30, tzinfo=UTC)
    told = report([outlet("a")], [piece("a", 1), piece("a", 2, published=late)])
    assert [(f"{day}", len(some)) for day, some in told.by_day()] == [
        ("2026-05-16", 1),
        ("2026-05-17", 1),
    ]


def test_nothing_at_all() -> None:
    told = report()
    assert (told.summary.pieces, told.summary.first, told.completeness) == (0, None, ())


def test_the_office_itself_is_never_counted() -> None:
    told = report([outlet("a"), own()], [piece("a"), piece("zyra")], {"zyra": [check("zyra", C)]})
    assert told.summary.pieces == 1
    assert [row.outlet for row in told.completeness] == ["a"]


def test_pieces_outside_the_denominator_are_left_out_and_counted() -> None:
    told = report([outlet("a")], [piece("a"), piece("b")])
    assert (told.summary.pieces, told.method.elsewhere) == (1, 1)


def test_rejected_pieces_are_left_out() -> None:
    told = report([outlet("a")], [piece("a", 1, decision="rejected"), piece("a", 2)])
    assert [row.article for row in told.pieces] == ["a_a_2"]
    assert told.completeness[0].matched == 1


def test_pieces_stand_by_time_and_undated_ones_apart() -> None:
    matched = [piece("b", 3), piece("a", 9, published=None, precision=None), piece("a", 1)]
    told = report([outlet("a"), outlet("b")], matched)
    assert [row.article for row in told.pieces] == ["a_a_1", "a_b_3", "a_a_9"]
    assert [row.article for row in told.undated] == ["a_a_9"]
    grouped = told.by_outlet()
    assert [(row.outlet, len(pieces)) for row, pieces in grouped] == [("a", 1), ("b", 1)]


def test_what_most_pieces_are_written_in() -> None:
    matched = [piece("a", 1, language="en"), piece("a", 2), piece("a", 3)]
    assert report([outlet("a")], matched).main_language == "sq"
    assert report().main_language is None


@pytest.mark.parametrize(
    ("made", "outcome", "how", "read"),
    [
        pytest.param((), None, (), 0, id="nobody asked"),
        pytest.param((check("a", C, read=5),), C, (Way.FEED,), 5, id="one way"),
        pytest.param(
            (
                check("a", Outcome.BLOCKED, Way.WORDPRESS, read=1),
                check("a", C, Way.FEED, read=7),
            ),
            C,
            (Way.FEED,),
            7,
            id="the second way did it",
        ),
        pytest.param(
            (check("a", Outcome.BLOCKED, Way.WORDPRESS), check("a", Outcome.BROKEN, Way.FEED)),
            Outcome.BLOCKED,
            (Way.WORDPRESS, Way.FEED),
            0,
            id="neither way",
        ),
        pytest.param(
            (
                check("a", Outcome.UNREACHABLE, Way.FEED),
                check("a", Outcome.CHECKED_BY_HAND, Way.BY_HAND, read=2),
            ),
            Outcome.CHECKED_BY_HAND,
            (Way.BY_HAND,),
            2,
            id="a person after the program",
        ),
        pytest.param(
            (
                check("a", Outcome.PARTIAL, Way.FEED, read=4),
                check("a", Outcome.PARTIAL, Way.SITEMAP, read=6),
            ),
            Outcome.PARTIAL,
            (Way.FEED, Way.SITEMAP),
            4,
            id="two halves",
        ),
    ],
)
def test_completeness_is_the_best_of_the_checks(
    made: tuple[Check, ...], outcome: Outcome | None, how: tuple[Way, ...], read: int
) -> None:
    row = row_of(outlet("a"), *made)
    assert (row.outcome, row.how, row.read) == (outcome, how, read)


@pytest.mark.parametrize(
    ("site", "outcome", "note"),
    [
        pytest.param(outlet("a"), None, None, id="has an address, nobody asked"),
        pytest.param(outlet("a", home=None), Outcome.NO_ADDRESS, None, id="no address"),
        pytest.param(
            outlet("a", declined="asked us not to"),
            Outcome.DECLINED,
            "asked us not to",
            id="declined",
        ),
    ],
)
def test_what_the_outlets_file_says_without_a_check(
    site: Outlet, outcome: Outcome | None, note: str | None
) -> None:
    row = row_of(site)
    assert (row.outcome, row.note) == (outcome, note)


def test_what_the_check_says_is_handed_on() -> None:
    start = EVENT.window.start
    row = row_of(
        outlet("a"),
        check("a", C, Way.WORDPRESS, listed=29, read=29, reached=start, note="n", next_step="s"),
    )
    assert (row.listed, row.read, row.reached) == (29, 29, start)
    assert (row.note, row.next_step, row.outlet_name) == ("n", "s", "A")


def test_the_method() -> None:
    told = report(
        [outlet("a"), outlet("b"), outlet("c")],
        [piece("a"), piece("b", rules="stem-2")],
        {
            "a": [check("a", C, Way.FEED)],
            "b": [check("b", C, Way.WORDPRESS)],
            "c": [check("c", Outcome.BLOCKED, Way.SITEMAP)],
        },
    )
    assert told.method.ways == (Way.WORDPRESS, Way.FEED)
    assert told.method.rules == ("plain-1", "stem-2")
    assert (told.version, told.made) == (1, MADE)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    late = datetime(2026, 5, 16, 6, 0, tzinfo=UTC) + timedelta(days=1)
    told = report([outlet("a")], [piece("a", 1, published=late), piece("a", 2)])
    assert told.summary.last == late
