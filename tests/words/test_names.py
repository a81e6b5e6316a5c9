"""Our catalogue by a second reader, and its months and languages as CLDR has them: both Babel's."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from babel.core import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po

from crawler.models import Language
from reports.words import day, tongue
from reports.words.catalogue import FOLDER, catalogue

LANGUAGES = get_args(Language)
OWN = {"tl"}
# languages that CLDR names in English only


def test_babel_reads_what_we_read() -> None:
    with (FOLDER / "sq.po").open("rb") as file:
        read = read_po(file, abort_invalid=True)
    ours = catalogue()
    theirs = {message.context: (message.id, message.string) for message in read if message.context}
    assert theirs == {key: (said["en"], said["sq"]) for key, said in ours.words.items()}
    lines = [message for message in read if message.id and not message.context]
    assert {one.id if isinstance(one.id, str) else one.id[0]: one.string for one in lines} == dict(
        ours.lines
    )
    assert [error for _, errors in read.check() for error in errors] == []
    assert (read.num_plurals, read.plural_expr) == (2, "(n != 1)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_spelled_as_the_language_does(language: Language) -> None:
    for month in range(1, 13):
        when = date(2026, month, 3)
        assert day(when, language) == format_date(when, "d MMMM y", locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_named_as_their_readers_do(language: Language) -> None:
    named = [key.removeprefix("tongue_") for key in catalogue().words if key[:7] == "tongue_"]
    known = Locale(language).languages
    assert {code: tongue(code, language) for code in named if code not in OWN} == {
        code: known[code] for code in named if code not in OWN
    }


def test_a_language_without_a_name_keeps_its_code() -> None:
    assert tongue("xx", "sq") == "xx"
