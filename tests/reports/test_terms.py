"""Keywords as they were understood, in the reader's language; words have one home."""

from __future__ import annotations

from collections import defaultdict

import pytest

from crawler.matching import read_term
from crawler.matching import understood as in_english
from crawler.models import Keywords
from reports.keyword_words import all_understood, understood
from reports.words.catalogue import Forms, catalogue


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("festë", "çdo trajtë e “festë”"),
        ("libr*", "fjalët që nisin me “libr”"),
        ("=Mali", "vetëm “Mali”, me shkronja të vogla ose të mëdha"),
        (
            '"rruga e librit"',
            "shprehja “rruga e librit”, ku fjalët përpara së fundit mund të lakohen",
        ),
        (
            "rruga liqeneve",
            (
                "çdo trajtë e “rruga”, pastaj “liqeneve” dhe trajtat e saj më të gjata, me deri"
                " në 2 fjalë të tjera midis dy syresh"
            ),
        ),
        (
            "near(panair, libër, 5)",
            (
                "çdo trajtë e “panair” dhe çdo trajtë e “libër”, në çfarëdo radhe, me të shumtën"
                " 5 fjalë në mes"
            ),
        ),
        ("headline:panair", "çdo trajtë e “panair”, vetëm në titull"),
    ],
)
def test_in_albanian(written: str, told: str) -> None:
    assert understood(read_term(written), "sq") == told


@pytest.mark.parametrize(
    "written",
    [
        *("festë", "libr*", "=Mali", '"rruga e librit"', "rruga liqeneve"),
        *("near(a, b, 5)", "headline:x"),
    ],
)
def test_in_english_as_the_command_line_says_it(written: str) -> None:
    term = read_term(written)
    assert understood(term, "en").replace("“", '"').replace("”", '"') == in_english(term)


def test_each_term_once_in_the_order_of_the_file() -> None:
    wanted = Keywords(any=(("festë", "libër"), ("festë",)), none=("recetë",), names=("Mali",))
    assert all_understood(wanted, "en") == tuple(
        f"any form of “{word}”" for word in ("festë", "libër", "recetë", "Mali")
    )


FAMILIES = (
    *("col_", "card_", "precision_", "kind_", "fact_", "sheet_"),
    *(f"desk_{name}_" for name in ("about", "field", "figure", "fate", "is", "place", "show")),
)
# keys that are made of a field's name: each has its own word though another says the same


def test_no_two_keys_say_the_same() -> None:
    said: dict[tuple[Forms, Forms], list[str]] = defaultdict(list)
    for key, words in catalogue().words.items():
        if not key.startswith(FAMILIES):
            said[words["sq"], words["en"]].append(key)
    assert [keys for keys in said.values() if len(keys) > 1] == []
