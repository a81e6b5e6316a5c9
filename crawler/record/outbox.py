"""What a collector was told and has not sealed yet: written with the page that it is of.

Both stand in one transaction, so that a killed collector has sent what it keeps, or will send it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.bundles.accounts import Account, Gone, spelled
from crawler.models import Alias, Lead, ListingPage, Reading
from crawler.record import Record, rows
from crawler.record.snapshot_store import packed, unpacked
from crawler.record.storing import body_of

_ADD = "INSERT INTO outbox (run, told, body) VALUES (?, ?, ?)"
_NAMES = """
SELECT a.outlet, n.kind, n.value FROM articles AS a JOIN aliases AS n ON n.article = a.id
WHERE a.id = ? ORDER BY n.kind, n.value"""
_WAITING = """
SELECT number FROM runs WHERE state <> 'running' AND (
  number IN (SELECT run FROM outbox) OR number IN (SELECT run FROM checks)
  AND number NOT IN (SELECT run FROM bundles WHERE direction = 'sealed')) ORDER BY number"""
_LAST = "SELECT digest FROM bundles WHERE direction = 'sealed' ORDER BY run DESC LIMIT 1"
_SEALED = """
INSERT INTO bundles (digest, direction, run, collector, previous, at)
VALUES (?, 'sealed', ?, ?, ?, ?) ON CONFLICT DO NOTHING"""


def put_page(
    record: Record, run: int, page: ListingPage, readings: Sequence[tuple[Lead, Reading]]
) -> None:
    """Keeps what an answer told until it is sealed; the caller holds the page's transaction."""
    leads = [lead for lead, _ in readings]
    body, charset, places = body_of(page, leads)
    one = Account(
        page=replace(page, body=body, charset=charset),
        readings=tuple(readings),
        places=dict(zip([lead.position for lead in leads], places, strict=False)),
        whole=body is page.body,
    )
    _put(record, run, one, body)


def put_gone(record: Record, run: int, articles: Collection[int], at: datetime) -> None:
    """Keeps which pieces are gone until that is sealed. Raises RecordRefused."""
    pieces: dict[str, list[tuple[Alias, ...]]] = {}
    with record.transaction():
        for article in sorted(articles):
            named = record.conn.execute(_NAMES, (article,)).fetchall()
            names = tuple(Alias(kind=kind, value=value) for _, kind, value in named)
            if named:
                pieces.setdefault(named[0][0], []).append(names)
        for outlet, those in pieces.items():
            _put(record, run, Gone(outlet=outlet, at=at, pieces=tuple(those)), b"")


def waiting(record: Record) -> list[int]:
    """Runs that are over and not sealed as a bundle, the oldest first."""
    return [run for (run,) in record.conn.execute(_WAITING)]


def told_in(record: Record, run: int) -> Iterator[tuple[bytes, bytes]]:
    """What a run was told, in order: JSON, and what was kept of the answer."""
    asked = "SELECT told, body FROM outbox WHERE run = ? ORDER BY id"
    for told, body in record.conn.execute(asked, (run,)):
        yield unpacked(told, record.path), unpacked(body, record.path)


def last_sealed(record: Record) -> str | None:
    """The digest of the bundle that was sealed last."""
    found = record.conn.execute(_LAST).fetchone()
    return str(found[0]) if found else None


def sealed(record: Record, run: int, digest: str, collector: str, at: datetime) -> None:
    """The run's bundle is on a disk: nothing of it waits any more. Raises RecordRefused."""
    with record.transaction():
        previous = last_sealed(record)
        record.conn.execute(_SEALED, (digest, run, collector, previous, rows.utc_text(at)))
        record.conn.execute("DELETE FROM outbox WHERE run = ?", (run,))


def _put(record: Record, run: int, one: Account | Gone, body: bytes) -> None:
    # in ASCII, which spells halves of letters too
    told = json.dumps(spelled(one), separators=(",", ":")).encode("ascii")
    record.conn.execute(_ADD, (run, packed(told), packed(body)))
