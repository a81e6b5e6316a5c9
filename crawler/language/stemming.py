"""The stems by which words are compared, by language: Albanian, English, else the word (pure).

Two words are forms of one another where they share a stem. Albanian names stand in texts of every
language, so a word in Latin letters always has its Albanian stem too. Persian is compared as it is
folded, but for the plural: کتاب‌ها is also کتاب.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.metadata import version
from itertools import chain
from threading import Lock
from typing import Any, Final

from crawler.language import albanian, folding

_SNOWBALL: Final = ".".join(version("snowballstemmer").split(".")[:2])
RULES: Final = f"{folding.RULES} {albanian.RULES} en-{_SNOWBALL} fa-1"
# of everything that makes stems: where it changes, the index is made anew

CACHED: Final = 65_536
# words whose stems are kept at hand, some 10 MB; a year of a newspaper has about as many

_PERSIAN_PLURAL = re.compile(r"([\u0600-\u06ff]{3,})(?:ها|های|هایی)")
_TURN = Lock()
# the library's stemmer holds the word that it works on


def stems(folded: str, language: str | None) -> tuple[str, ...]:
    """The stems of a folded word that stands in a text of `language` (None: unknown)."""
    if language in {"en", None}:
        return stems_of_term(folded)
    return _without_english(folded)


@lru_cache(maxsize=CACHED)
def stems_of_term(folded: str) -> tuple[str, ...]:
    """Every stem that a folded word may have in any language, as a keyword's language is unknown.

    Where the text's language is known, `stems` of the text's words have fewer; a keyword finds it
    by those that both have.
    """
    return tuple(dict.fromkeys((*_without_english(folded), _english(folded))))


def index_words(language: str | None, *texts: str | None) -> str:
    """The different folded words of `texts` and their stems, between spaces: what is indexed."""
    every = chain.from_iterable(folding.folded_words(text) for text in texts if text)
    of_word = _with_any_stem if language in {"en", None} else _with_stems
    return " ".join(dict.fromkeys(chain.from_iterable(map(of_word, dict.fromkeys(every)))))


@lru_cache(maxsize=CACHED)
def _with_stems(folded: str) -> tuple[str, ...]:
    return (folded, *_without_english(folded))


@lru_cache(maxsize=CACHED)
def _with_any_stem(folded: str) -> tuple[str, ...]:
    return (folded, *stems_of_term(folded))


@lru_cache(maxsize=CACHED)
def _without_english(folded: str) -> tuple[str, ...]:
    if folded.isascii():
        return (albanian.stem(folded),)
    plural = _PERSIAN_PLURAL.fullmatch(folded)
    return (folded, plural[1]) if plural else (folded,)


def _english(folded: str) -> str:
    """Snowball's English stem, stemmed again until it stays, so that stems are their own stems."""
    if not (folded.isascii() and folded.isalpha()):
        return folded
    word, last = folded, ""
    with _TURN:
        while word != last:
            word, last = _snowball().stemWord(word), word
    return word


@lru_cache(maxsize=1)
def _snowball() -> Any:
    # loads some thirty languages, 0.1 s: not before a word is stemmed
    import snowballstemmer  # noqa: PLC0415

    return snowballstemmer.stemmer("english")
