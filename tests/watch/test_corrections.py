"""Which edits are told: two hundred made-up ones, labelled before the rules were tuned."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.watching.corrections import What, Wording, shortened, side_by_side, weigh
from tests.watch.edits import edits, piece

FOUND = 0.95
NOISE = 0.02
TEXT = st.text("abcëç ÇA.,!?\n123“”-", max_size=60)


def test_real_edits_are_found_and_noise_is_not_told() -> None:
    every = list(edits())
    real = [edit for edit in every if edit.told]
    noise = [edit for edit in every if not edit.told]
    assert (len(real), len(noise)) == (100, 100)
    assert all(edit.before != edit.after for edit in every)
    missed = [edit.name for edit in real if not weigh(edit.before, edit.after)]
    wrong = [edit.name for edit in noise if weigh(edit.before, edit.after)]
    assert len(missed) <= (1 - FOUND) * len(real), missed
    assert len(wrong) <= NOISE * len(noise), wrong


def words(headline: str = "", lead: str = "", text: str = "", *, gone: bool = False) -> Wording:
    return Wording(headline=headline, lead=lead, text=text, gone=gone)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (words("Hapet festa"), words("Hapet festa", gone=True), [What.WITHDRAWN]),
        (words("A", gone=True), words("A", gone=True), []),
        (words("Hapet me 120 vetë"), words("Hapet me 130 vetë"), [What.HEADLINE]),
        (words("Hapet me 1.200 vetë"), words("Hapet me 1200 vetë"), []),
        (words("Hapet festa"), words("FOTO/ Hapet festa"), []),
        (words("Hapet festa"), words("Korrigjim: hapet festa"), [What.CORRECTION, What.HEADLINE]),
        # a word of correction that stood there before is no news
        (words("Korrigjim: hapet festa"), words("Korrigjim: hapet  festa."), []),
        # an excerpt that another setting cuts elsewhere
        (words(lead="Një dy tre katër pesë"), words(lead="Një dy tre katër pesë gjashtë […]"), []),
        # a lead that is there at last: nothing was said otherwise before
        (words("A"), words("A", "Lexoni çfarë u tha."), []),
        (words(text="Foli A. Hoxha sot."), words(text="Foli Z. Hoxhaj sot."), []),
        (words(text="Foli Artan sot këtu."), words(text="Foli Besnik sot këtu."), [What.TEXT]),
        (words("LIVE: 1-0 në shesh"), words("LIVE: 2-0 në shesh"), []),
        (words("LIVE: 1-0 në shesh"), words("Fiton Gurishta 2-0"), [What.HEADLINE]),
    ],
)
def test_one_edit(before: Wording, after: Wording, told: list[What]) -> None:
    assert list(weigh(before, after)) == told


def test_of_two_places_only_what_both_have_is_held_against_each_other() -> None:
    feed = piece(1)
    page = words(text=f"Fotoja tregon sheshin e madh të qytetit në verë.\n{feed.text[60:]}")
    assert What.TEXT in weigh(feed, page)
    assert weigh(words(text=feed.text), page, across=True) == ()
    another = words(text=page.text.replace("gjashtë muaj", "dy muaj"))
    assert weigh(words(text=feed.text), another, across=True) == (What.TEXT,)


@given(TEXT, TEXT, TEXT)
def test_the_same_again_in_another_dress_is_never_told(a: str, b: str, c: str) -> None:
    was = words(a, b, c)
    now = words(a.upper(), re.sub(" ", "  ", b), f"{c}\n")
    assert weigh(was, was) == ()
    assert weigh(was, now) == ()


@given(TEXT, TEXT)
def test_side_by_side_loses_no_letter(before: str, after: str) -> None:
    left, right = side_by_side(before, after)
    assert "".join(each.text for each in left) == before
    assert "".join(each.text for each in right) == after


def test_side_by_side_marks_what_differs() -> None:
    left, right = side_by_side("Priten 120 vetë në shesh", "Priten 130 vetë te shesh")
    assert [each.text.strip() for each in left if each.changed] == ["120", "në"]
    assert [each.text.strip() for each in right if each.changed] == ["130", "te"]


def test_a_text_without_an_end_is_looked_at_within_bounds() -> None:
    long = "\n".join(f"Fjalia numër {n} nga një tekst pa fund." for n in range(50_000))
    assert weigh(words(text=long), words(text=long.replace("numër 3 ", "numër 4 "))) == (What.TEXT,)


def test_what_is_alike_is_cut_around_what_differs() -> None:
    long = "".join(f"fjala{n} " for n in range(400))
    left, _ = side_by_side(f"{long}dymbëdhjetë {long}", f"{long}pesëmbëdhjetë {long}")
    short = "".join(each.text for each in shortened(left, 50))
    assert "dymbëdhjetë" in short
    assert len(short) < 300
    assert short.count("…") == 2
    alone, _ = side_by_side(long, f"{long}fund")
    assert len("".join(each.text for each in shortened(alone, 50))) < 200
    few, _ = side_by_side("një dy tre", "një katër tre")
    assert shortened(few) == few
