"""The stems by which words are compared, by language: Albanian, English, else the word (pure).

Albanian names stand in texts of every language, so a word in Latin letters always has an Albanian
stem too. A stem is one kind of mark in the index and in the terms of an event: two words are forms
of each other where they share one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from threading import Lock
from typing import Final

import snowballstemmer

from crawler import albanian, folding

RULES: Final = f"{folding.RULES} {albanian.RULES} en-snowball-{version('snowballstemmer')}"
# of everything that makes stems: where it changes, the index is made anew

_ENGLISH = snowballstemmer.stemmer("english")
_TURN = Lock()
# the library's stemmer holds the word it works on


def stems(folded: str, language: str | None) -> tuple[str, ...]:
    """The stems of a folded word that stands in a text of `language` (None: unknown)."""
    if language in {"en", None}:
        return stems_of_term(folded)
    return (_albanian(folded),)


def stems_of_term(folded: str) -> tuple[str, ...]:
    """Every stem that a keyword may have, in whatever language."""
    return _both(folded)


def index_words(language: str | None, *texts: str | None) -> str:
    """The different folded words and stems of `texts`, between spaces: what the index holds."""
    found = dict.fromkeys(word for text in texts if text for word in folding.folded_words(text))
    return " ".join(dict.fromkeys(_with_stems(found, language)))


def _with_stems(found: Iterable[str], language: str | None) -> Iterable[str]:
    for word in found:
        yield word
        yield from stems(word, language)


_albanian = lru_cache(maxsize=65_536)(albanian.stem)


@lru_cache(maxsize=65_536)
def _both(folded: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((albanian.stem(folded), _english(folded))))


def _english(folded: str) -> str:
    """Snowball's English stem, stemmed until it stays: "=" of two stems must hold for stems too."""
    if not (folded.isascii() and folded.isalpha()):
        return folded
    word, last = folded, ""
    with _TURN:
        while word and word != last:
            word, last = _ENGLISH.stemWord(word), word
    return word or folded
