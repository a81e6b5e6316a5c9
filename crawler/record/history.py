"""What the record's own history says of an outlet, for finding: known, covered, usual, missing."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.models import Check, Layer, Lead, Outcome, Way, Window
from crawler.record import Record
from crawler.record.rows import CHECK, check_of, instant_of, maybe_instant, to_json, utc_text

DAY = timedelta(days=1)
# Fewer pieces, or fewer days, tell no rhythm.
ENOUGH_PIECES = 20
ENOUGH_DAYS = 3.0
# Checks that answer for the stretch they name.
ANSWERING = (Outcome.COMPLETE.value, Outcome.PARTIAL.value)

_KNOWN = """
SELECT DISTINCT json_extract(asked.value, '$[2]') FROM json_each(?) AS asked
CROSS JOIN aliases ON aliases.outlet = ? AND aliases.kind = json_extract(asked.value, '$[0]')
  AND aliases.value = json_extract(asked.value, '$[1]')
CROSS JOIN articles ON articles.id = aliases.article AND articles.born < ?"""
_TOLD = """
SELECT json_extract(asked.value, '$[2]'), articles.id, articles.published
FROM json_each(?) AS asked
CROSS JOIN aliases ON aliases.outlet = ? AND aliases.kind = json_extract(asked.value, '$[0]')
  AND aliases.value = json_extract(asked.value, '$[1]')
CROSS JOIN articles ON articles.id = aliases.article
WHERE articles.text > '' OR EXISTS (
  SELECT 1 FROM readings WHERE readings.article = articles.id AND readings.layer = 'page')"""
_COVERED = """
SELECT since, until FROM checks
WHERE outlet = ? AND since IS NOT NULL AND until IS NOT NULL AND outcome IN (?, ?)"""
_RHYTHM = """
SELECT count(*), min(published), max(published) FROM articles
JOIN readings ON readings.article = articles.id AND readings.layer = ?
WHERE outlet = ? AND published IS NOT NULL"""
_MISSING = """
SELECT articles.id, (
  SELECT min(value) FROM aliases WHERE aliases.article = articles.id AND aliases.kind = 'post'
) FROM articles
JOIN readings ON readings.article = articles.id AND readings.layer = ?
WHERE articles.outlet = ? AND published >= ? AND published < ? AND gone_since IS NULL
ORDER BY articles.id"""

_PUBLISHED = """
SELECT published FROM articles WHERE outlet = ? AND published >= ? AND published < ?
ORDER BY published"""
_TOLD_OF = """
SELECT published, precision, first_seen FROM articles WHERE outlet = ? ORDER BY id"""
_LISTED_BY = """
SELECT DISTINCT readings.layer, articles.id FROM articles
JOIN readings ON readings.article = articles.id
WHERE articles.outlet = ? AND articles.published >= ? AND articles.published < ?"""
_SUCCESS = "SELECT max(at) FROM checks WHERE outlet = ? AND outcome = ? AND way <> 'by-hand'"
_EARLIER = f"""
SELECT {CHECK} FROM checks WHERE outlet = :outlet AND run = (
  SELECT max(run) FROM checks
  WHERE outlet = :outlet AND run < :before AND way NOT IN ('by-hand', 'proof'))
  AND way NOT IN ('by-hand', 'proof')
ORDER BY id"""  # noqa: S608 - constant names
_RECENT = f"""
SELECT {CHECK} FROM checks WHERE outlet = ? AND way = ?
ORDER BY run DESC, id DESC LIMIT ?"""  # noqa: S608 - constant names


def known(record: Record, outlet: str, leads: Sequence[Lead], *, before: int) -> frozenset[int]:
    """Positions of the leads that any alias joins to an article that a run before `before` found.

    What the run under way found by another list or way says nothing of how far this one was read.
    """
    asked = [[a.kind, a.value, lead.position] for lead in leads for a in lead.aliases]
    rows = record.conn.execute(_KNOWN, (to_json(asked), outlet, before))
    return frozenset(position for (position,) in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article whose text or page the record has."""

    article: int
    # id
    published: datetime | None
    # aware, in UTC; None: undated


def told(record: Record, outlet: str, leads: Sequence[Lead]) -> dict[int, Told]:
    """Position -> article, for leads that any alias joins to one with a text or a kept page."""
    asked = [[a.kind, a.value, lead.position] for lead in leads for a in lead.aliases]
    rows = record.conn.execute(_TOLD, (to_json(asked), outlet))
    return {
        position: Told(article=article, published=maybe_instant(published))
        for position, article, published in rows
    }


def addresses(record: Record, articles: Collection[int]) -> dict[int, str]:
    """Article id -> address; ids that were united since count for the one they became."""
    asked = (json.dumps(sorted(_survivors(record, articles))),)
    sql = "SELECT id, url FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY url"
    return dict(record.conn.execute(sql, asked).fetchall())


def covered(record: Record, outlet: str) -> list[tuple[datetime, datetime]]:
    """The stretches that earlier checks answer for, in no order; they may overlap."""
    rows = record.conn.execute(_COVERED, (outlet, *ANSWERING))
    return [(instant_of(since), instant_of(until)) for since, until in rows]


def published(record: Record, outlet: str, *, since: datetime, until: datetime) -> list[datetime]:
    """When the outlet's pieces of a stretch were published, aware, oldest first."""
    rows = record.conn.execute(_PUBLISHED, (outlet, utc_text(since), utc_text(until)))
    return [instant_of(moment) for (moment,) in rows]


def found_after(record: Record, outlet: str) -> list[tuple[datetime | None, str | None, datetime]]:
    """Of each piece of the outlet: when it was published and how exactly, and when we had it."""
    rows = record.conn.execute(_TOLD_OF, (outlet,))
    return [(maybe_instant(when), exact, instant_of(seen)) for when, exact, seen in rows]


def listed_by(record: Record, outlet: str, window: Window) -> dict[str, set[int]]:
    """Layer -> ids of the outlet's articles of a window that it listed."""
    found: dict[str, set[int]] = {}
    asked = (outlet, utc_text(window.start), utc_text(window.end))
    for layer, article in record.conn.execute(_LISTED_BY, asked):
        found.setdefault(layer, set()).add(article)
    return found


def last_success(record: Record, outlet: str) -> datetime | None:
    """When a check of the outlet was last complete; checks by hand do not count."""
    asked = (outlet, Outcome.COMPLETE.value)
    return maybe_instant(record.conn.execute(_SUCCESS, asked).fetchone()[0])


def earlier_checks(record: Record, outlet: str, *, before: int) -> tuple[Check, ...]:
    """The outlet's checks of the newest run before run `before` that asked it for its listing."""
    rows = record.conn.execute(_EARLIER, {"outlet": outlet, "before": before})
    return tuple(map(check_of, rows))


def recent_checks(record: Record, outlet: str, way: Way, *, most: int) -> tuple[Check, ...]:
    """The newest checks of an outlet by one way, newest first."""
    return tuple(map(check_of, record.conn.execute(_RECENT, (outlet, way.value, most))))


def usual_per_day(record: Record, outlet: str, layer: Layer) -> float | None:
    """Pieces a day by this layer between its first and last; None where too few tell."""
    count, first, last = record.conn.execute(_RHYTHM, (layer.value, outlet)).fetchone()
    if count < ENOUGH_PIECES:
        return None
    days = (instant_of(last) - instant_of(first)) / DAY
    return float(count / days) if days >= ENOUGH_DAYS else None


def missing(
    record: Record,
    *,
    outlet: str,
    layer: Layer,
    window: Window,
    types: Collection[str],
    seen: Collection[int],
) -> dict[int, str | None]:
    """Articles that this layer listed once, dated in the window, and not seen now.

    Article id -> its post alias ("posts:5") or None. With `types`, only posts of those
    REST bases: a type that was not asked cannot be missed. An id that was united with another
    article since it was seen counts for that one.
    """
    here = _survivors(record, seen)
    edges = (utc_text(window.start), utc_text(window.end))
    rows = record.conn.execute(_MISSING, (layer.value, outlet, *edges))
    unseen = {article: post for article, post in rows if article not in here}
    if not types:
        return unseen
    return {a: post for a, post in unseen.items() if post and post.partition(":")[0] in types}


def _survivors(record: Record, seen: Collection[int]) -> set[int]:
    asked = (json.dumps(sorted(seen)),)
    sql = "SELECT article FROM merged WHERE was IN (SELECT value FROM json_each(?))"
    return {*seen, *(article for (article,) in record.conn.execute(sql, asked))}
