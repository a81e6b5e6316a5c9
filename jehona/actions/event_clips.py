"""What people brought to an event by hand: pieces, and that they looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from crawler.config import outlets_asked
from crawler.models import Check, Event, Outlet, Way
from crawler.record import NoRecord, clipped, read, report_queries
from jehona.actions.matches import Pairs, kept_in, match_json
from jehona.actions.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClips:
    """Clips and hand checks of an event."""

    event: Event
    # accepted pieces that no listing had told before, the latest first, undated ones on top
    pieces: Pairs
    # keys of those that can be corrected: nothing but a person's words told of them
    typed: frozenset[str]
    # the latest check by hand of each outlet that has one
    looked: tuple[Check, ...]
    # the outlets that are asked for it
    asked: tuple[Outlet, ...]
    # every outlet that is described, by slug
    outlets: Mapping[str, Outlet]

    def as_json(self) -> dict[str, Any]:
        """The document; moments in the event's zone."""
        zone = ZoneInfo(self.event.zone)
        return {
            "event": self.event.slug,
            "pieces": [match_json(pair, zone) for pair in self.pieces],
            "checks": self.looked,
        }


def event_clips(office: Office, event: str) -> EventClips:
    """What people brought to an event. Read only. Raises RegistryError, RecordRefused."""
    what, outlets = office.event(event), office.outlets()
    asked = outlets_asked(outlets, what, [])
    try:
        with office.to_read() as record:
            found = kept_in(record, what, outlets).accepted
            keys = [article.key for article, _ in found]
            brought = report_queries.by_hand(record, keys)
            typed = frozenset(key for key in brought if clipped.layers_of(record, key) == {"clip"})
            checks = read.latest_checks(
                record, event=what.slug, window=what.window, outlets=[one.slug for one in asked]
            )
    except NoRecord:
        found, brought, typed, checks = (), frozenset(), frozenset(), {}
    return EventClips(
        event=what,
        pieces=tuple(pair for pair in reversed(found) if pair[0].key in brought),
        typed=typed,
        looked=tuple(
            check for made in checks.values() for check in made if check.way is Way.BY_HAND
        ),
        asked=asked,
        outlets=outlets,
    )
