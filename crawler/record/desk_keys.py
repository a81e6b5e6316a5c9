"""Who may look at the desk: links, sessions and tokens, each as a digest (`var/desk.db`).

A file of its own, its owner's alone: no export, backup, bundle or question of the record reads it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from crawler.files import PRIVATE, make_private
from crawler.record.errors import translating, translating_disk
from crawler.record.rows import instant_of, utc_text

FILE: Final = "desk.db"
# seconds that another writer is waited for
WAIT: Final = 10.0
TABLES: Final = """
CREATE TABLE IF NOT EXISTS links (
  digest TEXT PRIMARY KEY, -- SHA-256 of the key
  made TEXT NOT NULL, -- when
  used TEXT -- when; null: not yet
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  digest TEXT PRIMARY KEY, -- SHA-256 of what the cookie holds
  name TEXT, -- who it is; null until they said
  made TEXT NOT NULL, -- when it began
  seen TEXT NOT NULL -- when it last asked for a page
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tokens (
  name TEXT PRIMARY KEY, -- whose, as it was made
  digest TEXT NOT NULL, -- SHA-256 of the token
  made TEXT NOT NULL -- when
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS looked (
  name TEXT NOT NULL, -- who looked
  event TEXT NOT NULL, -- at which event: slug
  at TEXT NOT NULL, -- when last
  PRIMARY KEY (name, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS served (
  one INTEGER PRIMARY KEY CHECK (one = 1), -- there is one desk of a workspace
  address TEXT NOT NULL -- where it answers
) STRICT;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser that came in by a link."""

    # SHA-256 of what its cookie holds
    digest: str
    # who it is; None until they said
    name: str | None
    # aware, in UTC: when it began, and when it last asked for a page
    made: datetime
    seen: datetime


class DeskKeys:
    """The file of one workspace; a connection belongs to the call that opens it.

    Every method raises RecordRefused where the disk refuses.
    """

    __slots__ = ("path",)

    def __init__(self, var: Path) -> None:
        """The file in a workspace's `var`; it is made when first written to."""
        self.path = var / FILE

    def move(self, var: Path) -> None:
        """Put the file into another `var`, where none stands yet: its workspace was made."""
        with translating_disk(var):
            var.mkdir(parents=True, exist_ok=True)
            shutil.move(self.path, var / FILE)
        self.path = var / FILE

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with translating_disk(self.path):
            if not self.path.exists():
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(mode=PRIVATE)
            make_private(self.path)
        connected = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
        with translating(self.path), closing(connected) as conn:
            if not conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                conn.executescript(TABLES)
            yield conn

    # --- links -------------------------------------------------------------------------

    def add_link(self, digest: str, at: datetime) -> None:
        """Keep a link that nobody used yet."""
        with self._open() as conn:
            conn.execute("INSERT INTO links VALUES (?, ?, NULL)", (digest, utc_text(at)))

    def use_link(self, digest: str, at: datetime, lives: timedelta) -> bool:
        """Whether this link opens the door: once, and no longer after it was made than it lives."""
        oldest = utc_text(at - lives)
        with self._open() as conn:
            done = conn.execute(
                "UPDATE links SET used = ? WHERE digest = ? AND used IS NULL AND made >= ?",
                (utc_text(at), digest, oldest),
            )
            conn.execute("DELETE FROM links WHERE made < ?", (oldest,))
            return done.rowcount == 1

    # --- sessions ----------------------------------------------------------------------

    def begin_session(self, digest: str, name: str | None, at: datetime) -> None:
        """Keep a browser that came in."""
        with self._open() as conn:
            row = (digest, name, utc_text(at), utc_text(at))
            conn.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)

    def session(self, digest: str) -> Session | None:
        """The browser that holds this, however long ago it was seen."""
        sql = "SELECT digest, name, made, seen FROM sessions WHERE digest = ?"
        with self._open() as conn:
            row = conn.execute(sql, (digest,)).fetchone()
        if row is None:
            return None
        made, seen = instant_of(row[2]), instant_of(row[3])
        return Session(digest=row[0], name=row[1], made=made, seen=seen)

    def seen(self, digest: str, at: datetime) -> None:
        """Note that a browser asked for a page."""
        with self._open() as conn:
            conn.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (utc_text(at), digest))

    def name_session(self, digest: str, name: str) -> None:
        """Note who sits at a browser."""
        with self._open() as conn:
            conn.execute("UPDATE sessions SET name = ? WHERE digest = ?", (name, digest))

    def end_session(self, digest: str) -> None:
        """Forget a browser."""
        with self._open() as conn:
            conn.execute("DELETE FROM sessions WHERE digest = ?", (digest,))

    def end_idle(self, before: datetime) -> None:
        """Forget every browser that was last seen before a moment."""
        with self._open() as conn:
            conn.execute("DELETE FROM sessions WHERE seen < ?", (utc_text(before),))

    def latest_name(self) -> str | None:
        """Who last said who they are; None where nobody did."""
        sql = "SELECT name FROM sessions WHERE name NOT NULL ORDER BY seen DESC LIMIT 1"
        with self._open() as conn:
            row = conn.execute(sql).fetchone()
        return row[0] if row else None

    # --- tokens ------------------------------------------------------------------------

    def add_token(self, name: str, digest: str, at: datetime) -> bool:
        """Keep a token that reads; False where that name has one already."""
        with self._open() as conn:
            row = (name, digest, utc_text(at))
            return conn.execute("INSERT OR IGNORE INTO tokens VALUES (?, ?, ?)", row).rowcount == 1

    def end_token(self, name: str) -> bool:
        """Forget a token; False where that name has none."""
        with self._open() as conn:
            return conn.execute("DELETE FROM tokens WHERE name = ?", (name,)).rowcount == 1

    def token(self, digest: str) -> str | None:
        """Whose token this is; None where it is nobody's."""
        with self._open() as conn:
            row = conn.execute("SELECT name FROM tokens WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def tokens(self) -> dict[str, datetime]:
        """Every token's name, and when it was made."""
        with self._open() as conn:
            rows = conn.execute("SELECT name, made FROM tokens ORDER BY name").fetchall()
        return {name: instant_of(made) for name, made in rows}

    # --- what was looked at ------------------------------------------------------------

    def look(self, name: str, event: str, at: datetime) -> None:
        """Note that somebody looked an event's pieces over."""
        with self._open() as conn:
            conn.execute(
                "INSERT INTO looked VALUES (?, ?, ?) "
                "ON CONFLICT (name, event) DO UPDATE SET at = excluded.at",
                (name, event, utc_text(at)),
            )

    def looked(self, name: str) -> dict[str, datetime]:
        """When somebody last looked each event's pieces over, by slug."""
        with self._open() as conn:
            rows = conn.execute("SELECT event, at FROM looked WHERE name = ?", (name,)).fetchall()
        return {event: instant_of(at) for event, at in rows}

    # --- where it answers --------------------------------------------------------------

    def serve_at(self, address: str) -> None:
        """Note where the desk of this workspace answers."""
        with self._open() as conn:
            conn.execute("INSERT OR REPLACE INTO served VALUES (1, ?)", (address,))

    def served_at(self) -> str | None:
        """Where the desk of this workspace answers, or last did."""
        with self._open() as conn:
            row = conn.execute("SELECT address FROM served").fetchone()
        return row[0] if row else None
