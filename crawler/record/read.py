"""What is read from a record. Nothing here writes, and nothing here speaks SQL outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.models import (
    Alias,
    Article,
    Check,
    Layer,
    ListingPage,
    Match,
    Outcome,
    Run,
    Snapshot,
    SnapshotKind,
    Way,
    Window,
)
from crawler.record import Record, rows
from crawler.record.dump import logical_dump
from crawler.record.filters import narrowed
from crawler.record.identity import Row, shared
from crawler.record.snapshot_store import Place
from crawler.record.storing import address, row_of

__all__ = [
    "Counts",
    "Kept",
    "Revised",
    "article",
    "articles",
    "articles_of",
    "bases",
    "checks",
    "counts",
    "has_page",
    "judged",
    "last_complete",
    "latest_checks",
    "logical_dump",
    "matches",
    "newest",
    "outlets",
    "provenance",
    "recall",
    "revisions",
    "run",
    "run_states",
    "runs",
    "snapshot",
    "snapshots_of",
    "unchanged",
]

_DIGESTS = """
SELECT j.key, a.article, r.digest FROM json_each(:names) AS j
CROSS JOIN aliases AS a ON a.outlet = :outlet AND a.kind = json_extract(j.value, '$[0]')
  AND a.value = json_extract(j.value, '$[1]')
CROSS JOIN readings AS r ON r.article = a.article AND r.layer = :layer
CROSS JOIN articles AS x ON x.id = a.article AND x.gone_since IS NULL"""
_LATEST = f"""
SELECT c.run, {", ".join(f"c.{name.strip()}" for name in rows.CHECK.split(","))}
FROM checks AS c JOIN runs ON runs.number = c.run
WHERE c.outlet = :outlet
  AND (runs.event = :event OR c.way <> 'by-hand' AND c.since <= :since AND c.until >= :until)
ORDER BY c.run DESC, c.id"""  # noqa: S608 - constant names
_MATCHES = f"""
SELECT a.key, m.event, {rows.VERDICT.format(article="a.id", event="m.event")}, {rows.MATCH}
FROM matches AS m JOIN articles AS a ON a.id = m.article
WHERE m.event = ? ORDER BY a.published, a.id"""  # noqa: S608 - constant names
_JUDGED = f"""
SELECT a.key, {rows.MATCH} FROM matches AS m JOIN articles AS a ON a.id = m.article
WHERE m.event = ? AND m.basis NOT NULL"""  # noqa: S608 - constant names
_BASES = """
SELECT a.key, m.basis FROM matches AS m JOIN articles AS a ON a.id = m.article
WHERE m.event = ? AND m.basis NOT NULL"""
_OUTLETS = """
WITH RECURSIVE next (outlet) AS (
  SELECT min(outlet) FROM articles UNION ALL
  SELECT (SELECT min(outlet) FROM articles WHERE outlet > next.outlet) FROM next
  WHERE next.outlet NOT NULL)
SELECT outlet FROM next WHERE outlet NOT NULL"""
# an index step for each; DISTINCT would walk through every article
_SNAPSHOT = f"""
SELECT p.outlet, p.kind, p.url, p.fetched, p.charset, p.site, p.pack, p."offset", p.length,
  s.position, a.key, s.layer, s.id, iif(p.kind IN ('list-page', 'sitemap'), (
    SELECT json_group_array(value) FROM aliases WHERE article = a.id AND kind = 'url'), '[]'),
  {rows.RESPONSE}
FROM snapshots AS s JOIN pages AS p ON p.id = s.page JOIN articles AS a ON a.id = s.article"""  # noqa: S608 - constant names


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """One edit at the outlet, as the record keeps it."""

    field: str
    # "headline", or "gone_since" for leaving and coming back
    old: str | None
    # as it stood
    new: str | None
    # as it stands
    layer: str | None
    # who noticed first
    run: int
    # in which run
    at: datetime
    # when the bytes came


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A snapshot with the article it is of."""

    number: int
    # its place in the record; later ones are larger
    article: str
    # the article's key
    layer: Layer
    # what it is worth in a merge
    snapshot: Snapshot
    # the bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a record holds."""

    outlets: int
    # that have an article
    articles: int
    # gone ones too
    undated: int
    # articles without a date
    gone: int
    # articles the outlet no longer lists
    revisions: int
    # edits noticed
    snapshots: int
    # rows and pages kept
    runs: int
    # gatherings
    bytes: int
    # of the record and its packs on the disk


# --- for gathering -----------------------------------------------------------------


def unchanged(record: Record, page: ListingPage) -> dict[int, int]:
    """Rows of `page` whose bytes the record knows: position -> id of the article.

    Articles that are gone are left out: that they are listed again is news. Of a piece listed
    twice on the page both rows are known when one is.
    """
    listed = [row_of(lead, None) for lead in page.leads]
    alone = len(listed) == 1
    # a page of its own: nothing on it can be ambiguous, so all its names are asked at once
    strongest = [(at, row.aliases if alone else row.aliases[:1]) for at, row in enumerate(listed)]
    known: dict[int, int] = {}
    for at, article, digest in _digests(record, page, strongest):
        if digest == listed[at].digest:
            known.setdefault(at, article)
    if len(known) < len(listed) and not alone:
        known |= _by_weaker_names(record, page, listed, known)
    return {page.leads[at].position: article for at, article in known.items()}


def newest(record: Record, outlet: str) -> datetime | None:
    """The latest date of publication known of an outlet, in UTC."""
    found = record.conn.execute("SELECT max(published) FROM articles WHERE outlet = ?", (outlet,))
    return rows.maybe_instant(found.fetchone()[0])


def recall(record: Record, outlet: str, name: str) -> tuple[Any, datetime] | None:
    """What was remembered of an outlet under `name`, and since when."""
    found = record.conn.execute(
        "SELECT value, at FROM memory WHERE outlet = ? AND name = ?", (outlet, name)
    ).fetchone()
    return None if found is None else (json.loads(found[0]), rows.instant_of(found[1]))


# --- the ledger ---------------------------------------------------------------------


def last_complete(record: Record, outlet: str, way: Way) -> Check | None:
    """The newest check of this outlet and way that was complete."""
    found = record.conn.execute(
        f"SELECT {rows.CHECK} FROM checks WHERE outlet = ? AND way = ? AND outcome = ? "  # noqa: S608
        "ORDER BY run DESC, id DESC LIMIT 1",
        (outlet, way.value, Outcome.COMPLETE.value),
    ).fetchone()
    return rows.check_of(found) if found else None


def checks(record: Record, run: int) -> tuple[Check, ...]:
    """A run's ledger, in the order the checks were made."""
    sql = f"SELECT {rows.CHECK} FROM checks WHERE run = ? ORDER BY id"  # noqa: S608
    return tuple(map(rows.check_of, record.conn.execute(sql, (run,))))


def latest_checks(
    record: Record, *, event: str, window: Window, outlets: Collection[str]
) -> dict[str, tuple[Check, ...]]:
    """What a report may say of each outlet: the checks of the newest run that answers for it.

    That is a run of this event, or any whose checks cover the whole window; the newest check
    by hand for the event stands behind them. An outlet never checked has an empty tuple.
    """
    since, until = rows.utc_text(window.start), rows.utc_text(window.end)
    answers: dict[str, tuple[Check, ...]] = {}
    for outlet in outlets:
        asked = {"outlet": outlet, "event": event, "since": since, "until": until}
        found = [(run, rows.check_of(row)) for run, *row in record.conn.execute(_LATEST, asked)]
        machine = [(run, check) for run, check in found if check.way is not Way.BY_HAND]
        hand = [check for _, check in found if check.way is Way.BY_HAND][:1]
        answers[outlet] = tuple(check for run, check in machine if run == machine[0][0]) + tuple(
            hand
        )
    return answers


def runs(record: Record, *, most: int = -1) -> list[Run]:
    """The newest runs, at `most` so many or all, the newest first."""
    sql = f"SELECT {rows.RUN} FROM runs ORDER BY number DESC LIMIT ?"  # noqa: S608
    found = record.conn.execute(sql, (most,)).fetchall()
    return [rows.run_of(row, checks(record, row[0])) for row in found]


def run_states(record: Record, number: int | None = None) -> dict[int, str]:
    """Number -> running, finished or interrupted; one whose process was killed is still running.

    Of one run where a number is given.
    """
    sql = "SELECT number, state FROM runs WHERE ?1 IS NULL OR number = ?1"
    return dict(record.conn.execute(sql, (number,)).fetchall())


def run(record: Record, number: int) -> Run | None:
    """One run with its ledger."""
    sql = f"SELECT {rows.RUN} FROM runs WHERE number = ?"  # noqa: S608
    found = record.conn.execute(sql, (number,)).fetchone()
    return rows.run_of(found, checks(record, number)) if found else None


# --- articles -------------------------------------------------------------------------


def articles(
    record: Record,
    *,
    window: Window | None = None,
    outlets: Collection[str] | None = None,
    undated: bool = False,
) -> Iterator[Article]:
    """Articles published in the window, oldest first; with `undated`, those without a date first.

    No `window` or no `outlets` does not narrow. Gone ones are among them: they were coverage.
    """
    where, asked = narrowed(window, outlets, undated)
    sql = f"SELECT {rows.ARTICLE} FROM articles AS a WHERE {where} ORDER BY a.published, a.id"  # noqa: S608
    return map(rows.article_of, record.conn.execute(sql, asked))


def article(record: Record, name: str) -> Article | None:
    """The article of a key, one that was lost in a merge too, or of an address."""
    number = _number(record, name)
    if number is None:
        return None
    sql = f"SELECT {rows.ARTICLE} FROM articles AS a WHERE a.id = ?"  # noqa: S608
    return rows.article_of(record.conn.execute(sql, (number,)).fetchone())


def articles_of(record: Record, numbers: Collection[int]) -> Iterator[Article]:
    """The articles of these ids, in the order of the ids."""
    sql = (
        f"SELECT {rows.ARTICLE} FROM json_each(?) AS j "  # noqa: S608
        "CROSS JOIN articles AS a ON a.id = j.value ORDER BY j.key"
    )
    return map(rows.article_of, record.conn.execute(sql, (json.dumps(sorted(numbers)),)))


def pictures(record: Record) -> Iterator[str]:
    """Addresses of the pictures that outlets name for their pieces."""
    sql = "SELECT DISTINCT picture FROM articles WHERE picture NOT NULL"
    return (address for (address,) in record.conn.execute(sql))


def outlets(record: Record) -> list[str]:
    """The slugs of the outlets that have an article, sorted."""
    return [slug for (slug,) in record.conn.execute(_OUTLETS)]


def key_of(record: Record, outlet: str, aliases: Sequence[Alias]) -> str | None:
    """The key of the article that one of these names stands for at the outlet, strongest first."""
    sql = (
        "SELECT a.key FROM aliases AS n JOIN articles AS a ON a.id = n.article "
        "WHERE n.outlet = ? AND n.kind = ? AND n.value = ?"
    )
    for alias in aliases:
        found = record.conn.execute(sql, (outlet, alias.kind, alias.value)).fetchone()
        if found is not None:
            return str(found[0])
    return None


def has_page(record: Record, name: str) -> bool:
    """Whether a page of the article (key or address) is kept or was read."""
    sql = "SELECT 1 FROM readings WHERE article = ? AND layer = 'page'"
    return record.conn.execute(sql, (_number(record, name),)).fetchone() is not None


def provenance(record: Record, name: str) -> dict[str, dict[str, Any]]:
    """Why each field of an article says what it says: layer, raw text, rule; empty if unknown."""
    number = _number(record, name)
    found = record.conn.execute("SELECT provenance FROM articles WHERE id = ?", (number,))
    row = found.fetchone()
    return {} if row is None else json.loads(row[0])


def revisions(record: Record, name: str) -> list[Revised]:
    """The edits of an article (key or address), in the order they were noticed."""
    found = record.conn.execute(
        "SELECT field, old, new, layer, run, at FROM revisions WHERE article = ? ORDER BY id",
        (_number(record, name),),
    )
    return [
        Revised(field=f, old=old, new=new, layer=layer, run=run, at=rows.instant_of(at))
        for f, old, new, layer, run, at in found
    ]


def matches(record: Record, event: str) -> list[Match]:
    """The event's matches, each with the latest decision upon it; oldest article first."""
    found = record.conn.execute(_MATCHES, (event,))
    return [rows.match_of(key, slug, verdict, row) for key, slug, verdict, *row in found]


def judged(record: Record, event: str) -> dict[str, Match]:
    """The event's matches of which it is known by what they were judged, by article key.

    Without decisions: `matches` has those.
    """
    found = record.conn.execute(_JUDGED, (event,))
    return {key: rows.match_of(key, event, None, row) for key, *row in found}


def bases(record: Record, event: str) -> dict[str, str]:
    """By what the kept matches of an event were judged, by article key."""
    return dict(record.conn.execute(_BASES, (event,)).fetchall())


def snapshot(
    record: Record, number: int, *, body_at: Callable[[Place], bytes] | None = None
) -> Kept | None:
    """One kept row or page, with its bytes. Raises RecordRefused where the pack is lost.

    `body_at` gives the bytes of a place, for whoever reads many rows of one answer.
    """
    found = record.conn.execute(f"{_SNAPSHOT} WHERE s.id = ?", (number,)).fetchone()
    return _kept(record, found, body_at) if found else None


def snapshots_of(record: Record, outlet: str, *, article: str | None = None) -> Iterator[Kept]:
    """Everything kept of an outlet, or of one of its articles (key or address), oldest first."""
    asked: tuple[str | int | None, ...] = (outlet,)
    where = "p.outlet = ?"
    if article is not None:
        where, asked = f"{where} AND s.article = ?", (outlet, _number(record, article))
    found = record.conn.execute(f"{_SNAPSHOT} WHERE {where} ORDER BY s.id", asked)
    return (_kept(record, row) for row in found)


def latest_pages(record: Record, outlet: str, most: int) -> Iterator[Kept]:
    """The latest kept page of each of at most `most` articles of an outlet, newest first."""
    asked = f"{_SNAPSHOT} WHERE p.outlet = ? AND p.kind = 'html' ORDER BY p.id DESC, s.id DESC"
    seen: set[str] = set()
    for row in record.conn.execute(asked, (outlet,)):
        if row[10] in seen:
            continue
        seen.add(row[10])
        yield _kept(record, row)
        if len(seen) >= most:
            return


def outlets_of_pages(record: Record, run: int) -> list[str]:
    """The outlets of which a run kept pages of pieces, sorted."""
    asked = "SELECT DISTINCT outlet FROM pages WHERE run = ? AND kind = 'html' ORDER BY outlet"
    return [outlet for (outlet,) in record.conn.execute(asked, (run,))]


def counts(record: Record) -> Counts:
    """How much the record holds."""
    outlets, every, undated, gone = record.conn.execute(
        "SELECT count(DISTINCT outlet), count(*), count(*) - count(published), count(gone_since) "
        "FROM articles"
    ).fetchone()
    files = [record.path, *record.store.folder.glob("*.pack")]
    return Counts(
        outlets=outlets,
        articles=every,
        undated=undated,
        gone=gone,
        revisions=_count(record, "revisions"),
        snapshots=_count(record, "snapshots"),
        runs=_count(record, "runs"),
        bytes=sum(file.stat().st_size for file in files if file.exists()),
    )


# --- inside -----------------------------------------------------------------------------


def _digests(
    record: Record, page: ListingPage, names: Iterable[tuple[int, Sequence[Alias]]]
) -> Iterator[tuple[int, int, str]]:
    """For each name that the record knows: the row's place, its article, that one's digest."""
    flat = [(at, alias.kind, alias.value) for at, aliases in names for alias in aliases]
    asked = {
        "names": rows.to_json([(kind, value) for _, kind, value in flat]),
        "outlet": page.outlet,
        "layer": page.layer.value,
    }
    for at, article, digest in record.conn.execute(_DIGESTS, asked):
        yield flat[at][0], article, digest


def _by_weaker_names(
    record: Record, page: ListingPage, listed: Sequence[Row], known: Mapping[int, int]
) -> dict[int, int]:
    """Rows known by another name than their strongest, and second rows of a known piece."""
    ambiguous = shared(listed)
    dates = {article: listed[at].published for at, article in known.items()}
    names = [
        (at, [alias for alias in row.aliases if alias not in ambiguous])
        for at, row in enumerate(listed)
        if at not in known
    ]
    found: dict[int, int] = {}
    for at, article, digest in _digests(record, page, names):
        twice = article in dates and dates[article] == listed[at].published
        if twice or digest == listed[at].digest:
            found[at] = article
    return found


def _number(record: Record, name: str) -> int | None:
    """The id of an article by key, lost key or address."""
    # by far the most are asked for by their key, and only that one has an index
    found = record.conn.execute("SELECT id FROM articles WHERE key = ?", (name,)).fetchone()
    if found is not None:
        return int(found[0])
    found = record.conn.execute(
        "SELECT id, 0 FROM articles WHERE key = ?1 UNION ALL "
        "SELECT article, 1 FROM merged WHERE key = ?1 UNION ALL "
        "SELECT id, 2 FROM articles WHERE url = ?1 UNION ALL "
        "SELECT article, 3 FROM aliases WHERE kind = 'url' AND value = ?2 AND article NOT NULL "
        "ORDER BY 2, 1 LIMIT 1",
        (name, address(name).value),
    ).fetchone()
    return None if found is None else int(found[0])


def _kept(
    record: Record, row: rows.SqlRow, body_at: Callable[[Place], bytes] | None = None
) -> Kept:
    place = Place(pack=row[6], offset=row[7], length=row[8])
    found = Snapshot(
        outlet=row[0],
        kind=SnapshotKind(row[1]),
        url=row[2],
        fetched=rows.instant_of(row[3]),
        body=(body_at or record.store.get)(place),
        charset=row[4],
        position=row[9],
        site=json.loads(row[5]),
        response=rows.response_of(row[14:18], row[2]),
        names=frozenset(json.loads(row[13])),
    )
    return Kept(number=row[12], article=row[10], layer=Layer(row[11]), snapshot=found)


def _count(record: Record, table: str) -> int:
    return int(record.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
