"""The search index: which stems stand in which article, brought up behind what was stored.

What is stored only joins `unindexed`, so that a crawl never waits for stemming. `bring_up` makes
the words of what waits. Until then, and on a record that may not be written, what waits is a
candidate for every event (`crawler.record.search`): the index finds a superset at any moment.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

from crawler.language.stemming import RULES, index_words
from crawler.record import Record
from crawler.record.sql_batches import in_batches

BATCH: Final = 1_000
# articles in one transaction: a killed process loses a second's work, another writer waits as long
VERSION: Final = f"{RULES} unicode-{unicodedata.unidata_version}"
# what folds and stems; a newer Python may know letters that an older one did not

_WAITING = """
SELECT u.article, u.stale, u.language, u.headline, u.lead, u.text,
  a.id, a.language, a.headline, a.lead, a.text
FROM unindexed AS u LEFT JOIN articles AS a ON a.id = u.article
ORDER BY u.article LIMIT ?"""
_NAMES = "SELECT article FROM unindexed JOIN articles ON id = article ORDER BY article LIMIT ?"
_ADD = "INSERT INTO stems_fts (rowid, words) VALUES *"
_TAKE_OUT = "INSERT INTO stems_fts (stems_fts, rowid, words) VALUES *"
_DONE = "DELETE FROM unindexed WHERE article <= ?"
_AGAIN = (
    "INSERT INTO stems_fts (stems_fts) VALUES ('delete-all')",
    "DELETE FROM unindexed",
    "INSERT INTO unindexed (article) SELECT id FROM articles",
    "DELETE FROM indexed",
)


def is_current(record: Record) -> bool:
    """Whether the index was made by this version of folder and stemmers, or holds nothing yet."""
    return [rules for (rules,) in record.conn.execute("SELECT rules FROM indexed")] == [VERSION]


def waiting(record: Record, limit: int = -1) -> list[int]:
    """Ids of the articles whose words are not in the index, new ones and reworded ones, oldest
    first; at most so many where a limit is given.
    """
    return [article for (article,) in record.conn.execute(_NAMES, (limit,))]


def bring_up(record: Record, limit: int | None = None) -> int:
    """Makes the words of what waits, at most of `limit` articles; gives how many it took up.

    Everything waits again where the index was made by another version of folder or stemmers.
    In batches, each a transaction: what a killed process had not done waits on. A record that may
    not be written stays as it is.
    """
    if record.readonly:
        return 0
    if not is_current(record):
        _begin_anew(record)
    done = 0
    while limit is None or done < limit:
        most = BATCH if limit is None else min(BATCH, limit - done)
        taken = _batch(record, most)
        done += taken
        if taken < most:
            break
    return done


def _begin_anew(record: Record) -> None:
    """Forget the index; unless another process was quicker."""
    with record.transaction():
        if is_current(record):
            return
        for statement in _AGAIN:
            record.conn.execute(statement)
        record.conn.execute("INSERT INTO indexed (rules) VALUES (?)", (VERSION,))


def _batch(record: Record, most: int) -> int:
    """The next articles that wait, in one transaction; how many there were."""
    if record.conn.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is None:
        return 0
    with record.transaction():
        found = record.conn.execute(_WAITING, (most,)).fetchall()
        if not found:
            return 0
        old = [("delete", row[0], _words(row[2:6])) for row in found if row[1]]
        new = [(row[6], _words(row[7:11])) for row in found if row[6] is not None]
        in_batches(record.conn, _TAKE_OUT, old)
        in_batches(record.conn, _ADD, new)
        record.conn.execute(_DONE, (found[-1][0],))
    return len(found)


def _words(columns: Sequence[Any]) -> str:
    """The words of an article's language, headline, lead and text."""
    language, *texts = columns
    return index_words(language, *_said(texts))


def _said(texts: Iterable[str | None]) -> Iterable[str]:
    return (text for text in texts if text)
