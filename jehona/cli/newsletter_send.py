"""`jehona newsletter --send`: the mail of an issue, once to each recipient."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer

from crawler.models import Smtp, Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import print_json, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.record import Record
    from crawler.record.mailings import Mailing
    from reports.credentials import Password
    from reports.mailing import Letter, Sending

VARIABLE = "JEHONA_SMTP_PASSWORD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is to be sent."""

    number: int
    # 109
    letter: Letter
    # the same for everybody

    @property
    def digest(self) -> str:
        """Of what readers see."""
        told = "\0".join((self.letter.subject, self.letter.html, self.letter.text))
        return blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()


def send(
    desk: Workspace, issue: Issue, to: Sequence[str], now: datetime, *, again: bool, as_json: bool
) -> None:
    """One mail to each who has not had this issue; with `again` to everybody.

    Exits with 3 where the server refuses some, with 1 where nothing goes out. Raises Wrong for a
    password that is missing, RecordRefused where it cannot be kept what went to whom.
    """
    from crawler.record import mailings, open_record  # noqa: PLC0415

    smtp = desk.smtp
    assert smtp is not None
    _want_addresses(to)
    password = _password(smtp)
    with open_record(desk.record, desk.snapshots) as record:
        had = {} if again else mailings.went(record, issue.number)
        people: dict[str, str] = {}
        for one in to:
            people.setdefault(mailings.name_of(one), one)
        before = [had[name] for name in people if name in had]
        left = [one for name, one in people.items() if name not in had]
        _say_before(desk, issue, before)
        went = _sent(record, issue, left, smtp, password, now) if left else None
    _say(issue, went, before, as_json=as_json)
    if went and went.refused:
        raise typer.Exit(3 if went.sent else 1)


def _want_addresses(to: Sequence[str]) -> None:
    """Raises Wrong for what is no mail address, before anything is sent."""
    from reports.mailing import WrongAddress, address_of  # noqa: PLC0415

    for one in to:
        try:
            address_of(one)
        except WrongAddress as wrong:
            raise Wrong(f"--to {wrong}") from None


def _password(smtp: Smtp) -> Password | None:
    from reports.credentials import find_password  # noqa: PLC0415

    password = find_password(VARIABLE, f"jehona smtp {smtp.host}", smtp.user or "", os.environ)
    if smtp.user and password is None:
        raise Wrong(f"{smtp.host} needs a password for {smtp.user}: set {VARIABLE}, or the keyring")
    return password


def _sent(
    record: Record,
    issue: Issue,
    to: Sequence[str],
    smtp: Smtp,
    password: Password | None,
    now: datetime,
) -> Sending:
    """Each mail is kept as soon as it is taken: what breaks after it does not send it again."""
    from crawler.record import mailings  # noqa: PLC0415
    from reports import mailing  # noqa: PLC0415

    def keep(recipient: str) -> None:
        told = {"number": issue.number, "recipient": recipient, "digest": issue.digest}
        mailings.keep(record, mailings.Mailing(**told, at=now))  # type: ignore[arg-type]

    return mailing.send(issue.letter, to, smtp, password, now, taken=keep)


def _say_before(desk: Workspace, issue: Issue, before: Sequence[Mailing]) -> None:
    """In one line, who has it already."""
    if not before:
        return
    latest = max(one.at for one in before).astimezone(ZoneInfo(desk.zone))
    changed = any(one.digest != issue.digest for one in before)
    words(to_stderr=True).print(
        f"newsletter {issue.number}: {_named([one.recipient for one in before])} had it on "
        f"{latest:%Y-%m-%d}{', and it has changed since' if changed else ''}: "
        "not sent again; --again sends it",
        markup=False,
    )


def _named(people: Sequence[str]) -> str:
    shown = ", ".join(people[:3])
    return f"{shown} and {len(people) - 3} more" if len(people) > 3 else shown  # noqa: PLR2004


def _say(issue: Issue, went: Sending | None, before: Sequence[Mailing], *, as_json: bool) -> None:
    if as_json:
        print_json(_document(issue, went, before))
        return
    for recipient, why in went.refused if went else ():
        words(to_stderr=True).print(f"{recipient}: not sent: {why}", markup=False)
    sent = len(went.sent) if went else 0
    words().print(f"newsletter {issue.number}: sent to {sent}", markup=False)


def _document(issue: Issue, went: Sending | None, before: Sequence[Mailing]) -> Mapping[str, Any]:
    return {
        "number": issue.number,
        "sent": list(went.sent) if went else [],
        "refused": [{"to": to, "why": why} for to, why in (went.refused if went else ())],
        "before": [{"to": one.recipient, "at": one.at} for one in before],
    }
