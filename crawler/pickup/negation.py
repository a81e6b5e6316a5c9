"""Where a text says no: what denies a sentence is not that sentence. Pure.

Albanian and English. A word of ours that says no itself ("pa pagesë") is no denial of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crawler.language.folding import Word

# Folded words that deny a verb.
DENIALS: Final = frozenset(
    {
        *("nuk", "mos", "not", "never", "no", "cannot"),
        *("isn", "aren", "wasn", "weren", "don", "doesn", "didn", "hasn", "haven", "hadn"),
        *("couldn", "wouldn", "shouldn"),
    }
)
# What says no of a noun; beside one of the above it says nothing more.
NOBODY: Final = frozenset({"asnje", "askush", "askujt", "asgje", "nobody", "none", "nothing"})
# "s'ka", but not "children's books".
_BEHIND_S: Final = frozenset(
    {
        *("ka", "kam", "kemi", "kane", "kishte", "kishin", "eshte", "jane", "ishte", "ishin"),
        *("do", "mund", "duhet", "behet", "ben", "jep", "merr", "na", "u", "e", "i", "me", "te"),
    }
)
# "jo vetëm lapsa, por edhe libra": behind a denial these take it back.
_ONLY: Final = frozenset({"vetem", "only", "just"})
# Where another statement begins.
_JOINS: Final = frozenset({"por", "kurse", "ndersa", "dhe", "but", "while", "and", "although"})
_THAT: Final = frozenset({"qe", "te", "cila", "cili", "cilat", "cilet", "which", "who", "that"})
_STOPS: Final = frozenset(",;:–—()!?")


def denials(words: Sequence[str], *, nobody: bool = False) -> frozenset[int]:
    """The places of what says no among folded words; with `nobody` of nouns too."""
    wanted = DENIALS | NOBODY if nobody else DENIALS
    return frozenset(
        at
        for at, word in enumerate(words)
        if (word in wanted or (word == "s" and _next(words, at) in _BEHIND_S))
        and _next(words, at) not in _ONLY
    )


def is_denied(raw: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether what the words from `first` to `last` say is denied where they stand.

    Looked at are these words and the rest of their own clause; what a relative clause between
    them denies is its own.
    """
    said = denials([word.folded for word in words], nobody=True)
    if not said:
        return False
    begin = first
    while begin and not _parts(raw, words, begin) and not _begins(words, begin):
        begin -= 1
    end = last
    while end + 1 < len(words) and not _parts(raw, words, end + 1):
        if words[end + 1].folded in _JOINS | (_THAT - {"te"}):
            break
        end += 1
    apart = _relative(raw, words, first, last)
    return any(begin <= at <= end and at not in apart for at in said)


def _begins(words: Sequence[Word], at: int) -> bool:
    """Whether another statement begins at a word, or what is compared: "më shumë se një libër"."""
    before = words[at - 1].folded
    if before == "se":
        return at > 2 and words[at - 3].folded == "me"  # noqa: PLR2004 - "më", a word, "se"
    return before in _JOINS or before == "than"


def _relative(raw: str, words: Sequence[Word], first: int, last: int) -> frozenset[int]:
    """The places of ", që ..., " inside of the words."""
    found: set[int] = set()
    inside = False
    for at in range(first + 1, last + 1):
        if _parts(raw, words, at):
            inside = words[at].folded in _THAT and not inside
        if inside:
            found.add(at)
    return frozenset(found if not inside else ())


def _parts(raw: str, words: Sequence[Word], at: int) -> bool:
    """Whether a sign parts a word from the one before it."""
    before = words[at - 1]
    between = raw[before.end : words[at].start]
    return not _STOPS.isdisjoint(between)


def _next(words: Sequence[str], at: int) -> str:
    return words[at + 1] if at + 1 < len(words) else ""
