"""The measured rule: do two openings carry the same text, and does something forbid to say so?"""

from __future__ import annotations

from typing import Final, TypeAlias

from rapidfuzz import fuzz

from crawler.folding import RULES as FOLDING
from crawler.models import Likeness
from crawler.stories.facts import clash
from crawler.stories.names import swapped
from crawler.stories.opening import Opening, View

RULE: Final = f"same-text-1 {FOLDING}"
# words, thresholds and guard, and the folder; a likeness of another version is worked out anew
SAME: Final = 82
# `token_sort_ratio` of the first 60 folded words: 20 of 20 copies, with the guard none too many
POSSIBLY: Final = 72
# from here up to SAME a person is asked
CUT: Final = 20
# words that an excerpt must have to be compared with as much of a whole text

Compared: TypeAlias = tuple[float, int, View, View]
# the ratio, the words of each that were compared (0: all), and the two views


def compare(one: Opening, two: Opening) -> Likeness:
    """How alike two texts are, and what forbids to join them. The order of the two is no matter."""
    if two.digest < one.digest:
        one, two = two, one
    tried = (_ratio(mine, theirs) for mine in one.views for theirs in two.views)
    ratio, cut, mine, theirs = max(tried, key=lambda each: each[0])
    likeness = int(ratio)
    conflict = _conflict(mine, theirs, cut) if likeness >= POSSIBLY else ""
    return Likeness(
        one=one.digest, two=two.digest, likeness=likeness, conflict=conflict or None, rule=RULE
    )


def _ratio(one: View, two: View) -> Compared:
    """Of all the words; where one is cut short, of as many of the other."""
    ratio = fuzz.ratio(one.ordered, two.ordered)
    cut = min(len(one.words), len(two.words))
    if ratio >= SAME or cut < CUT or not _within(one, two, ratio):
        return ratio, 0, one, two
    short = fuzz.ratio(" ".join(sorted(one.words[:cut])), " ".join(sorted(two.words[:cut])))
    return (short, cut, one, two) if short > ratio else (ratio, 0, one, two)


def _within(one: View, two: View, ratio: float) -> bool:
    """Whether the shorter may stand in the longer: what both have is most of the shorter."""
    lengths = len(one.ordered), len(two.ordered)
    return len(one.words) != len(two.words) and ratio * sum(lengths) / 2 >= POSSIBLY * min(lengths)


def _conflict(one: View, two: View, cut: int) -> str:
    """What both sides hold and the other does not."""
    if cut:
        mine, theirs = one.held(cut), two.held(cut)
    else:
        mine, theirs = one.core, two.core
    facts = clash(mine, theirs, (one.reach, two.reach)) if mine != theirs else ""
    return facts or swapped((one.words, one.names), (two.words, two.names))
