"""What a watch remembers: looks that are due, notices, what each told first, and where it went."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crawler.record import Record, rows, second_looks

_LOOK = "INSERT INTO looks (outlet, due) VALUES (?, ?) ON CONFLICT DO UPDATE SET due = excluded.due"
_NOTICE = """
INSERT INTO notices (message_id, day, digest, subject, text, html, at)
VALUES (?, ?, ?, ?, ?, ?, ?)"""
_TOLD = """
INSERT INTO told (event, article, notice)
SELECT ?, id, ? FROM articles WHERE key = ? ON CONFLICT DO NOTHING"""
_UNUSUAL = "INSERT INTO unusual_days (event, day, notice) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_STATES = """
SELECT outlet, outcome FROM checks AS c
WHERE at <= ? AND way NOT IN ('by-hand', 'proof') AND id = (
  SELECT max(id) FROM checks AS d
  WHERE d.outlet = c.outlet AND d.at <= ? AND d.way NOT IN ('by-hand', 'proof'))"""
_DELIVERY = """
INSERT INTO deliveries (notice, channel, recipient, sent, tries, due, why)
VALUES (?, ?, ?, NULL, 0, ?, NULL)"""
_COLUMNS = "n.id, n.message_id, n.day, n.digest, n.subject, n.text, n.html, n.at"
_DELIVERIES = f"""
SELECT {_COLUMNS}, d.channel, d.recipient, d.tries, d.due, d.why, d.sent
FROM deliveries AS d JOIN notices AS n ON n.id = d.notice
WHERE {{which}} ORDER BY n.id, d.channel, d.recipient"""  # noqa: S608 - constant names
_WAITING = _DELIVERIES.format(which="d.sent IS NULL")
_OF_NOTICES = _DELIVERIES.format(which="n.id IN (SELECT value FROM json_each(?))")
_SENT = "UPDATE deliveries SET sent = ? WHERE notice = ? AND channel = ? AND recipient = ?"
_FAILED = """
UPDATE deliveries SET tries = tries + 1, due = ?, why = ?
WHERE notice = ? AND channel = ? AND recipient = ?"""
_KEYS = "SELECT a.key FROM told AS t JOIN articles AS a ON a.id = t.article WHERE t.event = ?"
_SEEN = "SELECT key, first_seen FROM articles WHERE key IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message, as it is sent however often."""

    # "<...@office.example>"
    message_id: str
    # local day
    day: date
    # whether it is the digest of its day
    digest: bool
    subject: str
    text: str
    html: str
    # aware
    at: datetime
    # of the record; 0: not kept yet
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A notice on its way to one recipient."""

    notice: Notice
    # "mail", "other"
    channel: str
    # the address; of another channel where its address lies: "keyring:NAME"
    recipient: str
    # that failed
    tries: int
    # aware, when it is tried next
    due: datetime
    # it failed last
    why: str | None
    # aware, when it was taken; None: it waits
    sent: datetime | None = None


def due(record: Record) -> dict[str, datetime]:
    """Outlet -> when it is asked again; one that was never watched is not there."""
    found = record.conn.execute("SELECT outlet, due FROM looks")
    return {outlet: rows.instant_of(at) for outlet, at in found}


def set_due(record: Record, looks: Mapping[str, datetime]) -> None:
    """Keeps when outlets are asked again. Raises RecordRefused."""
    with record.transaction():
        record.conn.executemany(_LOOK, [(slug, rows.utc_text(at)) for slug, at in looks.items()])


def keep(
    record: Record,
    notice: Notice,
    *,
    told: Mapping[str, Collection[str]],
    unusual: Collection[str],
    recipients: Sequence[tuple[str, str]],
    edits: Mapping[str, Collection[int]] | None = None,
) -> None:
    """Keeps a notice with what it tells (event -> keys; events with an unusual day; event ->
    revisions) and to whom it goes, all or nothing.

    From now on it will go out, whatever is killed. `recipients` are channel and recipient.
    Raises RecordRefused.
    """
    at = rows.utc_text(notice.at)
    with record.transaction():
        said = (notice.subject, notice.text, notice.html)
        row = (notice.message_id, notice.day.isoformat(), int(notice.digest), *said, at)
        number = record.conn.execute(_NOTICE, row).lastrowid
        pairs = [(event, number, key) for event, keys in told.items() for key in sorted(keys)]
        record.conn.executemany(_TOLD, pairs)
        days = [(event, notice.day.isoformat(), number) for event in sorted(unusual)]
        record.conn.executemany(_UNUSUAL, days)
        second_looks.tell(record, int(number or 0), edits or {})
        record.conn.executemany(_DELIVERY, [(number, *whom, at) for whom in recipients])


def waiting(record: Record) -> list[Delivery]:
    """What has not gone out, the oldest notice first."""
    return [_delivery(row) for row in record.conn.execute(_WAITING)]


def deliveries(record: Record, numbers: Collection[int]) -> list[Delivery]:
    """Where these notices went or go, the oldest notice first."""
    found = record.conn.execute(_OF_NOTICES, (rows.to_json(sorted(numbers)),))
    return [_delivery(row) for row in found]


def sent(record: Record, delivery: Delivery, at: datetime) -> None:
    """Keeps that a notice was taken. Raises RecordRefused."""
    with record.transaction():
        record.conn.execute(_SENT, (rows.utc_text(at), *_whom(delivery)))


def failed(record: Record, delivery: Delivery, why: str, again: datetime) -> None:
    """Keeps that it was not, and when it is tried again. Raises RecordRefused."""
    with record.transaction():
        record.conn.execute(_FAILED, (rows.utc_text(again), rows.clean(why), *_whom(delivery)))


def told(record: Record, event: str) -> frozenset[str]:
    """Keys of the pieces of an event that a notice told."""
    return frozenset(key for (key,) in record.conn.execute(_KEYS, (event,)))


def first_seen(record: Record, keys: Collection[str]) -> dict[str, datetime]:
    """When the record had each of these pieces first."""
    found = record.conn.execute(_SEEN, (rows.to_json(sorted(keys)),))
    return {key: rows.instant_of(at) for key, at in found}


def unusual_told(record: Record, event: str, day: date) -> bool:
    """Whether a notice told already that this day of the event is unusual."""
    sql = "SELECT 1 FROM unusual_days WHERE event = ? AND day = ?"
    return record.conn.execute(sql, (event, day.isoformat())).fetchone() is not None


def states(record: Record, at: datetime) -> dict[str, str]:
    """Outlet -> the outcome of its latest check up to a moment; those by hand do not count."""
    moment = rows.utc_text(at)
    return dict(record.conn.execute(_STATES, (moment, moment)))


def last_digest(record: Record) -> tuple[date, datetime] | None:
    """The local day and the moment of the latest digest."""
    found = record.conn.execute(
        "SELECT day, at FROM notices WHERE digest = 1 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (date.fromisoformat(found[0]), rows.instant_of(found[1])) if found else None


def notices(record: Record, most: int) -> list[Notice]:
    """The latest notices, the newest first."""
    sql = f"SELECT {_COLUMNS} FROM notices AS n ORDER BY n.id DESC LIMIT ?"  # noqa: S608
    return [_notice(row) for row in record.conn.execute(sql, (most,))]


def _whom(delivery: Delivery) -> tuple[int, str, str]:
    return delivery.notice.number, delivery.channel, delivery.recipient


def _notice(row: rows.SqlRow) -> Notice:
    return Notice(
        number=row[0],
        message_id=row[1],
        day=date.fromisoformat(row[2]),
        digest=bool(row[3]),
        subject=row[4],
        text=row[5],
        html=row[6],
        at=rows.instant_of(row[7]),
    )


def _delivery(row: rows.SqlRow) -> Delivery:
    return Delivery(
        notice=_notice(row),
        channel=row[8],
        recipient=row[9],
        tries=row[10],
        due=rows.instant_of(row[11]),
        why=row[12],
        sent=rows.instant_of(row[13]) if row[13] else None,
    )
