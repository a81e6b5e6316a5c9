"""Reports as they were made: each version that says something new is kept whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from crawler.record import Record, rows, snapshot_store

Document = Mapping[str, Any]

_LATEST = """
SELECT version, digest FROM reports WHERE event = ? ORDER BY version DESC LIMIT 1"""
_KEEP = "INSERT INTO reports (event, version, made, digest, document) VALUES (?, ?, ?, ?, ?)"
# what differs between two reports that say the same
_NOT_SAID = ("made", "version", "seal")
_WORDING = "understood"
# of the method: the keywords again, in the language of whoever asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One kept report."""

    number: int
    # from 1
    made: datetime
    # aware, in UTC


def next_number(record: Record, event: str, document: Document) -> int:
    """The version that `document` is: the latest one where it says the same, else the next."""
    latest = record.conn.execute(_LATEST, (event,)).fetchone()
    if latest is None:
        return 1
    same = latest[1] == digest_of_document(document)
    return int(latest[0]) + (not same)


def keep(record: Record, event: str, document: Document, made: datetime) -> int:
    """Keeps a report and gives its version; one that says what the latest says is that one.

    Raises RecordRefused where the disk or another writer refuses.
    """
    with record.transaction():
        number = next_number(record, event, document)
        if number > _last(record, event):
            packed = snapshot_store.packed(json.dumps(document, ensure_ascii=False).encode())
            row = (event, number, rows.utc_text(made), digest_of_document(document), packed)
            record.conn.execute(_KEEP, row)
    return number


def load(record: Record, event: str, number: int) -> dict[str, Any] | None:
    """The document of a version; None where there is none of that number."""
    sql = "SELECT document FROM reports WHERE event = ? AND version = ?"
    found = record.conn.execute(sql, (event, number)).fetchone()
    if found is None:
        return None
    document: dict[str, Any] = json.loads(snapshot_store.unpacked(found[0], record.path))
    return document


def versions(record: Record, event: str) -> list[Version]:
    """The kept reports of an event, the first one first."""
    sql = "SELECT version, made FROM reports WHERE event = ? ORDER BY version"
    return [
        Version(number=number, made=rows.instant_of(made))
        for number, made in record.conn.execute(sql, (event,))
    ]


def _last(record: Record, event: str) -> int:
    latest = record.conn.execute(_LATEST, (event,)).fetchone()
    return int(latest[0]) if latest else 0


def digest_of_document(document: Document) -> str:
    """By what it is known whether two reports say the same."""
    said = {key: value for key, value in document.items() if key not in _NOT_SAID}
    method = said.get("method") or {}
    said["method"] = {key: value for key, value in method.items() if key != _WORDING}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()
