"""Conducts a run: outlets side by side, one way after the other, an outcome for each.

`next_route` is the whole policy and pure; the rest is thin. Scrapy fetches, one
crawler a check, all in one reactor; the record is written by the pipelines, page by
page, so that a killed run loses nothing it had.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
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
from crawler.outcomes import MEANINGS, Reason, Trouble
from crawler.record import Record, RecordRefused, history, read, write
from crawler.run import learn_boilerplate
from crawler.run.combine_checks import ANSWERING, ENOUGH_WAYS, compare, own_reads, weigh_sections
from crawler.run.crawl_task import Assignment, Tally
from crawler.run.record_view import RecordMemory
from crawler.run.runtime import interrupts_cancel, seldom_collected

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerRunner, Crawler

T = TypeVar("T")
log = logging.getLogger(__name__)

# Outlets asked at the same time. Each has one request under way, so this also bounds memory.
SIDE_BY_SIDE = 16
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
# What a spider of this release can follow.
FOLLOWED = frozenset({Way.WORDPRESS, Way.FEED, Way.SITEMAP, Way.LISTING})


class Watcher(Protocol):
    """Somebody who looks on: the terminal, a test."""

    def started(self, outlet: Outlet, way: Way, tally: Tally) -> None:
        """A check begins; the tally fills while it goes on."""
        ...

    def ended(self, outlet: Outlet, checks: Sequence[Check]) -> None:
        """An outlet is done."""
        ...


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
    watcher: Watcher
    # who looks on
    runner: AsyncCrawlerRunner
    # Scrapy's
    seats: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SIDE_BY_SIDE))
    # how many outlets are asked at once
    checks: list[Check] = field(default_factory=list)
    # what is done


@dataclass(slots=True, kw_only=True)
class _Visit:
    """One outlet in one run."""

    outlet: Outlet
    # who is asked
    made: list[Check] = field(default_factory=list)
    # one after the other
    seen: list[frozenset[int]] = field(default_factory=list)
    # article ids that each check met
    robots: dict[str, Any] = field(default_factory=dict)
    # rules of robots.txt by origin: asked once a run


def gather(plan: Plan, record: Record, *, clock: Callable[[], datetime], watcher: Watcher) -> Run:
    """Make the run and return its ledger.

    Raises RecordRefused when the record cannot be written, KeyboardInterrupt after the
    checks under way were written down as interrupted.
    """
    try:
        return run_to_the_end(_gather(plan, record, clock, watcher), plan.outlets)
    except* RecordRefused as refused:
        raise refused.exceptions[0] from None


async def _gather(
    plan: Plan, record: Record, clock: Callable[[], datetime], watcher: Watcher
) -> Run:
    started = clock()
    event = plan.event.slug if plan.event else None
    run = write.begin_run(
        record, event=event, window=plan.window, started=started, version=__version__
    )
    sitting = Sitting(
        plan=plan,
        record=record,
        run=run,
        clock=clock,
        watcher=watcher,
        runner=scrapy_runner(plan.workspace),
    )
    async with asyncio.TaskGroup() as tasks:
        for outlet in plan.outlets:
            tasks.create_task(_visit(sitting, outlet))
    learn_boilerplate.learn(record, run, clock())
    write.end_run(record, run, clock())
    return Run(
        number=run,
        event=event,
        window=plan.window,
        started=started,
        finished=clock(),
        checks=_in_order(sitting),
    )


def _in_order(sitting: Sitting) -> tuple[Check, ...]:
    """By outlet as asked, then as made."""
    place = {outlet.slug: at for at, outlet in enumerate(sitting.plan.outlets)}
    return tuple(sorted(sitting.checks, key=lambda check: place[check.outlet]))


async def _visit(sitting: Sitting, outlet: Outlet) -> None:
    """One outlet, one way after the other, until one is complete or none is left."""
    visit = _Visit(outlet=outlet)
    async with sitting.seats:
        routes = list(_routes(sitting.plan, outlet))
        if standing := _unasked(outlet, routes, sitting.clock()):
            visit.made.append(standing)
            _keep(sitting, standing)
        while not standing and (find := _next(sitting.plan, routes, visit.made)):
            if visit.made:
                await asyncio.sleep(outlet.delay)
            noticed = await _check(sitting, visit, find)
            routes += [f for f in noticed if f not in routes and sitting.plan.way in {None, f.way}]
    _weigh(sitting, visit)
    sitting.watcher.ended(outlet, visit.made)


def _routes(plan: Plan, outlet: Outlet) -> tuple[Find, ...]:
    """The ways to try: the outlet's own, or its pieces' pages alone."""
    if plan.proof is None:
        return routes_of(outlet, plan.way)
    return (Find(way=Way.PROOF, url=outlet.home or ""),)


def _next(plan: Plan, routes: Sequence[Find], made: Sequence[Check]) -> Find | None:
    """The next way to try; a cross-check wants one more that answers than a crawl does."""
    if not plan.cross_check:
        return next_route(routes, made)
    answered = [check for check in made if check.outcome is Outcome.COMPLETE]
    return next_route(routes, made) or (
        routes[len(made)] if len(answered) < ENOUGH_WAYS and len(made) < len(routes) else None
    )


def _weigh(sitting: Sitting, visit: _Visit) -> None:
    """Amend the checks by what they mean together: sections, a cross-check."""
    weighed = own_reads(weigh_sections(visit.made), visit.seen)
    if sitting.plan.cross_check:
        found = [history.addresses(sitting.record, seen) for seen in visit.seen]
        weighed = compare(weighed, found)
    for at, check in enumerate(weighed):
        if check is not visit.made[at]:
            write.amend_check(sitting.record, sitting.run, check)
            sitting.checks[sitting.checks.index(visit.made[at])] = check
            visit.made[at] = check


def _keep(sitting: Sitting, check: Check) -> None:
    write.save_check(sitting.record, sitting.run, check)
    sitting.checks.append(check)


def _unasked(outlet: Outlet, routes: Sequence[Find], now: datetime) -> Check | None:
    """The check of an outlet that is not asked at all: declined, no address, no way."""
    reason = _why_not(outlet, routes)
    if reason is None:
        return None
    way = routes[0].way if routes else Way.FEED
    words = outlet.declined if reason is Reason.DECLINED else None
    meaning = MEANINGS[reason]
    return Check(
        outlet=outlet.slug,
        way=way,
        outcome=meaning.outcome,
        note=words or reason.value.replace("-", " "),
        next_step=_step(reason, outlet),
        at=now,
    )


def _why_not(outlet: Outlet, routes: Sequence[Find]) -> Reason | None:
    if outlet.declined:
        return Reason.DECLINED
    if not outlet.home and not outlet.find:
        return Reason.NO_ADDRESS
    return None if routes else Reason.NO_WAY


def _step(reason: Reason, outlet: Outlet) -> str:
    """The next step, with the file where it is to be done."""
    step = MEANINGS[reason].next_step
    return step.replace("the outlet's file", f"outlets/{outlet.slug}.toml")


def routes_of(outlet: Outlet, way: Way | None) -> tuple[Find, ...]:
    """The ways to try, in the order of the outlet's file; then what its front page names."""
    declared = tuple(find for find in outlet.find if find.way in FOLLOWED)
    front: tuple[Find, ...] = ()
    if outlet.home and not any(find.way is Way.FEED for find in declared):
        front = (Find(way=Way.FEED, url=outlet.home),)
    return tuple(find for find in declared + front if way in {None, find.way})


def next_route(routes: Sequence[Find], made: Sequence[Check]) -> Find | None:
    """The next way to try; None when one was complete or none is left (pure).

    Routes stand in order of preference and each is tried once, so as many were tried
    as checks were made. List pages one after the other are sections of one outlet: where one is
    complete, the others still have to be.
    """
    left = routes[len(made)] if len(made) < len(routes) else None
    if any(check.outcome is Outcome.COMPLETE for check in made if check.way is not Way.LISTING):
        return None
    sections = [check.outcome for check in made if check.way is Way.LISTING]
    if not sections or any(outcome is not Outcome.COMPLETE for outcome in sections):
        return left
    return left if left and left.way is Way.LISTING else None


async def _check(sitting: Sitting, visit: _Visit, find: Find) -> Sequence[Find]:
    """One check, written down even when a person interrupts it; the ways that it noticed."""
    outlet = visit.outlet
    assignment = _assign(sitting, outlet, find, visit.robots)
    sitting.watcher.started(outlet, find.way, assignment.tally)
    begun = time.monotonic()
    try:
        await _crawl(sitting, assignment)
    except asyncio.CancelledError:
        assignment.tally.trouble = Trouble(Reason.INTERRUPTED, "the crawl was interrupted")
        _close(sitting, assignment, time.monotonic() - begun)
        raise
    visit.made.append(_close(sitting, assignment, time.monotonic() - begun))
    visit.seen.append(frozenset(assignment.tally.seen))
    return assignment.tally.noticed


def _assign(sitting: Sitting, outlet: Outlet, find: Find, robots: dict[str, Any]) -> Assignment:
    """What the spider is sent out with."""
    now, tally = sitting.clock(), Tally()
    memory = RecordMemory(
        record=sitting.record, run=sitting.run, outlet=outlet.slug, now=now, tally=tally
    )
    stretches = history.covered(sitting.record, outlet.slug)
    covered = max((until for _, until in stretches), default=None)
    return Assignment(
        outlet=outlet,
        find=find,
        window=sitting.plan.window or _since_last(sitting, outlet, covered, now),
        now=now,
        routine=sitting.plan.window is None,
        last=covered,
        edited_since=_edits_asked(sitting.record, outlet.slug, find.way),
        budget=sitting.plan.budget,
        memory=memory,
        tally=tally,
        robots=robots,
        pieces=(sitting.plan.proof or {}).get(outlet.slug, ()),
        habits=learn_boilerplate.known(sitting.record, outlet.slug),
    )


def _edits_asked(record: Record, outlet: str, way: Way) -> datetime | None:
    """When edits were last asked for; else when this way was last complete; None: never."""
    if kept := read.recall(record, outlet, EDITS_ASKED):
        return datetime.fromisoformat(kept[0])
    last = read.last_complete(record, outlet, way)
    return last.at if last else None


def _remember_edits(sitting: Sitting, assignment: Assignment, check: Check) -> None:
    """A routine check by REST that was complete asked for every edit up to its beginning."""
    asked = assignment.routine and check.way is Way.WORDPRESS
    if asked and check.outcome is Outcome.COMPLETE:
        begun = assignment.now.isoformat()
        write.remember(sitting.record, check.outlet, EDITS_ASKED, begun, assignment.now)


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
    check = conclude(assignment, seconds=seconds, at=at)
    _remember_edits(sitting, assignment, check)
    _keep(sitting, check)
    return check


def conclude(assignment: Assignment, *, seconds: float, at: datetime) -> Check:
    """The ledger's row of a check that is over (pure)."""
    tally, window = assignment.tally, assignment.window
    outcome = _outcome(tally)
    lacking = tally.holes or (tally.trouble and tally.trouble.reason in LACKING)
    answers = outcome in ANSWERING and not lacking
    until = min(window.end, assignment.now)
    reached = tally.reached
    return Check(
        outlet=assignment.outlet.slug,
        way=assignment.find.way,
        outcome=outcome,
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
        next_step=_step(tally.trouble.reason, assignment.outlet) if tally.trouble else None,
        at=at,
        since=reached if answers else None,
        until=until if answers and reached else None,
    )


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


async def _crawl(sitting: Sitting, assignment: Assignment) -> None:
    """Send the spider out and wait for it. Raises RecordRefused when the record does."""
    crawler = _crawler(sitting.runner, assignment)
    crawl = sitting.runner.crawl(crawler, assignment=assignment)
    try:
        await asyncio.shield(crawl)
    except asyncio.CancelledError:
        await crawler.stop_async()
        raise
    fault = assignment.tally.fault
    if isinstance(fault, RecordRefused):
        raise fault
    if refused := sitting.record.refusal_behind(fault):
        raise refused from fault
    if fault:
        log.error("our own fault at %s", assignment.outlet.slug, exc_info=fault)
        words = f"{type(fault).__name__} while reading, see crawl.log"
        assignment.tally.trouble = Trouble(Reason.FAULT, words)


def _crawler(runner: AsyncCrawlerRunner, assignment: Assignment) -> Crawler:
    """A Scrapy crawler that tells our own faults to the tally."""
    from scrapy import signals  # noqa: PLC0415 - heavy

    crawler = runner.create_crawler(assignment.find.way.value)
    teller = _FaultTeller(assignment.tally)
    crawler.signals.connect(teller.tell, signals.item_error, weak=False)
    crawler.signals.connect(teller.tell, signals.spider_error, weak=False)
    return crawler


class _FaultTeller:
    """Takes an exception of ours out of Scrapy's hands."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    def tell(self, failure: Any) -> None:
        self.tally.fault = failure.value
        self.tally.settled += 1


def scrapy_runner(workspace: Workspace, **further: object) -> AsyncCrawlerRunner:
    """Scrapy with our settings, this workspace's contact, and `further` settings."""
    from scrapy.crawler import AsyncCrawlerRunner  # noqa: PLC0415 - heavy
    from scrapy.settings import Settings  # noqa: PLC0415

    from crawler.run.politeness import user_agent  # noqa: PLC0415

    settings = Settings()
    settings.setmodule("crawler.run.settings", priority="project")
    contact = workspace.contact
    named = {"CONTACT": contact, "USER_AGENT": user_agent(contact), **further}
    settings.update(named, priority="cmdline")
    return AsyncCrawlerRunner(settings)


def run_to_the_end(coroutine: Coroutine[Any, Any, T], outlets: Sequence[Outlet]) -> T:
    """Run in Scrapy's reactor, as often as wanted in one process.

    The reactor is started but never blocks: its asyncio loop runs until the coroutine is done.
    An interrupt cancels the coroutine, lets it write down what it has, and is raised again.
    """
    from scrapy.utils.reactor import install_reactor, is_reactor_installed  # noqa: PLC0415

    if not is_reactor_installed():
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor  # noqa: PLC0415

    from crawler.run.proxies import guard  # noqa: PLC0415

    running: Any = reactor
    if not running.running:
        running.startRunning(installSignalHandlers=False)
    guard(running, outlets)
    loop: asyncio.AbstractEventLoop = running._asyncioEventloop
    task = loop.create_task(coroutine)
    try:
        with seldom_collected(), interrupts_cancel(loop, task):
            return loop.run_until_complete(task)
    except KeyboardInterrupt:
        task.cancel()
        loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
        raise
    finally:
        # Names are resolved in threads that Python would wait for at its end; the next run
        # gets new ones. Twisted has no public word for it while a reactor is not blocking.
        if running.threadpool is not None:
            running._stopThreadPool()
