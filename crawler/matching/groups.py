"""The AND-groups of an event's keywords, and what must stand of one at least (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from crawler.matching.terms import Form, Term
from crawler.models import Keywords

Member: TypeAlias = tuple[str, ...]
# words of which one must stand: ("konference", "konferenc"); "fest*" is every word that begins so


def groups_of(keywords: Keywords) -> list[tuple[str, ...]]:
    """The AND-groups, each with the terms of `all`."""
    groups = [*keywords.any] or [()] * bool(keywords.all)
    return [(*group, *keywords.all) for group in groups]


def members_of(terms: Iterable[Term]) -> tuple[Member, ...]:
    """What must stand of a group: for each word of it the spellings that will do."""
    forms = (form for term in terms for run in term.runs for form in run.forms)
    return tuple(dict.fromkeys(member for form in forms if (member := _member(form))))


def _member(form: Form) -> Member:
    """The spellings of one word; none where anything will do."""
    if form.accepts == "link":
        return ()
    if form.accepts == "beginning":
        return (f"{form.letters}*",)
    if form.accepts == "one-of":
        return tuple(sorted(form.among))
    return (form.letters, *sorted(form.stems - {form.letters}))
