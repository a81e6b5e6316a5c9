"""Two texts: what joins them, what keeps them apart, what is too little to tell."""

from __future__ import annotations

import pytest

from crawler.models import Likeness
from crawler.stories.comparing import POSSIBLY, SAME, compare
from crawler.stories.text_views import CORE, WORDS, Opening, Reader, opening_of
from tests.stories.told import BRIDGE, HONEY, piece, template


def read(text: str | None = None, *, lead: str | None = None) -> Opening:
    found = opening_of(piece(1, text, lead=lead))
    assert found is not None
    return found


def compared(one: str, two: str) -> Likeness:
    return compare(read(one), read(two))


MONDAY = template("hënë", "njëzet")


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        (template("martë", "njëzet"), "weekdays: Monday / Tuesday"),
        (template("hënë", "21"), "numbers: 20 / 21"),
        (template("hene", "20"), None),
        (MONDAY.replace("vranësira", "reshje"), None),
    ],
    ids=["another-day", "another-number", "the-same-otherwise-written", "another-word"],
)
def test_the_guard_keeps_forms_apart_that_are_alike(other: str, conflict: str | None) -> None:
    found = compared(MONDAY, other)
    assert found.likeness >= SAME
    sides = set((found.conflict or "").partition(": ")[2].split(" / "))
    assert sides == set((conflict or "").partition(": ")[2].split(" / "))


def test_the_order_of_the_two_is_no_matter() -> None:
    for other in (BRIDGE, template("martë", "9"), HONEY):
        assert compared(MONDAY, other) == compared(other, MONDAY)


ROAD = (
    "Policia njofton se qarkullimi në rrugën e Kavajës do të kufizohet gjatë ditës së nesërme për"
    " shkak të punimeve. Drejtuesit luten të përdorin rrugët e tjera pranë Lanës."
)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (ROAD.replace("Kavajës", "Durrësit"), False),
        (ROAD.replace("Kavajës", "Kavajë"), True),
        (ROAD.replace("Kavajës", "madhe"), True),
        (ROAD.replace("Kavajës", "KLSH-së"), True),
        (ROAD.upper().replace("KAVAJËS", "DURRËSIT"), True),
        (ROAD + " Shkruan Agron Lumi", True),
        ("Nga Agron Lumi. " + ROAD, True),
        (ROAD.replace("Kavajës", "Durrësit") + " Rruga e Kavajës mbetet e hapur.", True),
    ],
    ids=[
        "another-name",
        "its-other-ending",
        "no-name",
        "an-acronym",
        "capitals-hide-names",
        "a-name-more",
        "a-byline",
        "both-names",
    ],
)
def test_another_name_in_the_same_place_is_another_text(other: str, same: bool) -> None:
    found = compared(ROAD, other)
    assert found.likeness >= SAME
    assert (found.conflict is None) == same, found.conflict


@pytest.mark.parametrize("before", [3, 11], ids=["a-dateline", "a-sentence"])
def test_a_number_moved_out_of_sight_is_not_held_against_a_text(before: int) -> None:
    words = [f"fjala{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(WORDS + 10)]
    words[CORE - 1] = "pesëqind"
    whole, opener = " ".join(words), " ".join(["hyrje"] * (before - 1))
    assert compared(whole, f"{opener} 14 {whole}").conflict is None
    other = whole.replace("pesëqind", "gjashtëqind")
    assert compared(whole, f"{opener} 14 {other}").conflict


@pytest.mark.parametrize("kept", [20, 25, 40])
def test_an_excerpt_is_compared_with_as_much_of_the_whole(kept: int) -> None:
    found = compared(HONEY, " ".join(HONEY.split()[:kept]) + " […]")
    assert found.likeness >= SAME
    assert found.conflict is None


def test_a_short_beginning_says_nothing() -> None:
    assert compared(HONEY, " ".join(HONEY.split()[:15])).likeness < POSSIBLY


# --- what is compared ---------------------------------------------------------------


@pytest.mark.parametrize(
    "lead",
    [None, "", HONEY[:90], HONEY[:90] + " […]", HONEY[:90].upper(), "Pak fjalë para tekstit."],
    ids=["none", "empty", "its-beginning", "cut", "capitals", "a-standfirst"],
)
def test_a_lead_does_not_hide_the_text(lead: str | None) -> None:
    found = compare(read(HONEY), read(HONEY, lead=lead))
    assert (found.likeness, found.conflict) == (100, None)


def test_the_lead_stands_for_a_missing_text() -> None:
    assert read(None, lead=HONEY).digest == read(HONEY).digest


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (None, None),
        ("", ""),
        ("Shikoni fotot.", None),
        (None, "Ndiqni videon e plotë"),
    ],
    ids=["nothing", "empty", "a-caption", "an-invitation"],
)
def test_too_little_is_not_compared(text: str | None, lead: str | None) -> None:
    assert opening_of(piece(1, text, lead=lead)) is None


def test_what_an_outlets_pages_repeat_is_not_compared() -> None:
    line = "Për të lexuar artikullin e plotë duhet të abonoheni në faqen tonë sot ose nesër."
    assert opening_of(piece(1, line), boilerplate={line}) is None
    text = opening_of(piece(1, f"{line}\n{HONEY}"), boilerplate={line})
    assert text is not None
    assert text.digest == read(HONEY).digest


def test_hostile_length_is_cut() -> None:
    found = read("fjalë " * 500_000 + "x" * 1_000_000)
    assert len(found.view.words) == WORDS
    assert len(found.view.raw) < 2_000


def test_what_several_print_alike_is_read_once_and_as_if_alone() -> None:
    lead = "Kryetari i shoqatës foli për mjaltin e këtij viti"
    pieces = [
        piece(1, HONEY, lead=lead),
        piece(2, f"{HONEY} Tryeza mbyllet nesër.", lead=lead),
        piece(3, HONEY, lead=lead),
        piece(4, HONEY),
    ]
    reader = Reader()
    one, more, same, bare = read = [reader.opening(each, frozenset()) for each in pieces]
    assert one is same
    assert one is not bare
    assert one is not None
    assert more is not None
    assert one.standfirst is more.standfirst
    assert read == [opening_of(each) for each in pieces]
