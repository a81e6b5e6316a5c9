"""Mailings: which issue of a newsletter went to whom, so that nobody gets it twice by accident."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from crawler.record import Record, rows

_KEEP = "INSERT INTO mailings (number, recipient, digest, at) VALUES (?, ?, ?, ?)"
_WENT = "SELECT recipient, digest, at FROM mailings WHERE number = ? ORDER BY id"
_LATEST = """
SELECT number, max(at), json_group_array(DISTINCT recipient) FROM mailings
GROUP BY number, digest ORDER BY max(id) DESC LIMIT ?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """One issue that a mail server took for one recipient."""

    number: int
    # of the issue
    recipient: str
    # as it was typed: "ana@reader.example"
    digest: str
    # of subject, HTML and text as they were sent
    at: datetime
    # aware


def keep(record: Record, mailing: Mailing) -> None:
    """Keeps that a mail was taken. Raises RecordRefused."""
    when = rows.utc_text(mailing.at)
    row = (mailing.number, rows.clean(mailing.recipient), mailing.digest, when)
    with record.transaction():
        record.conn.execute(_KEEP, row)


def went(record: Record, number: int) -> dict[str, Mailing]:
    """The latest mailing of an issue to each recipient, by `name_of` their address."""
    return {
        name_of(recipient): Mailing(
            number=number, recipient=recipient, digest=digest, at=rows.instant_of(at)
        )
        for recipient, digest, at in record.conn.execute(_WENT, (number,))
    }


def latest(record: Record, most: int) -> list[tuple[int, datetime, tuple[str, ...]]]:
    """The issues that went out, the newest first: number, when the last mail of it did, to whom.

    One that was changed and sent again is there twice.
    """
    found = record.conn.execute(_LATEST, (most,))
    return [(n, rows.instant_of(at), tuple(json.loads(whom))) for n, at, whom in found]


def name_of(recipient: str) -> str:
    """By what an address is compared: no server in use tells its letters' case apart."""
    return recipient.strip().casefold()
