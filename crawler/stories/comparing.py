"""The measured rule: do two openings carry the same text, and does something forbid to say so?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from rapidfuzz import fuzz, process

from crawler.language.folding import RULES as FOLDING
from crawler.models import Likeness
from crawler.stories.facts import clash
from crawler.stories.heads import contradiction, nothing_of_both, other_subject, same_wording
from crawler.stories.passages import contained
from crawler.stories.proper_names import swapped
from crawler.stories.text_views import Opening, View

RULE: Final = f"same-text-2 {FOLDING}"
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

Compared: TypeAlias = tuple[float, int]
# the ratio, and the words of each that were compared (0: all)


def compare(one: Opening, two: Opening) -> Likeness:
    """How alike two texts are, and what forbids to join them. The order of the two is no matter."""
    if two.digest < one.digest:
        one, two = two, one
    ratio = fuzz.ratio(one.view.ordered, two.view.ordered)
    return _likeness(one, two, *_cut_short(one.view, two.view, ratio))


def near(one: Opening, others: Sequence[Opening]) -> Iterator[Likeness]:
    """How alike `one` is to those of `others` whose openings reach POSSIBLY; their digests are the
    smaller.

    Most do not: openings of nearly one length are told apart in one call.
    """
    view = one.view
    low, high = NEARLY * one.size, one.size / NEARLY
    alike = [other for other in others if low <= other.size <= high]
    choices = [other.view.ordered for other in alike]
    for _, ratio, at in process.extract(
        view.ordered, choices, scorer=fuzz.ratio, score_cutoff=LEAST, limit=None
    ):
        found = _cut_short(alike[at].view, view, ratio)
        if found[0] >= POSSIBLY:
            yield _likeness(alike[at], one, *found)
    for other in others if len(alike) < len(others) else ():
        if not low <= other.size <= high:
            found = _cut_short(other.view, view, fuzz.ratio(other.view.ordered, view.ordered))
            if found[0] >= POSSIBLY:
                yield _likeness(other, one, *found)


def by_passage(one: Opening, others: Iterable[Opening]) -> Iterator[Likeness]:
    """Those of `others` with which `one` shares a passage that reaches POSSIBLY."""
    for other in others:
        if contained(one.passages, other.passages) >= POSSIBLY:
            yield compare(one, other)


def _likeness(one: Opening, two: Opening, ratio: float, cut: int) -> Likeness:
    """By their openings, or by a passage where that says more."""
    passage = contained(one.passages, two.passages) if ratio < SAME else 0.0
    of_passage = passage > ratio
    likeness = int(max(ratio, passage))
    return Likeness(
        one=one.digest,
        two=two.digest,
        likeness=likeness,
        conflict=_conflict(one, two, cut, likeness, of_passage=of_passage) or None,
        rule=RULE,
    )


def _conflict(one: Opening, two: Opening, cut: int, likeness: int, *, of_passage: bool) -> str:
    """What both sides hold and the other does not, in text, headline and lead."""
    rewritten = likeness >= SAME and not same_wording(one, two)
    if of_passage or rewritten:
        said = _between_bodies(one, two)
    else:
        said = _between(one.view, two.view, cut)
    said = said or contradiction(one, two)
    if said or likeness < SAME:
        return said
    return nothing_of_both(one, two) if rewritten else other_subject(one, two)


def _between_bodies(one: Opening, two: Opening) -> str:
    """What follows both leads and stands nowhere in the other piece."""
    facts = clash(one.body.core, two.body.core, (one.told, two.told))
    return facts or swapped(one.body, two.body)


def _cut_short(one: View, two: View, ratio: float) -> Compared:
    """The ratio of all their words, or a better one of as many as the shorter has."""
    if ratio >= SAME or len(one.words) == len(two.words):
        return ratio, 0
    cut = min(len(one.words), len(two.words))
    if cut < CUT or not _within(one, two, ratio):
        return ratio, 0
    short = fuzz.ratio(" ".join(sorted(one.words[:cut])), " ".join(sorted(two.words[:cut])))
    return (short, cut) if short > ratio else (ratio, 0)


def _within(one: View, two: View, ratio: float) -> bool:
    """Whether the shorter may stand in the longer: what both have is most of the shorter."""
    lengths = len(one.ordered), len(two.ordered)
    return ratio * sum(lengths) / 2 >= POSSIBLY * min(lengths)


def _between(one: View, two: View, cut: int) -> str:
    """What both openings hold and the other does not."""
    if one.words == two.words:
        return ""
    if one.reach != two.reach and (facts := _clash(one, two, cut)):
        return facts
    return swapped(one, two)


def _clash(one: View, two: View, cut: int) -> str:
    mine = one.held(cut) if cut else one.core
    theirs = two.held(cut) if cut else two.core
    return clash(mine, theirs, (one.reach, two.reach))
