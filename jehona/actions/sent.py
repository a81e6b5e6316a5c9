"""What went out: what a watch told, issues of newsletters, posts on sites; to whom, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from crawler.models import Receipt
from crawler.record import NoRecord, Record, mailings, receipts, watches
from crawler.record.watches import Delivery, Notice
from jehona.actions.office import Office

MOST: Final = 200
# sendings that are told, the newest


class Kind(StrEnum):
    """What was sent."""

    NOTICE = "notice"
    DIGEST = "digest"
    ISSUE = "issue"
    POST = "post"


class State(StrEnum):
    """How it went with one of those to whom it goes."""

    TAKEN = "taken"
    WAITS = "waits"
    FAILED = "failed"
    # a site's answer never came: the post may stand there
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody to whom it goes: an address, a channel, a site."""

    name: str
    state: State
    # aware, when it was taken
    at: datetime | None = None
    # it failed last
    why: str | None = None
    # that failed
    tries: int = 0
    # aware, when it is tried again
    again: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One message, issue or post."""

    kind: Kind
    # aware, when it was written or went out
    at: datetime
    # its subject, the issue's number, the event's slug
    title: str
    recipients: tuple[Recipient, ...]
    # as it was told
    text: str | None = None
    # where it can be seen
    link: str | None = None
    # of a post: draft, pending, publish
    status: str | None = None

    @property
    def failed(self) -> tuple[Recipient, ...]:
        """Those whom it did not reach yet, though it was tried."""
        return tuple(one for one in self.recipients if one.state is State.FAILED)


def sent(office: Office, most: int = MOST) -> tuple[Sending, ...]:
    """What went out, the newest first; nothing where there is no record yet.

    Read only. Raises RecordRefused.
    """
    try:
        with office.to_read() as record:
            every = [*_notices(record, most), *_issues(record, most), *_posts(record, most)]
    except NoRecord:
        return ()
    return tuple(sorted(every, key=lambda one: one.at, reverse=True)[:most])


def failing(record: Record) -> tuple[Delivery, ...]:
    """What was tried and did not go out yet, the oldest first."""
    return tuple(delivery for delivery in watches.waiting(record) if delivery.tries)


def _notices(record: Record, most: int) -> Iterator[Sending]:
    told = watches.notices(record, most)
    went: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in watches.deliveries(record, [notice.number for notice in told]):
        went[delivery.notice.number].append(delivery)
    for notice in told:
        yield _notice(notice, went[notice.number])


def _notice(notice: Notice, went: Sequence[Delivery]) -> Sending:
    return Sending(
        kind=Kind.DIGEST if notice.digest else Kind.NOTICE,
        at=notice.at,
        title=notice.subject,
        recipients=tuple(_recipient(delivery) for delivery in went),
        text=notice.text,
    )


def _recipient(delivery: Delivery) -> Recipient:
    if delivery.sent:
        return Recipient(name=delivery.recipient, state=State.TAKEN, at=delivery.sent)
    return Recipient(
        name=delivery.recipient,
        state=State.FAILED if delivery.tries else State.WAITS,
        why=delivery.why,
        tries=delivery.tries,
        again=delivery.due,
    )


def _issues(record: Record, most: int) -> Iterator[Sending]:
    for number, at, whom in mailings.latest(record, most):
        taken = (Recipient(name=name, state=State.TAKEN, at=at) for name in whom)
        yield Sending(kind=Kind.ISSUE, at=at, title=str(number), recipients=tuple(taken))


def _posts(record: Record, most: int) -> Iterator[Sending]:
    for receipt in receipts.latest(record, most):
        yield Sending(
            kind=Kind.POST,
            at=receipt.at,
            title=receipt.event,
            recipients=(_site(receipt),),
            link=receipt.link,
            status=receipt.status,
        )


def _site(receipt: Receipt) -> Recipient:
    if receipt.post is None:
        return Recipient(name=receipt.site, state=State.UNANSWERED)
    return Recipient(name=receipt.site, state=State.TAKEN, at=receipt.at)
