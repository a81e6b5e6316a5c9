"""Search over the record, and what each event made of what is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from crawler.config import RegistryError
from crawler.record import search_index
from jehona.actions import matches, review, search
from jehona.actions.errors import Wrong
from jehona.actions.office import Office, open_office
from jehona.actions.search import LOOKED_AT, MOST, Asked, Why
from tests.desk.conftest import Desk
from tests.record.pieces import NOON, piece

URL = "https://gazeta.example/2025/05/libri-{}/"
OTHER = 'name = "Tjetra"\nlanguages = ["sq"]\n'
EVENT_OF_BOOKS = """
title = "Festa e Librit"
from = 2025-05-05
to = 2025-05-20
zone = "Europe/Tirane"
expected_outlets = ["gazeta-shembull"]
[keywords]
any = [["libër", "shesh"], ["poezi", "natë", "vere"]]
not = ["recetë"]
"""


@pytest.fixture
def office(desk: Desk) -> Office:
    """Six pieces, each of which an event treats in another way."""
    said: dict[str, Any] = {"lead": None, "text": None}
    (desk.root / "events" / "festa.toml").write_text(EVENT_OF_BOOKS, "utf-8")
    (desk.root / "outlets" / "tjetra.toml").write_text(OTHER, "utf-8")
    desk.keep(
        piece(1, headline="Librat në sheshin e madh", published=NOON, **said),
        piece(2, headline="Libri i vitit", published=NOON - timedelta(hours=1), **said),
        piece(3, headline="Libri në shesh, vjet", published=NOON - timedelta(days=300), **said),
        piece(4, headline="Recetë nga libri, në shesh", published=NOON, **said),
        piece(5, headline="Moti për nesër", published=None, **said),
    )
    desk.keep(piece(7, headline="Libri në shesh, gjetkë", published=NOON, **said), outlet="tjetra")
    office = replace(
        open_office(desk.root, by="ana"), clock=lambda: datetime(2025, 6, 1, tzinfo=UTC)
    )
    with office.to_write() as record:
        search_index.bring_up(record)
    matches.match(office)
    return office


def numbers(office: Office, **asked: Any) -> str:
    """The numbers of the pieces in the order in which they are found."""
    return "".join(hit.article.url[-2] for hit in search.search(office, Asked(**asked)).hits)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"words": "libër"}, "12347"),
        ({"words": "LIBRIT shesh"}, "1347"),
        ({"words": '"libri i vitit"'}, "2"),
        ({"words": "lib*"}, "12347"),
        ({"words": "liber"}, "12347"),
        ({"words": "mot"}, "5"),
        ({"words": "zzz"}, ""),
        ({}, "123457"),
        ({"words": "libër", "outlet": "tjetra"}, "7"),
        ({"words": "libër", "outlet": "Gazeta Shembull"}, "1234"),
        ({"words": "libër", "since": date(2025, 5, 10), "until": date(2025, 5, 10)}, "1247"),
        ({"words": "libër", "until": date(2025, 1, 1)}, "3"),
        ({"language": "en"}, ""),
        ({"language": "sq"}, "123457"),
    ],
    ids=str,
)
def test_pieces_are_found_by_words_and_filters(
    office: Office, asked: dict[str, Any], expected: str
) -> None:
    assert set(numbers(office, **asked)) == set(expected)


def test_the_newest_come_first_and_undated_ones_last(office: Office) -> None:
    found = numbers(office)
    assert (found[-2:], found.index("2") > found.index("1")) == ("35", True)


@pytest.mark.parametrize(
    ("number", "why", "told"),
    [
        ("1", Why.WAITING, ()),
        ("2", Why.NO_KEYWORD, ("shesh",)),
        ("3", Why.OUTSIDE_WINDOW, ()),
        ("4", Why.RULED_OUT, ("recetë",)),
        ("5", Why.NO_KEYWORD, ("libër", "shesh")),
        ("7", Why.OUTLET_NOT_LISTED, ()),
    ],
)
def test_an_event_says_why(office: Office, number: str, why: Why, told: tuple[str, ...]) -> None:
    found = search.search(office, Asked(event="festa"))
    (hit,) = (hit for hit in found.hits if hit.article.url[-2] == number)
    ((verdict),) = hit.verdicts
    assert (verdict.why, verdict.told) == (why, told)


def test_a_person_s_word_goes_before_everything(office: Office) -> None:
    review.decide(office, "festa", accept=[URL.format(3)], reject=[URL.format(1)])
    found = search.search(office, Asked(words="libër", event="Festa e Librit"))
    told = {hit.article.url[-2]: hit.verdicts[0].why for hit in found.hits}
    assert (told["3"], told["1"]) == (Why.ACCEPTED, Why.REJECTED)
    review.undo(office, "festa", URL.format(1))
    found = search.search(office, Asked(words="libër"))
    kept = {hit.article.url[-2]: [one.why for one in hit.verdicts] for hit in found.hits}
    assert (kept["1"], kept["2"], kept["3"]) == ([Why.WAITING], [], [Why.ACCEPTED])


def test_doubtful_ones_say_so(office: Office, desk: Desk) -> None:
    desk.keep(
        piece(8, headline="Libra në sheshin e vitit 2019: sheshi 2019", lead=None, text="Shi.")
    )
    matches.match(office)
    found = search.search(office, Asked(words="2019", event="festa"))
    ((verdict),) = found.hits[0].verdicts
    assert verdict.why is Why.DOUBTFUL
    assert verdict.told


def test_words_are_marked_where_they_stand(office: Office) -> None:
    (hit, *_) = search.search(office, Asked(words='libër "sheshin e madh"')).hits
    headline = hit.article.headline or ""
    assert [headline[one.start : one.end] for one in hit.stands] == ["Librat", "sheshin e madh"]


@pytest.mark.parametrize("indexed", [True, False])
def test_answers_go_on_where_the_last_one_ended(desk: Desk, *, indexed: bool) -> None:
    many = MOST + LOOKED_AT + 5
    desk.keep(*(piece(n, headline=f"Libri {n} në shesh") for n in range(many)))
    office = open_office(desk.root, by="ana")
    if indexed:
        with office.to_write() as record:
            search_index.bring_up(record)
    keys, start, answers = list[str](), 0, 0
    while answers < many:
        found = search.search(office, Asked(words="libër", start=start))
        keys += [hit.article.key for hit in found.hits]
        answers += 1
        if found.more is None:
            break
        start = found.more
    assert len(keys) == len(set(keys)) == many
    assert found.about == (many if indexed else None)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"words": '"'}, Wrong),
        ({"words": "x" * 500}, Wrong),
        ({"outlet": "askush"}, RegistryError),
        ({"event": "askush"}, RegistryError),
    ],
)
def test_what_cannot_be_asked_is_refused(
    office: Office, asked: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        search.search(office, Asked(**asked))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("10.5.2025", date(2025, 5, 10)),
        ("2025-05-10", date(2025, 5, 10)),
        ("dje", date(2025, 5, 31)),
        ("", None),
    ],
)
def test_days_are_typed_as_everywhere(office: Office, typed: str, day: date | None) -> None:
    assert search.day_typed(office, typed) == day


def test_no_day_is_no_day(office: Office) -> None:
    with pytest.raises(Wrong, match="no date"):
        search.day_typed(office, "31.2.2025")
