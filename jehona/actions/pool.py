"""Several machines that collect together: a worker's turns, how the pool stands, what it brought.

The queue is in PostgreSQL. A worker asks with a record of its own (`bundles.collector`), seals what
came and brings the bundle to the pool; the one machine that has the record takes it there. Every
step may be cut off: what was not brought is brought at the next turn, an outlet whose worker died
is asked by another, and what is taken twice changes nothing.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from crawler import __version__
from crawler.bundles.archive import ENDING, Bundle
from crawler.models import Event, Outlet, Watch
from crawler.record import Record, history
from crawler.record.errors import translating_disk
from crawler.run.conductor import Plan, gather
from crawler.run.publishing_rate import rhythm
from crawler.run.run_events import Watcher
from crawler.watching.rhythm import next_look
from jehona.actions import bundles, crawl
from jehona.actions.bundles import Taken
from jehona.actions.errors import NothingDone, Unknown, Wrong
from jehona.actions.office import Office

if TYPE_CHECKING:
    from crawler.pool.engine import Standing, WorkerStanding

try:
    from crawler.pool import engine
except ImportError:
    # an extra that is not there
    engine = None  # type: ignore[assignment]

__all__ = [
    "Standing",
    "Turn",
    "Worked",
    "WorkerStanding",
    "release",
    "status",
    "take",
    "work",
]

PASSWORD: Final = "JEHONA_POOL_PASSWORD"  # noqa: S105 - its name
IDLE: Final = 15.0
# seconds at most between two looks for work
AGAIN: Final = 2.0
# seconds before a pool that did not answer is tried again; twice as long each time, up to IDLE
NEAR: Final = timedelta(days=1)
# before and after an event's day: outlets are asked more often


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a worker did in one turn."""

    # slugs
    asked: tuple[str, ...]
    # outlets that were put aside because workers died with them
    aside: tuple[str, ...] = ()
    # bundles that were brought
    brought: int = 0
    # why it was broken off, where it was
    lost: bool = False


@dataclass(slots=True, kw_only=True)
class Worked:
    """What a worker did until it left."""

    turns: int = 0
    asked: int = 0
    brought: int = 0
    aside: list[str] = field(default_factory=list)

    def add(self, turn: Turn) -> None:
        """One more turn."""
        self.turns += 1
        self.asked += len(turn.asked)
        self.brought += turn.brought
        self.aside += turn.aside

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class _Worker:
    """A worker at work."""

    office: Office
    # with the collector's record
    record: Record
    address: engine.Address
    told: str
    # "Ana@desk-2"
    name: str
    # the same after a restart
    outlets: Mapping[str, Outlet]
    # that its workspace lists
    number: int = 0
    # of procrastinate, 0 before it signed
    before: int | None = None
    # that of the process before it, which is dead


# --- working ----------------------------------------------------------------------------


def work(
    office: Office,
    *,
    outlets: Sequence[str] = (),
    until_idle: bool = False,
    wait: float = 0.0,
    watcher: Watcher = lambda event: None,
    tell: Callable[[Turn], None] = lambda turn: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Worked:
    """Asks outlets whose time has come, turn by turn, until somebody stops it.

    Those that the workspace lists, or the `outlets` of them (slugs).
    `until_idle`: until none is due and nobody is asking. Raises Wrong where there is no pool or
    nobody to ask, PoolFailed where it does not answer at the start, RecordRefused, and
    KeyboardInterrupt after what was done was sealed.
    """
    address, there = address_of(office), bundles.collector(office)
    asked = crawl.plan(there, outlets=outlets).outlets
    ours = {outlet.slug: outlet for outlet in asked if outlet.find}
    if not ours:
        raise Wrong("no outlet here can be asked: add one with jehona outlets add")
    with there.to_gather(wait=wait) as record:
        worker = _Worker(
            office=there,
            record=record,
            address=address,
            told=bundles.collector_name(office),
            name=bundles.place_of(there),
            outlets=ours,
        )
        _sign(worker)
        try:
            return _until_stopped(worker, until_idle, watcher, tell, sleep)
        finally:
            with suppress(engine.PoolFailed):
                _leave(worker)


def _until_stopped(
    worker: _Worker,
    until_idle: bool,
    watcher: Watcher,
    tell: Callable[[Turn], None],
    sleep: Callable[[float], None],
) -> Worked:
    done, pause = Worked(), AGAIN
    while True:
        try:
            turn = _turn(worker, watcher)
            rest = _rest(worker) if not turn.asked else 0.0
            if rest is None and until_idle:
                return done
            pause = AGAIN
        except engine.PoolLost:
            turn, rest = Turn(asked=()), pause
            pause = min(IDLE, pause * 2)
        if turn.asked or turn.brought or turn.aside:
            done.add(turn)
            tell(turn)
        sleep(IDLE if rest is None else min(rest, IDLE))


def _turn(worker: _Worker, watcher: Watcher) -> Turn:
    """Brings what lies here, takes a share of what is due, asks it, brings what came."""
    brought = _bring(worker)
    claim, aside = _claim(worker)
    if not claim.outlets:
        return Turn(asked=(), aside=aside, brought=brought)
    lost = _ask(worker, claim, watcher)
    events = tuple(worker.office.events().values())
    rests = [_later(worker, worker.outlets[slug], events) for slug in claim.outlets]
    brought += _bring(worker, None if lost else claim, rests)
    return Turn(asked=claim.outlets, aside=aside, brought=brought, lost=lost)


def _ask(worker: _Worker, claim: engine.Claim, watcher: Watcher) -> bool:
    """One run; whether it was broken off because others may think us dead. It is sealed anyhow."""
    what = Plan(
        workspace=worker.office.workspace,
        outlets=tuple(worker.outlets[slug] for slug in claim.outlets),
        sealing=True,
        beside=lambda: engine.keep_alive(worker.address, worker.number, claim.jobs),
    )
    lost = False
    try:
        with gather(what, worker.record, clock=worker.office.clock, watcher=watcher):
            pass
    except* engine.LeaseLost:
        lost = True
    finally:
        bundles.seal_waiting(worker.office, worker.record, _out(worker), worker.told)
    return lost


def _bring(
    worker: _Worker, claim: engine.Claim | None = None, rests: Sequence[engine.Rest] = ()
) -> int:
    """Every sealed bundle that lies here goes to the pool; then the outlets of a claim are done."""
    files = sorted(file for file in _out(worker).iterdir() if file.name.endswith(ENDING))

    async def bring(pool: engine.Pool) -> None:
        for file in files:
            with translating_disk(file):
                with Bundle(file, ours=__version__) as bundle:
                    digest = bundle.sealed.digest
                await pool.deliver(digest, file.name, file.read_bytes())
                file.unlink(missing_ok=True)
        if claim:
            await pool.done(worker.number, worker.told, claim, rests)

    if files or claim:
        engine.at_once(bring, worker.address)
    return len(files)


def _sign(worker: _Worker) -> None:
    async def sign(pool: engine.Pool) -> tuple[int, int | None]:
        await pool.prepare()
        return await pool.sign(worker.name, worker.told)

    worker.number, worker.before = engine.at_once(sign, worker.address)


def _claim(worker: _Worker) -> tuple[engine.Claim, tuple[str, ...]]:
    slugs, number = sorted(worker.outlets), worker.number
    pause = max(one.delay or 0.0 for one in worker.outlets.values())

    async def claim(pool: engine.Pool) -> tuple[engine.Claim, list[str]]:
        await pool.beat(number)
        await pool.announce(slugs)
        aside = await pool.free_dead(worker.before, rest=pause)
        await pool.queue_due(slugs)
        return await pool.claim(number, slugs), aside

    try:
        claimed, aside = engine.at_once(claim, worker.address)
    except engine.LeaseLost:
        # somebody swept the table of workers: we come anew
        _sign(worker)
        return engine.NOTHING, ()
    return claimed, tuple(aside)


def _leave(worker: _Worker) -> None:
    engine.at_once(lambda pool: pool.leave(worker.number), worker.address)


def _rest(worker: _Worker) -> float | None:
    """Seconds until something is to do; None where nothing is due, and nobody asks."""
    slugs = sorted(worker.outlets)

    async def ask(pool: engine.Pool) -> tuple[float | None, int]:
        return await pool.seconds_to_next(slugs), await pool.under_way(slugs)

    seconds, under_way = engine.at_once(ask, worker.address)
    if under_way or seconds == 0.0:
        return min(AGAIN, seconds) if seconds else AGAIN / 4
    return None if seconds is None or seconds > IDLE else seconds


def _later(worker: _Worker, outlet: Outlet, events: Sequence[Event]) -> engine.Rest:
    """When an outlet is asked again: by its rhythm, as a watch does."""
    office, now = worker.office, worker.office.clock()
    zone = outlet.zone or office.workspace.zone
    local = now.astimezone(ZoneInfo(zone))
    since = now - timedelta(days=90)
    month = history.published(worker.record, outlet.slug, since=since, until=now)
    usual = rhythm(month, history.covered(worker.record, outlet.slug), zone=zone, now=now)
    every = (office.workspace.watch or Watch()).every
    busy = any(_is_near(event.first_day, event.last_day, local) for event in events)
    due = next_look(local, every=every, per_week=usual.per_week, busy=busy)
    later = (due - local).total_seconds()
    return engine.Rest(outlet=outlet.slug, later=later, pause=outlet.delay or 0.0)


def _is_near(first: date, last: date, local: datetime) -> bool:
    return first - NEAR <= local.date() <= last + NEAR


def _out(worker: _Worker) -> Path:
    """Where sealed bundles lie until they are brought."""
    return bundles.ready(worker.office.workspace.var / "out")


# --- looking, taking --------------------------------------------------------------------


def status(office: Office) -> engine.Standing:
    """How the pool stands. Raises Wrong where there is none, PoolFailed."""

    async def ask(pool: engine.Pool) -> engine.Standing:
        await pool.prepare()
        return await pool.standing()

    return engine.at_once(ask, address_of(office))


def release(office: Office, outlet: str) -> None:
    """Asks an outlet again that was put aside. Raises Unknown where it was not, PoolFailed."""
    if not engine.at_once(lambda pool: pool.release(outlet), address_of(office)):
        raise Unknown("{outlet} was not put aside: see jehona pool status", outlet=outlet)


def take(office: Office, *, wait: float = 0.0) -> Taken:
    """Takes every bundle that workers brought into this workspace's record, in the order of time.

    Raises Wrong, PoolFailed, RecordRefused, NothingDone where none waits.
    """
    address = address_of(office)
    waiting = engine.at_once(lambda pool: pool.bundles(), address)
    if not waiting:
        raise NothingDone("no bundle waits in the pool")
    with TemporaryDirectory(prefix="jehona-") as folder:
        for number, (digest, name) in enumerate(waiting):
            body = engine.at_once(lambda pool: pool.body(digest), address)  # noqa: B023 - run at once
            if body is not None:
                # two may have one name, and it is nobody's word where a file goes
                file = re.sub(r"[^A-Za-z0-9-]+", "-", name.removesuffix(ENDING))[:150]
                (Path(folder) / f"{file}-{number}{ENDING}").write_bytes(body)
        done = bundles.take(office, Path(folder), wait=wait)
    for one in done.taken:
        engine.at_once(lambda pool: pool.taken(one.digest), address)  # noqa: B023 - run at once
    return done


def address_of(office: Office) -> engine.Address:
    """Where the pool is. Raises Wrong where jehona.toml names none, or the extra is missing."""
    place = office.workspace.pool
    if place is None:
        raise Wrong(
            '{toml}: no [pool] yet: write it, with dsn = "postgresql://user@host/database"',
            toml=office.workspace.root / "jehona.toml",
        )
    if engine is None:
        raise Wrong("the pool wants an extra: pip install 'jehona[pool]'")
    return engine.Address(dsn=place.dsn, password=os.environ.get(PASSWORD) or None)
