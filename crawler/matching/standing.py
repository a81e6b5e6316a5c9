"""Where the terms of an event stand in one article, and whose words those are (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

from crawler.matching.article_words import FIELDS, Part, Told
from crawler.matching.finding import Hit, find
from crawler.matching.snippets import LONGEST, one_line, snippet
from crawler.matching.teasers import within
from crawler.matching.terms import Term
from crawler.models import Because

# Where a word stands says how much a piece is about it; ours, ordinal only.
WORTHS: Final[Mapping[str, float]] = {"headline": 1.0, "lead": 0.8, "text": 0.6}
LAST_PARAGRAPH: Final = 0.45
BOILERPLATE: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place where a keyword stands, and what it is worth there."""

    term: Term
    # the keyword
    part: Part
    # the field
    hit: Hit
    # the words
    place: str | None
    # "boilerplate", "last-paragraph"

    @property
    def worth(self) -> float:
        """0..1."""
        if self.place == "boilerplate":
            return BOILERPLATE
        return LAST_PARAGRAPH if self.place else WORTHS[self.part.name]

    @property
    def own(self) -> bool:
        """Whether the words are the piece's own."""
        return self.place != "boilerplate"

    @property
    def because(self) -> Because:
        """The reason as the record keeps it."""
        start = self.part.words[self.hit.first].start
        end = self.part.words[self.hit.last].end
        return Because(
            term=self.term.written,
            form=one_line(self.part.text[start:end])[:LONGEST],
            field=self.part.name,
            snippet=snippet(self.part.text, start, end),
            place=self.place,  # type: ignore[arg-type]
        )


Group: TypeAlias = Sequence[Sequence[Found]]
# of each term of a group every place where it stands, the worthiest first; none is empty


class Piece:
    """One article on the table: which of its words are its own, where terms stand in it."""

    def __init__(
        self, told: Told, repeated: frozenset[str], excluded: frozenset[str] = frozenset()
    ) -> None:
        self.told = told
        self.excluded = excluded
        self.foreign = told.foreign(repeated)

    def find(self, term: Term) -> list[Found]:
        """Every place where `term` stands, the worthiest first."""
        found = [
            Found(term=term, part=part, hit=hit, place=self._place(part, hit))
            for part in self.told.parts
            for hit in find(term, part)
            if not self._is_excluded(part, hit)
        ]
        return sorted(found, key=lambda one: -one.worth)

    def _is_excluded(self, part: Part, hit: Hit) -> bool:
        """Whether it, or a word of it, is a form that a person took out."""
        if not self.excluded:
            return False
        there = [word.folded for word in part.words[hit.first : hit.last + 1]]
        return " ".join(there) in self.excluded or not self.excluded.isdisjoint(there)

    def _place(self, part: Part, hit: Hit) -> str | None:
        start = part.words[hit.first].start
        if within(self.foreign.get(part.name, ()), start):
            return "boilerplate"
        last = self.told.last_paragraph
        if part.name == "text" and last is not None and start >= last:
            return "last-paragraph"
        return None


def every(groups: Iterable[Group]) -> Iterator[Found]:
    """Every place of every term."""
    return chain.from_iterable(one for group in groups for one in group)


def first_of(groups: Iterable[Group]) -> tuple[Part, Hit]:
    """Where the piece's own words first hold a keyword: its headline before its lead."""
    return min(
        ((found.part, found.hit) for found in every(groups) if found.own),
        key=lambda at: (FIELDS.index(at[0].name), at[1]),
    )


def own_hits(part: Part, groups: Iterable[Group]) -> list[Hit]:
    """The places in one field, but for those that speak of other pieces."""
    return [found.hit for found in every(groups) if found.part is part and found.own]


def whole(terms: Iterable[Term], piece: Piece) -> Group | None:
    """Where the terms of a group stand, None where one is missing."""
    group = []
    for term in terms:
        places = piece.find(term)
        if not places:
            return None
        group.append(places)
    return group
