"""What the search index is asked for an event: always a superset of what is accepted (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from crawler.matching.terms import BadTerm, Form, Term, read_term
from crawler.models import Event, Keywords

Member: TypeAlias = tuple[str, ...]
# words of which one must stand: ("konference", "konferenc"); "fest*" is every word that begins so
Asked: TypeAlias = tuple[tuple[Member, ...], ...]
# OR of AND-groups; a group without members asks nothing, so every article is a candidate


def narrowing(event: Event) -> Asked:
    """What must stand in the index words of every article that the event's matcher accepts.

    Each is of letters and digits alone, but for the star of a beginning, so it can be
    quoted into FTS5's MATCH. Never raises: a group with a term that cannot be read finds
    nothing, and no group at all means that nothing can match.
    """
    return tuple(
        dict.fromkeys(_safe(members) for members in map(members_of, _readable(event.keywords)))
    )


def groups_of(keywords: Keywords) -> list[tuple[str, ...]]:
    """The AND-groups, each with the terms of `all`."""
    groups = [*keywords.any] or [()] * bool(keywords.all)
    return [(*group, *keywords.all) for group in groups]


def members_of(terms: Iterable[Term]) -> tuple[Member, ...]:
    """What must stand of a group: for each word of it the spellings that will do."""
    forms = (form for term in terms for run in term.runs for form in run.forms)
    return tuple(dict.fromkeys(member for form in forms if (member := _member(form))))


def _readable(keywords: Keywords) -> Iterator[list[Term]]:
    for group in groups_of(keywords):
        try:
            yield [read_term(term) for term in group]
        except BadTerm:
            continue


def _member(form: Form) -> Member:
    """The spellings of one word; none where anything will do."""
    if form.accepts == "link":
        return ()
    if form.accepts == "beginning":
        return (f"{form.letters}*",)
    return (form.letters, *sorted(form.stems - {form.letters}))


def _safe(members: Iterable[Member]) -> tuple[Member, ...]:
    """Without the members that the index could not be asked for as they are."""
    return tuple(member for member in members if all(map(_plain, member)))


def _plain(word: str) -> bool:
    return word.removesuffix("*").isalnum()
