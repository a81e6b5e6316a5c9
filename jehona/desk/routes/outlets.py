"""The outlets: how they stand, one closely, and what a person saw with their own eyes."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from crawler.models import Event
from crawler.outcomes import FRUITFUL
from jehona import actions
from jehona.actions.errors import Unknown, Wrong
from jehona.desk.house import Notice
from jehona.desk.routes.page import Page, done, shown
from jehona.desk.visit import Visit

# Of a choice beside each outlet; older ones at the outlet itself.
MOST_EVENTS: Final = 12
LONGEST_NUMBER: Final = 6


def outlets(visit: Visit) -> Response:
    """Every outlet with its health; with `?show=record` how well each was followed."""
    if visit.asked("show") == "record":
        return _track_records(visit)
    found = actions.outlet_health.outlets(visit.office)
    wrong = [one for one in found.outlets if one.check and one.check.outcome not in FRUITFUL]
    events = _events(visit)[:MOST_EVENTS]
    return visit.answer("outlets.html", found, wrong=len(wrong), events=events, fruitful=FRUITFUL)


def outlet(visit: Visit) -> Response:
    """One outlet: its checks, its rows as read, its file."""
    found = actions.outlet_health.outlet(visit.office, visit.part("slug"))
    (track,) = actions.track_record.followed(visit.office, [visit.part("slug")])
    if visit.wants_json:
        return visit.json({**found.as_json(), "track_record": track.as_json()})
    return visit.page("outlet.html", result=found, events=_events(visit), track=track)


def _track_records(visit: Visit) -> Response:
    found = actions.track_record.followed(visit.office)
    if visit.wants_json:
        return visit.json({"outlets": [one.as_json() for one in found]})
    return visit.page("track_record.html", tracks=[one for one in found if one.since or one.pieces])


def looked_by_hand(visit: Visit) -> Response:
    """Keeps that somebody looked at an outlet for an event and found so many pieces."""
    slug, event, found = visit.part("slug"), visit.typed("event"), visit.typed("found") or ""
    if slug not in visit.office.outlets():
        raise Unknown("{slug}: no such outlet", slug=slug)
    if not found.isdecimal() or len(found) > LONGEST_NUMBER:
        raise Wrong(visit.say("desk_hand_number"))
    kept = actions.checks.by_hand(
        visit.office,
        slug,
        event=event or "",
        found=int(found),
        note=visit.typed("note") or "",
    )
    told = visit.say("desk_hand_kept", outlet=kept.outlet.name, by=kept.check.by, n=kept.check.read)
    back = f"/outlets/{slug}" if visit.typed("back") == "outlet" else "/outlets"
    return visit.go(back, Notice(text=told))


def _events(visit: Visit) -> list[Event]:
    """Those that somebody may have looked for, the latest first."""
    every = visit.office.events().values()
    return sorted(every, key=lambda one: one.first_day, reverse=True)


PAGES: Final[tuple[Page, ...]] = (
    shown("/outlets", outlets, reads=True),
    shown("/outlets/{slug}", outlet, reads=True),
    done("/outlets/{slug}/looked", looked_by_hand),
)
