"""The pool as one worker sees it: what it may ask, that it lives, what it brings.

A worker says every HEARTBEAT that it lives. One that could not say so for LOST stops asking; who
said nothing for LEASE is dead, and its outlets are asked by others. So two never ask one outlet,
and between the last request of the dead and the first of the next lies more than any pause that an
outlet may want (`limits.CRAWL_DELAY`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, TypeVar

import psycopg
import psycopg_pool
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job

from crawler.failure import Failure
from crawler.pool import tables

T = TypeVar("T")

HEARTBEAT: Final = 10.0
LOST: Final = 30.0
LEASE: Final = 90.0
# seconds
TRIES: Final = 3
# deaths of workers with one outlet, before nobody asks it
TOGETHER: Final = 32
# outlets that a worker takes at once
TASK: Final = "jehona:ask"
AT_ONCE: Final = 4.0
PATIENCE: Final = 10.0
# seconds that PostgreSQL is waited for: before we ask why, and at all


class PoolFailed(Failure):
    """PostgreSQL does not answer, or refuses."""

    code: ClassVar[int] = 1


class PoolLost(PoolFailed):
    """The line to it is broken: it may be there again in a moment."""


class LeaseLost(Exception):
    """Others may think that this worker is dead: it asks nobody any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the pool is."""

    # without a password: "postgresql://jehona@db.office.example/pool"
    dsn: str
    # from the environment; None: the server asks for none, or ~/.pgpass has it
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Outlets that this worker may ask, and nobody else."""

    # procrastinate's numbers
    jobs: tuple[int, ...]
    # slugs
    outlets: tuple[str, ...]


NOTHING: Final = Claim(jobs=(), outlets=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """When an outlet that was asked is asked again."""

    # slug
    outlet: str
    # seconds until its next look
    later: float
    # seconds that nobody may ask it
    pause: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerStanding:
    """One worker."""

    told: str
    # "Ana@desk-2"
    seen: datetime
    # when it said last that it lives
    lives: bool
    # whether that is not long ago
    asking: tuple[str, ...]
    # slugs


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """An outlet that nobody asks any more."""

    outlet: str
    since: datetime
    deaths: int
    # of workers that asked it


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the pool stands."""

    outlets: int
    # that any worker lists
    due: int
    # whose time has come
    next: datetime | None
    # when the next one's comes, or came
    waiting: int
    # queued
    asking: int
    # being asked
    bundles: int
    # sealed, and not in the record yet
    workers: tuple[WorkerStanding, ...]
    aside: tuple[PutAside, ...]


class Pool:
    """An open pool; made by `opened`."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.jobs = app.job_manager
        self.connector: Any = app.connector

    async def prepare(self) -> None:
        """Makes the tables where they are not there; two at once wait for each other."""
        found = await self._one(tables.PREPARED)
        if found["jobs"] and found["ours"]:
            return
        async with self.connector.pool.connection() as conn, conn.transaction():
            await conn.execute(tables.ALONE_HERE)
            cursor = await conn.execute(tables.PREPARED)
            if not (await cursor.fetchone())[0]:
                await conn.execute(self.app.schema_manager.get_schema())
            await conn.execute(tables.TABLES)

    async def sign(self, name: str, told: str) -> tuple[int, int | None]:
        """A worker comes: its number, and that of the one of the same name before it."""
        worker = await self.jobs.register_worker()
        found = await self._all(tables.SIGN, name=name, told=told, id=worker)
        return worker, int(found[0]["id"]) if found else None

    async def beat(self, worker: int, jobs: Sequence[int] = ()) -> None:
        """It lives. Raises LeaseLost where it was taken for dead, one of these jobs given away."""
        found = await self._one(tables.BEAT, id=worker, jobs=list(jobs))
        if not found["workers"] or found["jobs"] < len(jobs):
            raise LeaseLost

    async def announce(self, slugs: Sequence[str]) -> None:
        """These are listed; what nobody listed before is due now."""
        await self._none(tables.ANNOUNCE, slugs=list(slugs))

    async def queue_due(self, slugs: Sequence[str]) -> None:
        """Queues those whose time has come."""
        due = await self._all(tables.DUE, slugs=list(slugs))
        jobs = [_job(row["outlet"]) for row in due]
        if not jobs:
            return
        try:
            await self.jobs.batch_defer_jobs_async(jobs)
        except AlreadyEnqueued:
            # another worker queues the same just now
            return

    async def free_dead(self, before: int | None, *, rest: float) -> list[str]:
        """Gives back the outlets of the dead, `before` among them; those that are put aside.

        They rest `rest` seconds, since nobody knows when they were asked last.
        """
        asked = {"before": before, "lease": LEASE, "rest": rest, "most": TRIES}
        found = await self._one(tables.FREE, **asked)
        return list(found["aside"] or [])

    async def claim(self, worker: int, slugs: Sequence[str]) -> Claim:
        """This worker's share of what is queued; one alone with whom somebody died."""
        alone = await self.jobs.fetch_job([f"{slug} alone" for slug in slugs], worker)
        if alone:
            return _claim([alone])
        found = await self._one(tables.READY, slugs=list(slugs), lease=LEASE)
        share = -(-int(found["ready"]) // max(1, int(found["workers"])))
        jobs: list[Job] = []
        while len(jobs) < min(TOGETHER, share):
            job = await self.jobs.fetch_job(list(slugs), worker)
            if job is None:
                break
            jobs.append(job)
        return _claim(jobs)

    async def deliver(self, digest: str, name: str, body: bytes) -> None:
        """Keeps a bundle until it is taken; once, however often it is brought."""
        await self._none(tables.DELIVER, digest=digest, name=name, body=body)

    async def done(self, worker: int, told: str, claim: Claim, rests: Sequence[Rest]) -> None:
        """These were asked; what others have taken over meanwhile is left to them."""
        await self._none(
            tables.DONE,
            jobs=list(claim.jobs),
            worker=worker,
            told=told,
            slugs=[one.outlet for one in rests],
            later=[one.later for one in rests],
            rest=[one.pause for one in rests],
        )

    async def leave(self, worker: int) -> None:
        """A worker goes; what it still holds is free at once."""
        await self.jobs.unregister_worker(worker)

    async def seconds_to_next(self, slugs: Sequence[str]) -> float | None:
        """Until an outlet's time comes; None where there is none."""
        found = await self._one(tables.NEXT, slugs=list(slugs))
        return None if found["seconds"] is None else max(0.0, float(found["seconds"]))

    async def under_way(self, slugs: Sequence[str]) -> int:
        """How many of these are queued or being asked, by whomever."""
        return int((await self._one(tables.UNDER_WAY, slugs=list(slugs)))["jobs"])

    async def bundles(self) -> list[tuple[str, str]]:
        """Digest and file name of those that nobody took, in the order of time."""
        return [(row["digest"], row["name"]) for row in await self._all(tables.WAITING)]

    async def body(self, digest: str) -> bytes | None:
        """A bundle's bytes; None where it was taken meanwhile."""
        found = await self._all(tables.BODY, digest=digest)
        return bytes(found[0]["body"]) if found else None

    async def taken(self, digest: str) -> None:
        """It is in the record."""
        await self._none(tables.TAKEN, digest=digest)

    async def release(self, outlet: str) -> bool:
        """An outlet that was put aside is asked again; False for another."""
        return bool(await self._all(tables.RELEASE, outlet=outlet))

    async def standing(self) -> Standing:
        """How everything stands."""
        counts = await self._one(tables.STANDING)
        workers = await self._all(tables.WORKERS, lease=LEASE)
        aside = await self._all(tables.ASIDE)
        return Standing(
            **counts,
            workers=tuple(
                WorkerStanding(**{**row, "asking": tuple(row["asking"])}) for row in workers
            ),
            aside=tuple(
                PutAside(outlet=row["outlet"], since=row["aside"], deaths=row["deaths"])
                for row in aside
            ),
        )

    async def _one(self, query: str, **asked: Any) -> dict[str, Any]:
        found: dict[str, Any] = await self.connector.execute_query_one_async(query, **asked)
        return found

    async def _all(self, query: str, **asked: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.connector.execute_query_all_async(query, **asked)
        return found

    async def _none(self, query: str, **asked: Any) -> None:
        await self.connector.execute_query_async(query, **asked)


@asynccontextmanager
async def opened(address: Address) -> AsyncIterator[Pool]:
    """The pool, while it is needed. Raises PoolFailed."""
    known = {"password": address.password} if address.password else {}
    connector = PsycopgConnector()
    with _telling(address):
        pool = psycopg_pool.AsyncConnectionPool(
            address.dsn, kwargs=known, min_size=1, max_size=1, timeout=PATIENCE, open=False
        )
        try:
            await _open(pool, address)
            await connector.open_async(pool)
            yield Pool(App(connector=connector))
        finally:
            await pool.close()


async def _open(pool: psycopg_pool.AsyncConnectionPool, address: Address) -> None:
    """A pool of connections only tells that it waited too long: one connection says why."""
    try:
        await pool.open(wait=True, timeout=AT_ONCE)
    except psycopg_pool.PoolTimeout:
        known: dict[str, Any] = {"password": address.password} if address.password else {}
        conn = await psycopg.AsyncConnection.connect(
            address.dsn, connect_timeout=int(PATIENCE), **known
        )
        await conn.close()
        raise


_BROKEN: Final = (
    psycopg.OperationalError, psycopg.InterfaceError, psycopg_pool.PoolTimeout, OSError,
)  # fmt: skip
# what a line that is cut raises, or a server that was ended


class _telling:
    """What PostgreSQL refuses, as a sentence."""

    def __init__(self, address: Address) -> None:
        self.address = address

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raises PoolFailed for what is the server's or the line's."""
        if not isinstance(error, (*_BROKEN, psycopg.Error, ConnectorException)):
            return
        behind = (error.__cause__ if isinstance(error, ConnectorException) else None) or error
        reason = " ".join(str(behind).split())[:200] or type(behind).__name__
        kind = PoolLost if isinstance(behind, _BROKEN) else PoolFailed
        raise kind("the pool at {dsn}: {reason}", dsn=self.address.dsn, reason=reason) from error


async def keep_alive(
    address: Address,
    worker: int,
    jobs: Sequence[int],
    *,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Says that the worker lives until it is cancelled. Raises LeaseLost where it cannot."""
    last = clock()
    while True:
        try:
            async with opened(address) as pool:
                while True:
                    await pool.beat(worker, jobs)
                    last = clock()
                    await asyncio.sleep(HEARTBEAT)
        except PoolLost:
            if clock() - last > LOST:
                raise LeaseLost from None
            await asyncio.sleep(1.0)


def at_once(work: Callable[[Pool], Awaitable[T]], address: Address) -> T:
    """What `work` makes of the pool, in a loop of its own that knows nothing of Scrapy's.

    Raises PoolFailed, and what `work` does.
    """
    # psycopg wants a selector; and the reactor's loop stays the current one
    loop = asyncio.SelectorEventLoop()
    try:
        return loop.run_until_complete(_awaited(work, address))
    finally:
        loop.close()


async def _awaited(work: Callable[[Pool], Awaitable[T]], address: Address) -> T:
    async with opened(address) as pool:
        return await work(pool)


def _job(slug: str) -> Job:
    return Job(
        id=None,
        queue=slug,
        lock=slug,
        queueing_lock=slug,
        task_name=TASK,
        task_kwargs={"outlet": slug},
    )


def _claim(jobs: Sequence[Job]) -> Claim:
    return Claim(
        jobs=tuple(int(job.id or 0) for job in jobs),
        outlets=tuple(str(job.lock) for job in jobs),
    )
