"""Writes docs/schema.md from the migrations themselves.

    python -m scripts.schema            writes docs/schema.md
    python -m scripts.schema --check    writes nothing, ends with 1 where it is stale

A column's meaning is the comment behind it in crawler/record/schema.py, a table's is in `TABLES`
below: a table or column without one is an error here, so that none goes undocumented.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from crawler.record.schema_kept import migrations

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = Path("docs/schema.md")
TABLES: Final[Mapping[str, str]] = {
    "runs": "One gathering.",
    "checks": "The ledger: outlet × way of finding in one run, with an outcome.",
    "articles": "One piece, merged from its readings by an order of trust.",
    "aliases": "Every name an article is known by at its outlet. Any of them joins.",
    "readings": "What each layer last said of an article.",
    "revisions": "Edits at the outlet, and leaving and coming back.",
    "pages": "Kept answers: how each came, and where its bytes lie in a pack beside the record. "
    "List pages, sitemaps, feeds and pages of pieces are kept whole, once an answer, where they "
    "told something new; of a REST page the bytes of its new rows. Bytes that are the same again "
    "lie in one place.",
    "snapshots": "Which row of which kept answer speaks of which article.",
    "merged": "Keys that turned out to name an article that has another key.",
    "memory": "What is remembered of an outlet between runs.",
    "matches": "Article × event: what the matcher found. Replaced whenever it runs.",
    "matched": "By what each event was matched last against everything. A cache.",
    "decisions": "What people decided. Only ever added to.",
    "likenesses": "Texts compared before, so that no pair is compared twice. A cache.",
    "stems_fts": "The search index: which folded words and stems stand in which article (rowid).",
    "unindexed": "Articles that wait for the search index: candidates till then. By triggers.",
    "keyed": "By which rules addresses are named. After others, all are named anew.",
    "indexed": "What made the search index. Where it is another version, the index is made anew.",
    "reports": "Every version of a report that said something new.",
    "receipts": "What was sent where.",
    "mailings": "Which issue of a newsletter went to whom. Only ever added to.",
    "proposals": "The post's document as it was proposed last, by event and language.",
    "looks": "When a watch asks each outlet again.",
    "notices": "What a watch wrote, as it is sent however often.",
    "told": "Which pieces of an event a notice told first.",
    "unusual_days": "Days of an event that a notice told to be unusual.",
    "second_looks": "When accepted pieces were looked at again, and with what their pages came.",
    "told_edits": "Which edits of pieces were told, and by which notice.",
    "deliveries": "To whom each notice goes, and how it went.",
    "outbox": "What a collector was told and has not sealed yet.",
    "bundles": "Sealed runs that were made here, or came here and were taken.",
    "accounts": "What each answer of a taken bundle told, so that a late one is told in its place.",
    "account_names": "By which names the rows of an account are known.",
    "seals": "The seal: a chain of digests, a line a run and a prune. Only ever added to.",
    "sealed": "What each line of the seal covers: the digests of answers, checks and runs.",
    "stamps": "When an authority had a line of the seal, as it says itself.",
    "_sqlite_migrations": "Which migrations were applied, and when (sqlite-utils).",
}
ADDED: Final[Mapping[tuple[str, str], str]] = {
    ("articles", "picture"): "address of the picture that the outlet names for it, null: none; the "
    "picture itself is not asked for",
    ("checks", "only"): "JSON list of addresses that no other way of the run found, null where "
    "none was compared",
    ("checks", "reason"): "what ended it early, a code of outcomes.md; null where nothing did, and "
    "in what earlier releases kept",
    ("checks", "numbers"): 'JSON: what the note counts or names, {"status": 403}; null for nothing',
    ("pages", "digest"): "of the frame as it lies in the pack, null in what earlier releases kept",
    ("pages", "status"): "of the answer: 200; null with what earlier releases kept, and where a "
    "person brought it",
    ("pages", "headers"): "JSON: its headers that prove something (date, last-modified, etag, "
    "content-type, server, ...), names in small letters",
    ("pages", "landed"): "the address that answered in the end, null where it is the one asked",
    ("pages", "answer"): "BLAKE2b (16 bytes, hexadecimal) of a body that is kept whole: the same "
    "again lies in the same place",
}
# columns that a later migration added: SQLite keeps no comment of theirs
GREW: Final[Mapping[tuple[str, str], str]] = {
    ("pages", "id"): "one answer",
    ("pages", "kind"): "what the bytes are, and so which reader to use: list-page, sitemap, "
    "feed-entry (a whole feed), rest-row (rows of a REST page), html (the page of a piece), clip "
    "(a person's words); earlier releases kept what they understood of a row as listing-row and "
    "sitemap-row",
    ("snapshots", "position"): "the row in the answer, or in the rows of it that are kept; null "
    "for a page of its own",
}
# columns that mean more than they did when they were made: a released migration is never changed
NOT_OURS: Final = ("stems_fts", "_sqlite_migrations")
# tables whose columns are their makers'
HEAD: Final = """\
# The record

Generated by `python -m scripts.schema` from `crawler/record/schema.py`; do not edit.

`var/coverage.db` is one SQLite file (write-ahead log, STRICT tables, foreign keys on); the bytes
the outlets gave lie beside it in `var/snapshots/*.pack`. Instants are UTC text that sorts,
`2025-05-10T07:30:00Z`, unless the column says otherwise. Any SQLite tool may read it:

    sqlite3 -readonly var/coverage.db "SELECT published, outlet, headline FROM articles"

Write to it only with `jehona`: keys, search index and revisions have to move together.
"""
COLUMN: Final = re.compile(
    r'^  "?(?P<name>\w+)"? (?P<type>TEXT|INTEGER|REAL|BLOB)(?P<rest>.*?),? -- (?P<meaning>.+)$'
)
LATER: Final = re.compile(r"^, |, (?=\w+ (?:TEXT|INTEGER|REAL|BLOB))")
REFERENCE: Final = re.compile(r"REFERENCES (\w+) \((\w+)\)")


def main(arguments: Sequence[str], *, root: Path = ROOT) -> int:
    """Writes the page, or with --check only says (1) that it is stale."""
    path, text = root / PAGE, page()
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print(f"{PAGE} is stale: python -m scripts.schema", file=sys.stderr)
        return 1
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {PAGE}")
    return 0


def page() -> str:
    """The whole page."""
    with closing(Database(memory=True)) as db:
        migrations.apply(db)
        applied = [migration.name for migration in migrations.applied(db)]
        sections = [section(name, sql) for name, sql in tables(db)]
    steps = "".join(f"- `{name}`\n" for name in applied)
    return "\n".join([HEAD, "## Migrations\n", steps, *sections]).rstrip() + "\n"


def tables(db: Database) -> Iterator[tuple[str, str]]:
    """Name and definition of every table, in the order they were made; not the index's own."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    for name, definition in db.execute(sql):
        if not name.startswith(("sqlite_", "stems_fts_")):
            yield name, definition


def section(name: str, sql: str) -> str:
    """One table: what it is, and its columns where they are ours."""
    if name not in TABLES:
        raise SystemExit(f"scripts/schema.py: say in TABLES what the table {name} is")
    if name not in NOT_OURS:
        return f"## {name}\n\n{TABLES[name]}\n\n{columns(name, sql)}"
    return f"## {name}\n\n{TABLES[name]}\n"


def columns(table: str, sql: str) -> str:
    """The table of columns. Ends the program at a column without its meaning."""
    lines = [line for line in sql.splitlines()[1:-1] if not line.startswith("  PRIMARY KEY")]
    rows = ["| column | type | meaning |", "|---|---|---|"]
    for line in lines:
        found = COLUMN.match(line)
        if found is None:
            raise SystemExit(f"crawler/record/schema.py: {table}: no meaning behind{line!r}")
        rows.append(f"| `{found['name']}` | {kind(found)} | {meaning(table, found)} |")
    for line in later(table, sql.splitlines()[-1]):
        rows.append(line)
    return "\n".join(rows) + "\n"


def later(table: str, end: str) -> Iterator[str]:
    """The columns that were added to a table, which SQLite writes behind its last line."""
    for told in filter(None, LATER.split(end.partition(")")[0])):
        name, kind_of = told.replace('"', "").split()
        if (table, name) not in ADDED:
            raise SystemExit(f"scripts/schema.py: say in ADDED what {table}.{name} means")
        yield f"| `{name}` | {kind_of.lower()}, or null | {ADDED[table, name]} |"


def kind(found: re.Match[str]) -> str:
    """The type as a reader of the table needs it."""
    rest = found["rest"]
    may_be_null = "NOT NULL" not in rest and "PRIMARY KEY" not in rest
    return found["type"].lower() + (", or null" if may_be_null else "")


def meaning(table: str, found: re.Match[str]) -> str:
    """What it says, and where it points."""
    points = REFERENCE.search(found["rest"])
    text = GREW.get((table, found["name"]), found["meaning"]).replace("|", "\\|")
    return f"{text} → `{points[1]}.{points[2]}`" if points else text


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
