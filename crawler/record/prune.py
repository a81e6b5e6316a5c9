"""Taking out old snapshots; nothing that is coverage ever goes.

Articles, headlines, dates, texts, revisions and decisions stay. What goes is the outlets' own
bytes of pieces that nobody matched or decided upon: they can no longer be read again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.files import sweep, whole_file
from crawler.record import Record, rows, sealing
from crawler.record.errors import translating_disk
from crawler.record.snapshot_store import Place, pack_name

OLD = """
SELECT a.id FROM articles AS a
WHERE coalesce(a.published, a.first_seen) < ?
  AND NOT EXISTS (SELECT 1 FROM matches WHERE article = a.id)
  AND NOT EXISTS (SELECT 1 FROM decisions WHERE article = a.id)"""
OLD_PAGES = f"""
SELECT p.id, p.pack, p.length FROM pages AS p JOIN runs ON runs.number = p.run
WHERE runs.state <> 'running' AND NOT EXISTS (
  SELECT 1 FROM snapshots AS s WHERE s.page = p.id AND s.article NOT IN ({OLD}))"""  # noqa: S608

# several answers may lie in one place: what is the same again is not kept again
FREED = """
WITH gone AS (SELECT value AS id FROM json_each(?1))
SELECT coalesce(sum(length), 0) FROM (
  SELECT pack, "offset", length FROM pages WHERE id IN gone
  EXCEPT SELECT pack, "offset", length FROM pages WHERE id NOT IN gone)"""
LEFT = 'SELECT DISTINCT "offset", length FROM pages WHERE pack = ? ORDER BY "offset"'
MOVED = 'UPDATE pages SET pack = ?, "offset" = ? WHERE pack = ? AND "offset" = ?'


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
    events: int = 0
    # files of runs' events that go


def prune(record: Record, *, older_than: datetime, at: datetime, dry_run: bool = False) -> Pruned:
    """Takes out snapshots of articles published (undated: first seen) before `older_than`.

    Matched and decided pieces keep theirs, and so does every page that holds one. Articles,
    headlines, dates, texts and revisions all stay. The caller holds the run lock, and that of the
    packs. What a prune that was killed left is swept first. `at` is now, for the seal.
    """
    if not dry_run:
        sweep_packs(record)
    with record.transaction():
        pages = record.conn.execute(OLD_PAGES, (rows.utc_text(older_than),)).fetchall()
        pruned = count(record, pages, dry_run)
        if dry_run:
            return pruned
        if pages:
            why = f"answers of pieces before {rows.utc_text(older_than)}"
            take_out(record, pages, at=at, why=why)
    sweep_packs(record)
    return pruned


def take_out(record: Record, pages: list[tuple[int, str, int]], *, at: datetime, why: str) -> None:
    """Rows and bytes of these answers; the seal says that they went, and packs were made anew."""
    asked = (json.dumps([page for page, _, _ in pages]),)
    within = "IN (SELECT value FROM json_each(?))"
    sealing.seal_gone(record, *asked, at=rows.utc_text(at), why=why)
    record.conn.execute(f"DELETE FROM snapshots WHERE page {within}", asked)  # noqa: S608
    record.conn.execute(f"DELETE FROM accounts WHERE page {within}", asked)  # noqa: S608
    record.conn.execute(f"DELETE FROM pages WHERE id {within}", asked)  # noqa: S608
    for pack in sorted({pack for _, pack, _ in pages}):
        _repack(record, pack)


def count(record: Record, pages: list[tuple[int, str, int]], dry_run: bool) -> Pruned:
    """What goes, or would go, with these answers."""
    asked = (json.dumps([page for page, _, _ in pages]),)
    snapshots, articles = record.conn.execute(
        "SELECT count(*), count(DISTINCT article) FROM snapshots "
        "WHERE page IN (SELECT value FROM json_each(?))",
        asked,
    ).fetchone()
    (freed,) = record.conn.execute(FREED, asked).fetchone()
    return Pruned(snapshots=snapshots, articles=articles, bytes=freed, dry_run=dry_run)


def _repack(record: Record, pack: str) -> None:
    """Copies what is left of a pack into one of a new name; the old one goes after the commit."""
    left = record.conn.execute(LEFT, (pack,)).fetchall()
    if not left:
        return
    folder = record.store.folder
    name = _next_name(folder, pack)
    moved: list[tuple[str, int, str, int]] = []
    with translating_disk(folder / name), whole_file(folder / name) as new:
        for offset, length in left:
            moved.append((name, new.tell(), pack, offset))
            new.write(record.store.frame(Place(pack=pack, offset=offset, length=length)))
    record.conn.executemany(MOVED, moved)


def sweep_packs(record: Record) -> None:
    """Deletes packs that nothing refers to: emptied ones, and the torn ends of killed runs.

    In a transaction, in which nobody writes a pack beside it: packs are only written in one.
    """
    folder = record.store.folder
    with record.transaction():
        used = {pack for (pack,) in record.conn.execute("SELECT DISTINCT pack FROM pages")}
        running = record.conn.execute("SELECT number FROM runs WHERE state = 'running'")
        used |= {pack_name(run) for (run,) in running}
        with translating_disk(folder):
            for pack in folder.glob("*.pack"):
                if pack.name not in used:
                    pack.unlink(missing_ok=True)
            sweep(folder)


def _next_name(folder: Path, pack: str) -> str:
    """ "run-000007.pack" -> "run-000007.2.pack", or the next that is free."""
    run = ".".join(pack.split(".")[:1])
    names = (f"{run}.{n}.pack" for n in range(2, 1_000_000))
    return next(name for name in names if not (folder / name).exists())
