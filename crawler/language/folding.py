"""Letters as they are compared: small, without marks, one spelling for each Persian letter (pure).

Half of the Albanian press writes without ë and ç, and two keyboards write one Persian word, so
every comparison of words goes through `fold`.

A word is letters and digits. Everything else ends it, apostrophe and hyphen too: "Bregas-it" is
`bregas it`, "t'i" is `t i`, "l'Union" is `l union`, "BE-së" is `be se`. So a name is found whatever
is tied to it, and the search index cuts at the same places.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

RULES: Final = "fold-2"
# goes up where a word would be folded or cut otherwise

_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_MARK = re.compile(f"[{_MARKS}]")
# Keyboards write one Persian word in several ways: yeh, kaf, heh and alef have Arabic and Urdu
# forms. Hamza and madda above a letter are marks and have gone by then (آ is ا, ئ is ی). Joiner
# and tatweel, which only widens a word, are no letters.
_PERSIAN = str.maketrans(
    "يىكڪةەہھٱ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "ییککهههها01234567890123456789", "\u200c\u0640"
)
# A word: letters and digits with their marks; the joiner only inside Arabic script.
# Written so that a word without any is one run of one class: twice as fast
_WORD = re.compile(rf"[^\W_]+(?:(?:[{_MARKS}]|(?<=[\u0600-\u06ff])\u200c)+[^\W_]*)*")


def fold(text: str) -> str:
    """`text` in small letters without marks: "Ditën" and "DITEN" are both "diten".

    Compatibility forms become ordinary letters (NFKD), Persian and Arabic digits 0 to 9, each
    Persian letter its Persian form; joiner and tatweel go. Folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = _MARK.sub("", unicodedata.normalize("NFKD", plain)).translate(_PERSIAN)
    # marks that stay may stand in another order once one between them has gone
    return bare if bare.isascii() else unicodedata.normalize("NFKD", bare)


class Word(NamedTuple):
    """One word of a text: folded, and where it stands in it.

    A tuple, because an article has hundreds and a frozen dataclass takes three times as long.
    """

    folded: str
    # "festen"
    start: int
    # of the first character
    end: int
    # after the last


_made = tuple.__new__
# what `Word(...)` calls, without the call around it: an article has hundreds of words


@lru_cache(maxsize=65_536)
def _folded(written: str) -> tuple[str, ...]:
    """One word, folded; several where one sign stands for them (½), none for a lone tatweel."""
    folded = fold(written)
    return (folded,) if folded.isalnum() else tuple(_WORD.findall(folded))


def words(text: str) -> list[Word]:
    """The words of `text` in order; positions are of `text` as given."""
    plain = _plain(text)
    if plain is not None:
        return [_made(Word, (found[0], *found.span())) for found in _RUN.finditer(plain)]
    spans = [found.span() for found in _WORD.finditer(text)]
    return [
        _made(Word, (folded, start, end))
        for start, end in spans
        for folded in _folded(text[start:end])
    ]


def folded_words(text: str) -> list[str]:
    """The words of `text` in order, folded."""
    plain = _plain(text)
    if plain is not None:
        return plain.split()
    return [folded for written in _WORD.findall(text) for folded in _folded(written)]


_WESTERN: Final = "cp1252"
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_ANOTHER: Final = 0


def _letter(code: int) -> int:
    """What a character of windows-1252 is folded to: a letter or digit of ASCII, a blank where it
    stands in no word; `_ANOTHER` where it needs a longer look (ß, ø, ½).
    """
    written = bytes([code]).decode(_WESTERN, "replace")
    if not _WORD.match(written):
        return ord(" ") if written.isprintable() or written.isspace() else _ANOTHER
    folded = fold(written)
    return ord(folded) if folded in _LETTERS else _ANOTHER


_FOLDED: Final = bytes(map(_letter, range(256)))
# of each character of windows-1252


_RUN: Final = re.compile("[a-z0-9]+")
# a word of a text that `_plain` folded


def _plain(text: str) -> str | None:
    """A text in windows-1252 folded sign by sign, with blanks for what stands in no word, so that
    positions stay; None where that is not enough.

    Albanian, English and Italian are written in it, with their quotes and dashes.
    """
    try:
        folded = text.encode(_WESTERN).translate(_FOLDED)
    except UnicodeEncodeError:
        return None
    return None if _ANOTHER in folded else folded.decode("ascii")
