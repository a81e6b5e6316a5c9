"""Events, or months, side by side: the same figures of each, each with how complete it is (pure).

A side stands on the reports of its events. What two events of a month share, a piece or an outlet,
is counted once; how complete a month is, is counted over the outlets of each of its events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from statistics import fmean
from typing import Any, Final, Literal

from crawler.models import Event, Language, Outcome
from reports.coverage import TONES
from reports.models import Piece, Report
from reports.own_words import OwnWords
from reports.words import day, month, say

SCHEMA: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How complete a side is."""

    # outlets that were to be asked, over its events
    outlets: int
    # of these, checked completely
    complete: int
    # of these, looked at by a person
    by_hand: int

    @property
    def open(self) -> int:
        """Those that no statement of coverage stands on."""
        return self.outlets - self.complete - self.by_hand


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWords:
    """What the press took over of ours, over the events of a side that name something of ours."""

    # pieces that took a sentence over, and how much of the release on average: 0..1
    pieces: int
    share: float
    # messages, and those that stand in a piece or were ticked in one
    messages: int
    carried: int
    # statements that a piece quotes
    quoted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One event or one month."""

    # as readers know it: "Festa e Librit", "maj 2026"
    name: str
    # slugs of its events, in order
    events: tuple[str, ...]
    # the days that were looked at, both included
    first: date
    last: date
    # published pieces, distinct texts, outlets that published one, houses behind these
    pieces: int
    texts: int
    outlets: int
    owners: int
    # ISO 639-1, sorted
    languages: tuple[str, ...]
    # pieces that came out on the day of an event
    on_the_day: int
    # pieces that no person has decided on
    unreviewed: int
    # "positive" -> pieces that a person judged so
    tones: Mapping[str, int]
    checked: Checked
    # pieces whose headline the outlet changed later, and that it no longer lists
    changed: int = 0
    gone: int = 0
    # None where no event of it names anything of ours
    own: SideWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Sides of one kind."""

    kind: Literal["events", "month", "year"]
    # "2026-05", "2026"; None where events were named
    period: str | None
    # what stands above: "maj 2026"
    title: str
    # the events, or the months of a year that have some
    sides: tuple[Side, ...]
    # of a year: its events one by one, by month
    events: tuple[Side, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The contract's document of a comparison."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "period": self.period,
            "title": self.title,
            "sides": [_json(side) for side in self.sides],
            "events": [_json(side) for side in self.events],
        }


def _json(side: Side) -> dict[str, Any]:
    told = asdict(side)
    days = {"from": told.pop("first").isoformat(), "to": told.pop("last").isoformat()}
    completeness = {**told.pop("checked"), "open": side.checked.open}
    corrections = {"changed": told.pop("changed"), "gone": told.pop("gone")}
    own = told.pop("own")
    return {
        **told,
        "own_words": own,
        "corrections": corrections,
        "events": list(side.events),
        "languages": list(side.languages),
        "tones": dict(side.tones),
        **days,
        "completeness": completeness,
    }


def day_of(event: Event) -> date:
    """The day by which an event belongs to a month."""
    return event.date or event.first_day


def compared(reports: Sequence[Report], language: Language) -> Comparison:
    """Events side by side, in the order given."""
    sides = tuple(_side(report.event.title, (report,)) for report in reports)
    return Comparison(kind="events", period=None, title=say("compare", language), sides=sides)


def of_period(period: str, reports: Sequence[Report], language: Language) -> Comparison:
    """The events of a month, "2026-05", or the months of a year, "2026"; each by its day."""
    ordered = sorted(reports, key=lambda report: (day_of(report.event), report.event.slug))
    events = tuple(_side(report.event.title, (report,)) for report in ordered)
    year, _, number = period.partition("-")
    if number:
        title = f"{month(int(number), language)} {year}"
        return Comparison(kind="month", period=period, title=title, sides=events)
    months: dict[int, list[Report]] = {}
    for report in ordered:
        months.setdefault(day_of(report.event).month, []).append(report)
    sides = tuple(_side(month(at, language), some) for at, some in months.items())
    return Comparison(kind="year", period=period, title=year, sides=sides, events=events)


def _side(name: str, reports: Sequence[Report]) -> Side:
    pieces = {piece.article: piece for report in reports for piece in report.pieces}
    every = tuple(pieces.values())
    named = [piece for piece in every if piece.outlet]
    # keys of texts are an event's own: two that begin with one piece are one
    texts = {text.first.article for report in reports for text in report.texts}
    return Side(
        name=name,
        events=tuple(report.event.slug for report in reports),
        first=min(report.event.first_day for report in reports),
        last=max(report.event.last_day for report in reports),
        pieces=len(every),
        texts=len(texts) if len(reports) > 1 else reports[0].summary.texts,
        outlets=len({piece.outlet for piece in named}),
        owners=len({piece.owner or piece.outlet for piece in named}),
        languages=tuple(sorted({piece.language for piece in every if piece.language})),
        on_the_day=sum(map(_on_the_day, reports)),
        unreviewed=sum(piece.decision is None for piece in every),
        tones=_tones(every),
        checked=_checked(reports),
        changed=sum(bool(piece.changes) for piece in every),
        gone=sum(piece.gone_since is not None for piece in every),
        own=_own([report.own_words for report in reports if report.own_words]),
    )


def _own(told: Sequence[OwnWords]) -> SideWords | None:
    if not told:
        return None
    shares = [piece.share_of_release for own in told for piece in own.taking]
    every = [message for own in told for message in own.messages]
    return SideWords(
        pieces=len(shares),
        share=round(fmean(shares), 3) if shares else 0.0,
        messages=len(every),
        carried=sum(bool(message.pieces or message.ticked) for message in every),
        quoted=sum(len(own.quoted) for own in told),
    )


def _on_the_day(report: Report) -> int:
    return sum(len(pieces) for when, pieces in report.by_day() if when == report.event.date)


def _tones(pieces: Iterable[Piece]) -> dict[str, int]:
    told = [piece.tone for piece in pieces]
    return {tone: told.count(tone) for tone in TONES}


def _checked(reports: Iterable[Report]) -> Checked:
    outcomes = [row.outcome for report in reports for row in report.completeness]
    return Checked(
        outlets=len(outcomes),
        complete=outcomes.count(Outcome.COMPLETE),
        by_hand=outcomes.count(Outcome.CHECKED_BY_HAND),
    )


def days_of(side: Side, language: Language) -> str:
    """`11 maj – 24 maj 2026`; both years where they differ."""
    same = side.first.year == side.last.year
    first = day(side.first, language, year=not same)
    last = day(side.last, language)
    return last if side.first == side.last else f"{first} – {last}"
