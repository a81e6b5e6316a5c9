"""Candidates for an event: the search index narrows, `crawler.matching` decides.

What this finds is a superset of what holds the words: the index folds case and diacritics the
same way and looks for prefixes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from crawler.models import Article, Window
from crawler.record import Record, rows
from crawler.record.narrowing import narrowed

GROUPS = 100
# groups in one MATCH; FTS5 refuses very deep expressions, more are asked one after another

_CANDIDATES = f"""
SELECT a.id, {rows.ARTICLE} FROM articles_fts AS f JOIN articles AS a ON a.id = f.rowid
WHERE articles_fts MATCH :words"""  # noqa: S608 - constant names
# joined, because `rowid IN (SELECT ... MATCH ...)` was 530 times slower at a million rows
_ALL = f"SELECT a.id, {rows.ARTICLE} FROM articles AS a WHERE 1"  # noqa: S608
_ORDER = "ORDER BY a.published, a.id"


def candidates(
    record: Record,
    *,
    prefixes: Sequence[Sequence[str]],
    window: Window | None = None,
    outlets: Collection[str] | None = None,
    undated: bool = False,
) -> Iterator[Article]:
    """Articles in which, for one of the groups at least, every prefix begins some word.

    `prefixes` is an OR of AND-groups of single folded words: (("lib", "fest"), ("rrug",)).
    An empty group asks nothing and so finds everything; no group at all finds nothing. No
    `window` or no `outlets` does not narrow. Raises ValueError for a prefix that is not one
    word: what people type never reaches the index unread.
    """
    where, asked = narrowed(window, outlets, undated)
    seen: set[int] = set()
    for at in range(0, len(prefixes), GROUPS):
        words = _match(prefixes[at : at + GROUPS])
        sql = f"{_CANDIDATES if words else _ALL} AND {where} {_ORDER}"
        for number, *columns in record.conn.execute(sql, {**asked, "words": words}):
            if number not in seen:
                seen.add(number)
                yield rows.article_of(columns)


def _match(groups: Sequence[Sequence[str]]) -> str:
    """The FTS5 expression; empty where a group asks nothing."""
    if not all(groups):
        return ""
    return " OR ".join(f"({' AND '.join(map(_prefix, group))})" for group in groups)


def _prefix(word: str) -> str:
    if not word.isalnum():
        raise ValueError(f"{word!r} is not one folded word")
    return f'"{word}"*'
