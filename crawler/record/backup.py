"""Copies of the record, and taking out old snapshots; nothing that is coverage ever goes.

`FILE.zip` holds the record and its snapshots as they lie in a workspace's `var/`: unpacking it
there restores everything. Any other FILE is the record alone: all articles, dates, decisions
and reports can be made from it; only reading the outlets' own bytes again cannot.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.record import rows
from crawler.record.packs import Packs, Place
from crawler.record.refused import RecordRefused, translating, translating_disk

if TYPE_CHECKING:
    from crawler.record import Record

OLD = """
SELECT a.id FROM articles AS a
WHERE coalesce(a.published, a.first_seen) < ?
  AND NOT EXISTS (SELECT 1 FROM matches WHERE article = a.id)
  AND NOT EXISTS (SELECT 1 FROM decisions WHERE article = a.id)"""
OLD_PAGES = f"""
SELECT p.id, p.pack, p.length FROM pages AS p JOIN runs ON runs.number = p.run
WHERE runs.state <> 'running' AND NOT EXISTS (
  SELECT 1 FROM snapshots AS s WHERE s.page = p.id AND s.article NOT IN ({OLD}))"""  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What `prune` took out, or would take out."""

    snapshots: int
    # rows of listings and pages whose bytes go
    articles: int
    # articles that lose bytes; none loses anything else
    bytes: int
    # freed on the disk
    dry_run: bool
    # True: nothing was touched


def backup(record: Record, target: Path) -> Path:
    """Writes a consistent copy to `target`, which may not exist yet; see the module.

    Other programs may go on writing meanwhile. Raises RecordRefused.
    """
    with _whole_file(target) as part:
        if target.suffix.lower() == ".zip":
            _zip(record, part)
        else:
            _copy(record.conn, part)
    return target


def copy_before(conn: sqlite3.Connection, path: Path, migration: str) -> Path:
    """Copies the record at `path` beside itself before `migration` changes it."""
    first = path.with_name(f"{path.name}.before-{migration}")
    names = [first, *(first.with_name(f"{first.name}.{n}") for n in range(2, 100))]
    target = next(name for name in names if not name.exists())
    with _whole_file(target) as part:
        _copy(conn, part)
    return target


def prune(record: Record, *, older_than: datetime, dry_run: bool = False) -> Pruned:
    """Takes out snapshots of articles published (undated: first seen) before `older_than`.

    Matched and decided pieces keep theirs, and so does every page that holds one. Articles,
    headlines, dates, texts and revisions all stay. The caller holds the run lock.
    """
    before = rows.utc_text(older_than)
    with record.transaction():
        pages = record.conn.execute(OLD_PAGES, (before,)).fetchall()
        pruned = _count(record, pages, dry_run)
        if dry_run or not pages:
            return pruned
        asked = (json.dumps([page for page, _, _ in pages]),)
        within = "IN (SELECT value FROM json_each(?))"
        record.conn.execute(f"DELETE FROM snapshots WHERE page {within}", asked)  # noqa: S608
        record.conn.execute(f"DELETE FROM pages WHERE id {within}", asked)  # noqa: S608
        emptied = sorted({pack for _, pack, _ in pages})
        for pack in emptied:
            _repack(record, pack)
    for pack in emptied:
        with translating_disk(record.store.folder / pack):
            (record.store.folder / pack).unlink(missing_ok=True)
    return pruned


def _count(record: Record, pages: list[tuple[int, str, int]], dry_run: bool) -> Pruned:
    asked = (json.dumps([page for page, _, _ in pages]),)
    snapshots, articles = record.conn.execute(
        "SELECT count(*), count(DISTINCT article) FROM snapshots "
        "WHERE page IN (SELECT value FROM json_each(?))",
        asked,
    ).fetchone()
    freed = sum(length for _, _, length in pages)
    return Pruned(snapshots=snapshots, articles=articles, bytes=freed, dry_run=dry_run)


def _repack(record: Record, pack: str) -> None:
    """Copies what is left of a pack into one of a new name; the old one goes after the commit."""
    left = record.conn.execute(
        'SELECT id, "offset", length FROM pages WHERE pack = ? ORDER BY "offset"', (pack,)
    ).fetchall()
    if not left:
        return
    folder = record.store.folder
    name = _next_name(folder, pack)
    moved: list[tuple[str, int, int]] = []
    with translating_disk(folder / name), (folder / name).open("xb") as new:
        for page, offset, length in left:
            moved.append((name, new.tell(), page))
            new.write(record.store.frame(Place(pack=pack, offset=offset, length=length)))
        new.flush()
        os.fsync(new.fileno())
    record.conn.executemany('UPDATE pages SET pack = ?, "offset" = ? WHERE id = ?', moved)


def _next_name(folder: Path, pack: str) -> str:
    """ "run-000007.pack" -> "run-000007.2.pack", or the next that is free."""
    run = ".".join(pack.split(".")[:1])
    names = (f"{run}.{n}.pack" for n in range(2, 1_000_000))
    return next(name for name in names if not (folder / name).exists())


def _copy(conn: sqlite3.Connection, target: Path) -> None:
    with translating(target), closing(sqlite3.connect(str(target), isolation_level=None)) as copy:
        conn.backup(copy)
        # the copy's header says "WAL": it would grow companions when opened
        copy.execute("PRAGMA journal_mode = DELETE")


def _zip(record: Record, target: Path) -> None:
    """The record first: packs only grow, so they hold at least what it refers to."""
    alone = target.with_name(f"{target.name}.db")
    try:
        _copy(record.conn, alone)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(alone, record.path.name)
            for pack in _packs(record.store):
                name = f"{record.store.folder.name}/{pack.name}"
                archive.write(pack, name, zipfile.ZIP_STORED)
    finally:
        alone.unlink(missing_ok=True)


def _packs(store: Packs) -> list[Path]:
    return sorted(store.folder.glob("*.pack"))


@contextmanager
def _whole_file(target: Path) -> Iterator[Path]:
    """A path to write to that becomes `target` when all is well, and vanishes otherwise."""
    if target.exists():
        raise RecordRefused(f"{target} exists already: give another name, nothing is overwritten")
    part = target.with_name(f".{target.name}.part")
    with translating_disk(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            yield part
            _name(part, target)
        finally:
            part.unlink(missing_ok=True)


def _name(part: Path, target: Path) -> None:
    """Gives the finished file its name, never over another one."""
    with part.open("rb+") as finished:
        os.fsync(finished.fileno())
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise RecordRefused(f"{target} exists already: nothing was overwritten") from error
    except OSError:
        # no hard links here (FAT, some network disks); on Windows rename never overwrites
        part.rename(target)
