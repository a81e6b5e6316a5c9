"""Can we post now? One answer for the roundup, the page and whoever asks by `--json` (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from crawler.models import Language, Outcome
from reports.models import Completeness, Report
from reports.sentences import names
from reports.translating import wanting
from reports.words import say

# Outcomes after which nobody needs to look again: of a declined outlet nothing is known before a
# person has looked at it.
DONE: Final = (Outcome.COMPLETE, Outcome.CHECKED_BY_HAND)
NAMED: Final = 4
# open outlets that are named; more are counted

Kind = Literal[
    "unreviewed",
    "doubtful",
    "possibly",
    "unchecked",
    "contradicted",
    "unlisted",
    "untranslated",
    "new",
    "lost",
    "untold",
]


class State(StrEnum):
    """Whether a report can be posted."""

    NOW = "now"
    LATER = "later"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Something that a careful editor would settle first."""

    kind: Kind
    # what it is about
    told: str
    # "2 pieces not yet reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The answer."""

    state: State
    # now, later, or nothing to post
    head: str
    # in words: "Not ready to post yet"
    obstacles: tuple[Obstacle, ...]
    # none: it can go out, or there is nothing to
    why: str
    # the same in one clause, without a full stop

    @property
    def sentence(self) -> str:
        """`Not ready to post yet: 2 pieces not yet reviewed; ...`"""
        return f"{self.head}: {self.why}."


def readiness(report: Report, language: Language) -> Readiness:
    """Whether `report` can be posted as it is, in the reader's language."""
    found = tuple(_obstacles(report, language))
    return _answer(found, language, some=bool(report.pieces))


def _answer(found: tuple[Obstacle, ...], language: Language, *, some: bool) -> Readiness:
    """`some`: there is something to post."""
    state = State.LATER if found else State.NOW if some else State.NOTHING
    left = "; ".join(obstacle.told for obstacle in found)
    return Readiness(
        state=state,
        head=say(f"post_{state.value}", language),
        obstacles=found,
        why=left or say(f"post_{state.value}_why", language),
    )


def after(
    before: Readiness,
    language: Language,
    *,
    new: Sequence[str],
    lost: Sequence[str],
    untold: Sequence[str] = (),
) -> Readiness:
    """The same for a post that an editor arranged: what is `new`, and what of it is `lost`.

    `untold` is printed in another language than the post's for want of a translation. All are
    pieces in words, "Gazeta Shembull: Panairi hapet".
    """
    kinds: tuple[tuple[Kind, Sequence[str]], ...] = (
        ("new", new),
        ("lost", lost),
        ("untold", untold),
    )
    found = tuple(
        Obstacle(
            kind=kind,
            told=say(f"left_{kind}", language, n=len(some), told="; ".join(some[:NAMED])),
        )
        for kind, some in kinds
        if some
    )
    # title, texts and headlines are the document's own: what of them wants translating is `untold`
    kept = (one for one in before.obstacles if one.kind != "untranslated")
    return _answer((*found, *kept), language, some=before.state is not State.NOTHING)


def open_ends(report: Report) -> tuple[Completeness, ...]:
    """Outlets on which no statement of coverage stands: closed, half read, unasked."""
    return tuple(row for row in report.completeness if row.outcome not in DONE)


def _obstacles(report: Report, language: Language) -> Iterator[Obstacle]:
    pairs = {pair for text in report.texts for pair in text.possibly}
    counts: tuple[tuple[Kind, int], ...] = (
        ("unreviewed", report.summary.unreviewed),
        ("doubtful", report.summary.doubtful),
        ("possibly", len(pairs)),
    )
    for kind, n in counts:
        if n:
            yield Obstacle(kind=kind, told=say(f"left_{kind}", language, n=n))
    if told := _untranslated(report, language):
        yield Obstacle(kind="untranslated", told=told)
    if rows := open_ends(report):
        yield Obstacle(kind="unchecked", told=_unchecked(rows, language))
    if told := _contradicted(report, language):
        yield Obstacle(kind="contradicted", told=told)
    if not report.completeness:
        yield Obstacle(kind="unlisted", told=say("none_asked", language))


def _contradicted(report: Report, language: Language) -> str | None:
    """Outlets where a person found fewer pieces than are listed: one of the two is wrong."""
    told = [
        say("hand_and_list", language, name=row.outlet_name, found=row.read, listed=row.matched)
        for row in report.completeness
        if row.outcome is Outcome.CHECKED_BY_HAND and row.read < row.matched
    ]
    return say("left_contradicted", language, names=names(told, language)) if told else None


def _untranslated(report: Report, language: Language) -> str | None:
    """What a post in another language than the event's own would print as it stands."""
    event = report.event
    if event.language in (None, language) or not report.pieces:
        return None
    lacking = [say(f"untranslated_{key}", language) for key in event.untranslated(language)]
    if n := len(wanting(report, language)):
        lacking.append(say("untranslated_headlines", language, n=n))
    told = names(lacking, language)
    return say("left_untranslated", language, told=told) if lacking else None


def _unchecked(rows: Sequence[Completeness], language: Language) -> str:
    told = say("left_unchecked", language, n=len(rows))
    if len(rows) > NAMED:
        return told
    return f"{told}: {names([row.outlet_name for row in rows], language)}"
