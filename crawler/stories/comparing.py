"""The measured rule: do two openings carry the same text, and does something forbid to say so?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, TypeAlias

from rapidfuzz import fuzz, process

from crawler.language.folding import RULES as FOLDING
from crawler.models import Likeness
from crawler.stories.facts import clash
from crawler.stories.proper_names import swapped
from crawler.stories.text_views import Opening, View

RULE: Final = f"same-text-1 {FOLDING}"
# words, thresholds and guard, and the folder; a likeness of another version is worked out anew
SAME: Final = 82
# `token_sort_ratio` of the first 60 folded words: 20 of 20 copies, with the guard none too many
POSSIBLY: Final = 72
# from here up to SAME a person is asked
CUT: Final = 20
# words that an excerpt must have to be compared with as much of a whole text
NEARLY: Final = 0.8
# of the longer's letters: from there on two openings are nearly as long
LEAST: Final = POSSIBLY * 2 * NEARLY / (1 + NEARLY)
# of two such openings; below it no cut of the longer one reaches POSSIBLY (`_within`)

Compared: TypeAlias = tuple[float, int, View, View]
# the ratio, the words of each that were compared (0: all), and the two views


def compare(one: Opening, two: Opening) -> Likeness:
    """How alike two texts are, and what forbids to join them. The order of the two is no matter."""
    if two.digest < one.digest:
        one, two = two, one
    return _likeness(one, two, _nearest(one, two))


def near(one: Opening, others: Sequence[Opening]) -> Iterator[Likeness]:
    """How alike `one` is to those of `others` that reach POSSIBLY; their digests are the smaller.

    Most do not: openings of one view and nearly one length are told apart in one call.
    """
    view, size = one.views[0], one.size
    low, high = NEARLY * size, size / NEARLY
    alike = [other for other in others if low <= other.size <= high] if size else []
    rest = [other for other in others if not low <= other.size <= high] if size else others
    choices = [other.views[0].ordered for other in alike]
    for _, ratio, at in process.extract(
        view.ordered, choices, scorer=fuzz.ratio, score_cutoff=LEAST, limit=None
    ):
        found = _cut_short(alike[at].views[0], view, ratio)
        if found[0] >= POSSIBLY:
            yield _likeness(alike[at], one, found)
    for other in rest:
        found = _nearest(other, one)
        if found[0] >= POSSIBLY:
            yield _likeness(other, one, found)


def _likeness(one: Opening, two: Opening, found: Compared) -> Likeness:
    ratio, cut, mine, theirs = found
    return Likeness(
        one=one.digest,
        two=two.digest,
        likeness=int(ratio),
        conflict=_conflict(mine, theirs, cut) or None,
        rule=RULE,
    )


def _nearest(one: Opening, two: Opening) -> Compared:
    """The two views that are most alike."""
    if len(one.views) == len(two.views) == 1:
        return _ratio(one.views[0], two.views[0])
    return max((_ratio(*views) for views in product(one.views, two.views)), key=lambda row: row[0])


def _ratio(one: View, two: View) -> Compared:
    """How near two views are."""
    return _cut_short(one, two, fuzz.ratio(one.ordered, two.ordered))


def _cut_short(one: View, two: View, ratio: float) -> Compared:
    """The ratio of all their words, or a better one of as many as the shorter has."""
    if ratio >= SAME or len(one.words) == len(two.words):
        return ratio, 0, one, two
    cut = min(len(one.words), len(two.words))
    if cut < CUT or not _within(one, two, ratio):
        return ratio, 0, one, two
    short = fuzz.ratio(" ".join(sorted(one.words[:cut])), " ".join(sorted(two.words[:cut])))
    return (short, cut, one, two) if short > ratio else (ratio, 0, one, two)


def _within(one: View, two: View, ratio: float) -> bool:
    """Whether the shorter may stand in the longer: what both have is most of the shorter."""
    lengths = len(one.ordered), len(two.ordered)
    return ratio * sum(lengths) / 2 >= POSSIBLY * min(lengths)


def _conflict(one: View, two: View, cut: int) -> str:
    """What both sides hold and the other does not."""
    if one.words == two.words:
        return ""
    if one.reach != two.reach and (facts := _clash(one, two, cut)):
        return facts
    return swapped(one, two)


def _clash(one: View, two: View, cut: int) -> str:
    mine = one.held(cut) if cut else one.core
    theirs = two.held(cut) if cut else two.core
    return clash(mine, theirs, (one.reach, two.reach))
