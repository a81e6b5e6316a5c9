"""Addresses of a kept record, named again by today's rules (law 5).

Keys of addresses are kept; when `crawler.urls.KEYS` moves on, those of an earlier release are made
anew once, before anything is stored, and articles that turn out to be one become one: the older
keeps its key, decisions and all else of the younger move to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.reading.merge import State, unite
from crawler.record import rows
from crawler.record.merge_articles import unite_in_tables
from crawler.record.sql_batches import in_batches
from crawler.record.storing import REWORD, UPDATE
from crawler.urls import KEYS, alias_key, without_noise

_ALIASES = "SELECT outlet, value, article FROM aliases WHERE kind = 'url' ORDER BY outlet, value"
_OWNER = "SELECT article FROM aliases WHERE outlet = ? AND kind = 'url' AND value = ?"
_POSTS = "SELECT value FROM aliases WHERE article = ? AND kind = 'post'"
_STATE = f"SELECT a.gone_since, {rows.STATE} FROM articles AS a WHERE a.id = ?"  # noqa: S608 - constant names
_LATEST = "SELECT number, started FROM runs ORDER BY number DESC LIMIT 1"


def is_keyed(conn: sqlite3.Connection) -> bool:
    """Whether the names of addresses follow today's rules."""
    found = conn.execute("SELECT rules FROM keyed").fetchone()
    return found is not None and found[0] == KEYS


def rekey(conn: sqlite3.Connection) -> None:
    """Name every address anew. The caller holds the transaction."""
    _Rekeying(conn).all()
    conn.execute("DELETE FROM keyed")
    conn.execute("INSERT INTO keyed (rules) VALUES (?)", (KEYS,))


@dataclass(slots=True)
class _Rekeying:
    """One pass over the record."""

    conn: sqlite3.Connection
    united: dict[int, int] = field(default_factory=dict)
    # article -> the older one it turned out to be

    def all(self) -> None:
        moved: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
        for outlet, value, article in self.conn.execute(_ALIASES).fetchall():
            new = _key(value)
            if new != value:
                moved.setdefault((outlet, new), []).append((value, article))
        for (outlet, new), old in moved.items():
            self._one(outlet, new, old)
        for number, url in self.conn.execute("SELECT id, url FROM articles").fetchall():
            if (bare := without_noise(url)) != url:
                self.conn.execute("UPDATE articles SET url = ? WHERE id = ?", (bare, number))

    def _one(self, outlet: str, new: str, old: Sequence[tuple[str, int | None]]) -> None:
        """One key by today's rules. Names that cannot be one stay as they are."""
        held = self.conn.execute(_OWNER, (outlet, new)).fetchone()
        owners = [article for _, article in old] + ([held[0]] if held else [])
        if None in owners:
            # several pieces carry it: it joins nothing, under either name
            return
        articles = sorted({self._final(article) for article in owners if article is not None})
        if not self._may_be_one(articles):
            return
        older = articles[0]
        for younger in articles[1:]:
            self._unite(older, younger)
        for value, _ in old:
            self.conn.execute(
                "DELETE FROM aliases WHERE outlet = ? AND kind = 'url' AND value = ?",
                (outlet, value),
            )
        self.conn.execute(
            "INSERT OR REPLACE INTO aliases (outlet, kind, value, article) VALUES (?, 'url', ?, ?)",
            (outlet, new, older),
        )

    def _final(self, article: int) -> int:
        while article in self.united:
            article = self.united[article]
        return article

    def _may_be_one(self, articles: Sequence[int]) -> bool:
        """Two post ids are two pieces; so are two of another headline and another date."""
        posts = [{value for (value,) in self.conn.execute(_POSTS, (a,))} for a in articles]
        named = [some for some in posts if some]
        if any(one.isdisjoint(other) for one in named for other in named):
            return False
        states = [self._state(article)[1] for article in articles]
        return not any(_apart(states[0], other) for other in states[1:])

    def _state(self, article: int) -> tuple[str | None, State]:
        gone, *columns = self.conn.execute(_STATE, (article,)).fetchone()
        return gone, rows.state_of(columns)

    def _unite(self, older: int, younger: int) -> None:
        gone, mine = self._state(older)
        also_gone, other = self._state(younger)
        both = unite(mine, other)
        run, at = self.conn.execute(_LATEST).fetchone()
        unite_in_tables(self.conn, younger, older, run, at)
        self.united[younger] = older
        columns = rows.columns_of(both)
        still = gone if also_gone else None
        self.conn.execute(UPDATE, (columns[0], *columns[2:9], *columns[11:], still, older))
        words = (columns[1], columns[9], columns[10])
        was = rows.columns_of(mine)
        if words != (was[1], was[9], was[10]):
            in_batches(self.conn, REWORD, [(older, *words)])


def _key(value: str) -> str:
    """The key of a key; a name that is no web address is one as it is."""
    try:
        return rows.clean(alias_key(value))
    except ValueError:
        return value


def _apart(one: State, other: State) -> bool:
    """Whether two articles have other headlines and other dates."""
    pairs = [(one.fields.get(name), other.fields.get(name)) for name in ("headline", "published")]
    return all(a is not None and b is not None and a.value != b.value for a, b in pairs)
