"""The record kept well: copied, looked over, put back, and freed of what is old."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.config import outlets_asked
from crawler.models import Workspace
from crawler.reading.typed_dates import NO_DATE, WrongDate, typed_day
from crawler.record import Record
from crawler.record import backup as copying
from crawler.record import prune as pruning
from crawler.record import restore as restoring
from crawler.record.lock import PackLock, RunLock
from crawler.record.prune import Pruned
from crawler.record.prune_outlet import prune_outlet
from crawler.record.verify import Verified, verify_file, verify_record
from crawler.run.run_events import prune_events
from jehona.actions import picture_copies
from jehona.actions.as_json import plain
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office
from jehona.actions.stamps import judge_by, judge_of

# Seconds that a backup, a check or a prune waits for another.
PATIENCE: Final = 20.0
AGE = re.compile(r"(\d{1,4})\s*([dwmy])")
UNIT_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
# Characters of a typed age that are looked at.
LONGEST_AGE: Final = 40
# Days.
OLDEST: Final = 100 * 365


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedOver:
    """A record or a backup, and what looking it over found."""

    found: Verified

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        return {**plain(self.found), "whole": self.found.whole}


def backup(
    office: Office, file: Path, *, replace: bool = False, anyway: bool = False
) -> LookedOver:
    """Copy the record to one file while it may be in use, and look the copy over.

    A file that ends in .zip holds the outlets' own bytes too. `replace` allows a backup to stand
    there, `anyway` writes a damaged copy. Raises Wrong for both, RecordRefused.
    """
    if replace and anyway:
        raise Wrong("--anyway never replaces a backup: give a new FILE, or leave --replace out")
    with office.to_read() as record, _packs_stay(office.workspace):
        return LookedOver(found=copying.backup(record, file, replace=replace, anyway=anyway))


def verify(office: Office, *, stamp_ca: Path | None = None) -> LookedOver:
    """Look the record over, its stamps by the certificates of a file, else of jehona.toml.

    Raises Wrong where there is no record, and for certificates that cannot be read; RecordRefused.
    """
    place = office.workspace
    if not place.record.exists():
        packs = len(list(place.snapshots.glob("*.pack")))
        many = "1 pack" if packs == 1 else f"{packs} packs"
        beside = f", though {many} of one lie beside it" if packs else ""
        raise Wrong("{record}: there is no record yet{beside}", record=place.record, beside=beside)
    with _packs_stay(place):
        judge = judge_by(stamp_ca) if stamp_ca else judge_of(place)
        return LookedOver(found=verify_record(place.record, place.snapshots, judge=judge))


def verify_backup(file: Path, *, stamp_ca: Path | None = None) -> LookedOver:
    """Look a backup or an archive of an event over, its stamps by the certificates of a file.

    Raises Unknown where there is no such file, Wrong for certificates that cannot be read.
    """
    judge = judge_by(stamp_ca) if stamp_ca else None
    return LookedOver(found=verify_file(_there(file), judge=judge))


def restore(office: Office, file: Path) -> LookedOver:
    """Put a backup in the record's place, once it is verified; never over a record.

    Raises Unknown where there is no such file, RecordRefused.
    """
    place = office.workspace
    _there(file)
    with RunLock(place.var / "run.lock").acquire(), _packs_stay(place):
        return LookedOver(found=restoring.restore(file, place.record, place.snapshots))


def prune(
    office: Office,
    *,
    older_than: str | None = None,
    outlet: str | None = None,
    dry_run: bool = False,
) -> Pruned:
    """Free the kept bytes of pieces that are older than an age or a day and matched nothing.

    The events of runs that are as old go too. With `outlet` (one that asked) text and bytes of all
    its pieces go; headlines, links and decisions stay.

    Raises Wrong for neither, both, and what is no age; RecordRefused where a crawl is running.
    """
    if (older_than is None) == (outlet is None):
        raise Wrong("prune needs either --older-than AGE or --outlet OUTLET")
    if outlet is not None:
        (asked,) = outlets_asked(office.outlets(), None, [outlet])
        with office.to_gather() as record, _packs_stay(office.workspace):
            pruned = prune_outlet(record, asked.slug, at=office.clock(), dry_run=dry_run)
            return _with_copies(office, record, pruned)
    edge = _edge(older_than or "", office.clock(), office.workspace.zone)
    with office.to_gather() as record, _packs_stay(office.workspace):
        freed = pruning.prune(record, older_than=edge, at=office.clock(), dry_run=dry_run)
        gone = prune_events(office.workspace.var, before=edge, dry_run=dry_run)
        return _with_copies(office, record, replace(freed, events=gone))


def _with_copies(office: Office, record: Record, pruned: Pruned) -> Pruned:
    """Copies of pictures that no piece names any more go with it."""
    if not pruned.dry_run:
        picture_copies.sweep(office, record)
    return pruned


def _there(file: Path) -> Path:
    if not file.is_file():
        raise Unknown("{file}: there is no such file", file=file)
    return file


@contextmanager
def _packs_stay(place: Workspace) -> Iterator[None]:
    """No pack goes away meanwhile. Raises RecordRefused where a prune goes on and on.

    Where nothing can be written nobody prunes, and no lock can be taken.
    """
    if place.var.exists() and not os.access(place.var, os.W_OK):
        yield
        return
    with PackLock(place.var / "packs.lock").acquire(PATIENCE):
        yield


def _edge(text: str, now: datetime, zone: str) -> datetime:
    """The moment before which pieces are old: an age ago, or a day's midnight. Raises Wrong."""
    shown = " ".join(text[:60].split())
    if age := AGE.fullmatch(text[:LONGEST_AGE].strip().lower()):
        days = int(age[1]) * UNIT_DAYS[age[2]]
        if days > OLDEST:
            raise Wrong(
                "--older-than {shown}: nothing is older than {oldest} years",
                shown=shown,
                oldest=OLDEST // 365,
            )
        return now - timedelta(days=days)
    try:
        when = typed_day(text, now=now, zone=zone)
    except WrongDate as error:
        form = "write 180d, 26w, 6m, 2y or 2025-01-31"
        why = form if str(error).startswith(NO_DATE) else str(error)
        raise Wrong("--older-than {shown}: {why}", shown=shown, why=why) from None
    return datetime.combine(when, time(), ZoneInfo(zone))
