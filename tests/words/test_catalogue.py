"""The catalogue is whole: what is asked for is there, in both languages, and nothing else is."""

from __future__ import annotations

import ast
import re
import string

import pytest

from crawler.outcomes import MEANINGS
from reports.words.catalogue import FOLDER, Forms, catalogue
from tests.words import spoken

CATALOGUE = catalogue()
TEXT = (FOLDER / "sq.po").read_text("utf-8")
ASKED = {one.pattern: one for one in spoken.asked()}.values()


def forms(told: Forms) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told


def holes(told: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(told) if name}


PAIRS = [
    *((key, said["en"], said["sq"]) for key, said in CATALOGUE.words.items()),
    *((one, one, said) for one, said in CATALOGUE.lines.items()),
]


def test_both_languages_say_the_same_names_and_numbers() -> None:
    wrong = []
    for key, english, albanian in PAIRS:
        wanted, told = holes(forms(english)[-1]), [holes(one) for one in forms(albanian)]
        # a form for one may leave the number out, that of many may not
        whole = told[-1] == wanted and all(names <= wanted for names in told)
        if not whole or not all(one.strip() for one in (*forms(english), *forms(albanian))):
            wrong.append(key)
    assert not wrong


def test_every_key_that_is_asked_for_is_there() -> None:
    lacking = {
        one.where: one.pattern
        for one in ASKED
        if not any(re.fullmatch(one.pattern, key) for key in CATALOGUE.words)
    }
    assert not lacking, "write these into reports/words/sq.po"


def test_no_key_is_asked_for_by_nobody() -> None:
    made = re.compile("|".join(one.pattern for one in ASKED))
    idle = {key for key in CATALOGUE.words if not made.fullmatch(key)} - spoken.constants()
    assert not idle, "take these out of reports/words/sq.po"


def test_every_line_that_is_said_is_in_the_catalogue() -> None:
    lacking = {where: told for where, told in spoken.lines() if told not in CATALOGUE.lines}
    assert not lacking, "write these into reports/words/sq.po"


def test_no_line_is_said_by_nobody() -> None:
    known = spoken.constants() | {told for _, told in spoken.lines()}
    assert set(CATALOGUE.lines) - known == set(), "take these out of reports/words/sq.po"


def test_nothing_is_there_twice_and_nothing_waits_for_a_translator() -> None:
    assert TEXT.count("\nmsgid ") == 1 + len(CATALOGUE.words) + len(CATALOGUE.lines)
    assert "fuzzy" not in TEXT
    assert "#~" not in TEXT


def test_every_step_after_a_check_is_said_in_albanian() -> None:
    assert {meaning.what_to_do for meaning in MEANINGS.values()} <= set(CATALOGUE.lines)


@pytest.mark.parametrize(
    ("page", "patterns"),
    [
        ('{{ say("and", n=1) }}', ["and"]),
        ('{% if x %}{{ say("one" if x else "two") }}{% endif %}', ["one", "two"]),
        ('{{ say("genre_" ~ piece.genre) }}', ["genre_.+"]),
        ("{{ say(key) }}", []),
    ],
)
def test_keys_of_pages_are_seen(page: str, patterns: list[str]) -> None:
    assert [one.pattern for one in spoken.in_template(page, "a.html")] == patterns


def test_every_error_keeps_its_sentence_as_english_and_values() -> None:
    made = [where for where, sentence in spoken.raised() if isinstance(sentence, ast.JoinedStr)]
    assert not made, 'write raise Wrong("{option} is needed", option=option)'


def test_every_error_is_said_in_albanian() -> None:
    said = {where: one.value for where, one in spoken.raised() if isinstance(one, ast.Constant)}
    lacking = {where: one for where, one in said.items() if one not in CATALOGUE.lines}
    assert not lacking, "write these into reports/words/sq.po"
