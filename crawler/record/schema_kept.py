"""The tables of what is kept so that pages are quick, after `crawler.record.schema`.

Each can be emptied at any time: what it held is only worked out again. Not so the seal, its stamps,
and what travels between machines.
"""

from __future__ import annotations

from sqlite_utils import Database

from crawler.record.later_tables import BUNDLES, PICTURE, SEALS, SECOND_LOOKS, STAMPS
from crawler.record.schema import migrations

__all__ = ["migrations"]


MATCHED = (
    """
CREATE TABLE matched (
  event TEXT PRIMARY KEY, -- slug, '' while new pieces are being matched
  basis TEXT NOT NULL -- digest of its words, the rules and what outlets' pages repeat
) STRICT, WITHOUT ROWID""",
    """
CREATE TRIGGER articles_redated AFTER UPDATE OF published ON articles
WHEN old.published IS NOT new.published
BEGIN
  INSERT OR IGNORE INTO unindexed (article, stale, language, headline, lead, text)
  VALUES (old.id, 1, old.language, old.headline, old.lead, old.text);
END""",
)
# a piece whose date was proved may lie in another event's window by now, so it waits, too


@migrations(name="0012_matched")
def matched(db: Database) -> None:
    """By what an event was matched last, so that a look need not match it anew."""
    for statement in MATCHED:
        db.execute(statement)


@migrations(name="0013_abroad")
def abroad(db: Database) -> None:
    """Pieces in other languages by time: few among many, so that a search for them is quick."""
    db.execute(
        "CREATE INDEX articles_abroad ON articles (language, published) WHERE language <> 'sq'"
    )


@migrations(name="0014_seals")
def seals(db: Database) -> None:
    """A chain of digests over what runs keep and find from now on."""
    for statement in SEALS:
        db.execute(statement)


@migrations(name="0015_picture")
def picture(db: Database) -> None:
    """Where a piece's picture lies; `jehona reread` fills it for what is kept."""
    db.execute(PICTURE)


@migrations(name="0016_stamps")
def stamps(db: Database) -> None:
    """What an authority says of when a line of the seal was there."""
    db.execute(STAMPS)


@migrations(name="0017_bundles")
def bundles(db: Database) -> None:
    """What a collector has not sealed yet; what bundles told, by time."""
    for statement in BUNDLES:
        db.execute(statement)


@migrations(name="0018_second_looks")
def second_looks(db: Database) -> None:
    """When accepted pieces were looked at again, and which edits were told."""
    for statement in SECOND_LOOKS:
        db.execute(statement)
