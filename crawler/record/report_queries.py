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
SELECT DISTINCT a.key FROM json_each(?) AS j CROSS JOIN articles AS a ON a.key = j.value
CROSS JOIN readings AS r ON r.article = a.id AND r.layer = ?"""


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


def by_hand(record: Record, articles: Collection[str]) -> frozenset[str]:
    """Keys of those articles that a person added, by an address or from a list."""
    asked = (json.dumps(sorted(articles)), Layer.CLIP.value)
    return frozenset(key for (key,) in record.conn.execute(_BY_HAND, asked))
