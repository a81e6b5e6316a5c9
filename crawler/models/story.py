"""Articles that carry one text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two texts compared: kept, so that no pair is compared twice and the record can say why."""

    # digest of what is compared of one text, the smaller of the two: "5f0c2a..."
    one: str
    # of the other
    two: str
    # 0..100, how much of their opening words they share in any order
    likeness: int
    # what the guard found different, though alike: "weekdays: Monday / Friday"
    conflict: str | None
    # which rule compared, with its version: "same-text-1"
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPiece:
    """One piece that carries a story's text."""

    # key: "a_7f3k2"
    article: str
    # canonical
    url: str
    # slug
    outlet: str
    # after the first; None where a date is missing or only a day
    lag_minutes: int | None
    # 0..100 to the nearest piece of the story; 100 for the first
    likeness: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Pieces that carry the same text; a piece alone is a story of one."""

    # "s_1", numbered by first publication
    key: str
    # URL of the earliest piece
    first: str
    # earliest first
    pieces: tuple[StoryPiece, ...]
    # pairs of URLs that may be the same text, for a person; also to pieces of other stories
    possibly: tuple[tuple[str, str], ...] = ()


# --- what was told, and where it went ----------------------------------------------
