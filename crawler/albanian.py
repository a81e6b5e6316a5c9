"""A light stemmer for Albanian nouns and names: many forms of a word, one stem (pure).

Event keywords are nouns and names, so only their endings are known: articles, cases and plurals.
Input is folded (`crawler.folding.fold`): without ë and ç, as half of the press writes. A stem is a
mark to compare by, not a word: "qendër", "qendrave" and "qendrën" are all "qendr".
"""

from __future__ import annotations

import re
from typing import Final

RULES: Final = "sq-1"

_LATIN = re.compile(r"[a-z]{3,}")
_VOWELS: Final = frozenset("aeiouy")
# longest first: what may stand behind a stem, and how many letters must be left
_ENDINGS: Final = (
    ("ave", 3),
    ("eve", 3),
    ("ait", 3),
    ("esh", 3),
    ("ash", 4),
    ("at", 3),
    ("et", 3),
    ("it", 3),
    ("in", 3),
    ("en", 3),
    ("es", 3),
    ("ja", 3),
    ("i", 3),
    ("e", 3),
    ("a", 3),
)
_REPAIRS: Final = (
    (re.compile(r"(?<=[kgh])u[nt]?$"), ""),
    (re.compile(r"(?<=i)(?:se|ne|te|sh|ve)$"), ""),
    (re.compile(r"(?<=[bcdfghjklmnpqrstxz])ve$"), ""),
    (re.compile(r"(?<=gj|nj)te$|(?<=q)te$"), ""),
    (re.compile(r"(?<=o)[nst]$"), ""),
    (re.compile(r"(?<=[bcdfghklmprstvxz])j$"), ""),
    (re.compile(r"gj$"), "g"),
    (re.compile(r"q$"), "k"),
    (re.compile(r"(?<=[bcdfgklmnptvz])er$"), "r"),
)
_KNOWN: Final = {
    **dict.fromkeys(("ze",), "zer"),
    **dict.fromkeys(("uje", "uji", "ujit", "ujin", "ujra", "ujrat", "ujrave"), "uj"),
    **dict.fromkeys(("kala", "kalaja", "kalase", "kalane", "kalate", "kalave"), "kala"),
    **{stem: stem for stem in ("shoqat", "gjykat", "organizat", "banes", "nejat", "durres")},
}


def stem(folded: str) -> str:
    """The stem of one folded word; the word itself where it is short or not in Latin letters.

    Stemming a stem changes nothing.
    """
    if not _LATIN.fullmatch(folded):
        return folded
    word, last = folded, ""
    while word != last:
        known = _KNOWN.get(word)
        if known is not None:
            return known
        word, last = _shorter(word), word
    return word


def _shorter(word: str) -> str:
    for ending, left in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= left and not _VOWELS.isdisjoint(rest):
            return rest
    for found, instead in _REPAIRS:
        rest = found.sub(instead, word)
        if rest != word and len(rest) >= 3 and not _VOWELS.isdisjoint(rest):  # noqa: PLR2004
            return rest
    return word
