"""Another name in the same place: "rruga e Kavajës" and "rruga e Durrësit" of one template.

A part of the conflict guard. An editor who copies a text drops and adds names; who fills in a form
puts another one where the last stood. So only names between the same words of both texts count,
and only such as the other text does not hold anywhere. Written all in capitals or all in small
letters, and in scripts without capitals, there are no names to see. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from rapidfuzz.distance import Levenshtein

from crawler.language.folding import fold

STEM: Final = 4
# letters a name keeps through its endings: "Korçë", "Korçës"
FLANK: Final = 2
# words alike on either side of the place
WIDEST: Final = 4
# words in the place; more is another sentence

_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r"(?:^|[.!?:…/|\n\-–—\"“”„«»(])\s*\Z")
# what stands before the first word of a sentence, a quotation, a part
_MANY_CAPITALS: Final = 0.5
# of the words: a text in capitals, whose names cannot be told


def names_of(raw: str) -> Mapping[str, str]:
    """Words that begin with a capital inside a sentence: how they begin, folded -> as printed."""
    found = list(_WORD.finditer(raw))
    upper = [word for word in found if word[0][0].isupper()]
    if not upper or len(upper) > _MANY_CAPITALS * len(found):
        return {}
    return {_stem(word[0]): word[0] for word in reversed(upper) if _inside(raw, word)}


def _inside(raw: str, word: re.Match[str]) -> bool:
    """Whether it is a name where it stands: no initial, no "BE", not first in its sentence."""
    if len(word[0]) < STEM - 1 or word[0].isupper():
        return False
    return not _OPENS.search(raw[max(0, word.start() - 4) : word.start()])


def _stem(word: str) -> str:
    return fold(word)[:STEM]


class Worded(Protocol):
    """What is looked at of a text."""

    @property
    def words(self) -> Sequence[str]:
        """Folded, in order."""

    @property
    def beginnings(self) -> frozenset[str]:
        """What `beginnings_of` says of them."""

    @property
    def names(self) -> Mapping[str, str]:
        """What `names_of` says of it."""


def swapped(one: Worded, two: Worded) -> str:
    """The two names that stand in one place: "names: Kavajës / Durrësit"; "" for none."""
    own = one.names.keys() - two.beginnings, two.names.keys() - one.beginnings
    if not own[0] or not own[1]:
        return ""
    for mine, theirs in _places(one.words, two.words):
        held = sorted(own[0] & mine), sorted(own[1] & theirs)
        if held[0] and held[1]:
            return f"names: {one.names[held[0][0]]} / {two.names[held[1][0]]}"
    return ""


def beginnings_of(words: Sequence[str]) -> frozenset[str]:
    """How folded words begin."""
    return frozenset(word[:STEM] for word in words)


def _places(
    one: Sequence[str], two: Sequence[str]
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """How the words begin that differ between stretches of at least FLANK equal words."""
    ends = None
    for step in Levenshtein.opcodes(one, two):
        if step.tag != "equal" or step.src_end - step.src_start < FLANK:
            continue
        if ends is not None:
            mine, theirs = one[ends[0] : step.src_start], two[ends[1] : step.dest_start]
            if 0 < len(mine) <= WIDEST and 0 < len(theirs) <= WIDEST:
                yield beginnings_of(mine), beginnings_of(theirs)
        ends = step.src_end, step.dest_end
