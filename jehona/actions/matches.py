"""What the pieces of an event are: said once, for the list, the queue, stories and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from crawler.config import RegistryError, event_files, outlets_asked
from crawler.event_matches import (
    is_kept,
    kept,
    match_again,
    match_event,
    match_waiting,
    related,
)
from crawler.matching import doubts
from crawler.models import NO_OUTLET, UNNAMED, Article, Event, Language, Match, Outlet, OutletKind
from crawler.record import Record, kept_matches, read, search_index
from crawler.record.lock import RunLock
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office

Pair: TypeAlias = tuple[Article, Match]
Pairs: TypeAlias = tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMatches:
    """Every piece that an event's words find, or that a person accepted, wherever it stands."""

    event: Event
    # every outlet that is described, by slug
    outlets: Mapping[str, Outlet]
    # by slug: the outlets that are asked for this event, and those whose pieces count all the
    # same: a person accepted one, or the outlet is not named
    asked: Mapping[str, Outlet]
    # slugs of the first alone, which are the denominator
    expected: frozenset[str]
    # oldest first, undated last
    every: Pairs

    @property
    def at_asked(self) -> Pairs:
        """Those at the outlets asked, rejected ones too."""
        return tuple(pair for pair in self.every if pair[0].outlet in self.asked)

    @property
    def elsewhere(self) -> Pairs:
        """Those at other outlets."""
        return tuple(pair for pair in self.every if pair[0].outlet not in self.asked)

    @property
    def counted(self) -> Pairs:
        """What a report counts; an outlet of kind `own` is the office itself."""
        own = {slug for slug, outlet in self.asked.items() if outlet.kind is OutletKind.OWN}
        return tuple(p for p in self.at_asked if p[1].counts and p[0].outlet not in own)

    @property
    def waiting(self) -> Pairs:
        """What nobody has decided on: the likeliest first, doubtful ones at the end."""
        undecided = (pair for pair in self.at_asked if pair[1].decision is None)
        return tuple(sorted(undecided, key=lambda pair: (pair[1].asks, *likeliest(pair))))

    @property
    def sure(self) -> Pairs:
        """Of what waits, what counts as it is."""
        return tuple(pair for pair in self.waiting if not pair[1].asks)

    @property
    def doubtful(self) -> Pairs:
        """Of what waits, what counts only when somebody accepts it."""
        return tuple(pair for pair in self.waiting if pair[1].asks)

    @property
    def accepted(self) -> Pairs:
        """What a person accepted, at whichever outlet."""
        return tuple(pair for pair in self.every if pair[1].decision == "accepted")

    @property
    def rejected(self) -> Pairs:
        """What a person rejected, of what the words find at the outlets asked."""
        return tuple(pair for pair in self.at_asked if pair[1].decision == "rejected")

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md: what is found at the outlets asked."""
        zone = ZoneInfo(self.event.zone)
        return {
            "event": self.event.slug,
            "matches": [match_json(pair, zone) for pair in self.at_asked],
        }


def event_matches(office: Office, event: str) -> EventMatches:
    """The pieces of an event, read only. Raises RegistryError, RecordRefused."""
    what = office.event(event)
    with office.to_read() as record:
        return matches_in(record, what, office.outlets())


def matches_in(record: Record, event: Event, outlets: Mapping[str, Outlet]) -> EventMatches:
    """The same from an open record, which stays as it is. Raises RegistryError."""
    return sorted_out(event, outlets, related(record, event))


def kept_in(record: Record, event: Event, outlets: Mapping[str, Outlet]) -> EventMatches:
    """What `matches_in` found last, as sketches: nothing is judged, and no text is read.

    Where the event has not been matched as it is today, it is now, whole; nothing is kept.
    """
    found = kept(record, event)
    return sorted_out(event, outlets, related(record, event) if found is None else found)


def bring_up(office: Office, event: str) -> bool:
    """Match an event anew and keep it, if it changed since; whether there was anything to do.

    For who looks often: afterwards `kept_in` is quick. What a crawl that was killed left behind
    is taken up too; what one that is under way has brought waits for its end. A copy that cannot
    be written stays as it is. Raises RegistryError, RecordRefused.
    """
    what = office.event(event)
    with office.to_read() as record:
        if is_kept(record, what) and not _left_behind(record):
            return False
    with office.existing() as record:
        alone = not record.readonly and not RunLock(office.workspace.var / "run.lock").held
        if alone and kept_matches.was_broken_off(record):
            kept_matches.forget_basis(record)
        if alone and _left_behind(record):
            match_waiting(record, _readable_events(office))
        if not is_kept(record, what):
            match_again(record, what)
    return True


def _left_behind(record: Record) -> bool:
    """Whether a crawl has brought what no event was held against yet.

    While the index is of another version everything waits for it, and a look does not make it.
    """
    waits = kept_matches.something_waits(record) and search_index.is_current(record)
    return waits or kept_matches.was_broken_off(record)


def _readable_events(office: Office) -> list[Event]:
    """Every event but one whose file is wrong, which is told where that is asked for."""
    events = []
    for slug in event_files(office.workspace):
        with suppress(RegistryError):
            events.append(office.event(slug))
    return events


def match(office: Office, event: str | None = None) -> tuple[EventMatches, ...]:
    """Match the record against an event, or against all, and keep what was found.

    A copy that cannot be written stays as it is. Raises RegistryError; Wrong where there is no
    event; RecordRefused.
    """
    events = (office.event(event),) if event else tuple(office.events().values())
    if not events:
        place = office.workspace.root / "events"
        raise Wrong("{place}: no event yet: `jehona events add` writes one", place=place)
    outlets = office.outlets()
    with office.existing() as record:
        return tuple(sorted_out(one, outlets, match_event(record, one)) for one in events)


def piece_named(record: Record, name: str, event: str, *, known: str | None = None) -> Article:
    """The piece of an address or key. Raises Unknown, with the way on for the event's slug.

    `known` says what there would have been, and where it is told.
    """
    article = read.article(record, name)
    if article is None:
        way_on = known or f"such piece: `jehona clip URL --event {event}` adds one by hand"
        raise Unknown("{name}: the record has no {way_on}", name=name, way_on=way_on)
    return article


def match_json(pair: Pair, zone: ZoneInfo) -> dict[str, Any]:
    """One match as docs/json.md has it; moments in `zone`."""
    article, found = pair
    return {
        "article": article.key,
        "url": article.link,
        "outlet": article.outlet or None,
        "headline": article.headline,
        "published": article.published and article.published.astimezone(zone),
        "precision": article.precision,
        "score": found.score,
        "decision": found.decision,
        "because": found.because,
        "signals": found.signals,
        "certainty": "doubtful" if found.doubt else "sure",
        "doubt": found.doubt,
        "rules": found.rules,
    }


def likeliest(pair: Pair) -> tuple[float, float, str]:
    """Sorts the likeliest first, then the oldest."""
    article, found = pair
    when = article.published.timestamp() if article.published else 0.0
    return -found.score, when, article.key


def sorted_out(event: Event, outlets: Mapping[str, Outlet], every: list[Pair]) -> EventMatches:
    """What was found, with the outlets that it is counted at. Raises RegistryError."""
    expected = frozenset(outlet.slug for outlet in outlets_asked(outlets, event, []))
    asked = asked_for(
        event, outlets, ((article.outlet, found.decision == "accepted") for article, found in every)
    )
    return EventMatches(
        event=event, outlets=outlets, asked=asked, expected=expected, every=tuple(every)
    )


def doubt_in(match: Match, language: Language) -> str | None:
    """Why a match is only asked about, in the reader's language; None where it is counted."""
    return doubts.told(match, language)


def asked_for(
    event: Event, outlets: Mapping[str, Outlet], pieces: Iterable[tuple[str, bool]]
) -> dict[str, Outlet]:
    """The outlets whose pieces count, by slug: those asked, and where somebody accepted a piece.

    `pieces` are slug and whether it was accepted. Raises RegistryError.
    """
    asked = {outlet.slug: outlet for outlet in outlets_asked(outlets, event, [])}
    for slug, accepted in set(pieces):
        if slug == UNNAMED:
            asked.setdefault(UNNAMED, NO_OUTLET)
        outlet = outlets.get(slug)
        if accepted and outlet and outlet.kind is not OutletKind.OWN:
            asked.setdefault(outlet.slug, outlet)
    return asked
