"""Foreign words made fit for any paper, and colours that can be read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats.colours import OURS, colour, luminance, on_paper, readable
from reports.formats.plain import capital, plain, right_to_left, turned, web_address

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Panairi i librit", "Panairi i librit"),
        ("ë ç “x” – …", "ë ç “x” – …"),
        ("  dy\r\n rreshta\t", "dy rreshta"),
        ("\x00NUL\x07", "NUL"),
        ("\u202eprapa\u202c \u2066x\u2069", "prapa x"),
        ("gjysma \ud83d", "gjysma"),
        ("\ufffe\uffff\U0001fffe", ""),
        ("a\u00adb", "ab"),
        ("روزنامه\u200cی", "روزنامه\u200cی"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("a\u2028b", "a b"),
        ("", ""),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(ANYTHING)
def test_plain_words_are_a_file_and_stay_plain(text: str) -> None:
    shown = plain(text)
    assert shown.encode().decode() == shown
    assert plain(shown) == shown
    assert not [one for one in shown if unicodedata.category(one) in ("Cc", "Cs")]
    assert shown == " ".join(shown.split())


@given(ANYTHING, st.integers(1, 40))
def test_plain_is_never_longer_than_asked(text: str, longest: int) -> None:
    assert len(plain(text, longest)) <= longest + 1


@given(ANYTHING)
def test_an_address_is_of_the_web_or_none(url: str) -> None:
    assert web_address(url) is None or str(web_address(url)).startswith(("http:", "https:"))
    address = web_address(f"https://a.example/{url}")
    assert address is None or address.isascii()


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Panairi", False),
        ("«نمایشگاه» x", True),
        ("2026 نمایشگاه", True),
        ("x کتاب", False),
        ("", False),
    ],
)
def test_the_first_letter_decides_where_a_line_is_read_from(text: str, way: bool) -> None:
    assert right_to_left(text) is way


def test_what_stands_behind_words_from_the_right_is_marked() -> None:
    assert turned("x کتاب") == "\u200e"
    assert turned("x libër") == ""


def test_a_heading_begins_with_a_capital() -> None:
    assert [capital(word) for word in ("çmimi", "URL", "")] == ["Çmimi", "URL", ""]


@pytest.mark.parametrize(
    ("given", "paint"),
    [("#7A1F2B", "#7a1f2b"), ("#abc", "#aabbcc"), (None, OURS), ("red", OURS), ("#12", OURS)],
)
def test_a_colour_is_the_offices_or_ours(given: str | None, paint: str) -> None:
    assert colour(given) == paint


@given(st.integers(0, 0xFFFFFF))
def test_a_heading_can_be_read_on_any_colour(number: int) -> None:
    ink, paint = readable(f"#{number:06x}")
    light, dark = sorted((luminance(ink), luminance(paint)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@given(st.integers(0, 0xFFFFFF))
def test_ink_can_be_read_on_paper(number: int) -> None:
    assert 1.05 / (luminance(on_paper(f"#{number:06x}")) + 0.05) >= 4.5
