"""An event as a form has it: made, changed in its file, and never over another's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, get_args

from crawler.config.edited import digest_of
from crawler.config.event_file import set_event
from crawler.models import Event, KeyMessage, Language
from crawler.reading.typed_dates import WrongDate, typed_day
from jehona.actions import events, releases
from jehona.actions.editing import saving
from jehona.actions.errors import Wrong
from jehona.actions.event_words import group_of, line_of
from jehona.actions.events import Added
from jehona.actions.office import Office

WORDS: Final = ("title", "place", "organiser", "introduction")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMessage:
    """A key message as a form has it; without a name it is none."""

    name: str = ""
    name_en: str = ""
    # a group a line
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedEvent:
    """What a form says of an event; its words stand on a page of their own."""

    title: str = ""
    held: str = ""
    first: str = ""
    last: str = ""
    place: str = ""
    organiser: str = ""
    introduction: str = ""
    # the same for readers of the other language
    title_other: str = ""
    place_other: str = ""
    organiser_other: str = ""
    introduction_other: str = ""
    # slugs that were ticked; none: all in use
    outlets: tuple[str, ...] = ()
    messages: tuple[TypedMessage, ...] = ()
    # files of `releases/`
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an event's file says, and by which it is known again."""

    event: Event
    typed: TypedEvent
    # of the words that stand in the file's own language, and of the others
    language: Language
    other: Language
    digest: str


def standing(office: Office, slug: str) -> Standing:
    """An event's file as the form shows it. Raises RegistryError."""
    event = office.event(slug)
    assert event.source
    own = event.language or office.workspace.language
    return Standing(
        event=event,
        typed=_typed(event, other_than(own)),
        language=own,
        other=other_than(own),
        digest=digest_of(event.source),
    )


def other_than(language: Language) -> Language:
    """The other language of readers."""
    return next(code for code in get_args(Language) if code != language)


def make(
    office: Office,
    typed: TypedEvent,
    *,
    words: str,
    never: str = "",
    release: str = "",
) -> Added:
    """Write a new event's file: all words of a line, or those of another.

    `never` has a term a line that rules a piece out. Without days of its own the window is the
    usual one around the day it was held. A `release` is kept under `releases/` and named in it.
    Raises Wrong for what is missing or cannot be read, RegistryError.
    """
    groups = [events.group(line, "words") for line in words.splitlines() if line.strip()]
    if typed.title and not groups:
        raise Wrong("which words stand in a piece about it? Write them in a line")
    what = _event(office, typed, _nothing(office))
    what = replace(
        what,
        slug=events.new_slug(office, typed.title),
        keywords=events.keywords(groups, never=never.splitlines()),
        language=None,
    )
    return events.add(office, _with_release(office, what, release))


def save(office: Office, slug: str, typed: TypedEvent, digest: str, *, release: str = "") -> Path:
    """Have an event's file say what was typed; comments, order and words stay.

    Raises ChangedMeanwhile where the file is not the one of this digest, Wrong, RegistryError.
    """
    before = office.event(slug)
    assert before.source
    what = _event(office, typed, before)
    with saving(office):
        if digest_of(before.source) == digest:
            what = _with_release(office, what, release)
        set_event(
            before.source,
            what,
            zone=office.workspace.zone,
            outlets=office.outlets(),
            language=office.workspace.language,
            digest=digest,
        )
    return before.source


def _nothing(office: Office) -> Event:
    """What stands in a new event until the form says it."""
    zone = office.workspace.zone
    return Event(slug="new", title="", first_day=date.min, last_day=date.min, zone=zone)


def _event(office: Office, typed: TypedEvent, before: Event) -> Event:
    """The event that was typed. Raises Wrong."""
    if not typed.title:
        raise Wrong("a title is needed")
    held = _day(office, typed.held)
    first, last = _window(office, held, typed)
    own = before.language or office.workspace.language
    others = {name: getattr(typed, f"{name}_other") or None for name in WORDS}
    return replace(
        before,
        title=typed.title,
        date=held,
        first_day=first,
        last_day=last,
        place=typed.place or None,
        organiser=typed.organiser or None,
        introduction=typed.introduction or None,
        translations=events.translation(own, **others),
        expected_outlets=typed.outlets,
        messages=_messages(typed.messages),
        release=replace(before.release, files=typed.releases),
    )


def _messages(rows: Sequence[TypedMessage]) -> tuple[KeyMessage, ...]:
    told = tuple(_message(one) for one in rows if one.name or one.words.strip())
    for at, one in enumerate(told):
        if one.name in {earlier.name for earlier in told[:at]}:
            raise Wrong("two messages have one name: {name}", name=one.name[:80])
    return told


def _message(typed: TypedMessage) -> KeyMessage:
    groups = [group_of(line) for line in typed.words.splitlines() if line.strip()]
    if not typed.name or not groups:
        raise Wrong("a message needs its name, and the words that it is found by")
    return KeyMessage(name=typed.name, name_en=typed.name_en or None, any=tuple(groups))


def _with_release(office: Office, event: Event, text: str) -> Event:
    if not text.strip():
        return event
    day = event.date or event.first_day
    file = releases.keep(office, text, day=day, slug=event.slug)
    files = tuple(dict.fromkeys((*event.release.files, file)))
    return replace(event, release=replace(event.release, files=files))


def _typed(event: Event, other: Language) -> TypedEvent:
    told = {name: getattr(event, name) or "" for name in WORDS}
    words = next((one for one in event.translations if one.language == other), None)
    others = {f"{name}_other": (words and getattr(words, name)) or "" for name in WORDS}
    return TypedEvent(
        **told,
        **others,
        held=event.date.isoformat() if event.date else "",
        first=event.first_day.isoformat(),
        last=event.last_day.isoformat(),
        outlets=event.expected_outlets,
        messages=tuple(
            TypedMessage(
                name=one.name,
                name_en=one.name_en or "",
                words="\n".join(map(line_of, one.any)),
            )
            for one in event.messages
        ),
        releases=event.release.files,
    )


def _window(office: Office, held: date | None, typed: TypedEvent) -> tuple[date, date]:
    usual = events.usual_window(held) if held else (None, None)
    first, last = _day(office, typed.first) or usual[0], _day(office, typed.last) or usual[1]
    if first is None or last is None:
        raise Wrong("its day is needed, or the first and last day of what is looked for")
    if last < first:
        raise Wrong("the last day {end} lies before the first {begin}", end=last, begin=first)
    return first, last


def _day(office: Office, typed: str) -> date | None:
    if not typed:
        return None
    try:
        zone = office.workspace.zone
        return typed_day(typed, now=office.clock(), zone=zone, may_lie_ahead=True)
    except WrongDate as error:
        raise Wrong("{typed}: {error}", typed=typed[:60], error=error) from None
