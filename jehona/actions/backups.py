"""Backups in the workspace's own folder: made, listed, looked over, put back where none is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jehona.actions import upkeep
from jehona.actions.errors import Unknown
from jehona.actions.office import Office
from jehona.actions.upkeep import LookedOver

# Of the list; older ones lie in the folder.
MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup."""

    # its file's name: "jehona-2025-05-21-120000.zip"
    name: str
    path: Path
    # bytes
    size: int
    # aware
    made: datetime


def folder(office: Office) -> Path:
    """Where they lie: `var/backups`."""
    return office.workspace.var / "backups"


def listed(office: Office) -> tuple[Backup, ...]:
    """The newest first."""
    found = [_backup(file) for file in folder(office).glob("*.zip") if file.is_file()]
    return tuple(sorted(found, key=lambda one: (one.made, one.name), reverse=True)[:MOST])


def make(office: Office) -> tuple[Backup, LookedOver]:
    """Copy record and kept bytes into a new file, and look it over.

    Raises NoRecord where nothing was gathered, RecordRefused, DiskFull.
    """
    moment = office.clock().astimezone(ZoneInfo(office.workspace.zone))
    place = folder(office)
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"jehona-{moment:%Y-%m-%d-%H%M%S}.zip"
    told = upkeep.backup(office, file)
    return _backup(file), told


def look_over(office: Office, name: str) -> LookedOver:
    """Look one over. Raises Unknown where there is none such."""
    return upkeep.verify_backup(one(office, name).path)


def restore(office: Office, name: str) -> LookedOver:
    """Put one in the record's place; never over a record. Raises Unknown, RecordRefused."""
    return upkeep.restore(office, one(office, name).path)


def one(office: Office, name: str) -> Backup:
    """The backup of this name. Raises Unknown where the list has none such."""
    found = next((each for each in listed(office) if each.name == name), None)
    if found is None:
        raise Unknown("{name}: there is no such backup", name=name[:80])
    return found


def _backup(file: Path) -> Backup:
    told = file.stat()
    made = datetime.fromtimestamp(told.st_mtime, UTC)
    return Backup(name=file.name, path=file, size=told.st_size, made=made)
