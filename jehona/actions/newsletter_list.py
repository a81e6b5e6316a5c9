"""The office's own list of recipients: to how many an issue would go, and the sending of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from crawler.record import mailings
from jehona.actions import newsletter
from jehona.actions.editing import ChangedMeanwhile
from jehona.actions.newsletter import Issue, Mailing, Sent
from jehona.actions.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """To whom an issue would go."""

    # of newsletters/recipients.txt, each once
    people: tuple[str, ...]
    # who left the list, and never gets mail
    unsubscribed: tuple[str, ...]
    # who has had it, and is left out
    before: tuple[Mailing, ...]
    # who would get it
    left: tuple[str, ...]
    # of the people and what they would read: it is another when either is
    token: str


def plan(office: Office, issue: Issue) -> Plan:
    """To whom the issue would go; nothing is sent.

    Raises Unknown where there is no list, Wrong for one that others may read or that is wrong.
    """
    people: dict[str, str] = {}
    for one in newsletter.recipients(office):
        people.setdefault(newsletter.name_of(one), one)
    gone = newsletter.unsubscribed(office)
    with office.to_read() as record:
        had = mailings.went(record, issue.newsletter.number)
    new = {name: one for name, one in people.items() if mailings.name_of(one) not in had}
    left = tuple(one for name, one in new.items() if name not in gone)
    return Plan(
        people=tuple(people.values()),
        unsubscribed=tuple(one for name, one in people.items() if name in gone),
        before=tuple(had[mailings.name_of(one)] for name, one in people.items() if name not in new),
        left=left,
        token=_token(left, newsletter.digest_of(office, issue)),
    )


def send(office: Office, issue: Issue, token: str) -> Sent:
    """Send the issue to those of the plan that was looked at.

    Raises ChangedMeanwhile where the list or the issue is another since, else as
    `newsletter.send`.
    """
    now = plan(office, issue)
    if now.token != token:
        raise ChangedMeanwhile("the list or the issue has changed since you looked: look again")
    return newsletter.send(office, issue, now.left)


def _token(people: Sequence[str], digest: str) -> str:
    return blake2b("\0".join((digest, *people)).encode(), digest_size=16).hexdigest()
