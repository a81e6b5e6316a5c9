"""What the search index is asked for an event: always a superset of what is accepted (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from crawler.matching.groups import Member, groups_of, members_of
from crawler.matching.naming import Names
from crawler.matching.spelling import misspelt
from crawler.matching.terms import BadTerm, Term, read_term
from crawler.matching.tongues import other_names
from crawler.models import Event

Asked: TypeAlias = tuple[tuple[Member, ...], ...]
# OR of AND-groups; a group without members asks nothing, so every article is a candidate


def narrowing(event: Event) -> Asked:
    """What must stand in the index words of every article that the event's matcher accepts, but
    for those that `narrowing_abroad` asks for.

    A group also finds what has a word of it misspelt. Each is of letters and digits alone, but for
    the star of a beginning, so it can be quoted into FTS5's MATCH. Never raises: a group with a
    term that cannot be read finds nothing, and no group at all means that nothing can match.
    """
    names = Names(event)
    groups = (misspelt(group, names) or group for group in _readable(names.groups))
    return tuple(dict.fromkeys(_safe(members_of(group)) for group in groups))


def narrowing_abroad(event: Event) -> Asked:
    """What must stand in an article of another language than Albanian that names the event in its
    own words; asked only of those, for Albanian ones hold many of the words.
    """
    if not any(_readable(groups_of(event.keywords))):
        return ()
    groups = other_names(event, Names(event))
    return tuple(dict.fromkeys(_safe(members_of(group)) for group in groups))


def _readable(groups: Iterable[Sequence[str]]) -> Iterator[tuple[Term, ...]]:
    for group in groups:
        try:
            yield tuple(map(read_term, group))
        except BadTerm:
            continue


def _safe(members: Iterable[Member]) -> tuple[Member, ...]:
    """Without the members that the index could not be asked for as they are."""
    return tuple(member for member in members if all(map(_plain, member)))


def _plain(word: str) -> bool:
    return word.removesuffix("*").isalnum()
