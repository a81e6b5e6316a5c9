"""One event: its TOML file, strictly, as the noun."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final, get_args

from crawler.config.files import parsed, slug_of, toml_text
from crawler.config.refusals import Place, RegistryError, nearest, shown
from crawler.config.toml_tables import Key, Keys, read_table, rows
from crawler.config.values import day, expected, line, many, one_of, slug, words, zone
from crawler.models import Event, EventWords, KeyMessage, Keywords, Language, OwnTexts

RELEASES: Final = "releases"
# the folder of the office's own texts
TEXTS: Final = (".md", ".txt")


def _groups(value: object, place: Place) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(group, list) for group in value):
        raise expected('a list of groups, as [["libër", "festë"], ["lexim"]]', value, place)
    if [] in value:
        sentence = f"group {value.index([]) + 1} is empty; write a word in it or take it out"
        raise place.refusal(sentence)
    return many(many(_term))(value, place)


def _term(value: object, place: Place) -> str:
    """A keyword as it is written, once it can be read."""
    from crawler.matching import BadTerm, read_term  # noqa: PLC0415 - no stemmer for `--help`

    if not isinstance(value, str):
        raise expected("a text in quotes", value, place)
    try:
        read_term(value)
    except BadTerm as bad:
        raise _at(place, value).refusal(str(bad)) from bad
    return line(value, place)


def _at(place: Place, term: str) -> Place:
    """The place with the line of a term where the file shows it: a list may have many lines."""
    spelled = (json.dumps(term, ensure_ascii=False), f"'{term}'")
    lines = place.source.read_text("utf-8-sig").splitlines()
    for number, text in enumerate(lines, 1):
        if any(each in text for each in spelled):
            return replace(place, where=f"line {number}: {place.where}")
    return place


KEYWORDS: Keys = {
    "any": Key(read=_groups),
    "all": Key(read=many(_term)),
    "not": Key(read=many(_term), field="none"),
    "names": Key(read=many(_term)),
    "except": Key(read=many(line), field="excluded"),
}


def _keywords(value: object, place: Place) -> Keywords:
    keywords = Keywords(**read_table(value, place.as_table(), KEYWORDS))
    if keywords.none and not (keywords.any or keywords.all):
        raise (
            place.as_table()
            .key("not")
            .refusal('only words that must not stand; say what must, as any = [["libër", "festë"]]')
        )
    return keywords


REMEMBERED: Final = 1_024
# files whose meaning is kept, as `crawler.config.outlets` does
READERS: tuple[Language, ...] = get_args(Language)
# languages of what readers see

# what readers of the other language are told: [en]
WORDS: Keys = {
    "title": Key(read=line),
    "introduction": Key(read=words),
    "place": Key(read=line),
    "organiser": Key(read=line),
}


def _words(value: object, place: Place) -> dict[str, str]:
    return read_table(value, place.as_table(), WORDS)


MESSAGE: Keys = {
    "name": Key(read=line, required=True),
    "name_en": Key(read=line),
    "any": Key(read=_groups, required=True),
}


def _message(value: object, place: Place) -> KeyMessage:
    return KeyMessage(**read_table(value, place, MESSAGE))


def _own_text(value: object, place: Place) -> str:
    """A path in the workspace's releases/, which is read when somebody asks for it."""
    path = line(value, place)
    parts = PurePosixPath(path).parts
    if path != "/".join(parts) or parts[:1] != (RELEASES,) or len(parts) < 2 or ".." in parts:  # noqa: PLR2004
        raise place.refusal(
            'a file of {releases}/, as "{releases}/2026-05-16.md": {path}',
            releases=RELEASES,
            path=shown(path),
        )
    if not path.endswith(TEXTS):
        raise place.refusal("a text: {texts}: {path}", texts=" or ".join(TEXTS), path=shown(path))
    return path


RELEASE: Keys = {
    "files": Key(read=many(_own_text)),
    "statements": Key(read=many(_own_text)),
}


def _release(value: object, place: Place) -> OwnTexts:
    return OwnTexts(**read_table(value, place.as_table(), RELEASE))


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
    "language": Key(read=one_of(READERS)),
    **{language: Key(read=_words) for language in READERS},
    "keywords": Key(read=_keywords),
    "message": Key(read=rows(_message), field="messages"),
    "release": Key(read=_release),
}


def read_event(
    path: Path, *, zone_of_office: str, outlets: Collection[str], language: Language | None = None
) -> Event:
    """The event of a TOML file; `outlets` are the slugs.

    `zone_of_office` and `language` are the workspace's, where the file names none.
    Raises RegistryError, one line that names file and key.
    """
    event = _event(path, toml_text(path), zone_of_office, language)
    _refuse_strangers(event, outlets, Place(source=path))
    return event


@lru_cache(maxsize=REMEMBERED)
def _event(path: Path, text: str, zone: str, language: Language | None) -> Event:
    """What the text says, worked out once for the same text: the file itself is read each time."""
    place = Place(source=path)
    defaults = {"zone": zone, "language": language}
    fields = defaults | read_table(parsed(text, path), place, EVENT)
    told = {code: fields.pop(code) for code in READERS if code in fields}
    if fields["language"] in told:
        own = fields["language"]
        raise place.refusal(
            'the title above is in "{own}" already; language says of which', own, own=own
        )
    translations = tuple(EventWords(language=code, **some) for code, some in told.items())
    event = Event(slug=slug_of(path), source=path, translations=translations, **fields)
    if event.first_day > event.last_day:
        raise place.key("from").refusal(
            "{first_day} is after to = {last_day}",
            first_day=event.first_day,
            last_day=event.last_day,
        )
    _refuse_twins(event, place)
    return event


def _refuse_strangers(event: Event, outlets: Collection[str], place: Place) -> None:
    for name in event.expected_outlets:
        if name not in outlets:
            raise place.key("expected_outlets").refusal(unknown_outlet(name, outlets))


def _refuse_twins(event: Event, place: Place) -> None:
    names = [message.name for message in event.messages]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise place.key("message").refusal(
                "two messages have one name: {name}", name=shown(name)
            )


def unknown_outlet(name: str, outlets: Collection[str]) -> str:
    """The sentence for an outlet that no file describes."""
    guess = nearest(name, outlets, most=3) or ";"
    return f'there is no outlet "{name}"{guess} `jehona outlets list` shows them all'


def unknown_event(name: str, events: Collection[str], folder: Path) -> RegistryError:
    """The error for an event that no file describes."""
    guess = nearest(name, events, most=3) or ";"
    known = f"known: {', '.join(sorted(events))}" if events else "there are none yet"
    return RegistryError(
        '{folder}: there is no event "{name}"{guess} {known}',
        folder=folder,
        name=name,
        guess=guess,
        known=known,
    )
