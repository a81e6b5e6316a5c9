"""Another name in the same place: "rruga e Kavajës" and "rruga e Durrësit" of one template.

A part of the conflict guard. An editor who copies a text drops and adds names; who fills in a form
puts another one where the last stood. So only names between the same words of both texts count,
and only such as the other text does not hold anywhere. Written all in capitals or all in small
letters, and in scripts without capitals, there are no names to see. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

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


def inner_names(raw: str) -> list[str]:
    """The same as printed, however many words of a headline have a capital."""
    return [word[0] for word in _WORD.finditer(raw) if word[0][0].isupper() and _inside(raw, word)]


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
    def flanks(self) -> Mapping[str, int]:
        """What `flanks_of` says of them."""

    @property
    def names(self) -> Mapping[str, str]:
        """What `names_of` says of it."""


def swapped(one: Worded, two: Worded) -> str:
    """The two names that stand in one place: "names: Kavajës / Durrësit"; "" for none."""
    # most copies end here: one of them has no word of its own, and no name need be looked for
    words = one.beginnings - two.beginnings, two.beginnings - one.beginnings
    if not words[0] or not words[1]:
        return ""
    own = words[0] & one.names.keys(), words[1] & two.names.keys()
    if not own[0] or not own[1]:
        return ""
    named = [at for at, word in enumerate(one.words) if word[:STEM] in own[0]]
    for at in named:
        begin, end = _place(one, two, at)
        held = sorted(own[1] & beginnings_of(two.words[begin:end]))
        if held and end - begin <= WIDEST:
            return f"names: {one.names[one.words[at][:STEM]]} / {two.names[held[0]]}"
    return ""


def beginnings_of(words: Sequence[str]) -> frozenset[str]:
    """How folded words begin."""
    return frozenset(word[:STEM] for word in words)


def flanks_of(words: Sequence[str]) -> Mapping[str, int]:
    """Where every FLANK neighbouring words stand first."""
    return {f"{words[at]} {words[at + 1]}": at for at in reversed(range(len(words) - 1))}


def _place(one: Worded, two: Worded, at: int) -> tuple[int, int]:
    """The words of the other text, from and to, that stand where the one has a name; (0, 0) for
    none. What counts is the nearest words on either side that both have.
    """
    words, flanks = one.words, two.flanks
    before = range(at - FLANK, max(-1, at - FLANK - WIDEST), -1)
    behind = range(at + 1, min(len(words) - 1, at + 1 + WIDEST))
    left = next((k for k in before if f"{words[k]} {words[k + 1]}" in flanks), None)
    right = next((k for k in behind if f"{words[k]} {words[k + 1]}" in flanks), None)
    if left is None or right is None or right - left - FLANK > WIDEST:
        return 0, 0
    begin = flanks[f"{words[left]} {words[left + 1]}"] + FLANK
    return begin, max(begin, flanks[f"{words[right]} {words[right + 1]}"])
