"""What a report says of pieces beside their fields: earlier headlines, and who added them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from crawler.models import Layer
from crawler.record import Record, rows

_HEADLINES = """
SELECT a.key, r.old, r.new, r.at FROM json_each(?) AS j
CROSS JOIN articles AS a ON a.key = j.value
CROSS JOIN revisions AS r ON r.article = a.id AND r.field = 'headline'
WHERE r.old NOT NULL AND r.new NOT NULL ORDER BY r.id"""
_BY_HAND = """
SELECT DISTINCT a.key FROM json_each(?1) AS j CROSS JOIN articles AS a ON a.key = j.value
CROSS JOIN readings AS r ON r.article = a.id AND r.layer = ?2
WHERE NOT EXISTS (SELECT 1 FROM readings AS f WHERE f.article = a.id
  AND f.layer IN (SELECT value FROM json_each(?3)) AND f.first_seen <= r.first_seen)"""
_FINDING = (Layer.REST, Layer.FEED, Layer.LISTING, Layer.SITEMAP)
# what outlets list; a page alone was asked for because somebody knew of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Retitled:
    """A headline that the outlet replaced."""

    old: str
    # as it stood
    new: str
    # what replaced it
    at: datetime
    # aware, when the bytes came


def headlines(record: Record, articles: Collection[str]) -> dict[str, list[Retitled]]:
    """Article key -> the headlines it had before, oldest first; only those that had one."""
    found: dict[str, list[Retitled]] = {}
    asked = (json.dumps(sorted(articles)),)
    for key, old, new, at in record.conn.execute(_HEADLINES, asked):
        told = Retitled(old=old, new=new, at=rows.instant_of(at))
        found.setdefault(key, []).append(told)
    return found


def order(record: Record, articles: Collection[str]) -> dict[str, int]:
    """Numbers by which these articles (keys) stand as they were brought, a list in its order."""
    sql = "SELECT key, id FROM articles WHERE key IN (SELECT value FROM json_each(?))"
    return dict(record.conn.execute(sql, (json.dumps(sorted(articles)),)))


def by_hand(record: Record, articles: Collection[str]) -> frozenset[str]:
    """Keys of those articles that a person added, by an address or from a list.

    Not of those that an outlet's own listing had told before: to bring a piece again does not
    change where it came from.
    """
    finding = json.dumps([layer.value for layer in _FINDING])
    asked = (json.dumps(sorted(articles)), Layer.CLIP.value, finding)
    return frozenset(key for (key,) in record.conn.execute(_BY_HAND, asked))
