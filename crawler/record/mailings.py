"""Mailings: which issue of a newsletter went to whom, so that nobody gets it twice by accident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.record import Record, rows

_KEEP = "INSERT INTO mailings (number, recipient, digest, at) VALUES (?, ?, ?, ?)"
_WENT = "SELECT recipient, digest, at FROM mailings WHERE number = ? ORDER BY id"


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


def name_of(recipient: str) -> str:
    """By what an address is compared: no server in use tells its letters' case apart."""
    return recipient.strip().casefold()
