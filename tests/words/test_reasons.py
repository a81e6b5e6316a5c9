"""Why a check ended, by its code and numbers, in both languages; whose language a reader has."""

from __future__ import annotations

from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from crawler.models import Language
from crawler.outcomes import MEANINGS, NUMBERS, Reason
from jehona.actions.errors import Wrong
from jehona.actions.language import readers_language
from reports.words import line
from reports.words.reasons import what_to_do, why

ZONE = ZoneInfo("Europe/Tirane")
LANGUAGES = get_args(Language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_and_its_step_are_said(reason: Reason, language: Language) -> None:
    assert why(reason, {}, language, ZONE)
    assert "{" not in what_to_do(reason, language, "gazeta-shembull")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_is_said(name: str, language: Language) -> None:
    told = "2026-05-05T00:00:00+02:00" if name in {"since", "until"} else 7
    assert why("gap", {name: told}, language, ZONE) != why("gap", {}, language, ZONE)


@pytest.mark.parametrize(
    ("reason", "numbers", "english", "albanian"),
    [
        pytest.param(
            "short",
            {"read": 20, "listed": 29},
            "fewer rows came than it counts: it counts 29, 20 came",
            "erdhën më pak shkrime se ç'numëron vetë: numëron 29, erdhën 20",
            id="two-numbers",
        ),
        pytest.param(
            "gap",
            {"since": "2026-05-05T22:30:00+00:00", "until": "2026-05-07"},
            "its listing does not reach back far enough: from 6 May 2026, 00:30, to 7 May 2026",
            "lista e saj nuk shkon mjaftueshëm prapa: nga 6 maj 2026, 00:30, deri më 7 maj 2026",
            id="moments-in-the-zone",
        ),
        pytest.param(
            "forbidden",
            {"status": 403, "address": "/rss.xml"},
            "it refused to answer: /rss.xml, HTTP 403",
            "nuk pranoi të përgjigjet: /rss.xml, HTTP 403",
            id="an-address",
        ),
    ],
)
def test_a_code_and_its_numbers_are_a_sentence(
    reason: str, numbers: dict[str, int | float | str], english: str, albanian: str
) -> None:
    assert why(reason, numbers, "en", ZONE) == english
    assert why(reason, numbers, "sq", ZONE) == albanian


def test_the_step_names_the_outlets_own_file() -> None:
    assert what_to_do("not-found", "en", "radio").startswith("The address in outlets/radio.toml ")
    assert what_to_do("not-found", "sq", "radio").startswith("Adresa në skedën outlets/radio.toml ")
    assert what_to_do("not-found", "en") == MEANINGS[Reason.NOT_FOUND].next_step


def test_a_code_that_is_none_is_no_silence() -> None:
    with pytest.raises(ValueError, match="bad-luck"):
        why("bad-luck", {}, "sq", ZONE)


def test_a_line_that_nobody_translated_is_said_in_english() -> None:
    assert line("no such line of {name}", "sq", name="ours") == "no such line of ours"


@pytest.mark.parametrize(
    ("set_to", "language"),
    [("", "sq"), (" ", "sq"), ("en", "en"), ("EN", "en"), ("sq_AL.UTF-8", "sq"), ("en-GB", "en")],
)
def test_the_reader_says_which_language_else_the_workspace(set_to: str, language: str) -> None:
    assert readers_language({"JEHONA_LANGUAGE": set_to}, "sq") == language
    assert readers_language({}, "en") == "en"


def test_a_language_that_we_do_not_speak_is_refused_by_name() -> None:
    with pytest.raises(Wrong, match="JEHONA_LANGUAGE: we do not speak 'de', only sq and en"):
        readers_language({"JEHONA_LANGUAGE": "de"}, "sq")
