"""Later tables and columns, as `crawler.record.schema` makes them: how an answer came, posts as
proposed, what a watch remembers.
"""

from __future__ import annotations

from typing import Final

# How an answer came, so that what is kept proves what stood there; null in what earlier releases
# kept, and where nobody was asked.
ANSWERS: Final = (
    "ALTER TABLE pages ADD COLUMN status INTEGER",
    # 200
    "ALTER TABLE pages ADD COLUMN headers TEXT",
    # JSON: name in small letters -> value
    "ALTER TABLE pages ADD COLUMN landed TEXT",
    # the address that answered in the end
    "ALTER TABLE pages ADD COLUMN answer TEXT",
    # BLAKE2b (16 bytes, hexadecimal) of a body that is kept whole: one that is the same again is
    # kept in the same place of a pack
    "CREATE INDEX pages_by_answer ON pages (answer) WHERE answer NOT NULL",
)

PROPOSALS: Final = """
CREATE TABLE proposals (
  event TEXT NOT NULL, -- slug
  language TEXT NOT NULL, -- of its readers: sq, en
  digest TEXT NOT NULL, -- of the file as it was proposed: BLAKE2b (16 bytes, hexadecimal)
  shape TEXT NOT NULL, -- how it was asked for: "outlet", "day accepted"
  PRIMARY KEY (event, language)
) STRICT, WITHOUT ROWID"""

# What a watch has to remember: when each outlet is asked again, what was told, and to whom it went.
WATCHING: Final = (
    """
CREATE TABLE looks (
  outlet TEXT PRIMARY KEY, -- slug
  due TEXT NOT NULL -- when it is asked again
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE notices (
  id INTEGER PRIMARY KEY, -- in the order they were written
  message_id TEXT NOT NULL UNIQUE, -- the same however often it is sent: <...@office.example>
  day TEXT NOT NULL, -- local day it was written on
  digest INTEGER NOT NULL, -- 1: the digest of its day
  subject TEXT NOT NULL, -- one line
  text TEXT NOT NULL, -- plain
  html TEXT NOT NULL, -- the same as a page
  at TEXT NOT NULL -- when it was written
) STRICT""",
    """
CREATE TABLE told (
  event TEXT NOT NULL, -- slug
  article INTEGER NOT NULL REFERENCES articles (id), -- which piece
  notice INTEGER NOT NULL REFERENCES notices (id), -- by which it was told first
  PRIMARY KEY (event, article)
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE unusual_days (
  event TEXT NOT NULL, -- slug
  day TEXT NOT NULL, -- local
  notice INTEGER NOT NULL REFERENCES notices (id), -- by which it was told
  PRIMARY KEY (event, day)
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE deliveries (
  notice INTEGER NOT NULL REFERENCES notices (id), -- what is sent
  channel TEXT NOT NULL, -- mail, other
  recipient TEXT NOT NULL, -- mail: the address; other: keyring:NAME
  sent TEXT, -- when it was taken, null while it waits
  tries INTEGER NOT NULL, -- that failed
  due TEXT NOT NULL, -- when it is tried next
  why TEXT, -- it failed last
  PRIMARY KEY (notice, channel, recipient)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX told_article ON told (article)",
)

PICTURE: Final = "ALTER TABLE articles ADD COLUMN picture TEXT"
# address of the picture that the outlet names for the piece; null: none was named

# A row goes only from `pages`, with `prune`, and its leaf stays and says with which line.
SEALS: Final = (
    """
CREATE TABLE seals (
  number INTEGER PRIMARY KEY, -- from 1
  at TEXT NOT NULL, -- when the run ended (cut off: when its last answer came), or the bytes went
  what TEXT NOT NULL CHECK (what IN ('run', 'pruned')), -- a run ended, kept answers were taken out
  run INTEGER REFERENCES runs (number), -- which one ended
  why TEXT, -- answers were taken out, in words
  leaves INTEGER NOT NULL, -- how many it seals, or how many went
  content TEXT NOT NULL, -- SHA-256 of their digests in the order of kind and row
  previous TEXT, -- digest of the line before, null of the first
  digest TEXT NOT NULL -- SHA-256 of all of this: the seal
) STRICT""",
    """
CREATE TABLE sealed (
  kind TEXT NOT NULL CHECK (kind IN ('page', 'check', 'run')), -- of which table
  row INTEGER NOT NULL, -- its id there
  seal INTEGER NOT NULL REFERENCES seals (number), -- by which line
  digest TEXT NOT NULL, -- SHA-256 of what the row says and of its bytes' digest
  body TEXT, -- of a page: SHA-256 of its bytes as they came
  gone INTEGER REFERENCES seals (number), -- with which line it was taken out, null: it stands
  PRIMARY KEY (kind, row, seal)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX pages_of_run ON pages (run)",
)

STAMPS: Final = """
CREATE TABLE stamps (
  seal INTEGER PRIMARY KEY REFERENCES seals (number), -- which line
  at TEXT NOT NULL, -- when the authority had it, by its own clock
  authority TEXT NOT NULL, -- its address
  answer BLOB NOT NULL -- as it came: DER of a TimeStampResp (RFC 3161)
) STRICT"""

# What travels between machines. A collector keeps what it has not sealed yet, with the page that it
# is of, so that a kill loses nothing. Who takes bundles keeps what each told, in the order of time:
# one that comes late is told in its place.
BUNDLES: Final = (
    """
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, -- in the order it was told
  run INTEGER NOT NULL REFERENCES runs (number), -- in which
  told BLOB NOT NULL, -- JSON, zstd: the answer's rows, or pieces that are gone
  body BLOB NOT NULL -- zstd: what is kept of the answer; of nothing for gone ones
) STRICT""",
    """
CREATE TABLE bundles (
  digest TEXT PRIMARY KEY, -- SHA-256 of its manifest
  direction TEXT NOT NULL CHECK (direction IN ('taken', 'sealed')), -- came here, was made here
  run INTEGER NOT NULL REFERENCES runs (number), -- which it became, or is of
  collector TEXT NOT NULL, -- who collected: press@desk-2
  previous TEXT, -- digest of the bundle that the collector sealed before, null of the first
  at TEXT NOT NULL -- when it was taken or sealed
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY, -- one answer of a bundle
  run INTEGER NOT NULL REFERENCES runs (number), -- which its bundle became
  outlet TEXT NOT NULL, -- slug
  place TEXT NOT NULL, -- moment, bundle and number: by this it stands in its order
  page INTEGER, -- where its bytes are, null where pieces are gone
  told BLOB NOT NULL -- JSON, zstd
) STRICT""",
    "CREATE INDEX accounts_of_page ON accounts (page) WHERE page NOT NULL",
    "CREATE INDEX accounts_of_outlet ON accounts (outlet)",
    """
CREATE TABLE account_names (
  outlet TEXT NOT NULL, -- slug
  name TEXT NOT NULL, -- of a row: "post posts:123"
  account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- who names it
  PRIMARY KEY (outlet, name, account)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX account_names_of ON account_names (account)",
)

# When accepted pieces were looked at again, and which of their edits were told.
SECOND_LOOKS: Final = (
    """
CREATE TABLE second_looks (
  article INTEGER PRIMARY KEY REFERENCES articles (id), -- which piece
  looked TEXT NOT NULL, -- when it was last looked at again
  etag TEXT, -- of its page when that last came, to ask only for another
  modified TEXT, -- what its page's Last-Modified said then
  missing TEXT -- since when its page did not stand there; null: it does
) STRICT""",
    """
CREATE TABLE told_edits (
  event TEXT NOT NULL, -- slug
  revision INTEGER NOT NULL REFERENCES revisions (id), -- the last one of an edit
  notice INTEGER NOT NULL REFERENCES notices (id), -- by which it was told
  PRIMARY KEY (event, revision)
) STRICT, WITHOUT ROWID""",
)
