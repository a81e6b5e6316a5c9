"""How the day begins: each event in one line, what broke or mended, what runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from crawler.config import outlets_asked, readable_events
from crawler.failure import Failure
from crawler.models import Event, Outcome, Outlet
from crawler.outcomes import FRUITFUL
from crawler.record import NoRecord, Record, kept_matches, standing
from crawler.record.standing import Answers, PieceCounts
from crawler.record.watches import Delivery
from crawler.run import health
from crawler.run.health import Change
from jehona.actions import runs
from jehona.actions.office import Office
from jehona.actions.sent import failing

# An event whose outlets were not asked for so long, while its window is open, is due.
STALE: Final = timedelta(days=1)
# Runs whose breaks and mends are told.
RECENT_RUNS: Final = 5
CHECKED: Final = frozenset({*FRUITFUL, Outcome.CHECKED_BY_HAND})


class NextStep(StrEnum):
    """What a person does next for an event."""

    ASK = "ask"
    REVIEW = "review"
    LOOK = "look"
    POST = "post"
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event as it stands."""

    event: Event
    # how many outlets are asked, and for how many it is known what they published
    asked: int
    checked: int
    # slugs of those for which it is not
    open: tuple[str, ...]
    # as kept; None before anything was gathered
    pieces: PieceCounts | None
    # whether all that the record has was held against its words, at some time
    whole: bool
    # aware; when one of its outlets was last asked for its window, None: never
    asked_at: datetime | None
    # whether its window is open or was, and nobody asked since
    due: bool

    @property
    def next_step(self) -> NextStep:
        """What a person does next."""
        if self.due:
            return NextStep.ASK
        if self.pieces and (self.pieces.waiting or not self.whole):
            return NextStep.REVIEW
        if self.asked_at is None:
            return NextStep.WAIT
        if self.open:
            return NextStep.LOOK
        return NextStep.POST

    def as_json(self) -> dict[str, Any]:
        """One event of the document."""
        return {
            "event": self.event.slug,
            "title": self.event.title,
            "asked": self.asked,
            "checked": self.checked,
            "open": self.open,
            "pieces": self.pieces,
            "whole": self.whole,
            "asked_at": self.asked_at,
            "due": self.due,
            "next_step": self.next_step,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What one sees first."""

    # those that want something first, then the latest
    events: tuple[EventLine, ...]
    # since the runs before, by outlet the newest
    changes: tuple[Change, ...]
    # number of the run under way
    running: int | None
    # files of events that are wrong
    wrong: tuple[Failure, ...]
    # whether anything was gathered yet
    gathered: bool
    # notices that were tried and did not go out yet, the oldest first
    unsent: tuple[Delivery, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {
            "events": [line.as_json() for line in self.events],
            "changes": self.changes,
            "running": self.running,
            "wrong": [str(one) for one in self.wrong],
            # without addresses: a token that reads may lie anywhere
            "unsent": [
                {"subject": one.notice.subject, "tries": one.tries, "due": one.due}
                for one in self.unsent
            ],
        }


def today(office: Office, *, looked: Mapping[str, datetime] | None = None) -> Today:
    """How everything stands; `looked` is when somebody last looked at each event's pieces.

    Counts what is kept and matches nothing. Read only. Raises RegistryError for an outlet's file,
    RecordRefused.
    """
    events, refused = readable_events(office.workspace, office.kept)
    wrong = tuple(refused)
    outlets, now = office.outlets(), office.clock()
    running = runs.under_way(office)
    try:
        with office.to_read() as record:
            answers = Answers(record)
            lines = [
                _line(record, event, answers, outlets, now=now, seen=(looked or {}).get(slug))
                for slug, event in events.items()
            ]
            changes, unsent = _changes(record), failing(record)
    except NoRecord:
        lines = [_ungathered(event, outlets, now) for event in events.values()]
        return Today(
            events=_in_order(lines, now), changes=(), running=running, wrong=wrong, gathered=False
        )
    return Today(
        events=_in_order(lines, now),
        changes=changes,
        running=running,
        wrong=wrong,
        gathered=True,
        unsent=unsent,
    )


def event_line(office: Office, event: str, *, looked: datetime | None = None) -> EventLine:
    """How one event stands, as `today` says it. Raises RegistryError, RecordRefused."""
    what, outlets, now = office.event(event), office.outlets(), office.clock()
    try:
        with office.to_read() as record:
            answers = Answers(record, only=(what.slug, what.window))
            return _line(record, what, answers, outlets, now=now, seen=looked)
    except NoRecord:
        return _ungathered(what, outlets, now)


def _line(
    record: Record,
    event: Event,
    answers: Answers,
    outlets: Mapping[str, Outlet],
    *,
    now: datetime,
    seen: datetime | None,
) -> EventLine:
    asked = [outlet.slug for outlet in outlets_asked(outlets, event, [])]
    told = answers.of(event.slug, event.window, frozenset(asked))
    known = {slug for slug, outcome in told.outcomes.items() if outcome in CHECKED}
    last_seen = standing.seen_up_to(record, seen) if seen else None
    return EventLine(
        event=event,
        asked=len(asked),
        checked=len(known),
        open=tuple(slug for slug in asked if slug not in known),
        pieces=standing.pieces_of(record, event.slug, outlets=asked, seen_up_to=last_seen),
        whole=kept_matches.basis(record, event.slug) is not None,
        asked_at=told.at,
        due=_due(event, told.at, now),
    )


def _ungathered(event: Event, outlets: Mapping[str, Outlet], now: datetime) -> EventLine:
    asked = tuple(outlet.slug for outlet in outlets_asked(outlets, event, []))
    return EventLine(
        event=event,
        asked=len(asked),
        checked=0,
        open=asked,
        pieces=None,
        whole=False,
        asked_at=None,
        due=_due(event, None, now),
    )


def _due(event: Event, asked_at: datetime | None, now: datetime) -> bool:
    """Whether its outlets are to be asked: the window is open, or ended since they were."""
    window = event.window
    if now < window.start:
        return False
    if asked_at is None:
        return True
    return asked_at < min(now - STALE, window.end)


def _in_order(lines: Sequence[EventLine], now: datetime) -> tuple[EventLine, ...]:
    """What wants something first, the latest first among equals."""

    def place(line: EventLine) -> tuple[bool, float]:
        wants = line.next_step in {NextStep.ASK, NextStep.REVIEW}
        return not wants, -line.event.window.start.timestamp()

    return tuple(sorted(lines, key=place))


def _changes(record: Record) -> tuple[Change, ...]:
    """What broke and mended in the last runs; of an outlet only the newest."""
    found: dict[str, Change] = {}
    for run in runs.newest(record, RECENT_RUNS):
        for change in health.changes(record, run):
            found.setdefault(change.outlet, change)
    return tuple(found.values())
