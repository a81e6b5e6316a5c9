"""Which of the office's messages a piece carries, and in which sentence: by the matcher's terms.

All words of a group stand in one sentence, in any form, and nothing there denies them; words that
lie about in a long piece are no message. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final, TypeAlias

from crawler.matching import Part, Term, find, read_term
from crawler.models import KeyMessage
from crawler.pickup.negation import is_denied
from crawler.pickup.sentences import Sentence
from crawler.pickup.taking import Piece

MOST: Final = 20
# places of one word in a sentence that are looked at

Groups: TypeAlias = tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message, made ready for many pieces. No slots: its terms are read once."""

    told: KeyMessage

    @cached_property
    def groups(self) -> Groups:
        """Its groups of terms."""
        return tuple(tuple(map(read_term, group)) for group in self.told.any)

    def sentence_of(self, piece: Piece, language: str | None) -> Sentence | None:
        """The first sentence of the piece that carries it; None where none does."""
        lines = (*piece.headline, *piece.body)
        return next((line for line in lines if _carries(self.groups, line, language)), None)


def _carries(groups: Sequence[Sequence[Term]], line: Sentence, language: str | None) -> bool:
    part = Part("text", line.raw, language)
    return any(_says(group, part) for group in groups)


def _says(group: Sequence[Term], part: Part) -> bool:
    """Whether all words of a group stand there, and not to be denied."""
    found = [tuple(islice(find(term, part), MOST)) for term in group]
    if not all(found):
        return False
    first, *rest = found
    for hit in first:
        near = [hit, *(min(hits, key=lambda one: abs(one.first - hit.first)) for hits in rest)]
        begin, end = min(one.first for one in near), max(one.last for one in near)
        if not is_denied(part.text, part.words, begin, end):
            return True
    return False
