"""Many rows in one statement.

A statement that fires triggers opens a savepoint, and at a savepoint FTS5 writes out what it
has gathered (fts5_main.c, `fts5SavepointMethod`): row by row the search index costs several
times what it costs in one statement.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

ROWS = 200
# in one statement; with 18 columns far below the 32,766 parameters SQLite allows


def in_batches(conn: sqlite3.Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Runs `sql`, whose `VALUES *` stands for all `rows`, in as few statements as may be."""
    for batch in _slices(rows):
        marks = f"({', '.join('?' * len(batch[0]))})"
        values = f"VALUES {', '.join([marks] * len(batch))}"
        conn.execute(sql.replace("VALUES *", values), [each for row in batch for each in row])


def _slices(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    for at in range(0, len(rows), ROWS):
        yield rows[at : at + ROWS]
