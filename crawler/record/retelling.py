"""Pieces of which an earlier account came: what was made of them is taken back, to be made anew.

What people and matching hung on them stays: it moves to what they become. Keys that others may
have written down are found as before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from crawler.models import Alias
from crawler.record import Record, rows
from crawler.record.identity import STRENGTH
from crawler.record.merge_articles import CHILDREN

MADE = frozenset({"aliases", "readings", "revisions", "snapshots"})
# tables that accounts fill; `merged` has keys that were told of
_OWNERS = """
SELECT DISTINCT a.article FROM json_each(?) AS j
CROSS JOIN aliases AS a ON a.outlet = ? AND a.kind = json_extract(j.value, '$[0]')
  AND a.value = json_extract(j.value, '$[1]') WHERE a.article NOT NULL"""
_UNNAME = """
DELETE FROM aliases WHERE outlet = ?2 AND (kind, value) IN (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1))"""
_HELD = "SELECT kind, value, article FROM aliases WHERE article IN (SELECT value FROM json_each(?))"
_ALIAS = "SELECT article FROM aliases WHERE outlet = ? AND kind = ? AND value = ?"
_EARLIER = """
INSERT INTO merged (key, was, article, run, at)
SELECT ?1, -?2, ?3, ?4, (SELECT started FROM runs WHERE number = ?4)
WHERE NOT EXISTS (SELECT 1 FROM articles WHERE key = ?1 AND id <> ?2)
ON CONFLICT DO NOTHING"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """An article that is made anew."""

    # its id
    number: int
    # its key, and those of others that had become it
    keys: tuple[str, ...]
    # by what it was known, strongest first
    names: tuple[Alias, ...]


def owners_of(record: Record, outlet: str, pieces: Iterable[Sequence[Alias]]) -> set[int]:
    """The articles that any of these names stands for."""
    found = record.conn.execute(_OWNERS, (_asked(a for names in pieces for a in names), outlet))
    return {article for (article,) in found}


def forget(
    record: Record, outlet: str, articles: Collection[int], names: Collection[Alias]
) -> list[Forgotten]:
    """Takes back what accounts made of these articles; the articles stand, nameless."""
    asked = (json.dumps(sorted(articles)),)
    held: dict[int, list[Alias]] = {article: [] for article in sorted(articles)}
    for kind, value, article in record.conn.execute(_HELD, asked).fetchall():
        held[article].append(Alias(kind=kind, value=value))
    forgotten = [_forgotten(record, article, known) for article, known in held.items()]
    within = "article IN (SELECT value FROM json_each(?))"
    for table in (*sorted(MADE), "merged"):
        record.conn.execute(f"DELETE FROM {table} WHERE {within}", asked)  # noqa: S608 - constant names
    # those that name nobody, too
    record.conn.execute(_UNNAME, (_asked(names), outlet))
    for article in held:
        record.conn.execute("UPDATE articles SET key = '~' || id WHERE id = ?", (article,))
    return forgotten


def give_back(record: Record, outlet: str, forgotten: Iterable[Forgotten], run: int) -> None:
    """Moves what hung on each article to what it became, and lets it go."""
    for old in forgotten:
        new = _became(record, outlet, old)
        if new is None:
            raise AssertionError(f"nothing was told again of {old.keys}")
        for table, column in record.conn.execute(CHILDREN).fetchall():
            if table not in MADE and table != "merged":
                _move(record, table, column, old.number, new)
        for key in old.keys:
            record.conn.execute(_EARLIER, (key, old.number, new, run))
        record.conn.execute("DELETE FROM articles WHERE id = ?", (old.number,))


def _forgotten(record: Record, article: int, known: list[Alias]) -> Forgotten:
    asked = (
        "SELECT key, 0 FROM articles WHERE id = ?1 UNION ALL "
        "SELECT key, 1 FROM merged WHERE article = ?1 ORDER BY 2, 1"
    )
    keys = tuple(key for key, _ in record.conn.execute(asked, (article,)))
    names = tuple(sorted(known, key=lambda alias: (STRENGTH[alias.kind], alias.value)))
    return Forgotten(number=article, keys=keys, names=names)


def _became(record: Record, outlet: str, old: Forgotten) -> int | None:
    """By its names; where each names nobody now, by its keys."""
    for alias in old.names:
        found = record.conn.execute(_ALIAS, (outlet, alias.kind, alias.value)).fetchone()
        if found and found[0] is not None:
            return int(found[0])
    for key in old.keys:
        found = record.conn.execute(
            "SELECT id FROM articles WHERE key = ?1 "
            "UNION ALL SELECT article FROM merged WHERE key = ?1",
            (key,),
        ).fetchone()
        if found:
            return int(found[0])
    return None


def _move(record: Record, table: str, column: str, old: int, new: int) -> None:
    record.conn.execute(
        f'UPDATE OR IGNORE "{table}" SET "{column}" = ? WHERE "{column}" = ?',  # noqa: S608 - names from the schema
        (new, old),
    )
    record.conn.execute(f'DELETE FROM "{table}" WHERE "{column}" = ?', (old,))  # noqa: S608 - names from the schema


def _asked(names: Iterable[Alias]) -> str:
    return rows.to_json(sorted({(alias.kind, rows.clean(alias.value)) for alias in names}))
