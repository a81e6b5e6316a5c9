"""Which stems a word has, in which language."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.language import albanian, folding, stemming
from crawler.language.folding import fold, folded_words
from crawler.language.stemming import index_words, stems, stems_of_term

folded = st.text(min_size=1).map(fold).filter(bool)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sq", ("konferenc",)),
        ("en", ("konferenc", "konferencav")),
        (None, ("konferenc", "konferencav")),
        ("it", ("konferenc",)),
        ("fa", ("konferenc",)),
    ],
)
def test_stems_by_language(language: str | None, expected: tuple[str, ...]) -> None:
    assert stems("konferencave", language) == expected


@pytest.mark.parametrize(
    ("keyword", "word", "language"),
    [
        ("festë", "Festave", "sq"),
        ("conference", "Conferences", "en"),
        ("beekeeper", "beekeepers", None),
        ("Tiranë", "Tirana", "en"),
        ("Vlorë", "Vlorës", "it"),
        ("کتاب", "کتاب\u200cهای", "fa"),
        ("كتاب", "کتابها", "fa"),
        ("۱۴۰۳", "1403", "fa"),
        ("Αθήνα", "ΑΘΗΝΑ", "el"),
    ],
)
def test_a_keyword_finds(keyword: str, word: str, language: str | None) -> None:
    (term,), (found,) = folded_words(keyword), folded_words(word)
    assert set(stems_of_term(term)) & set(stems(found, language))


@pytest.mark.parametrize(
    ("keyword", "word", "language"),
    [
        ("Bregas", "Bregasaj", "sq"),
        ("Bregas", "Bregasaj", "en"),
        ("festë", "festival", "en"),
        ("walk", "walking", "sq"),
        ("تن", "تنها", "fa"),
        ("Αθήνα", "Αθήνας", "el"),
    ],
    ids=["surname", "surname-en", "festival", "other-language", "short", "folding-only"],
)
def test_a_keyword_does_not_find(keyword: str, word: str, language: str | None) -> None:
    (term,), (found,) = folded_words(keyword), folded_words(word)
    assert not set(stems_of_term(term)) & set(stems(found, language))


def test_the_index_holds_each_word_and_stem_once() -> None:
    assert index_words("sq", "Zërat e detit", None, "zëri, ZËRI 2024") == (
        "zerat zer e detit det zeri 2024"
    )
    assert index_words(None, "") == ""


@given(st.text(), st.sampled_from(["sq", "en", "fa", "el", None]))
def test_the_index_holds_what_is_asked_for(text: str, language: str | None) -> None:
    held = index_words(language, text).split(" ")
    for word in folded_words(text):
        assert {word, *stems(word, language)} <= set(held)


@given(folded, st.sampled_from(["sq", "en", "fa", None]))
def test_stems_are_never_empty_and_among_those_of_a_keyword(
    word: str, language: str | None
) -> None:
    found = stems(word, language)
    assert found
    assert all(found)
    assert set(found) <= set(stems_of_term(word))


@given(st.text(alphabet="aeiouysbcdglnrting", min_size=1, max_size=12))
def test_a_stem_is_its_own_stem(word: str) -> None:
    assert all(each in stems_of_term(each) for each in stems_of_term(word)), (
        "a stem that is looked up again must still be found"
    )


def test_rules_name_everything_that_makes_a_stem() -> None:
    assert {folding.RULES, albanian.RULES} < set(stemming.RULES.split())
    assert stemming._SNOWBALL in stemming.RULES
    assert stemming.RULES.isascii()


def test_threads_do_not_disturb_one_another() -> None:
    words = [f"{beginning}{end}" for beginning in ("walk", "conferenc", "runn") for end in
             ("ing", "ed", "es", "er", "ers")] * 200  # fmt: skip
    alone = [stemming._english(word) for word in words]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stemming._english, words)) == alone
