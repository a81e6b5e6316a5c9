"""What the checks of one outlet mean together: sections of a listing, a cross-check (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from crawler.models import Check, Outcome, Way

# Outcomes that answer for a stretch of time.
ANSWERING: Final = frozenset({Outcome.COMPLETE, Outcome.PARTIAL})
# Ways that a cross-check sets beside each other.
ENOUGH_WAYS: Final = 2


def weigh_sections(made: Sequence[Check]) -> list[Check]:
    """One section read to the end is not the outlet, where another one was not."""
    sections = [check.outcome for check in made if check.way is Way.LISTING]
    if all(outcome is Outcome.COMPLETE for outcome in sections):
        return list(made)
    return [_as_part(check) if check.way is Way.LISTING else check for check in made]


def _as_part(check: Check) -> Check:
    if check.outcome is not Outcome.COMPLETE:
        return check
    words = _joined(check.note, "another list page was not read")
    return replace(check, outcome=Outcome.PARTIAL, note=words, since=None, until=None)


def own_reads(made: Sequence[Check], seen: Sequence[frozenset[int]]) -> list[Check]:
    """A piece that stands in two sections is read once: each counts what earlier ones had not.

    `seen` has, for each check, the ids of the articles it met.
    """
    met: set[int] = set()
    weighed = list(made)
    for at, (check, some) in enumerate(zip(made, seen, strict=False)):
        if check.way is Way.LISTING:
            own = len(some - met)
            weighed[at] = check if own == check.read else replace(check, read=own)
            met |= some
    return weighed


def compare(made: Sequence[Check], found: Sequence[Mapping[int, str]]) -> list[Check]:
    """Each check that answered, with the addresses that no other one found.

    `found` has, for each check, article id -> address.
    """
    if len(found) < ENOUGH_WAYS:
        return list(made)
    return [
        _with_only(check, _only(found, at)) if check.outcome in ANSWERING else check
        for at, check in enumerate(made)
    ]


def _only(found: Sequence[Mapping[int, str]], at: int) -> tuple[str, ...]:
    others = {article for place, some in enumerate(found) if place != at for article in some}
    return tuple(url for article, url in found[at].items() if article not in others)


def _with_only(check: Check, only: tuple[str, ...]) -> Check:
    shown = f", first {only[0]}" if only else ""
    words = f"cross-check: {len(only)} pieces found only by {check.way.value}{shown}"
    return replace(check, only=only, note=_joined(check.note, words))


def _joined(note: str | None, words: str) -> str:
    return f"{note}; {words}" if note else words
