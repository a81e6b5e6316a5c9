"""Pieces that people brought, corrected and taken away again; nothing of them is deleted."""

from __future__ import annotations

from datetime import datetime

from crawler.models import Alias
from crawler.record import Record, rows
from crawler.record.merge_articles import unite_in_tables

_LAYERS = """
SELECT r.layer FROM readings AS r JOIN articles AS a ON a.id = r.article WHERE a.key = ?"""
_NAMES = """
SELECT s.kind, s.value FROM aliases AS s JOIN articles AS a ON a.id = s.article WHERE a.key = ?"""
_TYPED = "SELECT json_extract(provenance, '$.published.raw') FROM articles WHERE key = ?"
_NUMBER = "SELECT id FROM articles WHERE key = ?"


def layers_of(record: Record, key: str) -> frozenset[str]:
    """Who says something of a piece: {"clip"} where only people do."""
    return frozenset(layer for (layer,) in record.conn.execute(_LAYERS, (key,)))


def names_of(record: Record, key: str) -> tuple[Alias, ...]:
    """Every name by which a piece is known at its outlet."""
    return tuple(
        Alias(kind=kind, value=value) for kind, value in record.conn.execute(_NAMES, (key,))
    )


def date_typed(record: Record, key: str) -> str | None:
    """The date of a piece as it was typed; None where it has none."""
    found = record.conn.execute(_TYPED, (key,)).fetchone()
    return str(found[0]) if found and found[0] else None


def number_of(record: Record, key: str) -> int:
    """The id of the piece of this key. Raises LookupError."""
    found = record.conn.execute(_NUMBER, (key,)).fetchone()
    if found is None:
        raise LookupError(key)
    return int(found[0])


def unite(record: Record, *, left: str, stays: str, run: int, at: datetime) -> None:
    """All that hangs on the piece `left` moves to `stays`, and its key is one more name of that.

    Raises LookupError.
    """
    with record.transaction():
        old, new = number_of(record, left), number_of(record, stays)
        unite_in_tables(record.conn, old, new, run, rows.utc_text(at))
