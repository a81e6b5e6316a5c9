"""Where a term stands in one field of an article (pure)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.matching.article_words import Part
from crawler.matching.terms import Near, Term, Words


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Hit:
    """One place where a term stands: places in `Part.words`."""

    first: int
    # of its first word
    last: int
    # of its last word, included


def find(term: Term, part: Part) -> Iterator[Hit]:
    """Every place where `term` stands in one field, in order."""
    if term.headline and part.name != "headline":
        return iter(())
    return _near(term.what, part) if isinstance(term.what, Near) else _words(term.what, part)


def _words(wanted: Words, part: Part) -> Iterator[Hit]:
    first, *rest = (part.places(form) for form in wanted.forms)
    if not all(rest):
        return
    gaps = [form.gap for form in wanted.forms[1:]]
    for at in first:
        last = at if not rest else _end(part, at, rest, gaps)
        if last is not None:
            yield Hit(first=at, last=last)


def _end(part: Part, at: int, rest: Sequence[Sequence[int]], gaps: Sequence[int]) -> int | None:
    """Where the last word stands of the shortest run that begins at `at`."""
    reached = [at]
    for places, gap in zip(rest, gaps, strict=True):
        low = bisect_left(places, reached[0] + 1)
        high = bisect_right(places, reached[-1] + 1 + gap)
        reached = [
            place
            for place in places[low:high]
            if any(_follows(part, before, place, gap) for before in reached)
        ]
        if not reached:
            return None
    return reached[0]


def _follows(part: Part, before: int, place: int, gap: int) -> bool:
    return before < place <= before + 1 + gap and part.same_sentence(before, place)


def _near(wanted: Near, part: Part) -> Iterator[Hit]:
    ones, twos = list(_words(wanted.one, part)), list(_words(wanted.two, part))
    starts = [hit.first for hit in twos]
    longest = max((hit.last - hit.first for hit in twos), default=0)
    for one in ones:
        low = bisect_left(starts, one.first - wanted.within - 1 - longest)
        for two in twos[low:]:
            if two.first > one.last + wanted.within + 1:
                break
            if _neighbours(one, two, wanted.within, part):
                yield Hit(first=min(one, two).first, last=max(one, two).last)
                break


def _neighbours(one: Hit, two: Hit, within: int, part: Part) -> bool:
    left, right = sorted((one, two))
    return 0 < right.first - left.last <= within + 1 and part.same_line(left.last, right.first)
