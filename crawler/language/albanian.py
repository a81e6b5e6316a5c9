"""A light stemmer for Albanian nouns and names: many forms of a word, one stem (pure).

Event keywords are nouns and names, so only their endings are known: articles, cases and plurals.
Input is folded (`crawler.language.folding.fold`): without ë and ç, as half of the press writes.
A stem is a mark to compare by, not a word: "qendër", "qendrave" and "qendrën" are all "qendr".

Endings come off one after another until none is left, so every form of a word arrives at the same
place, and a stem stays as it is. Words for which that goes too far are told in
`crawler.language.albanian_words`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crawler.language.albanian_words import FORMS, STEMS

RULES: Final = "sq-3"
# goes up where a word would get another stem

LONGEST: Final = 40
# letters; what is longer is no word that anybody inflects
SHORTEST: Final = 3
# letters that an ending must leave, with a vowel among them

_LATIN = re.compile(rf"[a-z]{{2,{LONGEST}}}")
_VOWELS: Final = frozenset("aeiouy")
_CONSONANTS: Final = tuple("bcdfghjklmnpqrstvxz")
# Behind these a j belongs to the stem: banjë, goditje, pyetje.
_KEEP_J: Final = ("g", "n", "it", "et", "at")

# Behind a stem that is told, any ending may follow: where it ends in a consonant (in a soft one,
# kufijtë), in a vowel.
_CASES: Final = "i it in u ut un e et es en eve esh a at ave ash ve ja je jes jen jet jeve ish"
_STRESSED_CASES: Final = "a e ja je jes jen jet se ne te ve s n t sh i it in u ut un nj njte njve"
_BEHIND_CONSONANT: Final = frozenset(("", *_CASES.split()))
_BEHIND_VOWEL: Final = frozenset(("", *_STRESSED_CASES.split()))
_SOFT: Final = frozenset("jq")
_BEHIND_SOFT: Final = _BEHIND_CONSONANT | {"t", "te", "sh"}
_LONGEST_ENDING: Final = 4

# Derived words that end as if an ending stood there: mësues, pjesëmarrës, universitet.
_DERIVED = re.compile(
    r"(.{2,}(?:ues|yes|itet|torat|ariat|marres|dhenes|zenes|mbajtes|mbledhes))"
    r"(?:i|it|in|e|et|eve|esh|a|at|ave|es|en|ve|ja)?"
)
# Feminine nouns in -atë, -etë, -esë, -eshë never stand without a vowel behind: shoqatë, shoqatave
# (but garat). Their mark is the definite form, so that they part from what a plural is made of.
_FEMININE = re.compile(
    r"(.{3,})(?:(at|et)(?:a|e|es|en|at|ave|ash|ja)|(esh)(?:a|e|es|en|at|ave|ash)"
    r"|(es)(?:a|e|es|en|at|et|ave|eve|ash|esh|ja|je))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What comes off the end of a word."""

    letters: str
    # "ve"
    leaves: int = SHORTEST
    # letters at least, with a vowel among them
    after: tuple[str, ...] = ("",)
    # what must stand before it, one of these: ("q", "j")
    unless: tuple[str, ...] = ()
    # what must not
    gives: str = ""
    # what stands there instead

    def off(self, word: str) -> str | None:
        """The word without it; None where it does not stand there as an ending."""
        rest = word[: -len(self.letters)]
        if not word.endswith(self.letters) or len(rest) < self.leaves:
            return None
        if not rest.endswith(self.after) or rest.endswith(self.unless):
            return None
        return None if _VOWELS.isdisjoint(rest) else rest + self.gives


_ENDINGS: Final = (
    # plural: maleve, vajzave, shtëpive, zogjve, but iniciativë, Kosovë
    Ending(letters="eve"),
    Ending(letters="ave"),
    Ending(
        letters="ve", after=(*_CONSONANTS, "i"), unless=("ati", "kti", "nti", "oti", "nsi", "asi")
    ),
    Ending(letters="esh"),
    Ending(letters="ash"),
    Ending(letters="sh", leaves=4, after=("i", "s")),
    Ending(letters="sh", after=("j", "q")),
    Ending(letters="te", after=("q", "j")),
    Ending(letters="t", after=("j",)),
    Ending(letters="n", leaves=4, after=("aj",)),
    Ending(letters="inj"),
    # the older shkollavet; lëvizjeje
    Ending(letters="t", leaves=5, after=("ve",)),
    Ending(letters="je", after=("e",)),
    # feminine nouns in a stressed -i: shtëpisë, shtëpinë, shtëpitë
    Ending(letters="se", leaves=4, after=("i",)),
    Ending(letters="ne", leaves=4, after=("i",)),
    Ending(letters="te", leaves=4, after=("i",)),
    # lulja, radioja, Kadareja; but banja, anija, pyetja
    Ending(letters="ja", after=(*_CONSONANTS, "e", "o"), unless=_KEEP_J),
    # names and loanwords in -o: Dinos, Dinon
    *(Ending(letters=last, leaves=4, after=("o",)) for last in "nst"),
    # the cases of all others
    *(Ending(letters=two) for two in ("at", "et", "it", "in", "en", "es")),
    *(Ending(letters=end, after=("k", "g", "h", "e", "i")) for end in ("un", "ut", "u")),
    *(Ending(letters=last) for last in "iea"),
    # lëvizj(e), zogj, miq, popuj, qendër and turizëm are written as lëviz, zog, mik, popull, qendr
    Ending(letters="j", after=_CONSONANTS, unless=_KEEP_J),
    Ending(letters="j", leaves=4, after=("o",)),
    Ending(letters="gj", gives="g", leaves=2),
    Ending(letters="q", gives="k", leaves=2),
    Ending(letters="uj", gives="ull"),
    Ending(letters="er", gives="r", leaves=2, after=tuple("bcdfgklmnpstvz")),
    Ending(letters="el", gives="l", leaves=2, after=tuple("bcdfgkmnptvz")),
    Ending(letters="em", gives="m", after=("t", "h", "z")),
    Ending(letters="err", gives="rr", leaves=2, after=_CONSONANTS),
)


def _by_last_letter() -> Mapping[str, tuple[Ending, ...]]:
    found = defaultdict(list)
    for ending in _ENDINGS:
        found[ending.letters[-1]].append(ending)
    return {last: tuple(endings) for last, endings in found.items()}


_BY_LAST: Final = _by_last_letter()


def stem(folded: str) -> str:
    """The stem of one folded word; the word itself where it is short or not in Latin letters.

    Stemming a stem changes nothing.
    """
    if not _LATIN.fullmatch(folded):
        return folded
    word = folded
    while True:
        told = _told(word)
        if told is not None:
            return told
        shorter = _shorter(word)
        if shorter is None:
            return word
        word = shorter


def _told(word: str) -> str | None:
    """The stem of a word that is told, or that shows by its shape where its stem ends."""
    if word in FORMS:
        return FORMS[word]
    for cut in range(len(word), max(1, len(word) - _LONGEST_ENDING - 1), -1):
        found = STEMS.get(word[:cut])
        if found is not None and word[cut:] in _behind(word[cut - 1]):
            return found
    derived = _DERIVED.fullmatch(word)
    if derived:
        return derived[1]
    feminine = _FEMININE.fullmatch(word)
    if feminine and not _VOWELS.isdisjoint(feminine[1]):
        return f"{feminine[1]}{feminine[feminine.lastindex or 1]}a"
    return None


def _behind(letter: str) -> frozenset[str]:
    if letter in _SOFT:
        return _BEHIND_SOFT
    return _BEHIND_VOWEL if letter in _VOWELS else _BEHIND_CONSONANT


def _shorter(word: str) -> str | None:
    """The word without one ending, the first in order; None where there is none."""
    for ending in _BY_LAST.get(word[-1], ()):
        rest = ending.off(word)
        if rest is not None:
            return rest
    return None
