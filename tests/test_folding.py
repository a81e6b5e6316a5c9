"""Letters and words as they are compared."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.language.folding import Word, fold, folded_words, words

EVERY_SIGN = [
    sign
    for sign in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(sign) not in {"Cn", "Co", "Cs"}
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ditën", "diten"),
        ("ÇËSHTJE", "ceshtje"),
        ("c\u0327e\u0308shtje", "ceshtje"),
        ("ﬁlm", "film"),
        ("Straße", "strasse"),
        ("كتاب", "کتاب"),
        ("علي", "علی"),
        ("موسى", "موسی"),
        ("کتاب\u200cها", "کتابها"),
        ("كتــــاب", "کتاب"),
        ("آب", "اب"),
        ("أحمد", "احمد"),
        ("إيران", "ایران"),
        ("مسئول", "مسیول"),
        ("مؤمن", "مومن"),
        ("خانۀ", "خانه"),
        ("جامعة", "جامعه"),
        ("۱۴۰۳/۰۲/۲۱", "1403/02/21"),
        ("٢٠٢٤", "2024"),
        ("2024", "2024"),
    ],
    ids=[
        "sq", "capitals", "marks-apart", "ligature", "eszett", "kaf", "yeh", "maksura", "joiner",
        "tatweel", "madda", "hamza-above", "hamza-below", "yeh-hamza", "waw-hamza", "heh-yeh",
        "teh-marbuta", "persian-digits", "arabic-digits", "digits",
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zëri i maleve", ["zeri", "i", "maleve"]),
        ("t'i s’ka", ["t", "i", "s", "ka"]),
        ("l'Union, d'Art", ["l", "union", "d", "art"]),
        ("Bregas-it BE-së", ["bregas", "it", "be", "se"]),
        ("Ohër–Prespë", ["oher", "prespe"]),
        ("2.500 lekë në 2024-ën", ["2", "500", "leke", "ne", "2024", "en"]),
        ("کتاب\u200cهای ۱۴۰۳", ["کتابهای", "1403"]),
        ("Tira\u200cna", ["tira", "na"]),
        ("a_b @emri #festa", ["a", "b", "emri", "festa"]),
        ("½ ـــ 🤝", ["1", "2"]),
        ("", []),
    ],
    ids=[
        "sq", "apostrophe", "name-after-apostrophe", "hyphen", "dash", "digits", "persian",
        "joiner-in-latin", "signs", "one-sign-two-words", "nothing",
    ],
)  # fmt: skip
def test_words(text: str, found: list[str]) -> None:
    assert folded_words(text) == found


def test_a_word_says_where_it_stands() -> None:
    text = "Në Bregas-it, كتــاب"
    assert [text[word.start : word.end] for word in words(text)] == ["Në", "Bregas", "it", "كتــاب"]


def test_every_sign_settles_at_once() -> None:
    assert [sign for sign in EVERY_SIGN if fold(fold(sign)) != fold(sign)] == []
    assert [
        sign for sign in EVERY_SIGN if any(unsettled(word) for word in folded_words(sign))
    ] == []


def unsettled(word: str) -> bool:
    """Whether a word as found is not found as itself again."""
    return not word or folded_words(word) != [word] or fold(word) != word


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_words_are_words(text: str) -> None:
    found = folded_words(text)
    assert folded_words(" ".join(found)) == found
    assert [word.folded for word in words(text)] == found


WESTERN = bytes(range(256)).decode("cp1252", "ignore")


def thorough(text: str) -> list[Word]:
    """The words of `text` as a text is cut that no western code page holds."""
    *found, last = words(f"{text} ж")
    assert last.folded == "ж"
    return found


@pytest.mark.parametrize("sign", [*WESTERN, "č", "\u0301", "\u200c", "ا"])
def test_the_quick_words_of_western_letters_are_the_thorough_ones(sign: str) -> None:
    for text in (sign, f"a{sign}b", f"Ë{sign} {sign}ë"):
        assert words(text) == thorough(text)
        assert folded_words(text) == [word.folded for word in thorough(text)]


@given(st.text(alphabet=WESTERN))
def test_quick_words_are_thorough_in_any_text(text: str) -> None:
    assert words(text) == thorough(text)
    assert folded_words(text) == [word.folded for word in thorough(text)]


@given(st.text())
def test_positions_are_in_order_and_inside(text: str) -> None:
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)


@given(st.text(alphabet="abcëçËÇ -'0123456789"))
def test_spelling_without_marks_makes_no_difference(text: str) -> None:
    bare = text.translate(str.maketrans("ëçËÇ", "ecEC"))
    assert folded_words(bare) == folded_words(text)
