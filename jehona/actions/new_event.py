"""A new event from one plain form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crawler.models import Event
from crawler.reading.typed_dates import WrongDate, typed_day
from jehona.actions import events
from jehona.actions.errors import Wrong
from jehona.actions.events import Added
from jehona.actions.office import Office


def add(
    office: Office,
    *,
    title: str,
    words: str,
    held: str | None = None,
    first: str | None = None,
    last: str | None = None,
    place: str | None = None,
    organiser: str | None = None,
    introduction: str | None = None,
    never: str | None = None,
    title_other: str | None = None,
    outlets: Sequence[str] = (),
) -> Added:
    """Write an event's file from what was typed: all words of a line, or those of another.

    `never` has a term a line that rules a piece out; `title_other` is for readers of the other
    language. Without days of its own the window is the usual one around the day it was held.
    Raises Wrong for what is missing or cannot be read, RegistryError.
    """
    if not title:
        raise Wrong("a title is needed")
    groups = [events.group(line, "words") for line in words.splitlines() if line.strip()]
    if not groups:
        raise Wrong("which words stand in a piece about it? Write them in a line")
    day = _day(office, held)
    begin, end = _window(office, day, first, last)
    return events.add(
        office,
        Event(
            slug=events.new_slug(office, title),
            title=title,
            date=day,
            first_day=begin,
            last_day=end,
            zone=office.workspace.zone,
            place=place,
            organiser=organiser,
            introduction=introduction,
            translations=events.translation(office.workspace.language, title=title_other),
            expected_outlets=tuple(outlets),
            keywords=events.keywords(groups, never=(never or "").splitlines()),
        ),
    )


def _window(
    office: Office, held: date | None, first: str | None, last: str | None
) -> tuple[date, date]:
    usual = events.usual_window(held) if held else (None, None)
    begin, end = _day(office, first) or usual[0], _day(office, last) or usual[1]
    if begin is None or end is None:
        raise Wrong("its day is needed, or the first and last day of what is looked for")
    if end < begin:
        raise Wrong("the last day {end} lies before the first {begin}", end=end, begin=begin)
    return begin, end


def _day(office: Office, typed: str | None) -> date | None:
    if not typed:
        return None
    try:
        zone = office.workspace.zone
        return typed_day(typed, now=office.clock(), zone=zone, may_lie_ahead=True)
    except WrongDate as error:
        raise Wrong("{typed}: {error}", typed=typed[:60], error=error) from None
