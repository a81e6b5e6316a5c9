"""Conducts a run: outlets side by side, one way after the other, an outcome for each.

`routes.next_find` is the whole policy and pure; the rest is thin. Scrapy fetches, one
crawler a check, all in one reactor; the record is written by the page store, page by
page, so that a killed run loses nothing it had.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawler import __version__
from crawler.models import (
    Check,
    Event,
    Find,
    Lead,
    Outcome,
    Outlet,
    Run,
    Way,
    Window,
    Workspace,
)
from crawler.outcomes import Reason, Trouble
from crawler.record import Record, RecordRefused, history, outbox, read, second_looks, write
from crawler.run import health, learn_boilerplate
from crawler.run.combine_checks import ANSWERING, compare, own_reads, weigh_sections
from crawler.run.crawl_task import Assignment, Tally
from crawler.run.ledger import results
from crawler.run.page_store import PageStore
from crawler.run.record_view import RecordMemory
from crawler.run.routes import (
    Route,
    next_find,
    route_of,
    routes_of,
    sections_of,
    step_for,
    unasked,
)
from crawler.run.run_events import RunEvent, RunState, Watcher, What, written_down
from crawler.run.session import Session, in_session

log = logging.getLogger(__name__)

BUDGET = 400
# The memory of when edits were last asked for.
EDITS_ASKED = "edits-asked"
# A routine crawl without an earlier one looks back a week.
FIRST_LOOK = timedelta(days=7)
# A routine crawl looks behind the last one: late approvals, back-dated pieces.
OVERLAP = timedelta(days=2)
# After a long silence a routine crawl does not go back for years: name a window for that.
LONGEST_LOOK = timedelta(days=92)
# Troubles that leave holes in the stretch itself, not only before it.
LACKING = frozenset({Reason.SHORT, Reason.NOT_COUNTED, Reason.BROKEN_OFF})
# Seconds between two looks at how far the checks under way are.
PROGRESS_EVERY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one run is to do."""

    workspace: Workspace
    # whose contact we give
    outlets: tuple[Outlet, ...]
    # who is asked: the denominator of the report
    event: Event | None = None
    # whose window; None for a named window or a routine crawl
    window: Window | None = None
    # None: what is new since the last complete check
    way: Way | None = None
    # only this way
    budget: int = BUDGET
    # requests a check may cost
    cross_check: bool = False
    # ask a second way too, and tell what only one of them found
    proof: Mapping[str, tuple[Lead, ...]] | None = None
    # outlet -> pieces whose pages are wanted; then nothing is looked for
    sealing: bool = False
    # what is told is kept until it is sealed as a bundle, too
    beside: Callable[[], Coroutine[Any, Any, None]] | None = None
    # runs while outlets are asked; what it raises ends the run as interrupted
    again: bool = False
    # they are looked at a second time: only what changed is wanted


@dataclass(slots=True, kw_only=True)
class Sitting:
    """One run under way."""

    plan: Plan
    # what is to do
    record: Record
    # where it is kept
    run: int
    # its number in the record
    clock: Callable[[], datetime]
    # aware now
    tell: Callable[..., None]
    # what happens, to who looks on: `What`, then what a `RunEvent` has
    session: Session
    # by which outlets are asked
    under_way: dict[str, Assignment] = field(default_factory=dict)
    # outlet -> its check
    checks: list[Check] = field(default_factory=list)
    # what is done


@dataclass(slots=True, kw_only=True)
class _Visit:
    """One outlet in one run."""

    outlet: Outlet
    # who is asked
    routes: list[Route]
    # ways to try; what pages name is added
    made: list[Check] = field(default_factory=list)
    # one after the other
    seen: list[frozenset[int]] = field(default_factory=list)
    # article ids that each check met
    answers: list[tuple[datetime | None, datetime | None]] = field(default_factory=list)
    # the stretch that each check answers for by itself: a section's counts with the others'
    covered: list[tuple[datetime, datetime]] = field(default_factory=list)
    # stretches that earlier runs answer for
    robots: dict[str, Any] = field(default_factory=dict)
    # rules of robots.txt by origin: asked once a run


@contextmanager
def gather(
    plan: Plan, record: Record, *, clock: Callable[[], datetime], watcher: Watcher
) -> Iterator[Run]:
    """A run with its ledger; it is over, and says so, when this ends.

    What is made of it at once (matches, remarks) is made inside. Its events are written to
    `var/runs`, then told to the watcher.
    Raises RecordRefused when the record cannot be written, KeyboardInterrupt after the checks
    under way were written down as interrupted.
    """
    started, event = clock(), plan.event.slug if plan.event else None
    run = write.begin_run(
        record, event=event, window=plan.window, started=started, version=__version__
    )
    with written_down(plan.workspace.var, run, watcher) as look:

        def tell(what: What, **more: Any) -> None:
            look(RunEvent(what=what, at=clock(), run=run, event=event, **more))

        async def work(session: Session) -> Run:
            sitting = Sitting(
                plan=plan, record=record, run=run, clock=clock, tell=tell, session=session
            )
            return await _gather(sitting, started)

        with _told_how_it_ended(tell):
            tell(What.RUN_STARTED, outlets=tuple(outlet.slug for outlet in plan.outlets))
            try:
                done = in_session(work, plan.outlets, contact=plan.workspace.contact)
            except* RecordRefused as refused:
                raise refused.exceptions[0] from None
            yield done


@contextmanager
def _told_how_it_ended(tell: Callable[..., None]) -> Iterator[None]:
    """The last event of a run, whatever ends it."""
    state = RunState.FAILED
    try:
        yield
        state = RunState.FINISHED
    except KeyboardInterrupt:
        state = RunState.INTERRUPTED
        raise
    finally:
        # where the disk refuses, the first refusal is on its way up
        with nullcontext() if state is RunState.FINISHED else suppress(RecordRefused):
            tell(What.RUN_ENDED, state=state)


async def _gather(sitting: Sitting, started: datetime) -> Run:
    plan, record, run, clock = sitting.plan, sitting.record, sitting.run, sitting.clock
    with _over_or_interrupted(record, run):
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(_tell_progress(sitting))]
            if plan.beside:
                beside.append(tasks.create_task(plan.beside()))
            visits = [tasks.create_task(_visit(sitting, outlet)) for outlet in plan.outlets]
            if visits:
                await asyncio.wait(visits)
            for task in beside:
                task.cancel()
        learn_boilerplate.learn(record, run, clock())
        done = _told_of(sitting, started)
        # the last that is said of a check: the end of a run seals them
        done = health.noted(record, done, health.misses(record, done, plan.outlets))
        write.end_run(record, run, clock())
    return replace(done, checks=_in_order(plan, done.checks))


def _told_of(sitting: Sitting, started: datetime) -> Run:
    """The run, its checks as they were made: their places in the record's ledger."""
    event = sitting.plan.event
    return Run(
        number=sitting.run,
        event=event.slug if event else None,
        window=sitting.plan.window,
        started=started,
        finished=sitting.clock(),
        checks=tuple(sitting.checks),
    )


async def _tell_progress(sitting: Sitting) -> None:
    """Twice a second, of each check under way what has changed; until it is cancelled."""
    told: dict[str, dict[str, Any]] = {}
    while True:
        await asyncio.sleep(PROGRESS_EVERY)
        for slug, assignment in tuple(sitting.under_way.items()):
            counts = _counts_so_far(assignment)
            if counts != told.get(slug):
                told[slug] = counts
                sitting.tell(What.PROGRESS, outlet=slug, **counts)


def _counts_so_far(assignment: Assignment) -> dict[str, Any]:
    tally = assignment.tally
    counts = {"read": len(tally.seen), "new": len(tally.new), "requests": tally.requests}
    return {"way": assignment.find.way, "listed": tally.listed, **counts}


@contextmanager
def _over_or_interrupted(record: Record, run: int) -> Iterator[None]:
    """A run that ends before its end says so at once: nothing runs any more."""
    try:
        yield
    except BaseException:
        # a record that refuses has said why; the next run marks this one
        with suppress(RecordRefused):
            write.end_lost_runs(record, run)
        raise


def _in_order(plan: Plan, checks: Sequence[Check]) -> tuple[Check, ...]:
    """By outlet as asked, then as made."""
    place = {outlet.slug: at for at, outlet in enumerate(plan.outlets)}
    return tuple(sorted(checks, key=lambda check: place[check.outlet]))


async def _visit(sitting: Sitting, outlet: Outlet) -> None:
    """One outlet, one way after the other, until one is complete or none is left."""
    visit = _Visit(outlet=outlet, routes=list(_routes(sitting.plan, outlet)))
    async with sitting.session.seats:
        visit.covered = history.covered(sitting.record, outlet.slug)
        if standing := unasked(outlet, visit.routes, sitting.clock()):
            visit.made.append(standing)
            visit.answers.append((None, None))
            _keep(sitting, standing)
        while not standing and _next(sitting.plan, visit):
            if visit.made:
                await asyncio.sleep(outlet.delay)
            noticed = await _check(sitting, visit)
            asked = {find for route in visit.routes for find in route}
            fresh = [find for find in noticed if find not in asked]
            visit.routes += [(find,) for find in fresh if sitting.plan.way in {None, find.way}]
    _weigh(sitting, visit)
    for result in results(visit.made):
        sitting.tell(What.OUTLET_ENDED, outlet=outlet.slug, checks=result.checks, **result.counts)


def _routes(plan: Plan, outlet: Outlet) -> tuple[Route, ...]:
    """The ways to try: the outlet's own, or its pieces' pages alone."""
    if plan.proof is None:
        return routes_of(outlet, plan.way)
    rest = (find.url for find in outlet.find if find.way is Way.WORDPRESS and plan.again)
    return ((Find(way=Way.PROOF, url=next(rest, outlet.home or "")),),)


def _next(plan: Plan, visit: _Visit) -> Find | None:
    return next_find(visit.routes, visit.made, cross_check=plan.cross_check)


def _weigh(sitting: Sitting, visit: _Visit) -> None:
    """Amend the checks by what they mean together: sections, a cross-check."""
    sections = sections_of(visit.routes, visit.made)
    made = [
        replace(check, since=since, until=until)
        for check, (since, until) in zip(visit.made, visit.answers, strict=True)
    ]
    weighed = own_reads(weigh_sections(made, sections), visit.seen)
    if sitting.plan.cross_check:
        found = [history.addresses(sitting.record, seen) for seen in visit.seen]
        weighed = compare(weighed, found)
    for at, check in enumerate(weighed):
        if check != visit.made[at]:
            # by identity: two checks may say the same
            place = next(n for n, kept in enumerate(sitting.checks) if kept is visit.made[at])
            write.amend_check(sitting.record, sitting.run, place, check)
            sitting.checks[place] = visit.made[at] = check


def _keep(sitting: Sitting, check: Check) -> None:
    write.save_check(sitting.record, sitting.run, check)
    sitting.checks.append(check)


async def _check(sitting: Sitting, visit: _Visit) -> Sequence[Find]:
    """One check, written down even when a person interrupts it; the ways that it noticed."""
    assignment = _assign(sitting, visit)
    slug, begun = visit.outlet.slug, time.monotonic()
    sitting.tell(What.CHECK_STARTED, outlet=slug, way=assignment.find.way)
    sitting.under_way[slug] = assignment
    try:
        await _crawl(sitting, assignment)
    except asyncio.CancelledError:
        assignment.tally.trouble = Trouble(Reason.INTERRUPTED, "the crawl was interrupted")
        _close(sitting, assignment, time.monotonic() - begun)
        raise
    finally:
        del sitting.under_way[slug]
    check = _close(sitting, assignment, time.monotonic() - begun)
    visit.made.append(check)
    visit.answers.append(answered(assignment))
    visit.seen.append(frozenset(assignment.tally.seen))
    return assignment.tally.noticed


def _assign(sitting: Sitting, visit: _Visit) -> Assignment:
    """What the spider is sent out with."""
    outlet, now, tally = visit.outlet, sitting.clock(), Tally()
    route, place = route_of(visit.routes, visit.made)
    met = visit.seen[len(visit.seen) - place :]
    memory = RecordMemory(
        record=sitting.record,
        run=sitting.run,
        outlet=outlet.slug,
        now=now,
        tally=tally,
        sealing=sitting.plan.sealing,
    )
    covered = max((until for _, until in visit.covered), default=None)
    return Assignment(
        outlet=outlet,
        find=route[place],
        section=len(route) > 1,
        silence_is_ours=place == len(route) - 1 and not any(met),
        window=sitting.plan.window or _since_last(sitting, outlet, covered, now),
        now=now,
        routine=sitting.plan.window is None,
        last=covered,
        edited_since=_edits_asked(sitting.record, outlet.slug, route, route[place]),
        budget=sitting.plan.budget,
        memory=memory,
        tally=tally,
        robots=visit.robots,
        pieces=(sitting.plan.proof or {}).get(outlet.slug, ()),
        habits=learn_boilerplate.known(sitting.record, outlet.slug),
    )


def _edits_asked(record: Record, outlet: str, route: Route, find: Find) -> datetime | None:
    """When edits were last asked for; else when this way was last complete; None: never.

    Of several sites each remembers its own; nothing else says it of one of them.
    """
    if kept := read.recall(record, outlet, _edits_name(find, section=len(route) > 1)):
        return datetime.fromisoformat(kept[0])
    last = read.last_complete(record, outlet, find.way) if len(route) == 1 else None
    return last.at if last else None


def _edits_name(find: Find, *, section: bool) -> str:
    return f"{EDITS_ASKED} {find.url}" if section else EDITS_ASKED


def _remember_edits(sitting: Sitting, assignment: Assignment, check: Check) -> None:
    """A routine check by REST that was complete asked for every edit up to its beginning."""
    asked = assignment.routine and check.way is Way.WORDPRESS
    if asked and check.outcome is Outcome.COMPLETE:
        begun = assignment.now.isoformat()
        name = _edits_name(assignment.find, section=assignment.section)
        write.remember(sitting.record, check.outlet, name, begun, assignment.now)


def _since_last(sitting: Sitting, outlet: Outlet, last: datetime | None, now: datetime) -> Window:
    """From the last stretch that was covered, with an overlap, to now."""
    start = max(last - OVERLAP, now - LONGEST_LOOK) if last else now - FIRST_LOOK
    zone = outlet.zone or sitting.plan.workspace.zone
    return Window(start=start.astimezone(ZoneInfo(zone)), end=now, zone=zone)


def _close(sitting: Sitting, assignment: Assignment, seconds: float) -> Check:
    """Write the check down, and what the outlet no longer lists."""
    at = sitting.clock()
    if assignment.tally.gone:
        write.mark_gone(sitting.record, sitting.run, assignment.tally.gone, at)
        if sitting.plan.sealing:
            outbox.put_gone(sitting.record, sitting.run, assignment.tally.gone, at)
    trouble = assignment.tally.trouble
    if assignment.tally.looked and not (trouble and trouble.reason is Reason.INTERRUPTED):
        second_looks.keep(sitting.record, assignment.tally.looked, at)
    check = conclude(assignment, seconds=seconds, at=at)
    _remember_edits(sitting, assignment, check)
    _keep(sitting, check)
    for result in results([check]):
        sitting.tell(What.CHECK_ENDED, outlet=check.outlet, checks=(check,), **result.counts)
    return check


def conclude(assignment: Assignment, *, seconds: float, at: datetime) -> Check:
    """The ledger's row of a check that is over (pure).

    A section answers for no stretch by itself: only with the others (`_weigh`).
    """
    tally, window = assignment.tally, assignment.window
    since, until = (None, None) if assignment.section else answered(assignment)
    reached = tally.reached
    return Check(
        outlet=assignment.outlet.slug,
        way=assignment.find.way,
        outcome=_outcome(tally),
        listed=tally.listed,
        read=len(tally.seen),
        new=len(tally.new),
        changed=len(tally.changed - tally.new),
        gone=len(tally.gone),
        requests=tally.requests,
        reached=reached.astimezone(ZoneInfo(window.zone)) if reached else None,
        seconds=round(seconds, 1),
        types=tally.types,
        note=_note(tally),
        next_step=step_for(tally.trouble.reason, assignment.outlet) if tally.trouble else None,
        reason=tally.trouble.reason.value if tally.trouble else None,
        numbers=_numbers(tally),
        at=at,
        since=since,
        until=until,
    )


def answered(assignment: Assignment) -> tuple[datetime | None, datetime | None]:
    """The stretch that a check answers for, aware; None and None where it does for none (pure)."""
    tally, window = assignment.tally, assignment.window
    lacking = tally.holes or (tally.trouble and tally.trouble.reason in LACKING)
    if lacking or tally.reached is None or _outcome(tally) not in ANSWERING:
        return None, None
    return tally.reached, min(window.end, assignment.now)


def _outcome(tally: Tally) -> Outcome:
    """Rows that came before a trouble stay: the check reached back to a stated time."""
    if tally.trouble is None:
        return Outcome.COMPLETE
    return Outcome.PARTIAL if tally.seen else tally.trouble.outcome


def _note(tally: Tally) -> str | None:
    """What happened, in words: the trouble, then what else a reader should know."""
    words = [tally.trouble.note] if tally.trouble else []
    words += tally.notes
    if tally.unread:
        words.append(f"{len(tally.unread)} rows could not be read, first {tally.unread[0]}")
    return "; ".join(words) or None


def _numbers(tally: Tally) -> dict[str, int | float | str]:
    """What the note counts or names."""
    named = dict(tally.trouble.numbers) if tally.trouble else {}
    return {**named, "unread": len(tally.unread)} if tally.unread else named


async def _crawl(sitting: Sitting, assignment: Assignment) -> None:
    """Send the spider out and wait for it. Raises RecordRefused when the record does."""
    store = PageStore(assignment)
    try:
        spider = "again" if sitting.plan.again else assignment.find.way.value
        await sitting.session.send(spider, store.keep, assignment=assignment)
    finally:
        store.close()
    fault = assignment.tally.fault
    if isinstance(fault, RecordRefused):
        raise fault
    if refused := sitting.record.refusal_behind(fault):
        raise refused from fault
    if fault:
        log.error("our own fault at %s", assignment.outlet.slug, exc_info=fault)
        words = f"{type(fault).__name__} while reading, see crawl.log"
        assignment.tally.trouble = Trouble(Reason.FAULT, words)
