"""The seal of the record: what each run kept and found, and what `prune` took out.

A line is written in the transaction of what it seals, so that neither stands without the other,
and a backup holds both: therefore the chain lives in the record and in no file beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from crawler.evidence.seal import (
    PRUNED,
    RUN,
    Leaf,
    Line,
    body_digest,
    content_of,
    in_order,
    leaf_digest,
    line,
)
from crawler.record import Record
from crawler.record.errors import RecordRefused
from crawler.record.snapshot_store import Place

# Columns that are sealed: a later migration adds none to rows that are sealed already. Not where
# bytes lie, which moves, nor what is worked out of them.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "page": (
        "run", "outlet", "kind", "url", "fetched", "charset", "site", "status", "headers", "landed",
        "answer",
    ),
    "check": (
        "run", "outlet", "way", "outcome", "listed", "read", "new", "changed", "gone", "requests",
        "reached", "seconds", "types", "note", "next_step", "by", "at", "since", "until", "only",
        "reason", "numbers",
    ),
    "run": ("event", "since", "until", "zone", "started", "finished", "state", "version"),
}  # fmt: skip
TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "page": ("pages", "id"),
    "check": ("checks", "id"),
    "run": ("runs", "number"),
}
# its table, and the column of its number
_RUN_COLUMN: Final[Mapping[str, str]] = {"page": "run", "check": "run", "run": "number"}
_LINE = "number, at, what, run, why, leaves, content, previous, digest"
_LATEST = f"SELECT {_LINE} FROM seals ORDER BY number DESC LIMIT 1"  # noqa: S608 - constant names
_ADD = f"INSERT INTO seals ({_LINE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constant names
_PLACES = (
    'SELECT id, pack, "offset", length, digest FROM pages WHERE run = ? ORDER BY pack, "offset"'
)
_ENDED = """
SELECT coalesce(finished, (SELECT max(fetched) FROM pages WHERE run = number),
  (SELECT max(at) FROM checks WHERE run = number), started) FROM runs WHERE number = ?"""
_GOING = """
SELECT kind, row, digest, body FROM sealed WHERE kind = 'page' AND gone IS NULL
  AND row IN (SELECT value FROM json_each(?)) ORDER BY kind, row"""
_SEALED = "SELECT kind, row, digest, body FROM sealed WHERE seal = ? ORDER BY kind, row"
_GONE = """
UPDATE sealed SET gone = ? WHERE kind = 'page' AND gone IS NULL
  AND row IN (SELECT value FROM json_each(?))"""


def bodies_of(record: Record, run: int) -> dict[int, str]:
    """The digest of the bytes of each answer that a run kept, by its row; of those still whole.

    Read before the transaction that seals them, in which nobody else may write.
    """
    digests: dict[int, str] = {}
    last: tuple[Place, str] | None = None
    for number, pack, offset, length, digest in record.conn.execute(_PLACES, (run,)).fetchall():
        place = Place(pack=pack, offset=offset, length=length, digest=digest)
        if last is None or last[0] != place:
            try:
                last = place, body_digest(record.store.get(place))
            except RecordRefused:
                # damaged already: `verify` names it, and a run has to end all the same
                continue
        digests[number] = last[1]
    return digests


def seal_run(
    record: Record, run: int, bodies: Mapping[int, str] | None = None, *, why: str | None = None
) -> Line:
    """The line of a run that is over; inside the caller's transaction, or one of its own.

    `why` names the bundle of a run that was taken.
    """
    bodies = bodies_of(record, run) if bodies is None else bodies
    with record.transaction():
        leaves = in_order(_leaves(record.conn, run, bodies))
        (ended,) = record.conn.execute(_ENDED, (run,)).fetchone()
        made = line(
            latest(record), at=ended, what=RUN, run=run, why=why, leaves=len(leaves),
            content=content_of(leaves),
        )  # fmt: skip
        _add(record.conn, made)
        record.conn.executemany(
            "INSERT INTO sealed (kind, row, seal, digest, body) VALUES (?, ?, ?, ?, ?)",
            [(leaf.kind, leaf.row, made.number, leaf.digest, leaf.body) for leaf in leaves],
        )
    return made


def seal_gone(record: Record, pages: str, *, at: str, why: str) -> Line:
    """The line of answers that are taken out: `pages` is a JSON list of their rows.

    Their leaves stay, so that what went is told from what was changed.
    """
    with record.transaction():
        leaves = [_leaf(row) for row in record.conn.execute(_GOING, (pages,))]
        made = line(
            latest(record), at=at, what=PRUNED, why=why, leaves=len(leaves),
            content=content_of(leaves),
        )  # fmt: skip
        _add(record.conn, made)
        record.conn.execute(_GONE, (made.number, pages))
    return made


def leaves_of(record: Record, number: int) -> list[Leaf]:
    """What a line of a run sealed, in its order; also what went since."""
    return [_leaf(row) for row in record.conn.execute(_SEALED, (number,))]


def latest(record: Record) -> Line | None:
    """The last line, None where nothing was sealed yet."""
    row = record.conn.execute(_LATEST).fetchone()
    return line_of(row) if row else None


def lines(conn: sqlite3.Connection) -> Iterator[Line]:
    """Every line, the first one first."""
    rows = conn.execute(f"SELECT {_LINE} FROM seals ORDER BY number")  # noqa: S608 - constant names
    return (line_of(row) for row in rows)


def line_of(row: Sequence[object]) -> Line:
    """The line of a row of `_LINE`."""
    return Line(**dict(zip(_LINE.split(", "), row, strict=True)))  # type: ignore[arg-type]


def digest_of_row(kind: str, values: Iterable[str | int | float | None], body: str | None) -> str:
    """The digest of one row, its values in the order of COLUMNS."""
    return leaf_digest(kind, dict(zip(COLUMNS[kind], values, strict=True)), body)


def columns_of(kind: str, table: str) -> str:
    """The sealed columns of a kind, for a query."""
    return ", ".join(f'{table}."{name}"' for name in COLUMNS[kind])


def _leaves(conn: sqlite3.Connection, run: int, bodies: Mapping[int, str]) -> Iterator[Leaf]:
    for kind, (table, number) in TABLES.items():
        asked = (
            f"SELECT {number}, {columns_of(kind, table)} FROM {table} "  # noqa: S608 - constant names
            f"WHERE {_RUN_COLUMN[kind]} = ?"
        )
        for row, *values in conn.execute(asked, (run,)):
            body = bodies.get(row) if kind == "page" else None
            if kind != "page" or body:
                digest = digest_of_row(kind, values, body)
                yield Leaf(kind=kind, row=row, digest=digest, body=body)


def _leaf(row: Sequence[object]) -> Leaf:
    kind, number, digest, body = row
    return Leaf(kind=kind, row=number, digest=digest, body=body)  # type: ignore[arg-type]


def _add(conn: sqlite3.Connection, made: Line) -> None:
    conn.execute(_ADD, tuple(getattr(made, name) for name in _LINE.split(", ")))
