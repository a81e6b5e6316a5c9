"""After a crawl: who broke its own expectations, and who broke or mended since the last run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from crawler.models import Check, Outcome, Outlet, Run, Way
from crawler.outcomes import FRUITFUL, best
from crawler.record import Record, history, write
from crawler.run.ledger import OutletResult, results
from crawler.run.publishing_rate import expected_in

SHORTEST = timedelta(days=1)
# a stretch of hours says nothing about a week
FAILED = frozenset({Outcome.BLOCKED, Outcome.BROKEN, Outcome.UNREACHABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An outlet that published less or more than its file expects."""

    outlet: str
    # slug
    verdict: Literal["too few", "too many"]
    # the first fails the run, the second warns
    pieces: int
    # in the stretch that was checked
    days: float
    # its length
    expected: int
    # the bound that was crossed, scaled to that length
    per_week: tuple[int, int]
    # as the outlet's file says

    @property
    def words(self) -> str:
        """One line for the ledger."""
        side = "fewer than the" if self.verdict == "too few" else "more than the"
        low, high = self.per_week
        return (
            f"{self.verdict}: {self.pieces} pieces in {self.days:g} days, "
            f"{side} {self.expected} it expects (per_week = [{low}, {high}])"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An outlet that answers and did not, or did and does not."""

    outlet: str
    # slug
    change: Literal["broke", "mended"]
    # which of the two
    before: Outcome
    # of its last run
    after: Outcome
    # of this one
    note: str | None
    # what happened
    next_step: str | None
    # what a person can do


def misses(record: Record, run: Run, outlets: Sequence[Outlet]) -> tuple[Miss, ...]:
    """Complete checks that broke the outlet's own `expect.per_week`, by outlet as asked."""
    known = {outlet.slug: outlet for outlet in outlets}
    judged = (_miss(record, known[result.outlet], result) for result in results(run.checks))
    return tuple(miss for miss in judged if miss)


def _miss(record: Record, outlet: Outlet, result: OutletResult) -> Miss | None:
    per_week, stretch = outlet.expect.per_week, _answered(result)
    if per_week is None or stretch is None:
        return None
    since, until = stretch
    pieces = len(history.published(record, outlet.slug, since=since, until=until))
    low, high = expected_in(per_week, until - since)
    if low <= pieces <= high:
        return None
    few = pieces < low
    return Miss(
        outlet=outlet.slug,
        verdict="too few" if few else "too many",
        pieces=pieces,
        days=round((until - since) / timedelta(days=1), 1),
        expected=low if few else high,
        per_week=per_week,
    )


def _answered(result: OutletResult) -> tuple[datetime, datetime] | None:
    """The stretch that the outlet was checked for completely: all its sections, if it has some."""
    check = result.speaks
    if check.way in {Way.PROOF, Way.BY_HAND} or check.outcome is not Outcome.COMPLETE:
        return None
    if check.since is None or check.until is None or check.until - check.since < SHORTEST:
        return None
    return check.since, check.until


def noted(record: Record, run: Run, found: Sequence[Miss]) -> Run:
    """The run with each miss in the note of the check that speaks; the ledger says it too.

    Its checks stand in the order in which they were made.
    """
    words = {miss.outlet: miss.words for miss in found}
    speak = {result.outlet: result.speaks for result in results(run.checks)}

    def told(place: int, check: Check) -> Check:
        if check.outlet not in words or check is not speak[check.outlet]:
            return check
        note = "; ".join(filter(None, (check.note, words[check.outlet])))
        remarked = replace(check, note=note)
        write.amend_check(record, run.number, place, remarked)
        return remarked

    return replace(run, checks=tuple(told(*each) for each in enumerate(run.checks)))


def changes(record: Record, run: Run) -> tuple[Change, ...]:
    """What broke and what mended since each outlet's last run, as asked."""
    return tuple(_changes(record, run))


def _changes(record: Record, run: Run) -> Iterator[Change]:
    for result in results(run.checks):
        if result.speaks.way is Way.PROOF:
            continue
        earlier = history.earlier_checks(record, result.outlet, before=run.number)
        if not earlier:
            continue
        before, after = best(earlier).outcome, result.outcome
        broke = before in FRUITFUL and after in FAILED
        if broke or (before in FAILED and after in FRUITFUL):
            yield Change(
                outlet=result.outlet,
                change="broke" if broke else "mended",
                before=before,
                after=after,
                note=result.speaks.note,
                next_step=result.speaks.next_step,
            )
