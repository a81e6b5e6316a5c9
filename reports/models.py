"""What a report holds: frozen nouns, no SQL, no markup, no words for readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crawler.models import (
    Because,
    Event,
    Outcome,
    OutletKind,
    Precision,
    Signal,
    Verdict,
    Way,
    link_of,
)
from reports.how_sure import HowSure
from reports.own_words import OwnWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A headline that the outlet replaced."""

    old: str
    # as it stood: "Panairi i librit hapet nesër"
    new: str
    # what replaced it
    at: datetime
    # aware, when we noticed


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of an accepted piece that is worth telling."""

    at: datetime
    # aware, when we noticed
    what: tuple[str, ...]
    # weightiest first: "withdrawn", "correction", "headline", "lead", "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One published piece, as a report shows it."""

    article: str
    # the article's key: "a_7f3k2"
    url: str
    # canonical
    outlet: str
    # slug
    outlet_name: str
    # as readers know it: "Gazeta Shembull"; words for it where the outlet is not named
    owner: str | None
    # the house behind the outlet
    headline: str | None
    # as printed
    published: datetime | None
    # aware, None: undated
    precision: Precision | None
    # how exact the date is
    language: str | None
    # ISO 639-1
    byline: tuple[str, ...]
    # who signed
    lead: str | None
    # plain
    score: float
    # of the match, 0..1
    because: tuple[Because, ...]
    # which words made the match
    decision: Verdict | None
    # a person's word; rejected ones are not in a report
    gone_since: datetime | None
    # aware, when the outlet stopped listing it
    kind: OutletKind = OutletKind.PORTAL
    # of the outlet
    note: str | None = None
    # a person's, beside the decision
    by: str | None = None
    # who decided
    corrected: str | None = None
    # a person's correction of the headline as we read it; shown instead, marked
    translation: str | None = None
    # of the headline, in the report's language
    translation_by: str | None = None
    # who translated: "ana", "machine: 127.0.0.1:5000"
    story: str | None = None
    # which text it carries: "s_1"
    copy_of: str | None = None
    # key of the first article that carried the text; None for the first itself
    lag_minutes: int | None = None
    # after that first one, where both have a time
    tone: str | None = None
    # a person's word, never ours
    tier: int | None = None
    # the event's own for this piece, else the outlet's
    pin: int | None = None
    # place in the roundup that a person gave, 1 first
    archive: str | None = None
    # address of an archived copy that a person gave
    excerpt: str | None = None
    # a person's words for the newsletter
    remark: str | None = None
    # a person's words, printed beside the piece
    genre: str | None = None
    # a person's word: "interview"
    highlight: bool = False
    # a person wants it to stand out
    picture: str | None = None
    # a file of media/
    named_picture: str | None = None
    # address of the picture that its outlet names; not ours
    changes: tuple[Change, ...] = ()
    # headlines that it had before, oldest first
    edits: tuple[Edit, ...] = ()
    # what the outlet changed of it since it was accepted, oldest first
    by_hand: bool = False
    # a person added it: video, social, print, an old list
    order: int = 0
    # which of two of one moment the record had first
    signals: tuple[Signal, ...] = ()
    # what helped and hurt the match

    @property
    def shown(self) -> str:
        """The headline as readers see it; the address, or the key, where none is known."""
        return self.corrected or self.headline or self.handle

    @property
    def link(self) -> str | None:
        """The address as readers and programs are told it; None where the piece has none."""
        return link_of(self.url)

    @property
    def handle(self) -> str:
        """What every command finds the piece by: its address, else its key."""
        return self.link or self.article

    @property
    def by_machine(self) -> bool:
        """Whether the translation is a machine's and must be marked."""
        return (self.translation_by or "").startswith("machine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How far one outlet of the denominator was checked."""

    outlet: str
    # slug
    outlet_name: str
    # as readers know it
    outcome: Outcome | None
    # the best of its checks; None: not asked yet
    listed: int | None
    # the outlet's own count in the window, None where it gives none
    read: int
    # rows read; by hand: pieces that the person found
    matched: int
    # pieces of this report
    reached: datetime | None
    # aware; how far back the check got
    how: tuple[Way, ...]
    # the ways that brought it, or that were tried
    note: str | None
    # what happened, in words
    next_step: str | None
    # what a person can do
    reason: str | None
    # the code of docs/outcomes.md: "gap"; None where nothing ended it early
    numbers: Mapping[str, int | float | str]
    # what the note counts or names
    by: str | None
    # by hand only: who looked
    at: datetime | None
    # aware; when it was checked
    by_hand: int = 0
    # of the pieces of this report, those that a person brought: they were not read there


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """An outlet outside the denominator whose pieces a person brought."""

    outlet: str
    # slug
    outlet_name: str
    # as readers know it
    matched: int
    # pieces of this report


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The numbers at the head of a report."""

    pieces: int
    # published pieces
    texts: int
    # distinct by their words
    outlets: int
    # that published one
    owners: int
    # houses behind these; an outlet without a known owner is its own
    languages: tuple[str, ...]
    # ISO 639-1, sorted
    first: datetime | None
    # aware; the earliest dated piece
    last: datetime | None
    # aware; the latest
    unreviewed: int
    # pieces that no person has decided on
    undated: int
    # pieces without a date
    unnamed: int = 0
    # pieces whose outlet is not named: counted as pieces, as no outlet and no owner
    tones: Mapping[str, int] = field(default_factory=dict)
    # "positive" -> pieces; a word of an earlier release is not counted
    doubtful: int = 0
    # matches that are only asked about, not counted before a person accepts them


@dataclass(frozen=True, slots=True, kw_only=True)
class Precisely:
    """How many of the matches that people decided on were right."""

    accepted: int
    # decided and right: 27
    decided: int
    # decided at all: 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text and the pieces that carry it (a story of at least one piece of the report)."""

    key: str
    # "s_1"
    pieces: tuple[Piece, ...]
    # earliest first: the first to publish, then its copies
    possibly: tuple[tuple[str, str], ...] = ()
    # pairs of URLs that may be the same text, for a person

    @property
    def first(self) -> Piece:
        """Who published it first."""
        return self.pieces[0]

    @property
    def copies(self) -> tuple[Piece, ...]:
        """The others."""
        return self.pieces[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How the report was made."""

    ways: tuple[Way, ...]
    # that brought rows, in the order of preference
    rules: tuple[str, ...]
    # the matchers that judged: ("plain-1",)
    software: str
    # our version: "1.0"
    elsewhere: int
    # matches at outlets outside the denominator, left out
    keywords: tuple[str, ...] = ()
    # each term as it was understood, in words: "festë: festa, festën, festave, ..."
    precision: Precisely | None = None
    # how right the keywords were, None before enough was reviewed
    agent: str | None = None
    # the user agent that outlets saw


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the listed media published about an event, and how sure we are that it is all."""

    event: Event
    # what was looked for
    made: datetime
    # aware
    version: int
    # of this report, from 1
    summary: Summary
    # the numbers
    completeness: tuple[Completeness, ...]
    # every outlet asked, in the order given
    pieces: tuple[Piece, ...]
    # earliest first, undated ones last
    method: Method
    # window, words and ways
    texts: tuple[Text, ...] = ()
    # every piece stands in one, in the order of first publication
    doubtful: tuple[Piece, ...] = ()
    # matches that wait for a person and are not counted: "only in a teaser"
    brought: tuple[Brought, ...] = ()
    # outlets outside the denominator that have pieces all the same, in the order of their names
    kept: bool = False
    # this version stands in the record
    seal: str | None = None
    # of the record when it was made, None where nothing was sealed yet
    own_words: OwnWords | None = None
    # what the press took over of ours; None where the event names nothing, or nobody asked
    how_sure: HowSure | None = None
    # beyond outcomes, the office's own edition only; None where nobody asked

    @property
    def dated(self) -> tuple[Piece, ...]:
        """The pieces with a date."""
        return tuple(piece for piece in self.pieces if piece.published is not None)

    @property
    def undated(self) -> tuple[Piece, ...]:
        """The pieces without one: a section of their own, never dropped."""
        return tuple(piece for piece in self.pieces if piece.published is None)

    @property
    def main_language(self) -> str | None:
        """What most pieces are written in: only the others need to say theirs."""
        told = Counter(piece.language for piece in self.pieces if piece.language)
        return max(sorted(told), key=lambda code: told[code], default=None)

    def by_day(self) -> tuple[tuple[date, tuple[Piece, ...]], ...]:
        """The dated pieces of each local day of the event's zone that has some, in order."""
        zone = ZoneInfo(self.event.zone)
        days: dict[date, list[Piece]] = {}
        for piece in self.dated:
            if piece.published is not None:
                days.setdefault(piece.published.astimezone(zone).date(), []).append(piece)
        return tuple((day, tuple(days[day])) for day in sorted(days))

    def by_outlet(self) -> tuple[tuple[Completeness, tuple[Piece, ...]], ...]:
        """The dated pieces of each outlet that has some, in the order of the denominator."""
        grouped = (
            (row, tuple(piece for piece in self.dated if piece.outlet == row.outlet))
            for row in self.completeness
        )
        return tuple((row, pieces) for row, pieces in grouped if pieces)
