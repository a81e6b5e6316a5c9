"""Whether what was sealed stands as it was sealed: each row, each line, the chain."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.evidence.seal import PRUNED, Leaf, Line, content_of, follows
from crawler.evidence.wacz_check import Looked
from crawler.failure import Told
from crawler.record.sealing import TABLES, columns_of, digest_of_row, lines
from crawler.record.stamps import Judge, Stamp, every_stamp

Add = Callable[[str, str], None]
# what is wrong, and where


_LEAVES = """
SELECT kind, row, digest, body FROM sealed WHERE {line} = ? ORDER BY kind, row"""
_LOST = """
SELECT kind, row, seal FROM sealed WHERE kind = ? AND gone IS NULL
  AND row NOT IN (SELECT {number} FROM {table}) ORDER BY row"""
_ADDED = """
SELECT p.{number}, p.{run} FROM {table} AS p
WHERE p.{run} IN (SELECT run FROM seals WHERE run NOT NULL) AND NOT EXISTS (
  SELECT 1 FROM sealed WHERE kind = ? AND row = p.{number} AND gone IS NULL)
ORDER BY p.{number}"""
_UNSEALED = """
SELECT number FROM runs WHERE state <> 'running'
  AND number > (SELECT min(run) FROM seals)
  AND number NOT IN (SELECT run FROM seals WHERE run NOT NULL) ORDER BY number"""
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE gone NOT NULL) FROM sealed"""
_BEFORE = """
SELECT count(*) FROM runs WHERE state <> 'running'
  AND number < coalesce((SELECT min(run) FROM seals), 9223372036854775807)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealState:
    """The seal of a record."""

    digest: str | None
    # of the latest line, the seal that reports show; None: nothing was sealed yet
    lines: int
    # of the chain
    since: str | None
    # UTC, of the first line
    at: str | None
    # UTC, of the latest line
    sealed: int
    # answers, checks and runs in it
    pruned: int
    # answers of them that were taken out later, and are known by their digests
    runs_before: int
    # runs of earlier releases, which it does not cover
    stamped: int = 0
    # lines of it that an authority stamped
    stamped_at: str | None = None
    # UTC, when it had the latest of these, by its own clock
    unchecked: int = 0
    # stamps whose signature was not looked at: no certificate was given


def is_sealing(conn: sqlite3.Connection) -> bool:
    """Whether a record has seals; none of an earlier release has."""
    asked = "SELECT count(*) FROM sqlite_master WHERE name IN ('seals', 'sealed')"
    return bool(conn.execute(asked).fetchone() == (2,))


def check_seal(conn: sqlite3.Connection, add: Add, judge: Judge | None = None) -> SealState:
    """Looks the chain over, its stamps, and each row that it seals but for the bytes in packs.

    Without a `judge` stamps are only counted.
    """
    chain = list(lines(conn))
    _chain(conn, chain, add)
    stamps = every_stamp(conn)
    checked = judge is not None and _stamps(stamps, chain, judge, add)
    for kind in TABLES:
        _rows(conn, kind, add)
    for (run,) in conn.execute(_UNSEALED):
        add("has no line in the seal", f"run {run}")
    sealed, pruned = conn.execute(_COUNTS).fetchone()
    (before,) = conn.execute(_BEFORE).fetchone()
    return SealState(
        digest=chain[-1].digest if chain else None,
        lines=len(chain),
        since=chain[0].at if chain else None,
        at=chain[-1].at if chain else None,
        sealed=sealed,
        pruned=pruned,
        runs_before=before,
        stamped=len(stamps),
        stamped_at=stamps[-1].at if stamps else None,
        unchecked=0 if checked else len(stamps),
    )


def _stamps(stamps: list[Stamp], chain: list[Line], judge: Judge, add: Add) -> bool:
    """Each stamp against the line that it names; whether signatures were looked at, too."""
    digests = {one.number: one.digest for one in chain}
    for one in stamps:
        if wrong := _wrong_stamp(judge, one.answer, digests.get(one.seal, ""), one.at):
            add(wrong, f"stamp of line {one.seal} of the seal")
    return judge.signatures


def _wrong_stamp(judge: Judge, answer: bytes, seal: str, at: str) -> str | None:
    """What is the matter with a stamp, None for nothing."""
    try:
        return None if judge.moment(answer, seal) == at else "is not what was kept"
    except Told as why:
        return str(why)


def seal_of_archive(
    looked: Looked, add: Callable[[str, str], None], judge: Judge | None
) -> SealState | None:
    """The seal that an archive of an event carries; its stamps are held to their lines."""
    chain, stamps = looked.chain, looked.stamps
    for one in stamps if judge else ():
        if judge and (wrong := _wrong_stamp(judge, one.answer, one.seal, one.at)):
            add(one.member, wrong)
    if not chain:
        return None
    return SealState(
        digest=chain[-1].digest,
        lines=len(chain),
        since=chain[0].at,
        at=chain[-1].at,
        sealed=looked.sealed,
        pruned=0,
        runs_before=0,
        stamped=len(stamps),
        stamped_at=stamps[-1].at if stamps else None,
        unchecked=0 if judge and judge.signatures else len(stamps),
    )


def _chain(conn: sqlite3.Connection, chain: list[Line], add: Add) -> None:
    previous: Line | None = None
    for one in chain:
        if not follows(one, previous):
            add("is not what was sealed", f"line {one.number} of the seal, of {one.at}")
        elif one.content != content_of(_leaves(conn, one)):
            add("is not what was sealed", f"what line {one.number} of the seal covers")
        previous = one


def _leaves(conn: sqlite3.Connection, one: Line) -> Iterator[Leaf]:
    asked = _LEAVES.format(line="gone" if one.what == PRUNED else "seal")
    for kind, row, digest, body in conn.execute(asked, (one.number,)):
        yield Leaf(kind=kind, row=row, digest=digest, body=body)


def _rows(conn: sqlite3.Connection, kind: str, add: Add) -> None:
    """Rows of one kind that say something else, went, or came after their run was sealed."""
    table, number = TABLES[kind]
    asked = (
        f"SELECT s.row, s.seal, s.digest, s.body, {columns_of(kind, table)} FROM sealed AS s "  # noqa: S608 - constant names
        f"JOIN {table} ON {table}.{number} = s.row WHERE s.kind = ? AND s.gone IS NULL"
    )
    for row, seal, digest, body, *values in conn.execute(asked, (kind,)):
        if digest_of_row(kind, values, body) != digest:
            add("is not what was sealed", f"{kind} {row}, line {seal} of the seal")
    for _, row, seal in conn.execute(_LOST.format(table=table, number=number), (kind,)):
        add("lacks what was sealed", f"{kind} {row}, line {seal} of the seal")
    run = "number" if kind == "run" else "run"
    for row, of in conn.execute(_ADDED.format(table=table, number=number, run=run), (kind,)):
        add("holds what was not sealed with its run", f"{kind} {row} of run {of}")
