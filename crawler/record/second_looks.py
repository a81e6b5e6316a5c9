"""Accepted pieces, looked at again: when, by which validators, and what their outlets edited."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from crawler.record import Record, rows

_WATCHED: Final = """
SELECT a.id, a.key, a.outlet, a.url, a.published, a.first_seen, s.looked, s.etag, s.modified,
  s.missing,
  (SELECT value FROM aliases WHERE article = a.id AND kind = 'post' ORDER BY value LIMIT 1),
  (SELECT p.headers FROM snapshots AS n JOIN pages AS p ON p.id = n.page
   WHERE n.article = a.id AND p.kind = 'html' ORDER BY n.id DESC LIMIT 1),
  EXISTS (SELECT 1 FROM readings WHERE article = a.id AND layer = 'rest'),
  (SELECT max(at) FROM checks AS c WHERE c.outlet = a.outlet AND c.way = 'wordpress'
   AND c.outcome = 'complete' AND c.since <= a.published AND c.until > a.published)
FROM json_each(?) AS j CROSS JOIN articles AS a ON a.key = j.value
LEFT JOIN second_looks AS s ON s.article = a.id ORDER BY a.id"""
_KEEP: Final = """
INSERT INTO second_looks (article, looked, etag, modified, missing) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (article) DO UPDATE SET looked = excluded.looked, etag = excluded.etag,
  modified = excluded.modified, missing = excluded.missing"""
_EDITS: Final = """
SELECT a.key, r.id, r.field, r.old, r.new, r.layer, r.at
FROM json_each(?) AS j CROSS JOIN articles AS a ON a.key = j.value
CROSS JOIN revisions AS r ON r.article = a.id
WHERE r.field IN ('headline', 'lead', 'text', 'gone_since') ORDER BY r.id"""
_SPEAKING: Final = """
SELECT a.key, r.layer, r.said, r.first_seen FROM json_each(?) AS j
CROSS JOIN articles AS a ON a.key = j.value CROSS JOIN readings AS r ON r.article = a.id"""
_WORDS: Final = """
SELECT key, headline, lead, text, gone_since FROM articles
WHERE key IN (SELECT value FROM json_each(?))"""
_VERDICTS: Final = """
SELECT a.key, d.value, d.at FROM decisions AS d JOIN articles AS a ON a.id = d.article
WHERE d.event = ? AND d.kind = 'match' ORDER BY d.at, d.uid"""
_TOLD: Final = "SELECT revision FROM told_edits WHERE event = ?"
_TELL: Final = """
INSERT INTO told_edits (event, revision, notice) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An accepted piece, as far as looking at it again needs it."""

    number: int
    key: str
    outlet: str
    # slug
    url: str
    since: datetime
    # aware; published, else first seen
    seen: datetime
    # aware; when its words were last looked at: again, or in a complete list of its outlet
    post: str | None
    # by which WordPress knows it: "posts:123"; None: it was not read by REST
    etag: str | None
    modified: str | None
    # of its page, for a conditional request
    missing: datetime | None
    # aware; since when its page is not there


class Look(Protocol):
    """What a second look found."""

    @property
    def etag(self) -> str | None:
        """Of its page as it came."""
        ...

    @property
    def modified(self) -> str | None:
        """What its Last-Modified said."""
        ...

    @property
    def missing(self) -> datetime | None:
        """Aware; since when its page is not there; None: it is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEdit:
    """One field of a piece that its outlet changed."""

    number: int
    # of the revision
    field: str
    # headline, lead, text, gone_since
    old: str | None
    new: str | None
    layer: str | None
    # who noticed
    at: datetime
    # aware, when the bytes came


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A piece's words as they stand, and what was changed of them, the oldest first."""

    headline: str | None
    lead: str | None
    text: str | None
    gone: bool
    edits: tuple[FieldEdit, ...]
    speaking: tuple[tuple[str, frozenset[str], datetime], ...]
    # layer, the fields that it fills, since when


def accepted(record: Record, event: str) -> dict[str, datetime]:
    """Key -> when somebody accepted it, of the pieces of an event that are accepted now."""
    found: dict[str, datetime] = {}
    for key, value, at in record.conn.execute(_VERDICTS, (event,)):
        found.pop(key, None)
        if value == "accepted":
            found[key] = datetime.fromisoformat(at)
    return found


def watched(record: Record, keys: Collection[str]) -> list[Watched]:
    """These pieces, in the order the record had them."""
    return [_watched(row) for row in record.conn.execute(_WATCHED, (_asked(keys),))]


def keep(record: Record, looks: Mapping[int, Look], at: datetime) -> None:
    """Keeps that these articles (ids) were looked at again. Raises RecordRefused."""
    with record.transaction():
        record.conn.executemany(
            _KEEP,
            [
                (
                    *(number, rows.utc_text(at), look.etag, look.modified),
                    rows.utc_text(look.missing) if look.missing else None,
                )
                for number, look in looks.items()
            ],
        )


def standing(record: Record, keys: Collection[str]) -> dict[str, Standing]:
    """The pieces of these that were edited, by key."""
    edits: dict[str, list[FieldEdit]] = defaultdict(list)
    for key, number, name, old, new, layer, at in record.conn.execute(_EDITS, (_asked(keys),)):
        edit = FieldEdit(
            number=number, field=name, old=old, new=new, layer=layer, at=rows.instant_of(at)
        )
        edits[key].append(edit)
    asked = _asked(edits)
    speaking: dict[str, list[tuple[str, frozenset[str], datetime]]] = defaultdict(list)
    for key, layer, said, first in record.conn.execute(_SPEAKING, (asked,)):
        speaking[key].append((layer, frozenset(json.loads(said)), rows.instant_of(first)))
    return {
        key: Standing(
            headline=headline,
            lead=lead,
            text=text,
            gone=gone is not None,
            edits=tuple(edits[key]),
            speaking=tuple(speaking[key]),
        )
        for key, headline, lead, text, gone in record.conn.execute(_WORDS, (asked,))
    }


def told(record: Record, event: str) -> frozenset[int]:
    """Numbers of the revisions that a notice told for this event."""
    return frozenset(number for (number,) in record.conn.execute(_TOLD, (event,)))


def tell(record: Record, notice: int, edits: Mapping[str, Collection[int]]) -> None:
    """Keeps what a notice told: event -> revisions. The caller holds the transaction."""
    pairs: Iterator[tuple[str, int, int]] = (
        (event, number, notice) for event, numbers in edits.items() for number in sorted(numbers)
    )
    record.conn.executemany(_TELL, list(pairs))


def _asked(keys: Collection[str]) -> str:
    return rows.to_json(sorted(keys))


def _watched(row: rows.SqlRow) -> Watched:
    headers = json.loads(row[11]) if row[11] else {}
    first = rows.instant_of(row[5])
    moments = [first, *(rows.instant_of(at) for at in (row[6], row[12] and row[13]) if at)]
    looked = row[6] is not None
    return Watched(
        number=row[0],
        key=row[1],
        outlet=row[2],
        url=row[3],
        since=rows.instant_of(row[4]) if row[4] else first,
        seen=max(moments),
        post=row[10] if row[12] else None,
        etag=row[7] if looked else headers.get("etag"),
        modified=row[8] if looked else headers.get("last-modified"),
        missing=rows.instant_of(row[9]) if row[9] else None,
    )
