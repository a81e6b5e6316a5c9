"""Kept answers of pieces, whole, with how they came and by which digest they are sealed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from crawler.record import Record
from crawler.record.sealing import columns_of
from crawler.record.snapshot_store import Place

_ANSWERS = """
SELECT p.id, p.url, p.kind, p.fetched, p.charset, p.status, p.headers, p.answer,
  p.pack, p."offset", p.length, p.digest, s.seal, s.digest, s.body,
  (SELECT a.headline FROM snapshots AS k JOIN articles AS a ON a.id = k.article
    WHERE k.page = p.id ORDER BY k.id LIMIT 1)
FROM pages AS p LEFT JOIN sealed AS s ON s.kind = 'page' AND s.row = p.id AND s.gone IS NULL
WHERE p.id IN (
  SELECT k.page FROM snapshots AS k JOIN articles AS a ON a.id = k.article
  WHERE a.key IN (SELECT value FROM json_each(?)))
ORDER BY p.id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """One answer of an outlet."""

    number: int
    # its row
    url: str
    # that was asked
    kind: str
    # "html": the page of a piece
    fetched: str
    # UTC
    charset: str | None
    status: int | None
    # None: an earlier release kept none, or a person brought it
    headers: dict[str, str]
    whole: bool
    # False: rows of it only
    body: bytes
    seal: int | None
    # line that seals it, None: it came before the seal
    leaf: str | None
    # its digest there
    sha256: str | None
    # of the bytes, there
    headline: str | None
    # of its piece


def answers_of(record: Record, articles: Collection[str]) -> Iterator[KeptAnswer]:
    """What is kept of these articles (keys), as it came. Raises RecordRefused where damaged."""
    asked = (json.dumps(sorted(articles)),)
    for row in record.conn.execute(_ANSWERS, asked).fetchall():
        place = Place(pack=row[8], offset=row[9], length=row[10], digest=row[11])
        yield KeptAnswer(
            number=row[0],
            url=row[1],
            kind=row[2],
            fetched=row[3],
            charset=row[4],
            status=row[5],
            headers=json.loads(row[6]) if row[6] else {},
            whole=row[7] is not None,
            body=record.store.get(place),
            seal=row[12],
            leaf=row[13],
            sha256=row[14],
            headline=row[15],
        )


def sealed_columns(record: Record, number: int) -> dict[str, Any]:
    """What the digest of an answer's row is made of, by name."""
    cursor = record.conn.execute(
        f"SELECT {columns_of('page', 'pages')} FROM pages WHERE id = ?",  # noqa: S608 - constant names
        (number,),
    )
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))
