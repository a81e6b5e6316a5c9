"""What the guard reads out of a text: numbers in any writing, days, months, seasons, directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.language.folding import fold
from crawler.stories.facts import clash, facts_of


def read(text: str) -> list[str]:
    """The values of a text's facts in order."""
    return [value for _, (_, value) in facts_of(fold(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("treqind çiklistë", "300"),
        ("njëzet e një kilometra", "21"),
        ("njezet e nje kilometra", "21"),
        ("njëqind e shtatëdhjetë e tetë lekë", "178"),
        ("dymbëdhjetë mijë vizitorë", "12000"),
        ("12 mijë vizitorë", "12000"),
        ("12.000 vizitorë", "12000"),
        ("12,000 visitors", "12000"),
        ("twelve thousand visitors", "12000"),
        ("۱۲۰۰۰ بازدیدکننده", "12000"),
        ("۱۲ هزار بازدیدکننده", "12000"),
        ("dy milionë e pesëqind mijë lekë", "2500000"),
        ("2,5 milionë lekë", "2500000"),
        ("një mijë lekë", "1000"),
        ("98,4 lekë", "98.4"),
        ("98.40 lekë", "98.4"),
        ("ora 09:30", "9.3"),
        ("ora 9.30", "9.3"),
        ("14.11.2026", "14.11.2026"),
        ("vendin e dytë", "2"),
        ("vendin e parë", "1"),
        ("the third edition", "3"),
        ("چهل ناشر", "40"),
        ("بیست و سه نفر", "23"),
        ("nën moshën 17 vjeç", "17"),
    ],
)
def test_a_number_has_one_value_in_every_writing(text: str, value: str) -> None:
    assert read(text) == [value]


@pytest.mark.parametrize(
    "text",
    ["një vit më parë", "para bashkisë", "për të parë", "një ditë", "mijëra njerëz", "one day"],
)
def test_articles_and_adverbs_are_no_numbers(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("dy a tre", ["2", "3"]),
        ("tre me dy", ["3", "2"]),
        ("pesë dhjetë", ["5", "10"]),
        ("3-1", ["3", "1"]),
        ("9:00 deri në 14:00", ["9", "14"]),
    ],
)
def test_numbers_that_stand_apart_stay_apart(text: str, values: list[str]) -> None:
    assert read(text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("të hënën", "Monday"),
        ("te henen", "Monday"),
        ("e martë", "Tuesday"),
        ("së premtes", "Friday"),
        ("ditën e diel", "Sunday"),
        ("on Thursday", "Thursday"),
        ("سه‌شنبه", "Tuesday"),
        ("سه شنبه", "Tuesday"),
        ("شنبه", "Saturday"),
        ("muajit mars", "March"),
        ("nëntorit", "November"),
        ("in March", "March"),
        ("until May", "May"),
        ("آبان", "Aban"),
        ("gjatë dimrit", "winter"),
        ("stina dimërore", "winter"),
        ("pranverore", "spring"),
        ("nga veriperëndimi", "north-west"),
        ("bregdetin jugor", "south"),
        ("vajzave", "girls"),
        ("gratë", "girls"),
        ("djemtë", "boys"),
        ("meshkujve", "boys"),
        ("women's team", "girls"),
        ("دختران", "girls"),
    ],
)
def test_a_word_with_its_endings(text: str, value: str) -> None:
    assert read(text) == [value]


@pytest.mark.parametrize(
    "text", ["hëna e plotë", "zonja Marta", "you may march on", "diell", "majë mali", "garat"]
)
def test_words_that_only_look_so(text: str) -> None:
    assert read(text) == []


MONDAY, FRIDAY = ("weekdays", "Monday"), ("weekdays", "Friday")
TEN, TWELVE = ("numbers", "10"), ("numbers", "12")


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ({MONDAY}, {FRIDAY}, "weekdays: Monday / Friday"),
        ({MONDAY}, set(), ""),
        ({MONDAY}, {MONDAY, FRIDAY}, ""),
        ({MONDAY}, {TEN}, ""),
        ({MONDAY, TEN}, {FRIDAY, TWELVE}, "numbers: 10 / 12; weekdays: Monday / Friday"),
    ],
    ids=["different", "one-silent", "one-says-more", "other-kinds", "two-kinds"],
)
def test_both_sides_must_hold_something_else(
    mine: set[tuple[str, str]], theirs: set[tuple[str, str]], said: str
) -> None:
    assert clash(mine, theirs, (frozenset(mine), frozenset(theirs))) == said


def test_what_the_neighbour_holds_farther_on_is_no_news_to_it() -> None:
    assert clash({MONDAY}, {FRIDAY}, (frozenset({MONDAY, FRIDAY}), frozenset({FRIDAY}))) == ""


SIGNS = "0123456789.,:٫۱۲ شنبهسه"
SPELLED = ("mijë", "e", "qind", "një", "njëzet", "dy", "milion", "parë", "سه", "شنبه", "هزار")


@given(st.lists(st.sampled_from(SPELLED) | st.text(SIGNS, max_size=20), max_size=12).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    assert all(value for value in read(text))
