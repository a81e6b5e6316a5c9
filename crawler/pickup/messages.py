"""Which of the office's messages a piece carries, and in which sentence: by the matcher's terms.

All words of a group stand in one sentence, in any form; words that lie about in a long piece are
no message. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from crawler.matching import Part, Term, find, read_term
from crawler.models import KeyMessage
from crawler.pickup.sentences import Sentence
from crawler.pickup.taking import Piece

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
    return any(all(_stands(term, part) for term in group) for group in groups)


def _stands(term: Term, part: Part) -> bool:
    return next(iter(find(term, part)), None) is not None
