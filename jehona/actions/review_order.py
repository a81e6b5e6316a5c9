"""The pieces of an event lined up for review: of one kind, narrowed, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from crawler.config import find_outlet
from crawler.event_matches import is_kept, related
from crawler.models import Event, Outlet
from crawler.record import Record, kept_matches, rows
from crawler.record.kept_matches import Place
from jehona.actions.matches import Pair, asked_for

Places: TypeAlias = tuple[Place, ...]
# moments whose local day is remembered: a queue's are asked for at each of its cards
MOMENTS: Final = 8_192


class Show(StrEnum):
    """Which pieces of an event are shown."""

    WAITING = "waiting"
    DOUBTFUL = "doubtful"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Of which kind pieces are shown, and what narrows them; None does not."""

    show: Show = Show.WAITING
    # slug or name
    outlet: str | None = None
    # ISO 639-1
    language: str | None = None
    # of publication, in the event's zone
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the pieces of one kind can be narrowed by, each with how many there are."""

    # slug -> how many
    outlets: Mapping[str, int] = field(default_factory=dict)
    # ISO 639-1 -> how many
    languages: Mapping[str, int] = field(default_factory=dict)
    # in the event's zone, the first day first
    days: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlaces:
    """Every piece of an event with what lines it up; no words and no reasons were read for it."""

    event: Event
    # every outlet that is described, by slug
    outlets: Mapping[str, Outlet]
    # those whose pieces count for the event, by slug
    asked: Mapping[str, Outlet]
    every: Places
    # where the event was not matched as it is today: its pieces by key, judged just now
    judged: Mapping[str, Pair]

    @classmethod
    def of(cls, record: Record, event: Event, outlets: Mapping[str, Outlet]) -> EventPlaces:
        """As the event was matched last, else matched now; nothing is kept."""
        judged: dict[str, Pair] = {}
        if is_kept(record, event):
            every = kept_matches.places(record, event.slug)
        else:
            judged = {pair[0].key: pair for pair in related(record, event)}
            every = tuple(map(kept_matches.place_of, judged.values()))
        asked = asked_for(event, outlets, ((p.outlet, p.verdict == "accepted") for p in every))
        return cls(event=event, outlets=outlets, asked=asked, every=every, judged=judged)

    def kinds(self) -> dict[Show, Places]:
        """The pieces of each kind, in the order in which they are decided on."""
        at_asked = [place for place in self.every if place.outlet in self.asked]
        waiting = sorted((p for p in at_asked if p.verdict is None), key=_by_likelihood)
        accepted = (place for place in self.every if place.verdict == "accepted")
        rejected = (place for place in at_asked if place.verdict == "rejected")
        return {
            Show.WAITING: tuple(waiting),
            Show.DOUBTFUL: tuple(place for place in waiting if place.doubtful),
            Show.ACCEPTED: tuple(sorted(accepted, key=_by_time)),
            Show.REJECTED: tuple(sorted(rejected, key=_by_time)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LinedUp:
    """The pieces of one kind, narrowed, in the order in which they are decided on."""

    show: Show
    places: Places
    # every piece of the event: one that was decided has its place still
    every: Places
    counts: Mapping[Show, int]
    choices: Choices
    sure: int

    @classmethod
    def of(cls, found: EventPlaces, narrowed: Narrowed) -> LinedUp:
        """Raises RegistryError for an unknown outlet."""
        name = narrowed.outlet
        slug = find_outlet(name, found.outlets).slug if name else None
        zone = found.event.zone
        kinds = found.kinds()
        shown = tuple(
            place
            for place in kinds[narrowed.show]
            if slug in (None, place.outlet)
            and narrowed.language in (None, place.language)
            and (narrowed.day is None or narrowed.day == _day(place.published, zone))
        )
        return cls(
            show=narrowed.show,
            places=shown,
            every=found.every,
            counts={each: len(some) for each, some in kinds.items()},
            choices=_choices(kinds[narrowed.show], zone),
            sure=len(kinds[Show.WAITING]) - len(kinds[Show.DOUBTFUL]),
        )

    def place(self, key: str | None) -> int | None:
        """Where the piece of a key stands, from 0."""
        return next((at for at, place in enumerate(self.places) if place.key == key), None)

    def key_at(self, place: int) -> str | None:
        """The key of the piece at a place."""
        return self.places[place].key if 0 <= place < len(self.places) else None

    def after(self, key: str | None) -> str | None:
        """The key of what comes after a piece that is in the queue, or was; the first for None."""
        at = self.place(key)
        if at is not None:
            return self.key_at(at + 1)
        was = next((place for place in self.every if place.key == key), None)
        if was is None:
            return self.key_at(0)
        order = _ORDERS[self.show]
        gone = order(was)
        return next((place.key for place in self.places if order(place) > gone), None)


def _by_likelihood(place: Place) -> tuple[Any, ...]:
    """The order of what waits, also of what no longer does: the likeliest first, then by time."""
    return place.doubtful, -place.score, place.published or "", place.key


def _by_time(place: Place) -> tuple[Any, ...]:
    return place.published is None, place.published or "", place.key


_ORDERS: Final[Mapping[Show, Callable[[Place], tuple[Any, ...]]]] = {
    Show.WAITING: _by_likelihood,
    Show.DOUBTFUL: _by_likelihood,
    Show.ACCEPTED: _by_time,
    Show.REJECTED: _by_time,
}


def _choices(places: Places, zone: str) -> Choices:
    outlets = Counter(place.outlet for place in places)
    languages = Counter(place.language for place in places if place.language)
    days = Counter(day for place in places if (day := _day(place.published, zone)))
    return Choices(
        outlets=dict(sorted(outlets.items())),
        languages=dict(sorted(languages.items())),
        days=dict(sorted(days.items())),
    )


@lru_cache(maxsize=MOMENTS)
def _day(published: str | None, zone: str) -> date | None:
    """The local day of a moment as the record spells it."""
    if published is None:
        return None
    return rows.instant_of(published).astimezone(ZoneInfo(zone)).date()
