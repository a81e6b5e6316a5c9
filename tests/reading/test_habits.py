"""What an outlet's pages repeat: counted over different pages, the same in any order."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading import Unreadable
from crawler.reading.boilerplate import MOST_PARAGRAPHS, REPEATED, Shown, habits_of, shown

FOOT = "Ndiqni Gazetën e Lugjasit në kanalin tonë për lajmet e ditës."


def page(at: int, *, ending: str = " | Gazeta Lugjas", foot: str = FOOT) -> Shown:
    """The piece number `at`, with the ending and the last paragraph given."""
    own = f"Lajmi numër {at} flet për rrugën numër {at} të qytetit dhe banorët e saj."
    return Shown(title=f"Lajmi numër {at}{ending}", paragraphs=(own, foot) if foot else (own,))


def test_what_three_pages_share_is_a_habit() -> None:
    habits = habits_of(page(at) for at in range(3))
    assert habits.suffixes == ("Gazeta Lugjas",)
    assert habits.boilerplate == {FOOT}


def test_what_two_pages_share_is_none() -> None:
    habits = habits_of([page(0), page(1), page(2, ending="", foot="")])
    assert habits.suffixes == ()
    assert habits.boilerplate == frozenset()


@pytest.mark.parametrize("copies", [2, 5])
def test_the_same_piece_many_times_is_no_habit(copies: int) -> None:
    habits = habits_of([page(0)] * copies + [page(1)])
    assert (habits.suffixes, habits.boilerplate) == ((), frozenset())


def test_a_piece_republished_under_other_titles_is_no_habit() -> None:
    text = page(0).paragraphs
    pages = [Shown(title=f"Titulli {at} - Rubrika {at}", paragraphs=text) for at in range(4)]
    assert habits_of(pages).boilerplate == frozenset()


def test_an_ending_of_few_titles_is_a_section_not_the_site() -> None:
    few = [page(at, ending=" - Sport") for at in range(3)]
    many = [page(at) for at in range(10, 30)]
    assert habits_of(few + many).suffixes == ("Gazeta Lugjas",)


def test_a_headline_with_a_dash_of_its_own_is_no_ending() -> None:
    pages = [page(at, ending=f" - pjesa {at}") for at in range(5)]
    assert habits_of(pages).suffixes == ()


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_of_pages_changes_nothing(order: tuple[int, ...]) -> None:
    pages = [page(0), page(1, ending=" - Sport"), page(2)]
    assert habits_of(pages[at] for at in order) == habits_of(pages)


texts = st.lists(st.sampled_from(["a b", "c d", "", FOOT, "x"]), max_size=4).map(tuple)
some = st.lists(st.builds(Shown, title=st.text("ab |-", max_size=9), paragraphs=texts), max_size=9)


@given(some)
def test_every_habit_stands_on_enough_pages(pages: list[Shown]) -> None:
    habits = habits_of(pages)
    assert len(habits.boilerplate) <= MOST_PARAGRAPHS
    for line in habits.boilerplate:
        assert line
        assert sum(line in one.paragraphs for one in pages) >= REPEATED
    for ending in habits.suffixes:
        assert sum(one.title.rstrip().endswith(ending) for one in pages) >= REPEATED
    assert habits == habits_of(reversed(pages))


def test_what_a_page_shows() -> None:
    body = f"<html><title>Ura   hapet | Lugjasi</title><body><h1>Ura hapet</h1><p>{FOOT}</p></body>"
    assert shown(body.encode(), None) == Shown(title="Ura hapet | Lugjasi", paragraphs=(FOOT,))


def test_what_is_no_page_has_no_habits() -> None:
    with pytest.raises(Unreadable):
        shown(b"%PDF-1.7", None)
