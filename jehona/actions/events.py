"""Events: their files, and their keywords as they were understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, get_args

from crawler.config import event_files, slug_from
from crawler.config.event_file import write_event
from crawler.matching import Advice, BadTerm, advice, read_term, understood
from crawler.models import Event, EventWords, Keywords, Language
from jehona.actions import checks
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from reports import keyword_words

# A week of announcements, two weeks of echo: what the shipped events have.
BEFORE: Final = timedelta(days=7)
AFTER: Final = timedelta(days=14)
# Quotes that open, and what may close them: Albanian prints „so” and “so”.
CLOSING: Final = {'"': '"', "“": "”“", "„": "”“", "«": "»"}
# Of search engines; here they would be looked for.
OPERATORS: Final = ("AND", "OR", "NOT")
# What stands between words that are enumerated: "panair dhe libër".
CONNECTING: Final = ("and", "or", "dhe", "ose", "apo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """An event's keywords as they were understood."""

    # what a term is for ("any", "all", "not", "name", "except"), and how it is read
    terms: tuple[tuple[str, str], ...]
    # sentences
    advice: tuple[Advice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An event's file as it was written."""

    event: Event
    file: Path
    # what to type next: the keywords are tried where something was gathered already
    next_step: str

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {"event": self.event.slug, "file": self.file}


def add(office: Office, event: Event) -> Added:
    """Write an event's file. Raises RegistryError for what could not be read back."""
    file = write_event(event, office.workspace.root / "events", outlets=office.outlets())
    step = "crawl" if checks.nobody_asked(office, event.slug) else "events try"
    return Added(event=event, file=file, next_step=f"jehona {step} {event.slug}")


def new_slug(office: Office, title: str, slug: str | None = None) -> str:
    """The slug of a new event, else made of its title. Raises Wrong where none can be, or is."""
    if slug is None and not any(sign.isalnum() for sign in title):
        raise Wrong("--slug is needed: {title!r} has no letter to make one of", title=title)
    made = slug_from(slug or title)
    if slug and made != slug:
        raise Wrong(
            "--slug {slug}: a slug has a-z, 0-9 and hyphens: write --slug {made}",
            slug=slug,
            made=made,
        )
    if made in event_files(office.workspace):
        path = office.workspace.root / "events" / f"{made}.toml"
        raise Wrong("{path}: exists, and is never overwritten; --slug names another", path=path)
    return made


def translation(own: Language, **words: str | None) -> tuple[EventWords, ...]:
    """Title, introduction, place and organiser in the language that is not the event's `own`."""
    told = {key: value for key, value in words.items() if value and value.strip()}
    (other,) = (code for code in get_args(Language) if code != own)
    return (EventWords(language=other, **told),) if told else ()


def usual_window(held: date) -> tuple[date, date]:
    """First and last day of what is written about an event of this day."""
    return held - BEFORE, held + AFTER


def keywords(
    groups: Sequence[Sequence[str]],
    every: Sequence[str] = (),
    never: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Keywords:
    """The keywords as typed. Raises Wrong where nothing must stand or a term cannot be read."""
    if not groups and not every:
        raise Wrong("--any is needed: which words stand in a piece about it?")
    return Keywords(
        any=tuple(map(tuple, groups)),
        all=tuple(term(typed, "--all") for typed in every),
        none=tuple(term(typed, "--not") for typed in never),
        names=tuple(term(typed, "--name") for typed in names),
    )


def group(typed: str, option: str = "--any") -> tuple[str, ...]:
    """The terms of one group as typed. Raises Wrong."""
    terms = terms_in(typed)
    if not terms:
        raise Wrong(
            "{option} {typed!r}: an empty group; write a word in it", option=option, typed=typed
        )
    for each in terms:
        if each in OPERATORS or each in CONNECTING:
            raise Wrong(
                "{option} {typed}: {term} would be looked for; all words of one --any "
                "must stand, a further --any is or, and --not rules out",
                option=option,
                typed=typed,
                term=each,
            )
    return tuple(term(each, option) for each in terms)


def terms_in(typed: str) -> tuple[str, ...]:
    """The terms of a group as typed: blanks part them, but not inside quotes and brackets.

    `bletar "rruga e liqeneve" near(a, b, 5)` are three. A comma behind a word parts, too.
    """
    terms, term, ends, depth = [], "", "", 0
    for sign in typed.strip():
        if ends:
            ends = "" if sign in ends else ends
        else:
            ends = CLOSING.get(sign, "")
            depth += (sign == "(") - (sign == ")")
        if (sign.isspace() or sign in ",;") and not ends and depth <= 0:
            terms.append(term)
            term = ""
            continue
        term += sign
    return tuple(each for each in (*terms, term) if each)


def as_understood(words: Keywords, language: Language) -> Understood:
    """How each term was understood, in a reader's language, and advice."""
    terms = [
        ("any", " AND ".join(understood_in(term, language) for term in terms))
        for terms in words.any
    ]
    for name, some in (("all", words.all), ("not", words.none), ("name", words.names)):
        terms += [(name, understood_in(term, language)) for term in some]
    if words.excluded:
        terms.append(("except", ", ".join(words.excluded)))
    return Understood(terms=tuple(terms), advice=tuple(advice(words)))


def understood_in(term: str, language: Language) -> str:
    """How a term is understood, in a reader's language. Raises BadTerm."""
    if language == "en":
        return understood(read_term(term))
    return keyword_words.understood(read_term(term), language)


def term(typed: str, option: str) -> str:
    """A term as typed. Raises Wrong for one that cannot be read."""
    try:
        read_term(typed)
    except BadTerm as bad:
        raise Wrong("{option}: {bad}", option=option, bad=bad) from None
    return typed
