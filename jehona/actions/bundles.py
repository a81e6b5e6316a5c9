"""Collecting for another machine, and taking what others collected.

A collector has a record of its own (`var/collecting`): what it knows of its outlets, and what it
has not sealed yet. What it seals is taken into the one record of the office.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from crawler import __version__
from crawler.bundles import archive
from crawler.bundles.accounts import Account, Gone
from crawler.bundles.archive import ENDING, Bundle, NotTaken
from crawler.files import whole_file, write_whole
from crawler.models import Outlet, Workspace
from crawler.record import Record, outbox, read, taking
from crawler.record.errors import translating_disk
from crawler.run import health, learn_boilerplate
from crawler.run.conductor import gather
from crawler.run.run_events import Watcher
from crawler.urls import belongs
from jehona.actions import crawl
from jehona.actions.as_json import plain
from jehona.actions.crawl import Crawled, Plan
from jehona.actions.errors import DoneInPart, Wrong
from jehona.actions.office import Office

COLLECTING: Final = "collecting"
# the folder of a collector's own record, in var/


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingPlace(Workspace):
    """The same workspace as its collector sees it: a record of its own."""

    @property
    def var(self) -> Path:
        """Its record, log, run events and lock."""
        return self.root / "var" / COLLECTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A run that was sealed."""

    # what came, as of a crawl
    crawled: Crawled
    # the bundle's file
    file: Path
    # its digest
    digest: str
    # who collected
    collector: str
    # bundles of earlier runs that were killed before they were sealed
    earlier: tuple[Path, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {
            "file": str(self.file),
            "digest": self.digest,
            "collector": self.collector,
            "earlier": [str(file) for file in self.earlier],
            "ledger": self.crawled.as_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBundle:
    """A bundle that is in the record."""

    # where it lies
    file: Path
    # of its manifest
    digest: str
    # the run that it is here
    run: int
    # who collected
    collector: str
    # slugs
    outlets: tuple[str, ...]
    # pieces that the record did not have
    new: int
    # it was taken before, nothing was done
    already: bool
    # the bundle that its collector sealed before is not here
    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of taking."""

    taken: tuple[TakenBundle, ...]
    # file and why
    refused: tuple[tuple[Path, NotTaken], ...]
    # why an event was not matched against what came, a sentence each
    unmatched: tuple[str, ...] = ()

    @property
    def code(self) -> int:
        """0; 3 where some were refused, 2 where all were."""
        if not self.refused:
            return 0
        return DoneInPart.code if self.taken else NotTaken.code

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        refused = [{"file": str(file), "why": str(why)} for file, why in self.refused]
        return {"taken": plain(self.taken), "refused": refused}


# --- collecting -------------------------------------------------------------------------


def plan(office: Office, *, event: str | None = None, outlets: Sequence[str] = ()) -> Plan:
    """Who is asked, as `crawl.plan` says it. Raises as that."""
    return replace(crawl.plan(collector(office), event=event, outlets=outlets), sealing=True)


def collect(
    office: Office, what: Plan, to: Path, *, watcher: Watcher, wait: float = 0.0
) -> Collected:
    """One run with a record of its own, sealed as one bundle in the folder `to`.

    What an earlier run that was killed had not sealed is sealed first. Raises Wrong, RecordRefused,
    and KeyboardInterrupt after what was done was sealed.
    """
    there, who = collector(office), collector_name(office)
    to = ready(to)
    with there.to_gather(wait=wait) as record:
        earlier = seal_waiting(there, record, to, who)
        try:
            crawled = _gathered(there, record, what, watcher)
        except KeyboardInterrupt:
            seal_waiting(there, record, to, who)
            raise
        file, digest = seal(there, record, crawled.run.number, to, who)
    return Collected(
        crawled=crawled, file=file, digest=digest, collector=who, earlier=tuple(earlier)
    )


def collector(office: Office) -> Office:
    """The same office with the collector's record."""
    known = {field.name: getattr(office.workspace, field.name) for field in fields(Workspace)}
    return replace(office, workspace=CollectingPlace(**known))


def collector_name(office: Office) -> str:
    """Who collects, where: "Ardita@desk-2". Raises Wrong for nobody."""
    return f"{office.who()}@{socket.gethostname() or 'here'}"[: archive.LINE]


def ready(folder: Path) -> Path:
    """The folder, made where it is not there. Raises RecordRefused where it cannot be."""
    with translating_disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def place_of(there: Office) -> str:
    """By which this collector's record is known again: drawn once, kept beside it."""
    file = there.workspace.var / "collector"
    with translating_disk(file):
        if not file.exists():
            write_whole(file, uuid4().hex)
        return file.read_text("ascii").strip()


def seal_waiting(office: Office, record: Record, to: Path, who: str) -> list[Path]:
    """Seals every run that is over and was not sealed. Raises RecordRefused."""
    return [seal(office, record, run, to, who)[0] for run in outbox.waiting(record)]


def seal(office: Office, record: Record, run: int, to: Path, who: str) -> tuple[Path, str]:
    """One run as a file; it is on the disk before the record lets go of it."""
    what = read.run(record, run)
    if what is None:
        raise AssertionError(f"run {run} is gone")
    file = to / archive.file_name(what, who, place_of(office))
    with translating_disk(file), whole_file(file, replace=True) as into:
        digest = archive.write(
            into,
            outbox.told_in(record, run),
            run=what,
            state=read.run_states(record, run)[run],
            collector=who,
            previous=outbox.last_sealed(record),
            version=__version__,
        )
    outbox.sealed(record, run, digest, who, office.clock())
    return file, digest


def _gathered(office: Office, record: Record, what: Plan, watcher: Watcher) -> Crawled:
    with gather(what, record, clock=office.clock, watcher=watcher) as done:
        return Crawled(
            run=done,
            outlets=what.outlets,
            misses=health.misses(record, done, what.outlets),
            changes=health.changes(record, done),
            unmatched=(),
        )


# --- taking -----------------------------------------------------------------------------


def take(office: Office, where: Path, *, wait: float = 0.0) -> Taken:
    """Takes a bundle, or every bundle of a folder in the order of time, each whole or not at all.

    What was taken before is left as it is. Raises NotTaken for a file that is refused, Wrong where
    there is nothing to take, RecordRefused.
    """
    files = _bundles_at(where)
    outlets, taken, refused = office.outlets(), list[TakenBundle](), list[tuple[Path, NotTaken]]()
    with office.to_gather(wait=wait) as record:
        for file in files:
            try:
                taken.append(_take(office, record, file, outlets))
            except NotTaken as why:
                if file == where:
                    raise
                refused.append((file, why))
        fresh = any(not one.already for one in taken)
        unmatched = crawl.keep_matches(office, record) if fresh else ()
    return Taken(taken=tuple(taken), refused=tuple(refused), unmatched=unmatched)


def _bundles_at(where: Path) -> list[Path]:
    if not where.exists():
        raise Wrong("{where}: there is nothing", where=where)
    if not where.is_dir():
        return [where]
    with translating_disk(where):
        files = sorted(file for file in where.iterdir() if file.name.endswith(ENDING))
    if not files:
        raise Wrong("{where}: no bundle there: none ends in {ending}", where=where, ending=ENDING)
    return files


def _take(office: Office, record: Record, file: Path, outlets: Mapping[str, Outlet]) -> TakenBundle:
    with translating_disk(file), Bundle(file, ours=__version__) as bundle:
        sealed = bundle.sealed
        before = taking.taken_as(record, sealed.digest)
        if before is None:
            _refuse_unlisted(bundle, outlets)
            origin = taking.Origin(
                digest=sealed.digest,
                collector=sealed.collector,
                previous=sealed.previous,
                run=sealed.run,
                state=sealed.state,
                version=sealed.version,
            )
            run = taking.take(record, origin, _theirs(bundle, outlets), at=office.clock())
            learn_boilerplate.learn(record, run, office.clock())
        else:
            run = before
        return TakenBundle(
            file=file,
            digest=sealed.digest,
            run=run,
            collector=sealed.collector,
            outlets=sealed.outlets,
            new=0 if before else taking.new_in(record, run),
            already=before is not None,
            gap=taking.lacks(record, sealed.previous),
        )


def _refuse_unlisted(bundle: Bundle, outlets: Mapping[str, Outlet]) -> None:
    for slug in bundle.sealed.outlets:
        if slug not in outlets:
            raise NotTaken(
                "{file} has {outlet}, which this workspace does not list: add its file first",
                file=bundle.file,
                outlet=slug[:80],
            )


def _theirs(bundle: Bundle, outlets: Mapping[str, Outlet]) -> Iterator[Account | Gone]:
    """What was told; an answer of somebody else than its outlet refuses the bundle."""
    for one in bundle.told():
        if isinstance(one, Account) and not belongs(one.page.url, outlets[one.outlet]):
            raise NotTaken(
                "{file} asked {address}, which is not of {outlet} as this workspace lists it",
                file=bundle.file,
                address=one.page.url[:80],
                outlet=one.outlet,
            )
        yield one
