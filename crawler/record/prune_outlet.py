"""`prune --outlet`: an outlet asked that its texts go.

Text, pictures' addresses and bytes go from packs, record and search index. Headline, link, dates
and what people decided stay, and the seal says what went.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from crawler.files import sweep
from crawler.record import Record, rows, search_index, snapshot_store, versions
from crawler.record.errors import RecordRefused, translating, translating_disk
from crawler.record.prune import Pruned, count, sweep_packs, take_out

TEXTS: Final = ("lead", "text", "picture")
# fields that go; the headline is not the text
_PAGES: Final = """
SELECT p.id, p.pack, p.length FROM pages AS p JOIN runs ON runs.number = p.run
WHERE p.outlet = ? AND runs.state <> 'running'"""
_ARTICLES: Final = "SELECT id FROM articles WHERE outlet = ?"
_REWORD: Final = """
UPDATE articles SET lead = NULL, text = NULL, spelled = NULL, picture = NULL,
  provenance = json_remove(provenance, '$.lead', '$.text', '$.picture')
WHERE outlet = ?
  AND (lead NOT NULL OR text NOT NULL OR spelled NOT NULL OR picture NOT NULL)"""
_UNSAY: Final = f"""
UPDATE readings SET said = json_remove(said, '$.lead', '$.text', '$.picture'), notes = NULL
WHERE article IN ({_ARTICLES})"""  # noqa: S608 - constant words
_REVISIONS: Final = f"""
UPDATE revisions SET old = NULL, new = NULL
WHERE field IN ('lead', 'text', 'picture') AND article IN ({_ARTICLES})"""  # noqa: S608 - constant words
_MATCHES: Final = f"SELECT event, article, because FROM matches WHERE article IN ({_ARTICLES})"  # noqa: S608 - constant words


def prune_outlet(record: Record, outlet: str, *, at: datetime, dry_run: bool = False) -> Pruned:
    """Takes out all text and bytes of an outlet (slug). The caller holds both locks.

    Done once more where it was cut off. Raises RecordRefused where disk or another program does.
    """
    with record.transaction():
        pages = record.conn.execute(_PAGES, (outlet,)).fetchall()
        pruned = count(record, pages, dry_run)
        if dry_run:
            return pruned
        if pages:
            take_out(record, pages, at=at, why=f"{outlet} asked")
        for statement in (_REWORD, _UNSAY, _REVISIONS):
            record.conn.execute(statement, (outlet,))
        for table in ("memory", "accounts"):
            record.conn.execute(f"DELETE FROM {table} WHERE outlet = ?", (outlet,))  # noqa: S608 - constant names
        _matches(record, outlet)
        _reports(record, outlet)
    sweep_packs(record)
    _forget(record)
    return pruned


def _matches(record: Record, outlet: str) -> None:
    """Why a piece matched stays by term and place; the words around it go with the text."""
    for event, article, because in record.conn.execute(_MATCHES, (outlet,)).fetchall():
        told = rows.to_json([_bare(why) for why in json.loads(because)])
        record.conn.execute(
            "UPDATE matches SET because = ? WHERE event = ? AND article = ?",
            (told, event, article),
        )


def _bare(why: dict[str, Any]) -> dict[str, Any]:
    """A reason without the outlet's words: the keyword stands for the form that was printed."""
    if why.get("field") == "headline":
        return why
    return {**why, "form": why.get("term"), "snippet": ""}


def _reports(record: Record, outlet: str) -> None:
    """Kept versions tell leads and reasons, too."""
    every = record.conn.execute("SELECT event, version, document FROM reports").fetchall()
    for event, version, body in every:
        document = json.loads(snapshot_store.unpacked(body, record.path))
        if not any(_stripped(piece) for piece in _pieces(document, outlet)):
            continue
        packed = snapshot_store.packed(json.dumps(document, ensure_ascii=False).encode())
        record.conn.execute(
            "UPDATE reports SET document = ?, digest = ? WHERE event = ? AND version = ?",
            (packed, versions.digest_of_document(document), event, version),
        )


def _pieces(document: dict[str, Any], outlet: str) -> list[dict[str, Any]]:
    every = (*document.get("pieces", ()), *document.get("doubtful", ()))
    return [piece for piece in every if piece.get("outlet") == outlet]


def _stripped(piece: dict[str, Any]) -> bool:
    """Takes the text out of a piece of a kept report; whether there was some."""
    bare = [_bare(why) for why in piece.get("because") or ()]
    if piece.get("lead") is None and bare == (piece.get("because") or []):
        return False
    piece["lead"], piece["because"] = None, bare
    return True


def _forget(record: Record) -> None:
    """Words out of the index, and out of what the file still holds of deleted rows.

    Raises RecordRefused where somebody reads on meanwhile: their view keeps the old pages.
    """
    search_index.bring_up(record)
    with translating(record.path):
        record.conn.execute("INSERT INTO stems_fts (stems_fts) VALUES ('optimize')")
        record.conn.execute("VACUUM")
        busy, _, _ = record.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise RecordRefused(
            "{path}: the texts are out of the record, and still in its file while another program "
            "reads it: close that, and run the same command again",
            path=record.path,
        )
    with translating_disk(record.path):
        sweep(record.path.parent)
