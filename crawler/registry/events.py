"""One event: its TOML file, strictly, as the noun."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from crawler.models import Event, Keywords
from crawler.registry.files import read_toml, slug_of
from crawler.registry.refusals import Place, RegistryError, nearest
from crawler.registry.tables import Key, Keys, read_table
from crawler.registry.values import day, expected, line, many, slug, words, zone


def _groups(value: object, place: Place) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(group, list) and group for group in value):
        raise expected('a list of groups, as [["libër", "festë"], ["lexim"]]', value, place)
    return many(many(line))(value, place)


KEYWORDS: Keys = {
    "any": Key(read=_groups),
    "all": Key(read=many(line)),
    "not": Key(read=many(line), field="none"),
    "names": Key(read=many(line)),
}


def _keywords(value: object, place: Place) -> Keywords:
    return Keywords(**read_table(value, place.as_table(), KEYWORDS))


EVENT: Keys = {
    "title": Key(read=line, required=True),
    "date": Key(read=day),
    "from": Key(read=day, field="first_day", required=True),
    "to": Key(read=day, field="last_day", required=True),
    "zone": Key(read=zone),
    "place": Key(read=line),
    "organiser": Key(read=line),
    "expected_outlets": Key(read=many(slug)),
    "introduction": Key(read=words),
    "keywords": Key(read=_keywords),
}


def read_event(path: Path, *, zone_of_office: str, outlets: Collection[str]) -> Event:
    """The event of a TOML file; `zone_of_office` where it names none, `outlets` are the slugs.

    Raises RegistryError, one line that names file and key.
    """
    place = Place(source=path)
    fields = {"zone": zone_of_office, **read_table(read_toml(path), place, EVENT)}
    event = Event(slug=slug_of(path), source=path, **fields)
    if event.first_day > event.last_day:
        raise place.key("from").refusal(f"{event.first_day} is after to = {event.last_day}")
    _refuse_strangers(event, outlets, place)
    return event


def _refuse_strangers(event: Event, outlets: Collection[str], place: Place) -> None:
    for name in event.expected_outlets:
        if name not in outlets:
            raise place.key("expected_outlets").refusal(unknown_outlet(name, outlets))


def unknown_outlet(name: str, outlets: Collection[str]) -> str:
    """The sentence for an outlet that no file describes."""
    guess = nearest(name, outlets, most=3) or ";"
    return f'there is no outlet "{name}"{guess} `jehona outlets list` shows them all'


def unknown_event(name: str, events: Collection[str], folder: Path) -> RegistryError:
    """The error for an event that no file describes."""
    guess = nearest(name, events, most=3) or ";"
    known = f"known: {', '.join(sorted(events))}" if events else "there are none yet"
    return RegistryError(f'{folder}: there is no event "{name}"{guess} {known}')
