"""Two articles that turn out to be one: everything that hangs on the younger moves (law 5)."""

from __future__ import annotations

import sqlite3

CHILDREN = """
SELECT t.name, k."from" FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS k
WHERE t.type = 'table' AND k."table" = 'articles' ORDER BY t.name, k."from" """


def unite_in_tables(conn: sqlite3.Connection, younger: int, older: int, run: int, at: str) -> None:
    """Moves every row of `younger` to `older` and remembers the lost key.

    The tables are asked of the schema itself, so that one added later is not forgotten. Where
    both have a row that can only be once (a reading of one layer), that of `older` stays.
    Decisions can be many, so none is lost. The caller holds the transaction.
    """
    for table, column in conn.execute(CHILDREN).fetchall():
        names = (older, younger)
        conn.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ? WHERE "{column}" = ?', names)  # noqa: S608 - names from the schema
        conn.execute(f'DELETE FROM "{table}" WHERE "{column}" = ?', (younger,))  # noqa: S608
    conn.execute(
        "INSERT INTO merged (key, was, article, run, at) "
        "SELECT key, id, ?, ?, ? FROM articles WHERE id = ?",
        (older, run, at, younger),
    )
    conn.execute("DELETE FROM articles WHERE id = ?", (younger,))
