"""What people decide: nothing undoes it, the latest holds, and colleagues can exchange it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.models import Alias, Decided, Decision, Layer
from crawler.record import Record, decisions, open_record, read
from crawler.record.decisions import Taken, UnknownArticle
from tests.record.pieces import NOON, begin, piece, store

GAZETA = "gazeta-shembull"


@pytest.fixture
def keys(record: Record, run: int) -> list[str]:
    """The keys of three articles."""
    store(record, run, piece(1), piece(2), piece(3))
    return [article.key for article in read.articles(record)]


def say(record: Record, kind: str, key: str, value: str | None, **more: Any) -> Decision:
    told = {"event": "festa", "by": "ana", "at": NOON, **more}
    return decisions.decide(record, decisions.fresh(kind, key, value=value, **told))  # type: ignore[arg-type]


def held(record: Record, key: str, event: str = "festa") -> Decided:
    return decisions.holding(record, event).get(key, Decided())


# --- what holds -----------------------------------------------------------------------------


def test_the_latest_of_a_kind_holds(record: Record, keys: list[str]) -> None:
    for value in ("accepted", "rejected", "accepted"):
        say(record, "match", keys[0], value, note=f"si {value}", by=f"{value[:3]}")
        now = held(record, keys[0])
        assert (now.verdict, now.note, now.by) == (value, f"si {value}", value[:3])
    assert len(decisions.history(record)) == 3


def test_undoing_is_one_more_decision(record: Record, keys: list[str]) -> None:
    say(record, "match", keys[0], "accepted")
    decisions.undo(record, kind="match", article=keys[0], event="festa", by="dea", at=NOON)
    assert decisions.holding(record, "festa") == {}
    assert [(d.value, d.by) for d in decisions.history(record)] == [
        ("accepted", "ana"),
        (None, "dea"),
    ]


def test_every_kind_has_its_place(record: Record, keys: list[str]) -> None:
    key = keys[0]
    for kind, value in {
        "match": "accepted",
        "headline": "Libri u hap",
        "tone": "positive",
        "tier": "2",
        "pin": "1",
        "archive": "https://arkiva.example/1",
        "excerpt": "Fjalë.",
    }.items():
        say(record, kind, key, value)
    say(record, "translation", key, "The book opened", language="en")
    say(record, "translation", key, "Das Buch", language="de", by="machine: 127.0.0.1")
    assert held(record, key) == Decided(
        verdict="accepted",
        by="ana",
        headline="Libri u hap",
        tone="positive",
        tier=2,
        pin=1,
        archive="https://arkiva.example/1",
        excerpt="Fjalë.",
        translations={"en": ("The book opened", "ana"), "de": ("Das Buch", "machine: 127.0.0.1")},
    )
    assert decisions.holding(record, "festa", [keys[1]]) == {}


def test_what_names_no_event_holds_in_every_one(record: Record, keys: list[str]) -> None:
    say(record, "headline", keys[0], "Libri", event=None)
    say(record, "match", keys[0], "accepted")
    assert held(record, keys[0], "tjeter") == Decided(headline="Libri")
    assert held(record, keys[0]).verdict == "accepted"
    assert len(decisions.history(record, event="tjeter")) == 1
    assert len(decisions.history(record, event="festa")) == 2


def test_pairs_are_of_no_order_and_the_latest_holds(record: Record, keys: list[str]) -> None:
    one, two, three = sorted(keys)
    say(record, "same-text", two, "same", other=one)
    say(record, "same-text", three, "same", other=one, event=None)
    say(record, "same-text", one, "other", other=two)
    pairs = decisions.same_text(record, "festa")
    assert [(p.one, p.two, p.same) for p in pairs] == [(one, three, True), (one, two, False)]
    assert [p.two for p in decisions.same_text(record, "tjeter")] == [three]
    decisions.undo(
        record, kind="same-text", article=two, other=one, event="festa", by="dea", at=NOON
    )
    assert [p.two for p in decisions.same_text(record, "festa")] == [three]
    assert held(record, one) == Decided()
    assert len(decisions.history(record, article=one)) == 4


def test_whoever_decides_now_is_the_latest(record: Record, keys: list[str]) -> None:
    ahead = NOON + timedelta(days=9)
    say(record, "match", keys[0], "accepted", at=ahead)
    late = say(record, "match", keys[0], "rejected", at=NOON)
    assert held(record, keys[0]).verdict == "rejected"
    assert late.at == ahead + timedelta(microseconds=1)
    assert say(record, "match", keys[1], "rejected", at=NOON).at == NOON


def test_the_same_decision_twice_is_one(record: Record, keys: list[str]) -> None:
    one = say(record, "match", keys[0], "accepted")
    decisions.decide(record, one)
    assert len(decisions.history(record)) == 1


# --- refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "more", "why"),
    [
        pytest.param("mood", "x", {}, 'kind "mood" is not known', id="kind"),
        pytest.param("match", "maybe", {}, "accepted or rejected", id="verdict"),
        pytest.param("match", "accepted", {"event": None}, "needs an event", id="no-event"),
        pytest.param("match", "accepted", {"event": "A b"}, "not a slug", id="event"),
        pytest.param("same-text", "same", {}, "names two pieces", id="one-piece"),
        pytest.param("headline", "x", {"other": "a_1"}, "names two pieces", id="two-pieces"),
        pytest.param("translation", "x", {}, "names its language", id="no-language"),
        pytest.param("headline", "x", {"language": "en"}, "names its language", id="language"),
        pytest.param("translation", "x", {"language": "E N"}, "ISO 639", id="bad-language"),
        pytest.param("tier", "first", {}, "whole number", id="tier"),
        pytest.param("pin", "0", {}, "whole number", id="pin"),
        pytest.param("archive", "javascript:x", {}, "address", id="archive"),
        pytest.param("headline", " ", {}, "no words", id="empty"),
        pytest.param("headline", "x" * 20_001, {}, "20,000 characters", id="long"),
        pytest.param("match", None, {"note": "x" * 20_001}, "20,000 characters", id="long-note"),
        pytest.param("match", "accepted", {"at": datetime(2025, 5, 1)}, "no zone", id="naive"),  # noqa: DTZ001
    ],
)
def test_a_decision_that_says_nothing_is_refused(  # noqa: PLR0917 - a table
    record: Record, run: int, kind: str, value: str | None, more: dict[str, Any], why: str
) -> None:
    store(record, run, piece(1))
    with pytest.raises(ValueError, match=why):
        say(record, kind, next(read.articles(record)).key, value, **more)
    assert decisions.history(record) == ()


def test_an_article_that_is_not_there_is_named(record: Record) -> None:
    with pytest.raises(UnknownArticle, match="a_nothing"):
        say(record, "match", "a_nothing", "accepted")


# --- pieces that turn out to be one -----------------------------------------------------------


def united(record: Record, run: int) -> tuple[str, str]:
    """The key of an article and the one it lost, with decisions upon both."""
    guid = Alias(kind="guid", value="g")
    home = Alias(kind="url", value="gazeta.example/x")
    store(record, run, piece(7, aliases=(guid,), url="https://gazeta.example/a"))
    store(
        record,
        run,
        piece(8, layer=Layer.LISTING, aliases=(home,), url="https://gazeta.example/x"),
        piece(9),
    )
    one, lost, third = sorted(
        (a.key for a in read.articles(record)), key=lambda key: number_of(record, key)
    )
    say(record, "same-text", one, "same", other=lost)
    say(record, "same-text", third, "same", other=lost)
    say(record, "match", one, "rejected", at=NOON)
    say(record, "match", lost, "accepted", at=NOON + timedelta(hours=1))
    store(record, run, piece(7, aliases=(guid, home), url="https://gazeta.example/a"))
    assert read.article(record, lost) == read.article(record, one)
    return one, lost


def number_of(record: Record, key: str) -> int:
    sql = "SELECT id FROM articles WHERE key = ?"
    return int(record.conn.execute(sql, (key,)).fetchone()[0])


def test_uniting_moves_decisions_and_second_pieces(record: Record, run: int) -> None:
    one, lost = united(record, run)
    assert held(record, one).verdict == "accepted"
    assert len(decisions.history(record)) == len(decisions.history(record, article=one)) == 4
    (pair,) = decisions.same_text(record, "festa")
    assert one in {pair.one, pair.two}
    assert lost not in {pair.one, pair.two}


def test_a_lost_key_can_be_decided_upon(record: Record, run: int) -> None:
    one, lost = united(record, run)
    say(record, "match", lost, "rejected", at=NOON + timedelta(hours=2))
    assert held(record, one).verdict == "rejected"
    assert len(decisions.history(record, article=lost)) == 5
    with pytest.raises(ValueError, match="one piece by now"):
        say(record, "same-text", lost, "same", other=one)


# --- between colleagues -----------------------------------------------------------------------


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Record]:
    """A colleague's record of the same articles, found in another order."""
    with open_record(tmp_path / "other.db", tmp_path / "snapshots-2") as opened:
        run = begin(opened)
        store(opened, run, piece(3), piece(1))
        store(opened, run, piece(2, layer=Layer.LISTING))
        yield opened


def test_decisions_travel(record: Record, keys: list[str], other: Record) -> None:
    say(record, "match", keys[0], "accepted", note="po, “kjo” <b>")
    say(record, "same-text", keys[0], "same", other=keys[1])
    say(record, "translation", keys[2], "Words", language="en", event=None)
    lines = list(decisions.export(record))
    assert decisions.take(other, lines) == Taken(added=3, known=0)
    assert decisions.take(other, lines) == Taken(added=0, known=3)
    assert decisions.take(record, decisions.export(other)) == Taken(added=0, known=3)
    theirs = {number: by_url(other, number) for number in (1, 2, 3)}
    mine = {number: by_url(record, number) for number in (1, 2, 3)}
    assert mine[2] != theirs[2], "known by another name, found by its address"
    for number in (1, 2, 3):
        assert held(record, mine[number]) == held(other, theirs[number])
    (pair,) = decisions.same_text(other, "festa")
    assert {pair.one, pair.two} == {theirs[2], theirs[3]}


def by_url(record: Record, number: int) -> str:
    found = read.article(record, f"https://gazeta.example/2025/05/libri-{number}/")
    assert found is not None
    return found.key


def test_a_line_says_everything(record: Record, keys: list[str]) -> None:
    say(record, "same-text", keys[0], "same", other=keys[1], note="n")
    line = json.loads(next(decisions.export(record)))
    uid = line.pop("uid")
    assert uid.startswith("d_")
    assert line == {
        "kind": "same-text",
        "event": "festa",
        "article": keys[0],
        "outlet": GAZETA,
        "url": "https://gazeta.example/2025/05/libri-3/",
        "other": {
            "key": keys[1],
            "outlet": GAZETA,
            "url": "https://gazeta.example/2025/05/libri-2/",
        },
        "value": "same",
        "language": None,
        "note": "n",
        "by": "ana",
        "at": "2025-05-10T12:00:00.000000Z",
    }


@settings(max_examples=25)
@given(order=st.randoms(use_true_random=False))
def test_the_order_of_import_means_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("exchange")
    with (
        open_record(folder / "a.db", folder / "a") as one,
        open_record(folder / "b.db", folder / "b") as two,
    ):
        for each in (one, two):
            store(each, begin(each), piece(1), piece(2))
        keys = [article.key for article in read.articles(one)]
        for _ in range(order.randrange(1, 6)):
            where, value = order.choice([one, two]), order.choice(["accepted", "rejected", None])
            moment = NOON + timedelta(seconds=order.randrange(2))
            say(where, "match", order.choice(keys), value, at=moment)
        lines = [[*decisions.export(one)], [*decisions.export(two)]]
        for mine in lines:
            order.shuffle(mine)
        decisions.take(one, lines[1])
        decisions.take(two, lines[0])
        assert [*decisions.export(one)] == [*decisions.export(two)]
        assert decisions.holding(one, "festa") == decisions.holding(two, "festa")


GOOD = {
    "uid": "d_abcdef123456",
    "kind": "match",
    "event": "festa",
    "outlet": GAZETA,
    "url": "https://gazeta.example/2025/05/libri-1/",
    "article": "a_whatever",
    "other": None,
    "value": "accepted",
    "language": None,
    "note": None,
    "by": "ana",
    "at": "2025-05-10T12:00:00Z",
}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"uid": None}, "uid is missing", id="no-uid"),
        pytest.param({"uid": "x; DROP"}, "uid is not one", id="uid"),
        pytest.param({"uid": 7}, "uid is not text", id="number"),
        pytest.param({"by": None}, "by is missing", id="nobody"),
        pytest.param({"at": "yesterday"}, "at is not a moment", id="moment"),
        pytest.param({"at": "2025-05-10T12:00:00"}, "no zone", id="zone"),
        pytest.param({"at": "0001-01-01T00:00:00+14:00"}, "at is not a moment", id="overflow"),
        pytest.param({"value": "maybe"}, "accepted or rejected", id="value"),
        pytest.param({"value": ["accepted"]}, "value is not text", id="list"),
        pytest.param({"url": "https://gazeta.example/none"}, "has no piece a_whatever", id="url"),
        pytest.param({"outlet": "tjeter"}, "has no piece", id="outlet"),
        pytest.param({"outlet": None, "url": None}, "has no piece", id="key-alone"),
        pytest.param({"other": "a_1"}, "other is not a piece", id="other"),
        pytest.param({"other": {"key": "a_1"}}, "names two pieces", id="second-of-a-match"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_taken(
    record: Record, keys: list[str], change: dict[str, Any], why: str
) -> None:
    lines = ["", json.dumps({**GOOD, **change}), json.dumps(GOOD)]
    taken = decisions.take(record, lines)
    assert (taken.added, taken.known, [each.line for each in taken.refused]) == (1, 0, [2])
    assert why in taken.refused[0].why
    assert len(decisions.history(record)) == 1


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{", id="torn"),
        pytest.param("7", id="number"),
        pytest.param("null", id="null"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('"x"', id="text"),
        pytest.param("\x00", id="nul"),
        pytest.param("{}", id="empty"),
        pytest.param("x" * 200_001, id="long"),
        pytest.param('{"uid": NaN}', id="nan"),
    ],
)
def test_what_is_no_decision_is_no_decision(record: Record, line: str) -> None:
    assert [each.line for each in decisions.take(record, [line]).refused] == [1]


def test_a_key_of_another_outlet_is_not_believed(record: Record, keys: list[str]) -> None:
    line = json.dumps({**GOOD, "article": keys[0], "outlet": "tjeter"})
    assert decisions.take(record, [line]).refused[0].line == 1


def test_an_import_that_fails_takes_nothing(record: Record, keys: list[str]) -> None:
    def torn() -> Iterator[str]:
        yield json.dumps(GOOD)
        raise OSError("the file ends here")

    with pytest.raises(OSError, match="ends here"):
        decisions.take(record, torn())
    assert decisions.history(record) == ()


def test_a_moment_of_another_offset_is_the_same_moment(record: Record, keys: list[str]) -> None:
    east = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    decisions.take(record, [json.dumps({**GOOD, "at": east.isoformat()})])
    (told,) = decisions.history(record)
    assert (told.at, told.at.utcoffset()) == (NOON, UTC.utcoffset(None))
