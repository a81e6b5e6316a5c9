"""Pieces of the whole record, the newest first, a page at a time: ids from indexes alone.

What is found is a superset of what holds the words, as with `crawler.record.search`, which says in
which way: whoever shows it looks at each piece itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from crawler.models import Article
from crawler.record import Record, search_index
from crawler.record.search import expression, in_order

FEW: Final = 4_000
# hits that are sorted by looking each up; of more, the index of time is walked
STRETCH: Final = 1_000
# ids of the walk that the index is asked about together
AT_ONCE: Final = 25
# articles whose rows are read together

_HITS = "SELECT rowid FROM stems_fts WHERE stems_fts MATCH ?"
_COUNT = "SELECT count(*) FROM stems_fts WHERE stems_fts MATCH ?"
_BETWEEN = f"{_HITS} AND rowid BETWEEN ? AND ?"
_WAITING = "SELECT article FROM unindexed"
_ORDER = "ORDER BY a.published DESC, a.id DESC"
_LOOKED_UP = "SELECT a.id FROM json_each(:hits) AS j CROSS JOIN articles AS a ON a.id = j.value"
_FATES = """
SELECT a.key, m.event, m.doubt FROM json_each(?) AS j
CROSS JOIN articles AS a ON a.key = j.value JOIN matches AS m ON m.article = a.id"""
_SAID = """
SELECT a.key, d.event, d.value FROM json_each(?) AS j
CROSS JOIN articles AS a ON a.key = j.value
JOIN decisions AS d ON d.article = a.id AND d.kind = 'match' ORDER BY d.at, d.uid"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows, beside words; None does not."""

    # slug
    outlet: str | None = None
    # ISO 639-1
    language: str | None = None
    # UTC text as the record spells it: from, and up to but not included
    since: str | None = None
    until: str | None = None

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """A WHERE on `articles AS a`, and its parameters."""
        told = {
            "outlet": ("a.outlet = :outlet", self.outlet),
            "since": ("a.published >= :since", self.since),
            "until": ("a.published < :until", self.until),
            "language": ("a.language = :language", self.language),
        }
        said = {name: value for name, (_, value) in told.items() if value is not None}
        return " AND ".join(told[name][0] for name in said) or "1", said


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What an event made of a piece, as it is kept."""

    # a person's word
    verdict: str | None
    # whether its keywords found it, and why that is only asked about
    matched: bool
    doubt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What the index knows of a group of words."""

    # None: the index cannot narrow, and everything may hold them
    words: str | None = None
    # ids of all that may, where these are few
    few: frozenset[int] | None = None
    # ids of what is not in the index yet
    waiting: frozenset[int] = frozenset()
    # how many may; None: not known
    about: int | None = None


EVERYTHING: Final = Hits()


def hits(record: Record, group: Sequence[Collection[str]]) -> Hits:
    """What may hold a word of every member. Raises ValueError for what is not one word."""
    words = expression(group)
    if words is None or not search_index.is_current(record):
        return EVERYTHING
    waiting = frozenset(number for (number,) in record.conn.execute(_WAITING))
    found = frozenset(n for (n,) in record.conn.execute(f"{_HITS} LIMIT {FEW + 1}", (words,)))
    if len(found) <= FEW:
        few = found | waiting
        return Hits(words=words, few=few, waiting=waiting, about=len(few))
    (about,) = record.conn.execute(_COUNT, (words,)).fetchone()
    return Hits(words=words, waiting=waiting, about=about)


def newest(
    record: Record, among: Hits, filters: Filters, start: int = 0
) -> Iterator[tuple[int, Article]]:
    """What the filters let through `among` what may hold the words, undated ones last.

    Each with its place, counted from 0; those before `start` are passed over.
    """
    found = islice(enumerate(_ids(record, among, filters)), start, None)
    while some := tuple(islice(found, AT_ONCE)):
        read = in_order(record, [number for _, number in some])
        yield from zip((place for place, _ in some), read, strict=True)


def _ids(record: Record, among: Hits, filters: Filters) -> Iterator[int]:
    where, said = filters.conditions()
    if among.few is not None:
        asked = {**said, "hits": json.dumps(sorted(among.few))}
        sql = f"{_LOOKED_UP} WHERE {where} {_ORDER}"
        yield from (number for (number,) in record.conn.execute(sql, asked))
        return
    index = "articles_of_outlet" if filters.outlet is not None else "articles_by_time"
    if filters.language not in {None, "sq"}:
        index, where = "articles_abroad", f"{where} AND a.language <> 'sq'"
    scan = f"SELECT a.id FROM articles AS a INDEXED BY {index} WHERE {where} {_ORDER}"  # noqa: S608 - constant names
    walk = record.conn.execute(scan, said)
    while some := [number for (number,) in walk.fetchmany(STRETCH)]:
        yield from _standing(record, among, some)


def _standing(record: Record, among: Hits, some: Sequence[int]) -> Iterator[int]:
    """Those of some ids that may hold the words: what was stored together lies together."""
    if among.words is None:
        yield from some
        return
    asked = (among.words, min(some), max(some))
    found = {number for (number,) in record.conn.execute(_BETWEEN, asked)}
    yield from (number for number in some if number in found or number in among.waiting)


def fates(record: Record, articles: Collection[str]) -> dict[str, dict[str, Fate]]:
    """By article key and event: what is kept of these, of every event that has anything."""
    keys = (json.dumps(sorted(articles)),)
    found: dict[str, dict[str, Fate]] = {key: {} for key in articles}
    for key, event, doubt in record.conn.execute(_FATES, keys):
        found[key][event] = Fate(verdict=None, matched=True, doubt=doubt)
    for key, event, value in record.conn.execute(_SAID, keys):
        kept = found[key].get(event)
        found[key][event] = Fate(
            verdict=value,
            matched=kept is not None and kept.matched,
            doubt=kept.doubt if kept else None,
        )
    return found
