"""Titles at the desk: the original beside the translation, saved row by row or all at once."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import pytest

from crawler.models import Reading, Said, Tongue
from jehona.actions import translations
from jehona.actions.office import open_office
from tests.desk.conftest import Desk
from tests.pages.conftest import Browser, Sit
from tests.record.pieces import piece

AT = "/events/festa/titles"


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.text
    return " ".join(html.unescape(answer.text).split())


def english(number: int, headline: str) -> Reading:
    tongue = Tongue(code="en", source="words", confidence=0.9)
    said = Said(value=tongue, layer="rest:headline")
    return replace(piece(number, headline=headline, text="Libri u hap në shesh."), language=said)


@pytest.fixture
def foreign(desk: Desk) -> Desk:
    """Two pieces in English and one in Albanian."""
    desk.keep(english(1, "Books on the square"), english(2, "A <fair> opens"), piece(3))
    assert desk.type("match", "festa").code == 0
    return desk


@pytest.fixture
def ana(sit: Sit, foreign: Desk) -> Browser:
    return sit(foreign.root).enter()


def keys(desk: Desk) -> list[str]:
    found = translations.foreign(open_office(desk.root), "festa", "sq").every
    return [one.article for one in sorted(found, key=lambda one: one.shown)]


def row(key: str, words: str, was: str = "") -> dict[str, str]:
    return {"row": key, f"was-{key}": was, f"words-{key}": words}


def said(desk: Desk, key: str) -> tuple[str | None, str | None]:
    every = translations.foreign(open_office(desk.root), "festa", "sq").every
    return next((one.translation, one.translation_by) for one in every if one.article == key)


def by_machine(desk: Desk, key: str, words: str) -> None:
    office = open_office(desk.root)
    found = next(p for p in translations.foreign(office, "festa", "sq").every if p.article == key)
    made = translations.Translation(piece=found, words=words, by="machine: 127.0.0.1")
    translations.keep(office, "festa", [made], "sq")


def test_the_original_stands_beside_its_field(ana: Browser) -> None:
    page = ana.get(AT).text
    assert page.count("<textarea") == 2
    assert "A &lt;fair&gt; opens" in page
    assert "Libri 3" not in page
    assert page.count("<h1") == 1


def test_all_that_changed_is_saved(ana: Browser, foreign: Desk) -> None:
    one, two = keys(foreign)
    both = {**row(one, "Hapet  panairi\n"), **row(two, ""), "row": [one, two]}
    assert ana.post(AT, both).status_code == 303
    assert said(foreign, one) == ("Hapet panairi", "Ana")
    assert said(foreign, two) == (None, None)
    page = read(ana.get(AT))
    assert "One title kept" in page
    assert page.count("<textarea") == 1
    assert read(ana.get(f"{AT}?show=all")).count("<textarea") == 2


def test_one_is_saved_and_the_others_wait(ana: Browser, foreign: Desk) -> None:
    one, two = keys(foreign)
    both = {**row(one, "Një"), **row(two, "Dy"), "row": [one, two], "only": two}
    ana.post(AT, both)
    assert said(foreign, one)[0] is None
    assert said(foreign, two)[0] == "Dy"


def test_undo_brings_back_what_stood_there(ana: Browser, foreign: Desk) -> None:
    one, _ = keys(foreign)
    ana.post(AT, row(one, "Një"))
    page = read(ana.get(AT))
    assert f'<input type="hidden" name="was-{one}" value="Një">' in page
    ana.post(AT, row(one, "", was="Një"))
    assert said(foreign, one) == (None, None)


def test_who_wrote_meanwhile_is_not_written_over_and_both_are_shown(
    ana: Browser, foreign: Desk
) -> None:
    one, _ = keys(foreign)
    ana.post(AT, row(one, "Fjalët e Besës"))
    page = read(ana.post(AT, row(one, "Fjalët e mia")), 409)
    assert "wrote meanwhile: Fjalët e Besës" in page
    assert ">Fjalët e mia</textarea>" in page
    assert said(foreign, one)[0] == "Fjalët e Besës"
    ana.post(AT, row(one, "Fjalët e mia", was="Fjalët e Besës"))
    assert said(foreign, one)[0] == "Fjalët e mia"


def test_a_machine_s_words_are_marked_and_become_a_person_s(ana: Browser, foreign: Desk) -> None:
    one, _ = keys(foreign)
    by_machine(foreign, one, "Makina thotë")
    page = read(ana.get(AT))
    assert "by a machine" in page
    assert page.count("<textarea") == 2
    untouched = row(one, "Makina thotë", was="Makina thotë")
    ana.post(AT, untouched)
    assert said(foreign, one)[1] == "machine: 127.0.0.1"
    ana.post(AT, untouched | {"confirm": one})
    assert said(foreign, one) == ("Makina thotë", "Ana")


@pytest.mark.parametrize(
    ("fields", "status"),
    [(row("a_askund", "X"), 404), ({"row": "", "words-": "X"}, 404)],
)
def test_a_piece_that_is_none_is_refused(ana: Browser, fields: dict[str, str], status: int) -> None:
    read(ana.post(AT, fields), status)


def test_words_without_an_end_are_refused(ana: Browser, foreign: Desk) -> None:
    assert "at most 1,000" in read(ana.post(AT, row(keys(foreign)[0], "x" * 1001)), 400)


def test_without_a_server_the_machine_is_not_offered_and_is_refused(ana: Browser) -> None:
    assert "Ask the machine" not in read(ana.get(AT))
    assert "[translator]" in read(ana.post(f"{AT}/machine"), 400)


@pytest.mark.parametrize(("language", "fields"), [("en", 0), ("sq", 2), ("xx", 2)])
def test_readers_of_the_other_language(ana: Browser, language: str, fields: int) -> None:
    page = read(ana.get(f"{AT}?language={language}&show=all"))
    assert page.count("<textarea") == (1 if language == "en" else fields)


def test_before_anything_was_gathered(sit: Sit, desk: Desk) -> None:
    assert read(sit(desk.root).enter().get(AT)).count("<h1") == 1
