"""Stamps of lines of the seal, as an authority gave them. They stand beside the chain: a stamp
comes after its line, and the next line is not made to wait for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Protocol

from crawler.record import Record

_LATEST: Final = "SELECT seal, at, authority, answer FROM stamps ORDER BY seal DESC LIMIT 1"
_EVERY: Final = "SELECT seal, at, authority, answer FROM stamps ORDER BY seal"
_ADD: Final = "INSERT OR IGNORE INTO stamps (seal, at, authority, answer) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an authority said of one line."""

    seal: int
    # number of the line
    at: str
    # UTC, by the authority's clock
    authority: str
    # its address
    answer: bytes
    # DER of a TimeStampResp


class Judge(Protocol):
    """Who knows stamps; an extra, so it is brought along."""

    @property
    def signatures(self) -> bool:
        """Whether it has certificates to look at signatures with."""
        ...

    def moment(self, answer: bytes, seal: str) -> str:
        """UTC of an authority's answer for a seal. Raises Told, what is the matter with it."""
        ...


def keep_stamp(record: Record, stamp: Stamp) -> None:
    """Keeps a stamp; the first of a line stays."""
    with record.transaction():
        record.conn.execute(_ADD, (stamp.seal, stamp.at, stamp.authority, stamp.answer))


def latest_stamp(record: Record) -> Stamp | None:
    """The stamp of the latest line that has one."""
    row = record.conn.execute(_LATEST).fetchone()
    return _stamp(row) if row else None


def every_stamp(conn: sqlite3.Connection) -> list[Stamp]:
    """All of them, by line; none in a record of an earlier release."""
    asked = "SELECT count(*) FROM sqlite_master WHERE name = 'stamps'"
    if not conn.execute(asked).fetchone()[0]:
        return []
    return [_stamp(row) for row in conn.execute(_EVERY)]


def stamps_over(conn: sqlite3.Connection, numbers: Collection[int]) -> list[Stamp]:
    """The first stamp of each of these lines or of a later one, which covers it, and the latest."""
    every = every_stamp(conn)
    first = {next((one.seal for one in every if one.seal >= number), None) for number in numbers}
    last = {every[-1].seal} if every else set()
    return [one for one in every if one.seal in first | last]


def _stamp(row: tuple[int, str, str, bytes]) -> Stamp:
    seal, at, authority, answer = row
    return Stamp(seal=seal, at=at, authority=authority, answer=answer)
