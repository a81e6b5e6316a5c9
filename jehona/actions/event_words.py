"""An event's keywords as lines that a person types: tried, then saved unless it was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler.config.edited import digest_of
from crawler.config.event_file import set_keywords
from crawler.models import Event, Keywords
from jehona.actions import events, keyword_trial
from jehona.actions.editing import saving
from jehona.actions.errors import Wrong
from jehona.actions.keyword_trial import Tried
from jehona.actions.office import Office

# Articles that a page tries words on, the newest of the window: one waits for it while one types.
LOOKED_AT: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWords:
    """Keywords as a form has them."""

    # a group a line: its words parted by blanks, or by commas where one has several
    any: str = ""
    # a term a line
    all: str = ""
    none: str = ""
    names: str = ""
    # forms that never count
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an event's file says, and by which it is known again."""

    event: Event
    words: TypedWords
    digest: str


def standing(office: Office, event: str) -> Standing:
    """The keywords of an event's file. Raises RegistryError."""
    what = office.event(event)
    said = what.keywords
    words = TypedWords(
        any="\n".join(map(line_of, said.any)),
        all="\n".join(said.all),
        none="\n".join(said.none),
        names="\n".join(said.names),
        excluded=said.excluded,
    )
    return Standing(event=what, words=words, digest=digest_of(_file(what)))


def read(typed: TypedWords) -> Keywords:
    """What was typed, as keywords. Raises Wrong for a term that cannot be read."""
    said = events.keywords(
        [group_of(line) for line in _lines(typed.any)],
        _lines(typed.all),
        _lines(typed.none),
        _lines(typed.names),
    )
    return Keywords(
        any=said.any,
        all=said.all,
        none=said.none,
        names=said.names,
        excluded=tuple(sorted(set(typed.excluded))),
    )


def try_typed(office: Office, event: str, typed: TypedWords) -> Tried:
    """What these keywords find among LOOKED_AT articles; nothing is written.

    Raises as `read` and `try_words`.
    """
    return keyword_trial.try_words(office, event, keywords=read(typed), most=LOOKED_AT)


def save(office: Office, event: str, typed: TypedWords, digest: str) -> Path:
    """Write the keywords into the event's file; all else in it stays as a person wrote it.

    Raises ChangedMeanwhile where the file is not the one of this digest, Wrong, RegistryError.
    """
    said, file = read(typed), _file(office.event(event))
    zone, outlets = office.workspace.zone, office.outlets()
    with saving(office):
        set_keywords(file, said, zone=zone, outlets=outlets, digest=digest)
    return file


def _file(event: Event) -> Path:
    assert event.source is not None
    return event.source


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def line_of(group: Sequence[str]) -> str:
    """A group as a line that `read` reads back."""
    line = " ".join(group)
    if events.terms_in(line) == tuple(group):
        return line
    return ", ".join(group) if len(group) > 1 else f"{group[0]},"


def group_of(line: str) -> tuple[str, ...]:
    """The terms of a line, parted by blanks or by commas. Raises Wrong."""
    parts = _parted(line)
    if len(parts) == 1:
        return events.group(line, "words")
    terms = tuple(part for part in parts if part)
    if not terms:
        raise Wrong("{line!r}: a comma alone is no word", line=line)
    # each alone is read, and refused, as a term of its own
    return tuple(events.term(term, "words") for term in terms)


def _parted(line: str) -> list[str]:
    """What commas part, but not inside quotes and brackets."""
    parts, depth, ends = [""], 0, ""
    for sign in line:
        if ends:
            ends = "" if sign in ends else ends
        else:
            ends = events.CLOSING.get(sign, "")
            depth += (sign == "(") - (sign == ")")
        if sign == "," and not ends and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
