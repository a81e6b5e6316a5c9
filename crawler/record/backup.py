"""Copies of the record, made while it is in use and looked over before they count.

`FILE.zip` holds the record and its snapshots as they lie in a workspace's `var/`; `restore` puts
them there again. Any other FILE is the record alone: all articles, dates, decisions and reports
can be made from it; only reading the outlets' own bytes again cannot.
"""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from crawler.files import PRIVATE
from crawler.record.consistent_copy import PIECE, copied, taken, whole_backup
from crawler.record.errors import RecordRefused, translating_disk
from crawler.record.opening import RECORD
from crawler.record.verify import FOLDER, Verified, verify_copy, verify_zip

if TYPE_CHECKING:
    from crawler.record import Record


class Damaged(RecordRefused):
    """What was copied is not whole, and no backup was kept."""

    def __init__(self, record: Path, found: Verified) -> None:
        super().__init__(
            f"{record} is damaged, and no backup was written: {found.damage[0].line}; "
            "`jehona verify` tells all; restore the last backup, or copy it as it is with --anyway"
        )


def backup(
    record: Record, target: Path, *, replace: bool = False, anyway: bool = False
) -> Verified:
    """Writes a consistent copy to `target`, looks it over, and tells what was found.

    Other programs may go on writing meanwhile, but for a prune: the caller holds the lock of the
    packs. `replace` allows another backup to be `target`; it stays until the new one is whole.
    `anyway` writes a damaged copy too, but never over another. Raises RecordRefused.
    """
    _refuse_taken(target, replace=replace)
    is_zip = target.suffix.lower() == ".zip"
    with whole_backup(target, replace=replace) as file:
        found = (_zip if is_zip else _alone)(record, target, file)
        if not found.whole and (replace or not anyway):
            raise Damaged(record.path, found)
    return found


def _alone(record: Record, target: Path, file: BinaryIO) -> Verified:
    with copied(record.conn, target) as copy:
        shutil.copyfileobj(copy.file, file, PIECE)
        return verify_copy(copy.reader, target)


def _zip(record: Record, target: Path, file: BinaryIO) -> Verified:
    """The record first, then of each pack what it refers to: packs only grow meanwhile."""
    with (
        copied(record.conn, target) as copy,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        _add(archive, RECORD, copy.file, None)
        for name, length in _lengths(copy.reader):
            pack = record.store.folder / name
            # what is missing here is told when the whole is looked over
            if pack.exists():
                with translating_disk(pack), pack.open("rb") as bytes_:
                    _add(archive, f"{FOLDER}/{name}", bytes_, length)
    file.seek(0)
    return verify_zip(file, target, beside=target)


def _lengths(conn: sqlite3.Connection) -> list[tuple[str, int]]:
    """Of each pack up to where the record refers to it; none where that cannot be read."""
    try:
        asked = 'SELECT pack, max("offset" + length) FROM pages GROUP BY pack ORDER BY pack'
        return [(str(pack), int(length)) for pack, length in conn.execute(asked)]
    except sqlite3.DatabaseError:
        # damage, which is told when the whole is looked over
        return []


def _add(archive: zipfile.ZipFile, name: str, file: BinaryIO, length: int | None) -> None:
    """Copies `length` bytes of a file (all where None) into a member; packs are packed already."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED if length is None else zipfile.ZIP_STORED
    member.external_attr = PRIVATE << 16
    left = length
    with archive.open(member, "w", force_zip64=True) as into:
        while piece := file.read(PIECE if left is None else min(PIECE, left)):
            into.write(piece)
            left = None if left is None else left - len(piece)


def _refuse_taken(target: Path, *, replace: bool) -> None:
    """Nothing is overwritten but, where that is wished, another backup."""
    with translating_disk(target):
        if not target.exists():
            return
        if not replace:
            raise taken(target)
        with target.open("rb") as old:
            is_backup = old.read(16) == b"SQLite format 3\0" or _holds_record(old)
    if not is_backup:
        raise RecordRefused(
            "{target} is no backup: --replace only replaces one, give another name", target=target
        )


def _holds_record(old: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(old) as archive:
            return RECORD in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
