"""What the checks of one outlet mean together: sections of one way, a cross-check (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from crawler.models import Check, Outcome, Way
from crawler.run.routes import ENOUGH_WAYS

# Outcomes that answer for a stretch of time.
ANSWERING: Final = frozenset({Outcome.COMPLETE, Outcome.PARTIAL})


def weigh_sections(made: Sequence[Check], sections: Iterable[tuple[int, int]]) -> list[Check]:
    """One section read to the end is not the outlet, where another one was not.

    `sections` are the first and last place of checks that are sections of one way. Together they
    answer for the stretch that each of them answers for.
    """
    weighed = list(made)
    for first, last in sections:
        some = made[first:last]
        short = next((check for check in some if check.outcome is not Outcome.COMPLETE), None)
        stretch = _shared(some)
        weighed[first:last] = [_as_section(check, short, stretch) for check in some]
    return weighed


def _shared(sections: Sequence[Check]) -> tuple[datetime | None, datetime | None]:
    """The stretch that all of them answer for, None where one answers for none."""
    begins = [check.since for check in sections if check.since and check.until]
    ends = [check.until for check in sections if check.since and check.until]
    if len(begins) < len(sections) or max(begins) >= min(filter(None, ends)):
        return None, None
    return max(begins), min(filter(None, ends))


def _as_section(
    check: Check, short: Check | None, stretch: tuple[datetime | None, datetime | None]
) -> Check:
    since, until = stretch
    if short is None or check.outcome is not Outcome.COMPLETE:
        return replace(check, since=since, until=until)
    words = _joined(check.note, f"another {SECTION_WORDS[check.way]} was not read to the end")
    return replace(
        check,
        outcome=Outcome.PARTIAL,
        note=words,
        next_step=short.next_step,
        reason=short.reason,
        numbers=short.numbers,
        reached=short.reached,
        since=since,
        until=until,
    )


# What the sections of an outlet are called, by the way they are found.
SECTION_WORDS: Final[Mapping[Way, str]] = {
    Way.WORDPRESS: "site",
    Way.FEED: "feed",
    Way.SITEMAP: "sitemap",
    Way.LISTING: "list page",
}


def own_reads(made: Sequence[Check], seen: Sequence[frozenset[int]]) -> list[Check]:
    """A piece that stands in two sections is read once: each counts what earlier ones had not.

    `seen` has, for each check, the ids of the articles it met.
    """
    met: dict[Way, frozenset[int]] = {}
    weighed = list(made)
    for at, (check, some) in enumerate(zip(made, seen, strict=False)):
        before = met.get(check.way, frozenset())
        own = len(some - before)
        weighed[at] = check if not before or own == check.read else replace(check, read=own)
        met[check.way] = before | some
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
