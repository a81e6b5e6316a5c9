"""The record as text that two records can be compared by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from crawler.record import Record

_ARTICLES = """
SELECT id, outlet, url, key, headline, published, "offset", precision, modified, language,
  byline, section, lead, text, picture, gone_since IS NOT NULL AS gone, provenance
FROM articles ORDER BY outlet, url, key"""
_OF_ARTICLE = {
    "aliases": "SELECT kind, value FROM aliases WHERE article = ? ORDER BY 1, 2",
    "readings": "SELECT layer, digest, said, notes FROM readings WHERE article = ? ORDER BY 1",
    "revisions": "SELECT field, iif(field = 'gone_since', old IS NULL, old), "
    "iif(field = 'gone_since', new IS NULL, new), layer FROM revisions "
    "WHERE article = ? ORDER BY id",
    "kept": "SELECT DISTINCT layer FROM snapshots WHERE article = ? ORDER BY 1",
    "merged": "SELECT key FROM merged WHERE article = ? AND was > 0 ORDER BY 1",
    "matches": "SELECT event, score, because, rules FROM matches WHERE article = ? ORDER BY 1",
    "decisions": "SELECT event, kind, value, note, by FROM decisions WHERE article = ? "
    "ORDER BY at, uid",
    "pairs": "SELECT event, value, key, note, by FROM decisions "
    "JOIN articles ON articles.id = other WHERE article = ? ORDER BY at, uid",
}
_NOBODYS = "SELECT outlet, kind, value FROM aliases WHERE article IS NULL ORDER BY 1, 2, 3"


def logical_dump(record: Record) -> str:
    """Everything a record knows, a line of JSON an article, in one order.

    Left out is what differs between two gatherings of the same things: row ids, run numbers,
    the ledger, what is remembered of outlets, when bytes came, and keys that were only held until
    an earlier account of the piece came. Two records with the same dump tell the same.
    """
    return "".join(f"{_line(each)}\n" for each in _everything(record))


def _everything(record: Record) -> Iterator[dict[str, Any]]:
    cursor = record.conn.execute(_ARTICLES)
    names = [column[0] for column in cursor.description]
    for number, *columns in cursor.fetchall():
        known = dict(zip(names[1:], columns, strict=True))
        known["provenance"] = json.loads(known["provenance"])
        for name, sql in _OF_ARTICLE.items():
            known[name] = [_opened(name, row) for row in record.conn.execute(sql, (number,))]
        yield known
    for row in record.conn.execute(_NOBODYS):
        yield {"ambiguous": row}


def _opened(name: str, row: tuple[Any, ...]) -> list[Any]:
    """The columns; of a reading with its JSON opened, so that the order in it does not matter."""
    if name != "readings":
        return list(row)
    layer, digest, said, notes = row
    return [layer, digest, json.loads(said), notes]


def _line(known: dict[str, Any]) -> str:
    return json.dumps(known, ensure_ascii=False, sort_keys=True)
