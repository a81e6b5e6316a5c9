"""Candidates for an event: the search index narrows, `crawler.matching` decides.

What this finds is a superset of what holds the words: everything that waits to be indexed is among
it, and where the index was made by other rules, everything is. Ids come first, from indexes alone;
then the rows of those ids. No word of a person reaches `MATCH` but as a string without any sign.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from crawler.models import Article, Window
from crawler.record import Record, rows, search_index

Asked: TypeAlias = Sequence[Sequence[Collection[str]]]
# OR of AND-groups, each member an OR of index words; "fest*" stands for all that begins so

MEMBERS: Final = 40
# of a group that are asked for: fewer only find more, and FTS5 refuses very deep expressions
AT_ONCE: Final = 200
# articles whose rows are read together

_HITS = "SELECT rowid FROM stems_fts WHERE stems_fts MATCH :words AND rowid BETWEEN :low AND :high"
_FREQUENCY = "SELECT count(*) FROM stems_fts WHERE stems_fts MATCH :words"
_WAITING = "SELECT article FROM unindexed WHERE article BETWEEN :low AND :high"
_ABROAD = """
SELECT a.id FROM stems_fts CROSS JOIN articles AS a ON a.id = stems_fts.rowid
WHERE stems_fts MATCH :words AND stems_fts.rowid BETWEEN :low AND :high
  AND a.language NOT IN ('sq')"""
# what holds the event's words in another language, but for Albanian articles
_IDS = "SELECT key, id FROM articles WHERE key IN (SELECT value FROM json_each(?))"
_ORDER = "ORDER BY a.published, a.id"
_ROWS = f"""
SELECT a.id, {rows.ARTICLE} FROM json_each(?) AS j CROSS JOIN articles AS a ON a.id = j.value"""  # noqa: S608 - constant names


def candidates(
    record: Record,
    *,
    asked: Asked,
    abroad: Asked = (),
    window: Window | None = None,
    outlets: Collection[str] | None = None,
    undated: bool = False,
) -> Iterator[Article]:
    """Articles that may hold, for one of the groups at least, a word of every member.

    Those published in the window, oldest first; with `undated`, those without a date first. No
    `window` or no `outlets` does not narrow. The groups of `abroad` are asked of articles that are
    not in Albanian. An empty group asks nothing and so finds everything; no group at all finds
    nothing. Raises ValueError for what is not one word.
    """
    scans = list(_scans(window, outlets, undated))
    hits = _hits(record, asked, abroad, scans)
    for scan, parameters in scans if asked else ():
        found = (number for (number,) in record.conn.execute(f"{scan} {_ORDER}", parameters))
        chosen = list(found) if hits is None else [number for number in found if number in hits]
        for at in range(0, len(chosen), AT_ONCE):
            yield from in_order(record, chosen[at : at + AT_ONCE])


def standing(
    record: Record, *, asked: Asked, abroad: Asked = (), articles: Mapping[int, Article]
) -> frozenset[int]:
    """Ids, among those of `articles`, of what `candidates` would find without a window.

    Whose language is known here need not be looked up: `abroad` is asked only if one is foreign.
    """
    if not asked or not articles:
        return frozenset()
    if not all(asked) or not search_index.is_current(record):
        return frozenset(articles)
    between = {"low": min(articles), "high": max(articles)}
    found = _standing(record, _HITS, asked, between)
    found.update(number for (number,) in record.conn.execute(_WAITING, between))
    foreign = {at for at, one in articles.items() if one.language not in {"sq", None}} - found
    if foreign:
        found |= foreign & _standing(record, _HITS, filter(all, abroad), between)
    return frozenset(found & articles.keys())


def ids(record: Record, articles: Collection[str]) -> dict[str, int]:
    """The numbers by which the index knows the articles of these keys."""
    return dict(record.conn.execute(_IDS, (json.dumps(sorted(articles)),)))


def frequency(record: Record, group: Sequence[Collection[str]]) -> int:
    """How many articles of the index hold a word of every member; what waits is not counted.

    Raises ValueError for what is not one word.
    """
    words = expression(group)
    if words is None:
        return 0
    (found,) = record.conn.execute(_FREQUENCY, {"words": words}).fetchone()
    return int(found)


def expression(group: Sequence[Collection[str]]) -> str | None:
    """The FTS5 expression of one group; None where a member has no word, so that none can stand.

    Raises ValueError for what is not one word: what people type never gets here unread.
    """
    if not all(group):
        return None
    members = (" OR ".join(map(_string, sorted(member))) for member in group[:MEMBERS])
    return " AND ".join(f"({member})" for member in members)


def _string(word: str) -> str:
    """One index word as an FTS5 string, with a star behind it for a beginning."""
    letters = word.removesuffix("*")
    if not letters or not all(map(_is_letter, letters)):
        raise ValueError(f"{word!r} is not one folded word")
    return f'"{letters}"*' if word.endswith("*") else f'"{letters}"'


def _is_letter(sign: str) -> bool:
    """What the index keeps in a word: ASCII letters and digits, and whatever is not ASCII."""
    if sign.isascii():
        return sign.isalnum()
    return not sign.isspace() and not "\ud800" <= sign <= "\udfff"


def _scans(
    window: Window | None, outlets: Collection[str] | None, undated: bool
) -> Iterator[tuple[str, dict[str, str]]]:
    """Queries for ids that an index answers alone: undated pieces, then those of the window."""
    asked: dict[str, str] = {}
    index, narrow = "articles_by_time", "1"
    if outlets is not None:
        index, narrow = "articles_of_outlet", "a.outlet IN (SELECT value FROM json_each(:outlets))"
        asked["outlets"] = json.dumps(sorted(outlets))
    dated = "a.published NOT NULL"
    if window is not None:
        dated = "a.published >= :since AND a.published < :until"
        asked |= {"since": rows.utc_text(window.start), "until": rows.utc_text(window.end)}
    for when in (*(["a.published IS NULL"] * undated), dated):
        scan = f"SELECT a.id FROM articles AS a INDEXED BY {index} WHERE {narrow} AND {when}"  # noqa: S608
        yield scan, asked


def _hits(
    record: Record, asked: Asked, abroad: Asked, scans: Sequence[tuple[str, Any]]
) -> set[int] | None:
    """Ids in which a group stands, and those that wait; None where the index cannot narrow."""
    if not all(asked) or not search_index.is_current(record):
        return None
    found: set[int] = set()
    for scan, parameters in scans:
        edges = scan.replace("a.id", "min(a.id), max(a.id)", 1)
        low, high = record.conn.execute(edges, parameters).fetchone()
        between = {"low": low, "high": high}
        found |= _standing(record, _HITS, asked, between)
        found |= _standing(record, _ABROAD, filter(all, abroad), between)
        found.update(n for (n,) in record.conn.execute(_WAITING, between))
    return found


def _standing(
    record: Record, hits: str, asked: Iterable[Sequence[Collection[str]]], between: dict[str, int]
) -> set[int]:
    """Ids in which one of the groups stands."""
    words = filter(None, map(expression, asked))
    found = (record.conn.execute(hits, {**between, "words": each}) for each in words)
    return {number for rows_of_one in found for (number,) in rows_of_one}


def in_order(record: Record, numbers: Sequence[int]) -> Iterator[Article]:
    """The articles of these ids, in this order."""
    found = {row[0]: row[1:] for row in record.conn.execute(_ROWS, (json.dumps(numbers),))}
    return (rows.article_of(found[number]) for number in numbers)
