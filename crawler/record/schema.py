"""The tables, as numbered migrations; `docs/schema.md` is generated from them.

A migration that has been released is never changed: the next one is added. Each runs in one
immediate transaction together with its own record in `_sqlite_migrations`.
Instants are UTC text that sorts ("2025-05-10T07:30:00Z") unless a comment says otherwise.
"""

from __future__ import annotations

from hashlib import blake2b

from sqlite_utils import Database, Migrations

from crawler.record.later_tables import ANSWERS, PROPOSALS, WATCHING

APPLICATION_ID = 0x6A65686F
# "jeho": PRAGMA application_id, so that a stranger's database is never taken for ours
migrations = Migrations("jehona")

TABLES = (
    """
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, -- 7
  event TEXT, -- slug, null for a window or a routine crawl
  since TEXT, -- the window's first moment, null for a routine crawl
  until TEXT, -- the window's end, not included
  zone TEXT, -- the zone whose days people mean: Europe/Tirane
  started TEXT NOT NULL, -- when it began
  finished TEXT, -- when it ended, null while it runs and when it was cut off
  state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'interrupted')), -- how it stands
  version TEXT NOT NULL -- of the program that ran it
) STRICT""",
    """
CREATE TABLE checks (
  id INTEGER PRIMARY KEY, -- in the order they were made
  run INTEGER NOT NULL REFERENCES runs (number), -- whose ledger
  outlet TEXT NOT NULL, -- slug
  way TEXT NOT NULL, -- how it was looked for: wordpress, feed, sitemap, listing, by-hand
  outcome TEXT NOT NULL, -- how it ended, from the closed list
  listed INTEGER, -- the outlet's own count, null where the way gives none
  read INTEGER NOT NULL, -- rows read inside the window
  new INTEGER NOT NULL, -- articles the record did not have
  changed INTEGER NOT NULL, -- articles that became a revision
  gone INTEGER NOT NULL, -- articles the outlet no longer lists
  requests INTEGER NOT NULL, -- everything sent to the outlet
  reached TEXT, -- how far back we got, ISO 8601 in its own offset
  seconds REAL NOT NULL, -- wall clock
  types TEXT NOT NULL, -- JSON list of the post types counted
  note TEXT, -- what happened, in words
  next_step TEXT, -- what a person can do
  by TEXT, -- by hand only: who looked
  at TEXT, -- when it ended
  since TEXT, -- from here the check answers for, null where it answers for nothing
  until TEXT -- up to here, not included
) STRICT""",
    "CREATE INDEX checks_of_outlet ON checks (outlet, way, run)",
    "CREATE INDEX checks_of_run ON checks (run)",
    """
CREATE TABLE articles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- inside the record only
  key TEXT NOT NULL UNIQUE, -- an identity of its own: a_7f3k2qd
  outlet TEXT NOT NULL, -- slug
  url TEXT NOT NULL, -- as the most trusted layer gives it
  headline TEXT, -- as printed
  published TEXT, -- null: undated
  "offset" INTEGER, -- seconds east of UTC at the source
  precision TEXT CHECK (precision IN ('day', 'minute')), -- how exact the date is
  modified TEXT, -- the latest edit the outlet names
  language TEXT, -- ISO 639-1
  byline TEXT NOT NULL, -- JSON list of who signed
  section TEXT, -- the rubric
  gone_since TEXT, -- when the outlet stopped listing it
  first_seen TEXT NOT NULL, -- when the bytes came that first named it
  born INTEGER NOT NULL REFERENCES runs (number), -- the run that found it
  provenance TEXT NOT NULL, -- JSON: field -> by (layer), layer (with the place), raw, rule, edits
  lead TEXT, -- plain
  text TEXT, -- plain
  spelled TEXT -- words with strange signs, spelled plainly for the search; mostly null
) STRICT""",
    "CREATE INDEX articles_of_outlet ON articles (outlet, published)",
    "CREATE INDEX articles_by_time ON articles (published)",
    """
CREATE TABLE aliases (
  outlet TEXT NOT NULL, -- slug
  kind TEXT NOT NULL, -- post, guid, url
  value TEXT NOT NULL, -- posts:123
  article INTEGER REFERENCES articles (id), -- null: several pieces carry it, so it joins nothing
  PRIMARY KEY (outlet, kind, value)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX aliases_of_article ON aliases (article)",
    """
CREATE TABLE readings (
  article INTEGER NOT NULL REFERENCES articles (id), -- of whom
  layer TEXT NOT NULL, -- who says it: rest, feed, page, listing, sitemap, clip
  digest TEXT NOT NULL, -- of the row's own bytes: the same means nothing to read again
  said TEXT NOT NULL, -- JSON: field -> [what it last said, or its hash; edits known then]
  notes TEXT, -- JSON list of what was refused and why
  first_seen TEXT NOT NULL, -- when this layer first listed it
  changed TEXT NOT NULL, -- when its bytes last changed
  PRIMARY KEY (article, layer)
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY, -- in the order they were noticed
  article INTEGER NOT NULL REFERENCES articles (id), -- of whom
  field TEXT NOT NULL, -- headline, published, text, ..., gone_since
  old TEXT, -- as it stood
  new TEXT, -- as it stands
  layer TEXT, -- who noticed first, null for gone_since
  run INTEGER NOT NULL REFERENCES runs (number), -- when it was noticed
  at TEXT NOT NULL -- when the bytes came
) STRICT""",
    "CREATE INDEX revisions_of_article ON revisions (article)",
    """
CREATE TABLE pages (
  id INTEGER PRIMARY KEY, -- one compressed frame in a pack
  run INTEGER NOT NULL REFERENCES runs (number), -- who fetched it
  outlet TEXT NOT NULL, -- slug
  kind TEXT NOT NULL, -- which reader to use: rest-row, feed-entry, html, clip
  url TEXT NOT NULL, -- the address that was asked
  fetched TEXT NOT NULL, -- when the bytes came
  charset TEXT, -- of the Content-Type header
  site TEXT NOT NULL, -- JSON: facts of the whole page that its rows need
  pack TEXT NOT NULL, -- file in the folder of snapshots: run-000007.pack
  "offset" INTEGER NOT NULL, -- first byte of the frame
  length INTEGER NOT NULL -- its bytes
) STRICT""",
    """
CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY, -- in the order they were kept
  article INTEGER NOT NULL REFERENCES articles (id), -- of whom
  layer TEXT NOT NULL, -- what it is worth in a merge
  page INTEGER NOT NULL REFERENCES pages (id), -- where the bytes are
  position INTEGER -- the row in the kept bytes, null for a page of its own
) STRICT""",
    "CREATE INDEX snapshots_of_article ON snapshots (article)",
    "CREATE INDEX snapshots_of_page ON snapshots (page)",
    """
CREATE TABLE merged (
  key TEXT PRIMARY KEY, -- the key that was lost
  was INTEGER NOT NULL UNIQUE, -- its id
  article INTEGER NOT NULL REFERENCES articles (id), -- who it turned out to be
  run INTEGER NOT NULL REFERENCES runs (number), -- when it was noticed
  at TEXT NOT NULL -- when the bytes came
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX merged_into ON merged (article)",
    """
CREATE TABLE memory (
  outlet TEXT NOT NULL, -- slug
  name TEXT NOT NULL, -- what is remembered about it: feed-url
  value TEXT NOT NULL, -- JSON
  at TEXT NOT NULL, -- since when
  PRIMARY KEY (outlet, name)
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE matches (
  event TEXT NOT NULL, -- slug
  article INTEGER NOT NULL REFERENCES articles (id), -- which piece
  score REAL NOT NULL, -- 0..1
  because TEXT NOT NULL, -- JSON list of term, form, field, snippet
  rules TEXT NOT NULL, -- which matcher judged, with its version
  PRIMARY KEY (event, article)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX matches_of_article ON matches (article)",
    """
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY, -- the latest of a kind holds; none is ever changed or deleted
  event TEXT NOT NULL, -- slug
  article INTEGER NOT NULL REFERENCES articles (id), -- which piece
  kind TEXT NOT NULL, -- what was decided: match
  value TEXT, -- accepted, rejected, null takes it back
  note TEXT, -- why, in words
  by TEXT, -- who
  at TEXT NOT NULL -- when
) STRICT""",
    "CREATE INDEX decisions_of_article ON decisions (article, event)",
)

SEARCH = (
    """
CREATE VIRTUAL TABLE articles_fts USING fts5 (
  headline, lead, text, spelled,
  content = 'articles', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
)""",
    """
CREATE TRIGGER articles_searchable AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts (rowid, headline, lead, text, spelled)
  VALUES (new.id, new.headline, new.lead, new.text, new.spelled);
END""",
    """
CREATE TRIGGER articles_unsearchable AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, headline, lead, text, spelled)
  VALUES ('delete', old.id, old.headline, old.lead, old.text, old.spelled);
END""",
    """
CREATE TRIGGER articles_reworded AFTER UPDATE OF headline, lead, text, spelled ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, headline, lead, text, spelled)
  VALUES ('delete', old.id, old.headline, old.lead, old.text, old.spelled);
  INSERT INTO articles_fts (rowid, headline, lead, text, spelled)
  VALUES (new.id, new.headline, new.lead, new.text, new.spelled);
END""",
)


@migrations(name="0001_gather")
def gather(db: Database) -> None:
    """Runs, checks, articles with all that explains them, and the search index."""
    for statement in (*TABLES, *SEARCH):
        db.execute(statement)


DECISIONS = (
    # decisions get an identity of their own, a second piece, and need no event
    """
CREATE TABLE decided (
  id INTEGER PRIMARY KEY, -- in the order they came here
  uid TEXT NOT NULL UNIQUE, -- the same decision in the records of two colleagues: d_9k2m4q7x1c3b
  event TEXT, -- slug, null: it holds for the piece in every event
  article INTEGER NOT NULL REFERENCES articles (id), -- which piece
  other INTEGER REFERENCES articles (id), -- the second piece of a same-text
  kind TEXT NOT NULL, -- match, same-text, headline, translation, tone, tier, pin, archive, excerpt
  value TEXT, -- accepted, rejected, same, other, words, a number; null takes it back
  language TEXT, -- of a translation
  note TEXT, -- why, in words
  by TEXT, -- who
  at TEXT NOT NULL -- when, to the microsecond: the latest of a kind holds
) STRICT""",
)
# A uid is made of what the decision says, so that two copies of one record name it alike; the
# number keeps the order of those that were made within one second.
_EARLIER = """
SELECT d.id, d.event, a.key, d.article, d.kind, d.value, d.note, d.by,
  iif(length(d.at) = 20, substr(d.at, 1, 19) || printf('.%06dZ', d.id % 1000000), d.at)
FROM decisions AS d JOIN articles AS a ON a.id = d.article ORDER BY d.id"""
_MOVED = """
INSERT INTO decided (id, uid, event, article, kind, value, note, by, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""

RELATE = (
    "DROP TABLE decisions",
    "ALTER TABLE decided RENAME TO decisions",
    "CREATE INDEX decisions_of_article ON decisions (article, event)",
    "CREATE INDEX decisions_of_other ON decisions (other) WHERE other NOT NULL",
    "CREATE INDEX decisions_of_event ON decisions (event, kind)",
    """
CREATE TABLE found (
  event TEXT NOT NULL, -- slug
  article INTEGER NOT NULL REFERENCES articles (id), -- which piece
  score REAL NOT NULL, -- 0..1
  because TEXT NOT NULL, -- JSON list of term, form, field, snippet, place
  rules TEXT NOT NULL, -- which matcher judged, with its version
  signals TEXT, -- JSON list of kind, words, worth: what helped and hurt; null for none
  doubt TEXT, -- why it is only asked about, null where it is counted
  PRIMARY KEY (event, article)
) STRICT, WITHOUT ROWID""",
    """
INSERT INTO found (event, article, score, because, rules)
SELECT event, article, score, because, rules FROM matches""",
    "DROP TABLE matches",
    "ALTER TABLE found RENAME TO matches",
    "CREATE INDEX matches_of_article ON matches (article)",
    """
CREATE TABLE likenesses (
  one TEXT NOT NULL, -- digest of the compared words of one text, the smaller of the two
  two TEXT NOT NULL, -- digest of the other's
  likeness INTEGER NOT NULL, -- 0..100
  conflict TEXT, -- what the guard found different: "numbers: 12 / 14"
  rule TEXT NOT NULL, -- which rule compared, with its version
  PRIMARY KEY (one, two)
) STRICT, WITHOUT ROWID""",
)

# The search index is made of stems, of nothing that it could give back: it tells ids only. An
# article waits in `unindexed` until its words are in the index, and what waits is a candidate for
# every event, so that what the index finds is always a superset. To take an article's old words out
# of such an index FTS5 must be told them (sqlite.org/fts5.html#contentless_tables), so what was
# reworded or united since waits with the texts that were indexed.
SHADOW = (
    "DROP TRIGGER articles_searchable",
    "DROP TRIGGER articles_unsearchable",
    "DROP TRIGGER articles_reworded",
    "DROP TABLE articles_fts",
    """
CREATE VIRTUAL TABLE stems_fts USING fts5 (
  words, content = '', detail = 'none', columnsize = 0, tokenize = 'ascii'
)""",
    """
CREATE TABLE unindexed (
  article INTEGER PRIMARY KEY, -- whose words are not in the index, or no longer those
  stale INTEGER NOT NULL DEFAULT 0, -- 1: these words of it are in the index
  language TEXT, -- as it was indexed
  headline TEXT, -- as it was indexed
  lead TEXT, -- as it was indexed
  text TEXT -- as it was indexed
) STRICT""",
    """
CREATE TABLE indexed (
  rules TEXT NOT NULL -- the version of folder and stemmers that made the words of the index
) STRICT""",
    """
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
  INSERT INTO unindexed (article) VALUES (new.id);
END""",
    """
CREATE TRIGGER articles_reworded AFTER UPDATE OF headline, lead, text, language ON articles
WHEN old.headline IS NOT new.headline OR old.lead IS NOT new.lead OR old.text IS NOT new.text
  OR old.language IS NOT new.language
BEGIN
  INSERT OR IGNORE INTO unindexed (article, stale, language, headline, lead, text)
  VALUES (old.id, 1, old.language, old.headline, old.lead, old.text);
END""",
    """
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
  INSERT OR IGNORE INTO unindexed (article, stale, language, headline, lead, text)
  VALUES (old.id, 1, old.language, old.headline, old.lead, old.text);
END""",
    "INSERT INTO unindexed (article) SELECT id FROM articles",
)

TELL = (
    """
CREATE TABLE reports (
  event TEXT NOT NULL, -- slug
  version INTEGER NOT NULL, -- from 1
  made TEXT NOT NULL, -- when
  digest TEXT NOT NULL, -- of what it says, without version and moment
  document BLOB NOT NULL, -- the report as JSON, zstd
  PRIMARY KEY (event, version)
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE receipts (
  id INTEGER PRIMARY KEY, -- the latest of an event and site holds
  event TEXT NOT NULL, -- slug
  site TEXT NOT NULL, -- its name in jehona.toml
  marker TEXT NOT NULL, -- class in the post's first block
  post INTEGER, -- the site's id, null while the answer is outstanding
  digest TEXT, -- of the post as sent
  words TEXT, -- of its readable words, by which a post whose answer was lost is known again
  returned TEXT, -- of the content as the site gave it back, to see whether somebody touched it
  modified TEXT, -- what the site said after it: modified_gmt
  status TEXT, -- draft, pending, publish
  link TEXT, -- where the post can be seen
  pieces TEXT NOT NULL, -- JSON list of the keys of its articles
  by TEXT NOT NULL, -- who
  at TEXT NOT NULL -- when
) STRICT""",
    "CREATE INDEX receipts_of_event ON receipts (event, site)",
)


CROSS_CHECK = "ALTER TABLE checks ADD COLUMN only TEXT"
# JSON list of addresses that no other way of the run found, null where none was compared

DIGEST = "ALTER TABLE pages ADD COLUMN digest TEXT"
# BLAKE2b (16 bytes, hexadecimal) of the frame as it lies in the pack; null in what earlier
# releases kept


@migrations(name="0002_relate")
def relate(db: Database) -> None:
    """Decisions of every kind, what hurts a match, texts compared, and an index of stems."""
    for statement in DECISIONS:
        db.execute(statement)
    for number, event, key, *said in db.execute(_EARLIER).fetchall():
        birth = "\0".join(str(each) for each in (number, event, key, *said[1:]))
        uid = f"d_{blake2b(birth.encode(), digest_size=8).hexdigest()}"
        db.execute(_MOVED, (number, uid, event, *said))
    for statement in (*RELATE, *SHADOW):
        db.execute(statement)


@migrations(name="0003_tell")
def tell(db: Database) -> None:
    """Reports by version, and receipts of what was posted."""
    for statement in TELL:
        db.execute(statement)


MAIL = (
    """
CREATE TABLE mailings (
  id INTEGER PRIMARY KEY, -- in the order they went out
  number INTEGER NOT NULL, -- of the newsletter's issue
  recipient TEXT NOT NULL, -- the address that a mail server took it for
  digest TEXT NOT NULL, -- of subject, HTML and text as sent
  at TEXT NOT NULL -- when
) STRICT""",
    "CREATE INDEX mailings_of_issue ON mailings (number)",
)


# Made anew, not altered: each column keeps its meaning beside it.
BASIS = (
    """
CREATE TABLE found (
  event TEXT NOT NULL, -- slug
  article INTEGER NOT NULL REFERENCES articles (id), -- which piece
  score REAL NOT NULL, -- 0..1
  because TEXT NOT NULL, -- JSON list of term, form, field, snippet, place
  rules TEXT NOT NULL, -- which matcher judged, with its version
  signals TEXT, -- JSON list of kind, words, worth: what helped and hurt; null for none
  doubt TEXT, -- why it is only asked about, null where it is counted
  basis TEXT, -- digest of event, rules and words judged: where it is the same, so is the match
  PRIMARY KEY (event, article)
) STRICT, WITHOUT ROWID""",
    """
INSERT INTO found (event, article, score, because, rules, signals, doubt)
SELECT event, article, score, because, rules, signals, doubt FROM matches""",
    "DROP TABLE matches",
    "ALTER TABLE found RENAME TO matches",
    "CREATE INDEX matches_of_article ON matches (article)",
)


@migrations(name="0004_only")
def only(db: Database) -> None:
    """What a cross-check found by one way alone."""
    db.execute(CROSS_CHECK)


@migrations(name="0005_mail")
def mail(db: Database) -> None:
    """Which issue of a newsletter went to whom."""
    for statement in MAIL:
        db.execute(statement)


@migrations(name="0006_basis")
def basis(db: Database) -> None:
    """By what a match was judged, so that it is not judged again."""
    for statement in BASIS:
        db.execute(statement)


@migrations(name="0007_digest")
def digest(db: Database) -> None:
    """By what kept bytes are known again: a pack of another record is no pack of this one."""
    db.execute(DIGEST)


KEYED = """
CREATE TABLE keyed (
  rules TEXT NOT NULL -- by which addresses are named: after others, all are named anew
) STRICT"""


@migrations(name="0008_keyed")
def keyed(db: Database) -> None:
    """By what rules the names of addresses were made."""
    db.execute(KEYED)


REASON = (
    "ALTER TABLE checks ADD COLUMN reason TEXT",
    # what ended it early, a code of docs/outcomes.md; null where nothing did, and in what earlier
    # releases wrote
    "ALTER TABLE checks ADD COLUMN numbers TEXT",
    # JSON: what the note counts or names, {"status": 403}; null for nothing
)


@migrations(name="0009_reason")
def reason(db: Database) -> None:
    """What a check found as a code and its numbers, beside the words."""
    for statement in REASON:
        db.execute(statement)


@migrations(name="0010_answers")
def answers(db: Database) -> None:
    """Status, headers and final address of kept answers, and by what the same one is known."""
    for statement in ANSWERS:
        db.execute(statement)


@migrations(name="0011_proposals")
def proposals(db: Database) -> None:
    """By what a post is known that nobody has touched since it was proposed."""
    db.execute(PROPOSALS)


@migrations(name="0012_watching")
def watching(db: Database) -> None:
    """Looks that are due, what was told and where it went."""
    for statement in WATCHING:
        db.execute(statement)
