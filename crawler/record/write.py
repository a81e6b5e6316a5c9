"""What is written into a record: runs, checks, pages, and what is remembered of an outlet.

Every function is one immediate transaction, or part of the one it is called in, and raises
RecordRefused where the disk or another writer refuses.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from crawler.models import Check, Lead, ListingPage, Match, Outcome, Reading, Way, Window
from crawler.record import Record, outbox, rows, sealing
from crawler.record.storing import Stored, Storing

__all__ = [
    "Stored",
    "amend_check",
    "begin_run",
    "checked_by_hand",
    "end_lost_runs",
    "end_run",
    "gather_page",
    "mark_gone",
    "remember",
    "run_by_hand",
    "save_check",
    "save_matches",
    "store_page",
]

CHECK_NAMES = tuple(name.strip() for name in rows.CHECK.split(","))
# of `rows.columns_of_check`
_RUN = """
INSERT INTO runs (event, since, until, zone, started, finished, state, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_GONE = """
SELECT id FROM articles WHERE gone_since IS NULL AND id IN (SELECT value FROM json_each(?))"""
_REVISION = """
INSERT INTO revisions (article, field, old, new, layer, run, at)
VALUES (?, 'gone_since', NULL, ?, NULL, ?, ?)"""
_VERDICT = rows.VERDICT.format(article="matches.article", event=":event")
_FORGET = f"""
DELETE FROM matches WHERE event = :event
  AND (:keys IS NULL OR article IN (
    SELECT id FROM articles WHERE key IN (SELECT value FROM json_each(:keys))))
  AND coalesce({_VERDICT}, '') <> 'accepted'"""  # noqa: S608 - constant words
_MATCH = """
INSERT OR REPLACE INTO matches (event, article, score, because, rules, signals, doubt, basis)
SELECT ?1, id, ?2, ?3, ?4, ?5, ?6, ?7 FROM articles WHERE key = ?8"""


def begin_run(
    record: Record, *, event: str | None, window: Window | None, started: datetime, version: str
) -> int:
    """Opens a run and gives its number; runs left open are marked as interrupted.

    The caller holds the run lock, so a run that is still open has no process any more.
    """
    with record.transaction():
        end_lost_runs(record)
        return _insert_run(record, event=event, window=window, started=started, version=version)


def end_lost_runs(record: Record, run: int | None = None) -> None:
    """Marks runs that were left open as interrupted: all, or this one.

    The caller holds the run lock, so a run that is still open has no process any more, or is the
    caller's own.
    """
    with record.transaction():
        lost = record.conn.execute(
            "UPDATE runs SET state = 'interrupted' WHERE state = 'running' AND number = "
            "coalesce(?, number) RETURNING number",
            (run,),
        ).fetchall()
        for (each,) in sorted(lost):
            sealing.seal_run(record, each)


@contextmanager
def run_by_hand(
    record: Record, *, event: str | None, window: Window | None, at: datetime, version: str
) -> Iterator[int]:
    """A run of what a person brings, over when this ends: all of it is kept, or nothing.

    It needs no run lock: it is one transaction with a pack of its own, waits for a crawl's pages
    and lets them wait, and never ends a run that is under way. Raises RecordRefused.
    """
    with record.transaction():
        run = _insert_run(
            record, event=event, window=window, started=at, finished=at, version=version
        )
        yield run
        record.store.sync()
        sealing.seal_run(record, run)
    record.store.close()


def end_run(record: Record, run: int, finished: datetime) -> None:
    """Closes and seals a run, once the disk has its snapshots."""
    record.store.sync()
    bodies = sealing.bodies_of(record, run)
    with record.transaction():
        record.conn.execute(
            "UPDATE runs SET state = 'finished', finished = ? WHERE number = ?",
            (rows.utc_text(finished), run),
        )
        sealing.seal_run(record, run, bodies)
    record.store.close()


def save_check(record: Record, run: int, check: Check) -> None:
    """Adds a row to the run's ledger."""
    columns = (run, *rows.columns_of_check(check))
    marks = ", ".join("?" * len(columns))
    with record.transaction():
        record.conn.execute(f"INSERT INTO checks (run, {rows.CHECK}) VALUES ({marks})", columns)  # noqa: S608 - constant names


def amend_check(record: Record, run: int, place: int, check: Check) -> None:
    """Replaces a check of the run's ledger by what a later one made of it.

    `place` counts the run's checks from 0: two sections of one outlet may end in one second.
    """
    columns = dict(zip(CHECK_NAMES, rows.columns_of_check(check), strict=True))
    with record.transaction():
        record.conn.execute(
            "UPDATE checks SET outcome = :outcome, read = :read, note = :note, since = :since, "
            "until = :until, only = :only, reached = :reached, next_step = :next_step, "
            "reason = :reason, numbers = :numbers "
            "WHERE id = (SELECT id FROM checks WHERE run = :run ORDER BY id LIMIT 1 OFFSET :place)",
            {**columns, "run": run, "place": place},
        )


def checked_by_hand(
    record: Record,
    *,
    event: str,
    outlet: str,
    found: int,
    note: str | None,
    by: str,
    at: datetime,
    window: Window | None = None,
    version: str = "",
) -> Check:
    """A person looked at `outlet` for `event` and found `found` pieces: a run of its own.

    A check by hand never ends a run that is under way.
    """
    check = Check(
        outlet=outlet,
        way=Way.BY_HAND,
        outcome=Outcome.CHECKED_BY_HAND,
        read=found,
        note=note,
        by=by,
        at=at,
        since=window.start if window else None,
        until=window.end if window else None,
    )
    with record.transaction():
        run = _insert_run(
            record, event=event, window=window, started=at, finished=at, version=version
        )
        save_check(record, run, check)
        sealing.seal_run(record, run)
    return check


def store_page(
    record: Record, run: int, page: ListingPage, readings: Sequence[tuple[Lead, Reading]]
) -> Stored:
    """Stores what was read from `page`, all of it or nothing.

    `readings` are of the rows that are not `read.unchanged`; `page.leads` are all its rows and
    tell which aliases several pieces share.
    """
    with record.transaction():
        return _stored(record, run, page, readings)


def gather_page(
    record: Record,
    run: int,
    page: ListingPage,
    readings: Sequence[tuple[Lead, Reading]],
    *,
    sealing: bool = False,
) -> Stored:
    """`store_page` of a crawl, which stores several pages together: see `Record.gathering`.

    Of a collector's crawl they wait for their bundle, too.
    """
    with record.gathering():
        if sealing and readings:
            outbox.put_page(record, run, page, readings)
        return _stored(record, run, page, readings)


def _stored(
    record: Record, run: int, page: ListingPage, readings: Sequence[tuple[Lead, Reading]]
) -> Stored:
    if not readings:
        return Stored(articles={}, new=frozenset(), changed=frozenset())
    return Storing(record.conn, record.store, run, page, readings).all()


def mark_gone(record: Record, run: int, article_ids: Collection[int], at: datetime) -> int:
    """Marks articles that the outlet no longer lists; gives how many were not marked yet."""
    when = rows.utc_text(at)
    with record.transaction():
        asked = json.dumps(sorted(article_ids))
        gone = [article for (article,) in record.conn.execute(_GONE, (asked,))]
        record.conn.executemany(
            "UPDATE articles SET gone_since = ? WHERE id = ?", [(when, each) for each in gone]
        )
        record.conn.executemany(_REVISION, [(each, when, run, when) for each in gone])
    return len(gone)


def remember(record: Record, outlet: str, name: str, value: Any, at: datetime) -> None:
    """Remembers something about an outlet for later runs; `value` is anything JSON can spell."""
    with record.transaction():
        record.conn.execute(
            "INSERT INTO memory (outlet, name, value, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (outlet, name) DO UPDATE SET value = excluded.value, at = excluded.at",
            (outlet, name, rows.to_json(value), rows.utc_text(at)),
        )


def save_matches(
    record: Record, event: str, matches: Iterable[Match], *, among: Collection[str] | None = None
) -> None:
    """Replaces the event's matches, or those of the articles `among` (keys) that were judged.

    Decisions stand beside them and stay. What a person accepted keeps the match by which it was
    found, should the keywords no longer find it (law 4): the reasons are part of the record.
    """
    keys = None if among is None else json.dumps(sorted(among))
    with record.transaction():
        record.conn.execute(_FORGET, {"event": event, "keys": keys})
        record.conn.executemany(
            _MATCH,
            [
                (event, match.score, _because_of(match), match.rules, *_beside(match))
                for match in matches
            ],
        )


def _because_of(match: Match) -> str:
    """The column `matches.because`; a place only where there is one."""
    reasons = (asdict(why) for why in match.because)
    return rows.to_json([{k: v for k, v in why.items() if v is not None} for why in reasons])


def _beside(match: Match) -> tuple[str | None, str | None, str | None, str]:
    """The columns `signals`, `doubt` and `basis`, and the key."""
    signals = rows.to_json([asdict(signal) for signal in match.signals]) if match.signals else None
    return signals, match.doubt and rows.clean(match.doubt), match.basis, match.article


def _insert_run(
    record: Record,
    *,
    event: str | None,
    window: Window | None,
    started: datetime,
    finished: datetime | None = None,
    version: str,
) -> int:
    cursor = record.conn.execute(
        _RUN,
        (
            event,
            rows.utc_text(window.start) if window else None,
            rows.utc_text(window.end) if window else None,
            window.zone if window else None,
            rows.utc_text(started),
            rows.maybe_utc(finished),
            "finished" if finished else "running",
            version,
        ),
    )
    return int(cursor.lastrowid or 0)
