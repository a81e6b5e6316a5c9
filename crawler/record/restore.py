"""Putting a backup in a record's place: verified first, and never over a record.

Every pack is whole or not there, and the record comes last. Killed in between, packs of this
backup lie there and no record; the same command again goes on from there.
"""

from __future__ import annotations

import shutil
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from crawler.files import PRIVATE, whole_file
from crawler.record.consistent_copy import PIECE, copied
from crawler.record.disk_check import local_partitions, refuse_network_drive, resolved
from crawler.record.errors import RecordRefused, translating_disk
from crawler.record.opening import connect_as_it_is
from crawler.record.snapshot_store import is_pack_name
from crawler.record.verify import (
    BROKEN_ZIP,
    FOLDER,
    Verified,
    unpack_record,
    verify_file,
    verify_record,
)


def restore(file: Path, record: Path, snapshots: Path) -> Verified:
    """Puts the backup `file` in place as `record` with its packs in `snapshots`.

    Gives what looking over found, of the record with its packs as they lie now. The caller holds
    the run lock and that of the packs. Raises RecordRefused where a record or a stranger's pack
    stands there, where the backup is not whole, or the disk refuses.
    """
    refuse_network_drive(resolved(record), local_partitions())
    _refuse_record(record)
    there = record.parent.is_dir()
    found = verify_file(file, beside=record if there else None)
    if not found.whole:
        raise RecordRefused(
            "{file} is damaged, and nothing was restored: {line}; `jehona verify` "
            "tells all; take an earlier backup",
            file=file,
            line=found.damage[0].line,
        )
    with translating_disk(record.parent):
        record.parent.mkdir(parents=True, exist_ok=True)
        snapshots.mkdir(parents=True, exist_ok=True)
    if found.kind == "backup":
        _from_zip(file, record, snapshots)
        return replace(found, file=record)
    with (
        translating_disk(record),
        closing(connect_as_it_is(file)) as old,
        # through SQLite, which knows of a log that may lie beside it
        copied(old, record) as copy,
        whole_file(record, mode=PRIVATE) as into,
    ):
        shutil.copyfileobj(copy.file, into, PIECE)
    return verify_record(record, snapshots)


def _refuse_record(record: Path) -> None:
    with translating_disk(record):
        for name in (record, *(record.with_name(f"{record.name}-{end}") for end in ("wal", "shm"))):
            if name.exists():
                raise RecordRefused(
                    "{name} stands there: a backup is never put over a record; move "
                    "{parent} away first, and keep it until all is well",
                    name=name,
                    parent=record.parent,
                )


def _from_zip(file: Path, record: Path, snapshots: Path) -> None:
    """Packs first, the record last: it is what makes the rest count."""
    with translating_disk(record):
        try:
            with zipfile.ZipFile(file) as archive:
                packs = [name for name in archive.namelist() if _is_pack(name)]
                left = [name for name in packs if not _lies_there(archive, name, snapshots)]
                for name in left:
                    with archive.open(name) as pack, whole_file(_place(name, snapshots)) as into:
                        shutil.copyfileobj(pack, into, PIECE)
                with whole_file(record, mode=PRIVATE) as into:
                    unpack_record(archive, into)
        except BROKEN_ZIP as error:
            raise RecordRefused(
                "{file} changed while it was read ({error}): try again", file=file, error=error
            ) from error


def _is_pack(member: str) -> bool:
    folder, _, name = member.rpartition("/")
    return folder == FOLDER and is_pack_name(name)


def _place(member: str, snapshots: Path) -> Path:
    return snapshots / member.rpartition("/")[2]


def _lies_there(archive: zipfile.ZipFile, member: str, snapshots: Path) -> bool:
    """Whether a pack lies there already, perhaps with more at its end; another's is refused."""
    place = _place(member, snapshots)
    if not place.exists():
        return False
    with archive.open(member) as pack, place.open("rb") as there:
        while piece := pack.read(PIECE):
            if there.read(len(piece)) != piece:
                raise RecordRefused(
                    "{place} stands there and is not the backup's: move {snapshots} away first",
                    place=place,
                    snapshots=snapshots,
                )
    return True
