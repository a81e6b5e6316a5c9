"""The words of a report: both languages, every outcome, and what silence means."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from crawler.models import Check, Event, Language, Outcome, Way
from reports.sentences import (
    by_hand_apart,
    keywords,
    moment,
    names,
    numbers,
    silence,
    statement,
    trouble,
)
from reports.words import say
from tests.reports.made import EVENT, ZONE, check, outlet, piece, report

LANGUAGES = get_args(Language)
REACHED = datetime(2026, 5, 14, 0, 0, tzinfo=ZONE)


@pytest.mark.parametrize("outcome", [*Outcome, None])
def test_every_outcome_has_words(outcome: Outcome | None) -> None:
    for language in LANGUAGES:
        assert say(outcome.value if outcome else "none", language)


@pytest.mark.parametrize("way", Way)
def test_every_way_has_words(way: Way) -> None:
    assert all(say(way.value, language) for language in LANGUAGES)


STATEMENTS = [
    pytest.param(
        [check("a", Outcome.COMPLETE)],
        "1 of 1 outlets checked completely; nothing found at A",
        "1 nga 1 media u kontrollua plotësisht; nuk u gjet asgjë te A",
        id="complete",
    ),
    pytest.param(
        [check("a", Outcome.PARTIAL, reached=REACHED)],
        "0 of 1 outlets checked completely; only in part: A (back to 14 May, 00:00)",
        "0 nga 1 media u kontrolluan plotësisht; vetëm pjesërisht: A (deri më 14 maj, 00:00)",
        id="partial",
    ),
    pytest.param(
        [check("a", Outcome.PARTIAL)],
        "0 of 1 outlets checked completely; only in part: A",
        "0 nga 1 media u kontrolluan plotësisht; vetëm pjesërisht: A",
        id="partial, nobody knows how far",
    ),
    pytest.param(
        [check("a", Outcome.BLOCKED)],
        "0 of 1 outlets checked completely; not checkable: A (does not let a program in)",
        "0 nga 1 media u kontrolluan plotësisht; nuk u kontrolluan dot: "
        "A (nuk e lejon leximin me program)",
        id="blocked",
    ),
    pytest.param(
        [check("a", Outcome.BROKEN)],
        "0 of 1 outlets checked completely; not checkable: A (answers, but cannot be read)",
        "0 nga 1 media u kontrolluan plotësisht; nuk u kontrolluan dot: "
        "A (përgjigjet, por nuk lexohet dot)",
        id="broken",
    ),
    pytest.param(
        [check("a", Outcome.UNREACHABLE)],
        "0 of 1 outlets checked completely; not checkable: A (does not answer)",
        "0 nga 1 media u kontrolluan plotësisht; nuk u kontrolluan dot: A (nuk përgjigjet)",
        id="unreachable",
    ),
    pytest.param(
        [check("a", Outcome.DECLINED)],
        "0 of 1 outlets checked completely; not checkable: A (asked not to be read)",
        "0 nga 1 media u kontrolluan plotësisht; nuk u kontrolluan dot: "
        "A (ka kërkuar të mos lexohet)",
        id="declined",
    ),
    pytest.param(
        [check("a", Outcome.NO_ADDRESS)],
        "0 of 1 outlets checked completely; not checkable: A (no address is known)",
        "0 nga 1 media u kontrolluan plotësisht; nuk u kontrolluan dot: A (nuk i dihet adresa)",
        id="no address",
    ),
    pytest.param(
        [check("a", Outcome.CHECKED_BY_HAND, Way.BY_HAND, read=2)],
        "0 of 1 outlets checked completely; checked by hand: A (2 found)",
        "0 nga 1 media u kontrolluan plotësisht; me dorë u kontrolluan: A (2 të gjetura)",
        id="by hand",
    ),
    pytest.param(
        [],
        "0 of 1 outlets checked completely; not asked yet: A",
        "0 nga 1 media u kontrolluan plotësisht; ende pa u pyetur: A",
        id="not asked",
    ),
]


@pytest.mark.parametrize(("checks", "english", "albanian"), STATEMENTS)
def test_the_statement_for_every_outcome(checks: list[Check], english: str, albanian: str) -> None:
    told = report([outlet("a")], checks={"a": checks})
    assert statement(told, "en") == english
    assert statement(told, "sq") == albanian


def test_the_statement_of_many() -> None:
    ended = {
        "a": Outcome.COMPLETE,
        "b": Outcome.COMPLETE,
        "c": Outcome.COMPLETE,
        "d": Outcome.CHECKED_BY_HAND,
        "e": Outcome.UNREACHABLE,
        "f": Outcome.DECLINED,
    }
    told = report(
        [outlet(slug) for slug in [*ended, "g"]],
        [piece("a")],
        {slug: [check(slug, outcome)] for slug, outcome in ended.items()},
    )
    assert statement(told, "en") == (
        "3 of 7 outlets checked completely; nothing found at B and C; checked by hand: D "
        "(0 found); not checkable: E (does not answer) and F (asked not to be "
        "read); not asked yet: G"
    )


def test_a_half_read_outlet_is_never_said_to_have_nothing() -> None:
    told = report([outlet("a")], checks={"a": [check("a", Outcome.PARTIAL, read=3)]})
    assert "nothing found" not in statement(told, "en")


def test_no_outlet_on_the_list() -> None:
    assert statement(report(), "en") == "no outlet is on the list of this event"


@pytest.mark.parametrize(
    ("ended", "english"),
    [
        pytest.param(
            {"a": Outcome.COMPLETE, "b": Outcome.COMPLETE},
            "No piece about this event was found. This can be believed: every outlet on the list "
            "was checked. Pieces read in the window: 20; none of them holds the words looked for.",
            id="all were checked",
        ),
        pytest.param(
            {"a": Outcome.COMPLETE, "b": Outcome.BLOCKED},
            "No piece about this event was found. This holds for 1 of 2 outlets only (pieces read: "
            "10); of the others nothing is known.",
            id="some were",
        ),
        pytest.param(
            {"a": Outcome.BLOCKED, "b": Outcome.PARTIAL},
            "No piece about this event was found. Nothing follows from this: no outlet on the list "
            "was checked completely.",
            id="none was",
        ),
        pytest.param(
            {"a": Outcome.COMPLETE, "b": Outcome.CHECKED_BY_HAND},
            "The program found no piece about this event; 10 were found by hand, at B.",
            id="a person found some",
        ),
    ],
)
def test_what_silence_means(ended: dict[str, Outcome], english: str) -> None:
    checks = {slug: [check(slug, outcome, read=10)] for slug, outcome in ended.items()}
    told = report([outlet(slug) for slug in ended], checks=checks)
    assert silence(told, "en") == english
    assert silence(told, "sq")


def test_what_a_person_found_is_said_to_be_apart() -> None:
    hand = check("a", Outcome.CHECKED_BY_HAND, Way.BY_HAND, read=2, note="faqja 3")
    told = report([outlet("a")], checks={"a": [hand]})
    assert by_hand_apart(told, "en") == "What was found by hand is not in this list: A (faqja 3)."
    nothing = check("a", Outcome.CHECKED_BY_HAND, Way.BY_HAND, read=0)
    assert by_hand_apart(report([outlet("a")], checks={"a": [nothing]}), "en") is None


def test_trouble_names_the_next_step() -> None:
    blocked = check("a", Outcome.BLOCKED, note="answered 403", next_step="Look by hand.")
    told = report([outlet("a")], checks={"a": [blocked]})
    (row,) = told.completeness
    assert trouble(told, row, "en") == "does not let a program in (answered 403). Look by hand."
    assert trouble(told, row, "sq") == (
        "nuk e lejon leximin me program. Shikojeni me dorë dhe shënojeni me jehona checked."
    )


def test_what_stopped_a_check_is_said_by_its_code_and_numbers() -> None:
    halted = check(
        "a", Outcome.BROKEN, note="/rss.xml: answered 404 (not found)", next_step="Find it.",
        reason="not-found", numbers={"address": "/rss.xml", "status": 404},
    )  # fmt: skip
    told = report([outlet("a")], checks={"a": [halted]})
    (row,) = told.completeness
    assert trouble(told, row, "sq") == (
        "përgjigjet, por nuk lexohet dot (adresa nuk çon askund: /rss.xml, HTTP 404). "
        "Adresa në skedën outlets/a.toml nuk çon askund: gjeni të renë dhe shkruajeni nën [[find]]."
    )


@pytest.mark.parametrize(
    ("told", "joined"),
    [((), ""), (("A",), "A"), (("A", "B"), "A dhe B"), (("A", "B", "C"), "A, B dhe C")],
)
def test_names(told: tuple[str, ...], joined: str) -> None:
    assert names(told, "sq") == joined


@pytest.mark.parametrize(
    ("instant", "precision", "spoken"),
    [
        (datetime(2026, 5, 16, 22, 30, tzinfo=UTC), "minute", "17 maj, 00:30"),
        (datetime(2026, 5, 16, 22, 30, tzinfo=UTC), "day", "17 maj"),
        (datetime(2025, 12, 31, 22, 59, tzinfo=UTC), "minute", "31 dhjetor 2025, 23:59"),
    ],
)
def test_moments_are_local(instant: datetime, precision: str, spoken: str) -> None:
    assert moment(instant, EVENT, "sq", "day" if precision == "day" else "minute") == spoken


def test_numbers_read_as_a_sentence() -> None:
    told = report(
        [outlet("a", owner="x"), outlet("b", owner="x")],
        [piece("a", 1), piece("b", 2), piece("b", 3, published=None, precision=None)],
    )
    assert numbers(told, "en") == (
        "3 pieces in 2 outlets (1 owner); in Albanian; on 16 May; 1 undated"
    )
    assert numbers(told, "sq") == (
        "3 shkrime në 2 media (1 pronar); në shqip; më 16 maj; 1 pa datë"
    )


def test_keywords_are_spelled_out() -> None:
    assert keywords(EVENT.keywords, "en") == ('"Dita e Bregut" or panair + libr*; without: futboll')


def test_events_of_another_year_keep_it() -> None:
    other = Event(
        slug="x", title="X", first_day=REACHED.date(), last_day=REACHED.date(), zone="UTC"
    )
    assert moment(datetime(2024, 2, 1, 12, 0, tzinfo=UTC), other, "en") == "1 February 2024, 12:00"
