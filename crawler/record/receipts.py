"""Receipts: what was sent where. One is begun before anything is sent and finished after.

A receipt that was never finished means that no answer came: the post may stand on the site, and
its marker tells. Passwords never come here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.models import Receipt
from crawler.record import Record, rows

_COLUMNS = (
    "event, site, marker, post, digest, words, returned, modified, status, link, pieces, by, at"
)
_BEGIN = (
    "INSERT INTO receipts (event, site, marker, digest, words, pieces, by, at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_FINISH = (
    "UPDATE receipts SET post = ?, returned = ?, modified = ?, status = ?, link = ? WHERE id = ?"
)
_HISTORY = f"SELECT {_COLUMNS} FROM receipts WHERE event = ? AND site = ? ORDER BY id"  # noqa: S608
_LATEST = f"SELECT {_COLUMNS} FROM receipts ORDER BY id DESC LIMIT ?"  # noqa: S608
_OUTSTANDING = "SELECT id, post FROM receipts WHERE event = ? AND site = ? ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """The receipts of one event at one site."""

    record: Record
    # open for writing, read-only where nothing will be sent
    event: str
    # slug
    site: str
    # its name in jehona.toml

    def begin(
        self, *, marker: str, digest: str, words: str, pieces: Sequence[str], by: str, at: datetime
    ) -> None:
        """Keep what is about to be sent, before it is. Raises RecordRefused."""
        kept = rows.to_json(list(pieces))
        when = rows.utc_text(at)
        row = (self.event, self.site, marker, digest, words, kept, rows.clean(by), when)
        with self.record.transaction():
            self.record.conn.execute(_BEGIN, row)

    def finish(
        self, *, post: int, returned: str, modified: str, status: str, link: str | None
    ) -> None:
        """Keep what the site answered to the latest, which waits for it.

        Raises ValueError where nothing waits: a fault of ours; RecordRefused.
        """
        with self.record.transaction():
            asked = self.record.conn.execute(_OUTSTANDING, (self.event, self.site)).fetchone()
            if asked is None or asked[1] is not None:
                raise ValueError(f"no receipt of {self.event} at {self.site} waits for an answer")
            row = (post, returned, rows.clean(modified), status, link, asked[0])
            self.record.conn.execute(_FINISH, row)

    def history(self) -> tuple[Receipt, ...]:
        """Every receipt, oldest first."""
        found = self.record.conn.execute(_HISTORY, (self.event, self.site))
        return tuple(_receipt(row) for row in found)

    def latest(self) -> Receipt | None:
        """The latest; its `post` is None while the answer is outstanding."""
        return next(reversed(self.history()), None)

    def answered(self) -> Receipt | None:
        """The latest that the site answered."""
        return next((one for one in reversed(self.history()) if one.post is not None), None)


def latest(record: Record, most: int) -> list[Receipt]:
    """The latest receipts of every event and site, the newest first."""
    return [_receipt(row) for row in record.conn.execute(_LATEST, (most,))]


def _receipt(row: rows.SqlRow) -> Receipt:
    return Receipt(
        event=row[0],
        site=row[1],
        marker=row[2],
        post=row[3],
        digest=row[4],
        words=row[5],
        returned=row[6],
        modified=row[7],
        status=row[8],
        link=row[9],
        pieces=tuple(json.loads(row[10])),
        by=row[11],
        at=rows.instant_of(row[12]),
    )
