"""What a person decided upon pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from crawler.models.match import Verdict

DecisionKind = Literal[
    "match",
    "same-text",
    "headline",
    "translation",
    "tone",
    "tier",
    "pin",
    "archive",
    "excerpt",
    "remark",
    "genre",
    "highlight",
    "picture",
    "message",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word about a piece; the latest of a kind holds, none is changed or deleted."""

    # the same decision in the records of two colleagues: "d_9k2m4q7x1c3b"
    uid: str
    # what is decided: "match"
    kind: DecisionKind
    # key of the piece: "a_7f3k2"
    article: str
    # slug; None: it holds for the piece in every event (headline, translation, archive)
    event: str | None
    # accepted | rejected; same | other; the words; a number; None takes the last one back
    value: str | None
    # same-text only: key of the other piece
    other: str | None = None
    # translation only, of the words in `value`: "en"
    language: str | None = None
    # why, in words
    note: str | None = None
    # who: "ana"; what a machine wrote says so: "machine: 127.0.0.1:5000"
    by: str
    # aware
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What holds for one piece in one event: the latest decision of every kind."""

    # of the match
    verdict: Verdict | None = None
    # beside the verdict
    note: str | None = None
    # who gave the verdict
    by: str | None = None
    # a person's correction of what we read
    headline: str | None = None
    # language -> words and who wrote them: {"en": ("Book fair opens", "ana")}
    translations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # a person's word: positive, neutral, negative; an earlier release took any
    tone: str | None = None
    # for this event, instead of the outlet's
    tier: int | None = None
    # place in the roundup, 1 first
    pin: int | None = None
    # an archived copy's address
    archive: str | None = None
    # a person's words for the newsletter
    excerpt: str | None = None
    # the same for readers of one language: {"en": "The fair in figures."}
    excerpts: Mapping[str, str] = field(default_factory=dict)
    # a person's words that are printed beside the piece
    remark: str | None = None
    # what sort of piece: "interview"
    genre: str | None = None
    # it is to stand out
    highlight: bool = False
    # a file of the workspace's media/: "fair.jpg"
    picture: str | None = None
    # names of the event's messages that a person found in the piece
    messages: tuple[str, ...] = ()


# --- the same text ----------------------------------------------------------------
