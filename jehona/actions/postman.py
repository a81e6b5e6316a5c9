"""Brings notices away: by mail, by channels that apprise knows, and a sign of life by ping."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Final

from crawler.models import Smtp
from crawler.record.watches import Delivery
from jehona.actions.office import Office
from reports import mailing
from reports.credentials import find_password, smtp_password
from reports.mailing import Letter, NotSent
from reports.ping import ping

CHANNELS_VARIABLE: Final = "JEHONA_WATCH_URLS"


class Postman:
    """The postman of a real watch."""

    def deliver(self, office: Office, delivery: Delivery) -> None:
        """Raises NotSent, in one line, where it was not taken."""
        if delivery.channel == "mail":
            _mail(office, delivery)
        else:
            _other(delivery)

    def ping(self, office: Office, address: str, *, well: bool) -> None:
        """Tell the office's own monitor that a round is over. Never raises."""
        url = _secret(address) if address.startswith("keyring:") else address
        if url:
            ping(url, well=well)


def _mail(office: Office, delivery: Delivery) -> None:
    smtp = office.workspace.smtp
    if smtp is None:
        raise NotSent("jehona.toml has no [smtp] any more")
    notice = delivery.notice
    letter = Letter(
        sender=_sender(smtp),
        name=office.workspace.brand.name,
        subject=notice.subject,
        html=notice.html,
        text=notice.text,
        logo=None,
        message_id=notice.message_id,
    )
    password = smtp_password(smtp.host, smtp.user)
    done = mailing.send(letter, [delivery.recipient], smtp, password, notice.at)
    for recipient, why in done.refused:
        raise NotSent("{recipient}: {why}", recipient=recipient, why=why)


def _sender(smtp: Smtp) -> str:
    sender = smtp.sender or smtp.user
    if not sender:
        raise NotSent('jehona.toml: [smtp] has no from = "press@office.example"')
    return sender


def _other(delivery: Delivery) -> None:
    """By apprise, an extra. Title and text hold headlines and links, no text of others."""
    try:
        apprise = import_module("apprise")
    except ImportError:
        raise NotSent("other channels want an extra: pip install 'jehona[alerts]'") from None
    told = delivery.recipient
    urls = os.environ.get(told, "") if told == CHANNELS_VARIABLE else _secret(told)
    if not urls:
        raise NotSent(
            "{told}: nothing lies there: keyring set jehona {name}",
            told=told,
            name=told.partition(":")[2],
        )
    channel = apprise.Apprise()
    if not all(channel.add(url) for url in urls.split()):
        raise NotSent("{told}: no address of a channel that apprise knows", told=told)
    if not channel.notify(title=delivery.notice.subject, body=delivery.notice.text):
        raise NotSent("{told}: the channel did not take it", told=told)


def _secret(name: str) -> str | None:
    """What the keyring has under "keyring:NAME"."""
    found = find_password("", "jehona", name.partition(":")[2])
    return found.tell() if found else None
