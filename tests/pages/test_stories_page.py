"""Stories at the desk: what was joined and why, split, joined, taken back."""

from __future__ import annotations

import html
from typing import Any

import pytest

from jehona.actions import stories
from jehona.actions.office import open_office
from jehona.actions.side_by_side import RUN, side_by_side
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import piece

AT = "/events/festa/stories"
LONG = (
    "Këtë të premte në sheshin kryesor u hap panairi i librit me dhjetëra botues nga rajoni. "
    "Drejtori i tij tha se libri mbetet ura mes brezave dhe se hyrja do të jetë e lirë. "
    "Organizatorët presin mijëra lexues, ndërsa çdo mbrëmje do të ketë lexime me autorë."
)


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


@pytest.fixture
def told(desk: Desk) -> Desk:
    """One text that two pieces carry, and a text of its own."""
    desk.keep(
        piece(1, headline="Hapet panairi i librit në shesh", lead=None, text=LONG),
        piece(2, headline="Në shesh hapet panairi i librit", lead=None, text=LONG),
        piece(3, headline="Libri i <ri> në shesh", lead=None, text="Një libër tjetër, në shesh."),
    )
    assert desk.type("match", "festa").code == 0
    return desk


@pytest.fixture
def ana(sit: Sit, told: Desk) -> Browser:
    return sit(told.root).enter()


def texts(desk: Desk) -> list[list[str]]:
    """Keys of each story, the largest first."""
    found = stories.stories(open_office(desk.root), "festa").found.stories
    every = [[piece.article for piece in story.pieces] for story in found]
    return sorted(every, key=len, reverse=True)


def test_what_was_joined_says_why(ana: Browser) -> None:
    page = ana.get(AT).text
    assert page.count("<h1") == 1
    assert "100 % alike" in page
    assert "60 minutes later" in page
    assert "Libri i &lt;ri&gt; në shesh" in page


def test_taken_out_and_undone(ana: Browser, told: Desk) -> None:
    first, other = texts(told)[0]
    assert ana.post(AT, {"piece": [first, other], "value": "other"}).status_code == 303
    assert len(texts(told)) == 3
    page = read(ana.get(AT))
    assert "They are texts of their own" in page
    assert "Ana: not the same text" in page
    assert ana.post(f"{AT}/undo", {"one": first, "two": other}).status_code == 303
    assert len(texts(told)) == 2
    assert "What people said" not in read(ana.get(AT))


def test_ticked_ones_are_joined(ana: Browser, told: Desk) -> None:
    (first, _), (alone,) = texts(told)
    ana.post(AT, {"piece": [first, alone], "value": "same"})
    assert [len(one) for one in texts(told)] == [3]
    assert "2 pieces are one text" in read(ana.get(AT))


@pytest.mark.parametrize(
    ("fields", "status", "why"),
    [
        ({"value": "same"}, 400, "two pieces"),
        ({"piece": ["a_askund", "a_kurrnjë"], "value": "same"}, 404, "a_askund"),
        ({"piece": ["a_x", "a_x"], "value": "same"}, 400, "two pieces"),
        ({"piece": ["a_x", "a_y"], "value": "perhaps"}, 400, "two pieces"),
    ],
)
def test_what_makes_no_pair_is_refused(
    ana: Browser, fields: dict[str, Any], status: int, why: str
) -> None:
    assert why in read(ana.post(AT, fields), status)


def test_nothing_said_is_nothing_to_take_back(ana: Browser, told: Desk) -> None:
    first, other = texts(told)[0]
    read(ana.post(f"{AT}/undo", {"one": first, "two": other}), 409)


def test_two_stand_side_by_side_with_what_is_the_same_marked(ana: Browser, told: Desk) -> None:
    first, other = texts(told)[0]
    page = ana.get(f"{AT}?one={first}&two={other}").text
    assert page.count("<mark>") == 2
    read(ana.get(f"{AT}?one={first}&two=a_askund"), 404)
    read(ana.get(f"{AT}?one={first}&two={first}"), 400)


@pytest.mark.parametrize(
    ("one", "two", "marked"),
    [
        ("a b c d e", "x a b c d e y", [["a b c d e"], ["a b c d e"]]),
        ("a b c d", "a b c d", [[], []]),
        ("A, b: c d e – f x", "a b c d e f y", [["A, b: c d e – f"], ["a b c d e f"]]),
        ("a b c d e x f g h i j", "a b c d e f g h i j", [["a b c d e", "f g h i j"], None]),
        ("", "a b c d e", [[], []]),
    ],
)
def test_marks_are_of_runs_that_both_have(
    desk: Desk, one: str, two: str, marked: list[list[str] | None]
) -> None:
    assert RUN == 5
    desk.keep(piece(1, lead=None, text=one or None), piece(2, lead=None, text=two))
    urls = tuple(f"https://gazeta.example/2025/05/libri-{n}/" for n in (1, 2))
    sides = side_by_side(open_office(desk.root), "festa", (urls[0], urls[1]))
    for side, wanted in zip(sides, marked, strict=True):
        found = [side.text[mark.start : mark.end] for mark in side.same]
        assert wanted is None or found == wanted


def test_a_program_reads_them(ana: Browser) -> None:
    told = ana.get(AT, headers={"accept": "application/json"}).json()
    assert len(told["stories"]) == 2


def test_before_anything_was_gathered(sit: Sit, desk: Desk) -> None:
    assert read(sit(desk.root).enter().get(AT)).count("<h1") == 1
