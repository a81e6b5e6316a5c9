"""The record for people who like tables: titles, descriptions, facets and questions for Datasette.

The words stand here because they speak of tables; `jehona explore` only opens the browser.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

from crawler.record import Record

Metadata = dict[str, Any]

DATABASE: Final = "coverage"
# the name under which Datasette shows the file coverage.db
_COLUMN: Final = re.compile(r'^\s+"?(\w+)"? .*?-- (.+)$', re.MULTILINE)
# a column and its comment, as every CREATE TABLE of ours writes them

TABLES: Final[Mapping[str, Metadata]] = {
    "articles": {
        "description": "Every piece that an outlet listed, as it stands; instants are UTC",
        "facets": ["outlet", "language"],
        "sort_desc": "published",
        "label_column": "headline",
    },
    "checks": {
        "description": "The ledger: outlet by way of finding, what it lists and what was read",
        "facets": ["outcome", "way", "outlet"],
        "sort_desc": "id",
    },
    "runs": {"description": "Every gathering", "sort_desc": "number", "facets": ["state", "event"]},
    "matches": {
        "description": "Which piece is about which event, how well, and by which words",
        "facets": ["event"],
        "sort_desc": "score",
    },
    "decisions": {
        "description": "What people decided; the latest of a kind holds, none is ever deleted",
        "facets": ["kind", "value", "by", "event"],
        "sort_desc": "at",
    },
    "revisions": {
        "description": "What outlets changed after publishing",
        "facets": ["field", "layer"],
        "sort_desc": "at",
    },
    "receipts": {"description": "What was posted where", "sort_desc": "at", "facets": ["site"]},
    "mailings": {
        "description": "Which newsletter went out when; addresses are not shown",
        "facets": ["number"],
    },
    "reports": {"description": "Kept versions of reports, compressed", "sort_desc": "made"},
    "proposals": {"description": "Posts as they were proposed, while nobody has touched them"},
    "aliases": {"description": "Names by which a piece is known at its outlet", "facets": ["kind"]},
    "readings": {"description": "What each layer last said of a piece", "facets": ["layer"]},
    "snapshots": {"description": "Which kept answer a piece was read from", "facets": ["layer"]},
    "pages": {
        "description": "Kept answers: how they came, where they lie",
        "facets": ["kind"],
    },
    "seals": {"description": "The seal: a line a run, a chain of digests", "sort_desc": "number"},
    "sealed": {"description": "What each line of the seal covers", "facets": ["kind"]},
    "stamps": {"description": "When an authority had a line of the seal", "sort_desc": "seal"},
    "looks": {"description": "When a watch asks each outlet again"},
    "notices": {"description": "What a watch told, the newest first", "sort_desc": "id"},
    "told": {"description": "By which notice a piece was told first", "facets": ["event"]},
    "unusual_days": {"description": "Days of an event that were told to be unusual"},
    "second_looks": {"description": "When accepted pieces were looked at again"},
    "told_edits": {"description": "Which edits of pieces were told by which notice"},
    "deliveries": {"description": "How notices went out; addresses are not shown"},
    "merged": {"description": "Pieces that turned out to be another one"},
    "bundles": {"description": "Sealed runs that were made or taken here", "sort_desc": "at"},
    "memory": {"description": "What is remembered of outlets between runs", "facets": ["name"]},
    "likenesses": {"description": "Texts that were compared, and how like they are"},
}
# Columns that a later migration added: SQLite keeps no comment of theirs.
ADDED: Final[Mapping[str, Mapping[str, str]]] = {
    "articles": {"picture": "address of the picture that the outlet names for it"},
}
# What nobody reads through Datasette: who gets our mail.
WITHHELD: Final = frozenset({("mailings", "recipient"), ("deliveries", "recipient")})
# Tables of SQLite's own that show the bytes of all others.
RAW: Final = frozenset({"sqlite_dbpage"})
HIDDEN: Final = (
    "unindexed",
    "indexed",
    "keyed",
    "matched",
    "outbox",
    "accounts",
    "account_names",
    "_sqlite_migrations",
    "sqlite_sequence",
)

QUESTIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "pieces-per-outlet": (
        "Pieces per outlet",
        "How much of each outlet the record holds, and from when to when.",
        """
SELECT outlet, count(*) AS pieces, min(published) AS first, max(published) AS last,
  sum(published IS NULL) AS undated FROM articles GROUP BY outlet ORDER BY pieces DESC""",
    ),
    "pieces-per-day": (
        "Pieces per day",
        "All outlets together, by UTC day.",
        """
SELECT date(published) AS day, count(*) AS pieces, count(DISTINCT outlet) AS outlets
FROM articles WHERE published NOT NULL GROUP BY day ORDER BY day DESC""",
    ),
    "coverage-of-an-event": (
        "Coverage of an event",
        "Its matches with what people decided. The event is the name of its file.",
        """
SELECT a.outlet, a.published, a.headline, m.score, m.doubt,
  (SELECT value FROM decisions WHERE article = a.id AND event = m.event AND kind = 'match'
   ORDER BY at DESC, uid DESC LIMIT 1) AS decision, a.url
FROM matches AS m JOIN articles AS a ON a.id = m.article
WHERE m.event = :event ORDER BY a.published""",
    ),
    "first-to-publish": (
        "First to publish",
        "For each event the outlet whose matching piece came first.",
        """
SELECT event, outlet, published, headline, url FROM (
  SELECT m.event, a.outlet, a.published, a.headline, a.url,
    row_number() OVER (PARTITION BY m.event ORDER BY a.published, a.id) AS place
  FROM matches AS m JOIN articles AS a ON a.id = m.article
  WHERE a.published NOT NULL AND m.doubt IS NULL)
WHERE place = 1 ORDER BY published DESC""",
    ),
    "waiting-for-review": (
        "Waiting for review",
        "Matches that nobody has decided on, the likeliest first.",
        """
SELECT m.event, m.score, a.outlet, a.headline, m.doubt, a.url
FROM matches AS m JOIN articles AS a ON a.id = m.article
WHERE NOT EXISTS (SELECT 1 FROM decisions AS d
  WHERE d.article = m.article AND d.event = m.event AND d.kind = 'match')
ORDER BY m.event, m.score DESC""",
    ),
    "undated": (
        "Undated pieces",
        "Pieces for which no date could be read; a report has a section of its own for them.",
        """
SELECT outlet, headline, url, first_seen FROM articles
WHERE published IS NULL ORDER BY first_seen DESC""",
    ),
    "headline-changes": (
        "Headline changes",
        "Headlines that outlets replaced after publishing.",
        """
SELECT r.at, a.outlet, r.old, r.new, a.url FROM revisions AS r
JOIN articles AS a ON a.id = r.article
WHERE r.field = 'headline' AND r.old NOT NULL ORDER BY r.at DESC""",
    ),
    "gone": (
        "Gone at the outlet",
        "Pieces that their outlet no longer lists; nothing is deleted here.",
        """
SELECT gone_since, outlet, headline, published, url FROM articles
WHERE gone_since NOT NULL ORDER BY gone_since DESC""",
    ),
    "gaps": (
        "Gaps",
        "Stretches of more than two days in which an outlet published nothing that we know.",
        """
SELECT outlet, earlier AS from_, published AS to_,
  round(julianday(published) - julianday(earlier), 1) AS days
FROM (SELECT outlet, published,
    lag(published) OVER (PARTITION BY outlet ORDER BY published) AS earlier
  FROM articles WHERE published NOT NULL)
WHERE julianday(published) - julianday(earlier) > 2 ORDER BY days DESC""",
    ),
    "latest-outcomes": (
        "Latest outcomes",
        "How the last check of each outlet ended, and what to do.",
        """
SELECT outlet, way, outcome, listed, read, at, note, next_step FROM (
  SELECT *, row_number() OVER (PARTITION BY outlet ORDER BY id DESC) AS place FROM checks)
WHERE place = 1 ORDER BY outcome = 'complete', outlet""",
    ),
    "requests": (
        "Requests to outlets",
        "What we asked of each outlet in each run: we are guests.",
        """
SELECT run, outlet, sum(requests) AS requests, sum(read) AS read, sum(new) AS new,
  round(sum(seconds), 1) AS seconds FROM checks
GROUP BY run, outlet ORDER BY run DESC, requests DESC""",
    ),
    "languages": (
        "Languages",
        "What outlets write in.",
        """
SELECT outlet, coalesce(language, 'unknown') AS language, count(*) AS pieces
FROM articles GROUP BY outlet, language ORDER BY outlet, pieces DESC""",
    ),
    "decisions-by-person": (
        "Decisions by person",
        "Who decided how much, and when last.",
        """
SELECT by, kind, value, count(*) AS decisions, max(at) AS last FROM decisions
WHERE kind IN ('match', 'same-text') GROUP BY by, kind, value ORDER BY decisions DESC""",
    ),
    "headlines-with-a-word": (
        "Headlines with a word",
        "As printed: letters with and without marks are two words here; events match better.",
        """
SELECT outlet, published, headline, url FROM articles
WHERE :word <> '' AND headline LIKE '%' || :word || '%' ORDER BY published DESC LIMIT 500""",
    ),
}


def withhold_addresses(connection: sqlite3.Connection) -> None:
    """Readers' mail addresses are empty in every question, and raw pages cannot be read.

    SQLite asks for each column that a statement reads, however it is written.
    """

    def may(action: int, table: str | None, column: str | None, *_: object) -> int:
        reads = action == sqlite3.SQLITE_READ
        if reads and ((table, column) in WITHHELD or table in RAW):
            return sqlite3.SQLITE_IGNORE
        return sqlite3.SQLITE_OK

    connection.set_authorizer(may)


def metadata(record: Record, title: str) -> Metadata:
    """What Datasette shows beside the tables: words of ours, columns explained by the schema."""
    return {
        "title": title,
        "description": "The record of Jehona, read-only. Instants are UTC.",
        "databases": {
            DATABASE: {"tables": dict(_tables(record)), "queries": dict(_queries())},
        },
    }


def _tables(record: Record) -> Iterator[tuple[str, Metadata]]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    for name, created in record.conn.execute(sql):
        if name in TABLES:
            columns = {**dict(_COLUMN.findall(created)), **ADDED.get(name, {})}
            yield name, {**TABLES[name], "columns": columns}
        elif name in HIDDEN or name.startswith("stems"):
            yield name, {"hidden": True}


def _queries() -> Iterator[tuple[str, Metadata]]:
    for name, (title, description, sql) in QUESTIONS.items():
        yield name, {"title": title, "description": description, "sql": sql.strip()}
