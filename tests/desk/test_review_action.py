"""The queue and its verdicts as a page or a script asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from crawler.record import decisions
from jehona.actions import as_json, matches, review
from jehona.actions.errors import NothingDone, Unknown, Wrong
from jehona.actions.office import Office, open_office
from jehona.actions.review import NOBODY
from jehona.actions.review_order import Narrowed, Show
from tests.desk.conftest import Desk
from tests.record.pieces import piece

URL = "https://gazeta.example/2025/05/libri-{}/"
NOW = datetime(2025, 6, 1, 8, tzinfo=UTC)


@pytest.fixture
def office(filled: Desk) -> Office:
    """Three sure pieces, one of them undated, a doubtful one, and one about something else."""
    filled.keep(
        piece(8, headline="Libra në sheshin e vitit 2019: sheshi 2019", lead=None, text="Shi.")
    )
    return replace(open_office(filled.root, by="ana"), clock=lambda: NOW)


def urls(queue: review.Queue) -> list[str]:
    return [one.article.url[-2] for one in queue.pieces]


def test_the_queue_shows_one_kind_and_counts_all(office: Office) -> None:
    first, second, *_ = (one.article.key for one in review.queue(office, "festa").pieces)
    review.decide(office, "festa", accept=[first], reject=[second])
    shown = {kind: review.queue(office, "festa", show=kind) for kind in Show}
    assert {kind.value: len(queue.pieces) for kind, queue in shown.items()} == {
        "waiting": 2,
        "doubtful": 1,
        "accepted": 1,
        "rejected": 1,
    }
    assert {tuple(queue.counts.values()) for queue in shown.values()} == {(2, 1, 1, 1)}
    assert urls(shown[Show.DOUBTFUL]) == ["8"] == urls(shown[Show.WAITING])[-1:]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({}, {"1", "2", "3", "8"}),
        ({"outlet": "gazeta-shembull"}, {"1", "2", "3", "8"}),
        ({"outlet": "Gazeta Shembull"}, {"1", "2", "3", "8"}),
        ({"language": "en"}, set()),
        ({"language": "sq"}, {"1", "2", "3", "8"}),
        ({"day": date(2025, 5, 10)}, {"1", "2", "8"}),
        ({"day": date(2025, 5, 11)}, set()),
    ],
    ids=lambda value: " ".join(sorted(map(str, value))) or "none",
)
def test_the_queue_is_narrowed(office: Office, narrowed: Any, expected: set[str]) -> None:
    queue = review.queue(office, "festa", **narrowed)
    assert set(urls(queue)) == expected
    assert queue.counts[Show.WAITING] == 4


@pytest.mark.parametrize(
    "look",
    [
        lambda office: review.queue(office, "festa"),
        lambda office: review.card(office, "festa", URL.format(1)),
    ],
)
def test_looking_writes_nothing(office: Office, look: Callable[[Office], Any]) -> None:
    with office.to_read() as watching:
        # goes up with whatever another connection writes
        before = watching.conn.execute("PRAGMA data_version").fetchone()
        assert as_json.text(look(office).as_json())
        assert watching.conn.execute("PRAGMA data_version").fetchone() == before
        review.decide(office, "festa", accept=[URL.format(1)])
        assert watching.conn.execute("PRAGMA data_version").fetchone() != before


def test_a_card_marks_the_words_in_all_that_is_kept(office: Office) -> None:
    card = review.card(office, "festa", URL.format(1))
    article = card.piece.article
    said = {"headline": article.headline, "lead": article.lead, "text": article.text}
    marked = [(one.term, (said[one.field] or "")[one.start : one.end]) for one in card.marks]
    assert {term for term, _ in marked} == {"libër", "shesh"}
    assert all(printed.casefold().startswith(("lib", "shesh")) for _, printed in marked)
    assert {one.field for one in card.marks} >= {"headline"}
    told = card.as_json()
    assert (told["text"], told["seen"], told["decision"]) == (article.text, NOBODY, None)


def test_a_form_that_was_taken_out_is_not_marked(office: Office) -> None:
    file = office.workspace.root / "events" / "festa.toml"
    before = len(review.card(office, "festa", URL.format(1)).marks)
    file.write_text(file.read_text("utf-8") + 'except = ["sheshi", "shesh", "sheshit"]', "utf-8")
    review.decide(office, "festa", accept=[URL.format(1)])
    marks = review.card(office, "festa", URL.format(1)).marks
    assert {one.term for one in marks} == {"libër"}
    assert len(marks) < before


def test_a_card_has_the_pieces_of_its_story_and_what_was_said(office: Office, filled: Desk) -> None:
    told = {
        "headline": "Libri hapet në sheshin kryesor",
        "lead": "Stendat e librit u hapën.",
        "text": "Në sheshin kryesor u hapën stendat e librit. " * 30,
    }
    filled.keep(piece(4, **told), piece(5, **told))
    review.decide(office, "festa", accept=[URL.format(4)], note="po")
    card = review.card(office, "festa", URL.format(4))
    assert [article.url for article, _ in card.story] == [URL.format(5)]
    assert [(one.value, one.note, one.by) for one in card.history] == [("accepted", "po", "ana")]
    assert card.as_json()["note"] == "po"


@pytest.mark.parametrize("name", [URL.format(77), URL.format(9), "a_x"])
def test_what_is_no_piece_of_the_event_has_no_card(office: Office, name: str) -> None:
    with pytest.raises(Unknown):
        review.card(office, "festa", name)


def test_the_latest_word_holds_and_the_other_is_told(office: Office) -> None:
    """Two people look at one queue, and both decide."""
    ben, one = replace(office, name="ben"), review.queue(office, "festa").pieces[0]
    key, seen = one.article.key, {one.article.key: one.seen}
    first = review.decide(ben, "festa", accept=[key], seen=seen)
    assert first.overruled == ()
    second = review.decide(office, "festa", reject=[key], seen=seen)
    assert [(said.by, said.value) for said in second.overruled] == [("ben", "accepted")]
    assert second.as_json()["overruled"]
    (now,) = review.queue(office, "festa", show=Show.REJECTED).pieces
    third = review.decide(ben, "festa", accept=[key], seen={key: now.seen})
    assert (third.overruled, "overruled" in third.as_json()) == ((), False)


def test_undo_takes_back_all_that_was_decided_at_once(office: Office) -> None:
    moments = iter(NOW + timedelta(minutes=n) for n in range(20))
    office = replace(office, clock=lambda: next(moments))
    review.decide(office, "festa", reject=[URL.format(9)])
    assert len(review.accept_all(office, "festa").made) == 3
    review.decide(replace(office, name="ben"), "festa", accept=[URL.format(8)])
    assert [one.value for one in review.undo_last(office, "festa")] == [None] * 3
    assert len(review.queue(office, "festa").pieces) == 3
    assert [one.article for one in review.undo_last(office, "festa")]
    with office.to_read() as record:
        held = decisions.holding(record, "festa")
    assert [(one.verdict, one.by) for one in held.values() if one.verdict] == [("accepted", "ben")]
    with pytest.raises(NothingDone):
        review.undo_last(office, "festa")


@pytest.mark.parametrize("waiting", [None, "sure", "all"])
def test_all_verdicts_are_kept_or_none(office: Office, waiting: Any) -> None:
    with pytest.raises(Unknown):
        review.decide(office, "festa", accept=[URL.format(1), URL.format(77)], waiting=waiting)
    key = review.queue(office, "festa").pieces[0].article
    with pytest.raises(Wrong, match="at once"):
        review.decide(office, "festa", accept=[key.key], reject=[key.url], waiting=waiting)
    assert review.queue(office, "festa").counts[Show.WAITING] == 4


def test_what_is_rejected_by_name_is_not_accepted_with_all(office: Office) -> None:
    review.decide(office, "festa", reject=[URL.format(1)], waiting="all")
    told = {kind: set(urls(review.queue(office, "festa", show=kind))) for kind in Show}
    assert (told[Show.REJECTED], told[Show.ACCEPTED]) == ({"1"}, {"2", "3", "8"})


# --- one card at a time ------------------------------------------------------------------------


def keys_of(office: Office, **narrowed: Any) -> list[str]:
    return [one.article.key for one in review.queue(office, "festa", **narrowed).pieces]


@pytest.fixture(params=["kept", "anew"])
def walking(office: Office, request: pytest.FixtureRequest) -> Office:
    """The same, with and without kept matches: nobody sees a difference."""
    if request.param == "kept":
        matches.match(office, "festa")
        assert not matches.bring_up(office, "festa")
    return office


def test_a_walk_goes_from_card_to_card(walking: Office) -> None:
    keys, seen = keys_of(walking), []
    look = review.look(walking, "festa", Narrowed())
    while look.card:
        seen.append(look.card.piece.article.key)
        assert (look.place, look.total) == (len(seen) - 1, 4)
        assert look.before == (seen[-2] if len(seen) > 1 else None)
        look = review.look(walking, "festa", Narrowed(), after=seen[-1])
    assert seen == keys
    assert (look.place, look.total) == (None, 4)


@pytest.mark.parametrize("show", [Show.WAITING, Show.ACCEPTED])
def test_the_next_card_is_what_came_after_one_that_left(walking: Office, show: Show) -> None:
    if show is Show.ACCEPTED:
        review.accept_all(walking, "festa", doubtful=True)
    keys = keys_of(walking, show=show)
    review.decide(walking, "festa", reject=[keys[1]])
    narrowed = Narrowed(show=show)
    look = review.look(walking, "festa", narrowed, after=keys[1])
    assert look.card is not None
    assert look.card.piece.article.key == keys[2]
    assert (look.place, look.total, look.counts[Show.REJECTED]) == (1, 3, 1)
    gone = review.look(walking, "festa", narrowed, piece=keys[1])
    assert gone.card is not None
    assert (gone.place, gone.card.piece.article.key) == (None, keys[1])


def test_a_look_has_all_words_and_reasons_of_its_card(walking: Office) -> None:
    look = review.look(walking, "festa", Narrowed())
    assert look.card is not None
    piece = look.card.piece
    whole = review.card(walking, "festa", piece.article.key)
    assert piece.match.because
    assert (piece.article.text, look.card.marks) == (whole.piece.article.text, whole.marks)


def test_what_narrows_is_told_with_how_many(walking: Office) -> None:
    look = review.look(walking, "festa", Narrowed(show=Show.WAITING))
    assert look.choices.outlets == {"gazeta-shembull": 4}
    assert look.choices.languages == {"sq": 4}
    assert look.choices.days == {date(2025, 5, 10): 3}
    assert look.sure == 3


def test_a_queue_is_read_in_stretches(walking: Office) -> None:
    keys = keys_of(walking)
    second = review.queue(walking, "festa", start=2, most=2)
    assert [one.article.key for one in second.pieces] == keys[2:]
    assert (second.total, second.start) == (4, 2)
    assert all(one.article.text and one.match.because for one in second.pieces)


def test_what_a_killed_crawl_left_is_taken_up_by_the_next_look(
    office: Office, filled: Desk
) -> None:
    matches.match(office, "festa")
    filled.keep(piece(4))
    assert len(keys_of(office)) == 4
    assert matches.bring_up(office, "festa")
    assert len(keys_of(office)) == 5


def test_a_look_takes_no_crawl_s_turn(office: Office, filled: Desk) -> None:
    matches.match(office, "festa")
    with office.to_gather():
        filled.keep(piece(4))
        matches.bring_up(office, "festa")
        assert len(keys_of(office)) == 4


def test_an_event_that_changed_is_matched_at_the_next_look(office: Office) -> None:
    matches.match(office, "festa")
    file = office.workspace.root / "events" / "festa.toml"
    file.write_text(file.read_text("utf-8").replace('"libër", "shesh"', '"mot"'), "utf-8")
    assert len(keys_of(office)) == 1, "by matching anew, as long as nobody keeps it"
    assert matches.bring_up(office, "festa")
    assert not matches.bring_up(office, "festa")
    assert len(keys_of(office)) == 1
