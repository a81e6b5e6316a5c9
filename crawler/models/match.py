"""A match: article x event, with its reasons and doubts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One keyword found in one field: a reason of a match."""

    # the keyword as it stands in the event's file: "festë"
    term: str
    # as the outlet printed it: "Festën"
    form: str
    # where it stood
    field: Literal["headline", "lead", "text"]
    # some 60 characters around it
    snippet: str
    # where in the text, when that makes it worth less
    place: Literal["last-paragraph", "boilerplate"] | None = None


DoubtKind = Literal[
    "other-edition",
    "other-place",
    "common-words",
    "person",
    "other-thing",
    "only-hosts",
    "only-topic",
    "far-apart",
    "other-event",
    "related-event",
    "misspelt",
    "other-language",
]


SignalKind = Literal["place", "date", "organiser", "name", "boilerplate"] | DoubtKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something beside the keywords that helps or hurts a match, shown to the reviewer."""

    # what it is: "other-edition"
    kind: SignalKind
    # as the outlet printed it: "edicioni i vitit 2023"
    words: str
    # added to the score, below zero where it hurts: -0.4
    worth: float


Verdict = Literal["accepted", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Article x event: how well the keywords stand in it, and a person's decision beside it."""

    # the article's key: "a_7f3k2"
    article: str
    # slug
    event: str
    # 0..1, ours: it orders the review queue, 1.0 is all words of a group in the headline
    score: float
    # one for each keyword that counted
    because: tuple[Because, ...]
    # which matcher judged, with its version: "stem-1"
    rules: str
    # a person's word, never undone by a new match
    decision: Verdict | None = None
    # what helped and hurt beside the keywords
    signals: tuple[Signal, ...] = ()
    # why it is only asked about and not counted before a person accepts it: "names only the topic"
    doubt: str | None = None
    # digest of what was judged: the event, the rules, the words; None: not known
    basis: str | None = None

    @property
    def counts(self) -> bool:
        """Whether a report counts it: accepted, or found without a doubt and not rejected."""
        return self.decision == "accepted" or (self.decision is None and self.doubt is None)

    @property
    def asks(self) -> bool:
        """Whether it waits for a person who says that a doubtful one is right after all."""
        return self.decision is None and self.doubt is not None


# --- what people decide -----------------------------------------------------------
