"""Letters as they are compared: small, without marks, one spelling for each Persian letter (pure).

Half of the Albanian press writes without ë and ç, and two keyboards write one Persian word, so
every comparison of words goes through `fold`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

RULES: Final = "fold-1"
# goes up where a word would be folded or cut otherwise

_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_MARK = re.compile(f"[{_MARKS}]")
# Two keyboards write one Persian word: Arabic yeh, alef maksura and kaf; the joiner is no letter.
_PERSIAN = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": None})
# A word: letters and digits with their marks; the joiner only inside Arabic script. FTS5's
# unicode61 cuts at the same places, but for the joiner (`prefixes` leaves such words out).
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}]|(?<=[\u0600-\u06ff])\u200c)*")


def fold(text: str) -> str:
    """`text` in small letters without marks: "Ditën" and "DITEN" are both "diten".

    Compatibility forms become ordinary letters (NFKD), Persian yeh and kaf one each,
    and the zero-width non-joiner goes.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = _MARK.sub("", unicodedata.normalize("NFKD", plain))
    return bare.translate(_PERSIAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a text: folded, and where it stands in it."""

    folded: str
    # "festen"
    start: int
    # of the first character
    end: int
    # after the last


_fold_word = lru_cache(maxsize=16_384)(fold)


def words(text: str) -> list[Word]:
    """The words of `text` in order; positions are of `text` as given."""
    return [
        Word(folded=_fold_word(found.group()), start=found.start(), end=found.end())
        for found in _WORD.finditer(text)
    ]


def folded_words(text: str) -> list[str]:
    """The words of `text` in order, folded."""
    return [_fold_word(found) for found in _WORD.findall(text)]
