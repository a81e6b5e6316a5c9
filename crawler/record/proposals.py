"""Posts as they were proposed: by its digest a document is known that nobody has touched since."""

from __future__ import annotations

from crawler.record import Record

_KEEP = """
INSERT INTO proposals (event, language, digest, shape) VALUES (?, ?, ?, ?)
ON CONFLICT (event, language) DO UPDATE SET digest = excluded.digest, shape = excluded.shape"""
_HELD = "SELECT digest, shape FROM proposals WHERE event = ? AND language = ?"


def keep(record: Record, event: str, language: str, *, digest: str, shape: str) -> None:
    """Keeps what was proposed last; `shape` says how it was asked for. Raises RecordRefused."""
    with record.transaction():
        record.conn.execute(_KEEP, (event, language, digest, shape))


def held(record: Record, event: str, language: str) -> tuple[str, str] | None:
    """Digest and shape of the last proposal; None where there was none."""
    found = record.conn.execute(_HELD, (event, language)).fetchone()
    return (str(found[0]), str(found[1])) if found else None
