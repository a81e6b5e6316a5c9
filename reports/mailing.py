"""An issue as a mail, one to each recipient; `reports.mail_relay` talks with the server.

The mail is HTML with a plain-text part (RFC 2046, multipart/alternative); headers are encoded by
the standard library (RFC 2047), so that "Buletini për ë dhe ç" arrives as written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, make_msgid
from hashlib import blake2b
from typing import Final

from crawler.config.values import mail_address
from crawler.failure import Failure
from crawler.models import Smtp
from reports.brand import Logo
from reports.credentials import Password
from reports.mail_relay import NotSent, Relay
from reports.media import Medium

__all__ = [
    "LOGO",
    "Letter",
    "NotSent",
    "Sending",
    "WrongAddress",
    "address_of",
    "content_id",
    "message",
    "send",
]

LOGO: Final = "logo@jehona"
# the picture's Content-ID, `cid:` in the HTML
SHOWN: Final = 80
# characters of what was typed that an error shows


class _Leaving(UnstructuredHeader):
    """List-Unsubscribe on one line, as it is, which its key's bound keeps below 998 octets.

    Folded as free text a long address would be encoded (RFC 2047), which no mail program reads
    there (RFC 2369, section 2).
    """

    def fold(self, *, policy: Policy) -> str:
        """The line of the mail."""
        return f"List-Unsubscribe: {self}{policy.linesep}"


_HEADERS: Final = HeaderRegistry()
# the registry mixes a header's class with its own base: typeshed wants the base itself
_HEADERS.map_to_type("list-unsubscribe", _Leaving)  # type: ignore[arg-type]
POLICY: Final = SMTP.clone(header_factory=_HEADERS)


class WrongAddress(Failure):
    """What was typed is no mail address: one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is the same for every recipient."""

    sender: str
    # "press@office.example"
    name: str | None
    # of the sender, as readers see it: "Press Office"
    subject: str
    # "Buletini, nr. 109"
    html: str
    # the whole document
    text: str
    # the same in plain words
    logo: Logo | None
    # comes along as a part of the mail
    message_id: str | None = None
    # "<...@office.example>", the same each time it is sent; None: a new one for each mail
    unsubscribe: str | None = None
    # where readers leave the list: "https://...", "mailto:..."; None: by a mail to the sender
    pictures: tuple[Medium, ...] = ()
    # come along; the HTML names each by `content_id`


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How it went."""

    sent: tuple[str, ...]
    # recipients that the server took it for
    refused: tuple[tuple[str, str], ...]
    # recipient, and why in words: "550 no such user"


def message(letter: Letter, recipient: str, when: datetime) -> EmailMessage:
    """The mail for one recipient. Raises WrongAddress for an address that is none."""
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = letter.subject
    mail["From"] = _named(letter.sender, letter.name or "")
    mail["To"] = address_of(recipient)
    mail["Date"] = format_datetime(when)
    mail["Message-ID"] = letter.message_id or make_msgid(domain=letter.sender.rpartition("@")[2])
    leave = letter.unsubscribe or f"mailto:{letter.sender}?subject=unsubscribe"
    mail["List-Unsubscribe"] = f"<{leave}>"
    if leave.startswith("https://"):
        # RFC 8058: one press in the mail program, by POST
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    parts = [(one.media_type, one.body, content_id(one)) for one in letter.pictures]
    if letter.logo is not None:
        parts.insert(0, (letter.logo.media_type, letter.logo.body, LOGO))
    html = list(mail.iter_parts())[-1]
    assert isinstance(html, EmailMessage)
    for media_type, body, cid in parts:
        html.add_related(body, "image", media_type.partition("/")[2], cid=f"<{cid}>")
    return mail


def content_id(picture: Medium) -> str:
    """By which the HTML names a picture that comes along: `cid:` and this."""
    return f"{blake2b(picture.body, digest_size=8).hexdigest()}@jehona"


def _named(told: str, name: str) -> Address:
    bare = address_of(told)
    return Address(display_name=name, username=bare.username, domain=bare.domain)


def address_of(told: str) -> Address:
    """A mail address as people type it. Raises WrongAddress, one line."""
    try:
        local, _, domain = mail_address(told).rpartition("@")
    except ValueError as error:
        raise WrongAddress(
            "{told!r} is no mail address: write it like press@office.example", told=told[:SHOWN]
        ) from error
    return Address(username=local, domain=domain)


def send(
    letter: Letter,
    recipients: Sequence[str],
    smtp: Smtp,
    password: Password | None,
    when: datetime,
    *,
    taken: Callable[[str], None] = lambda recipient: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Sending:
    """Sends one mail to each recipient, over as many connections as the server wants.

    `taken` is told each recipient as soon as the server has taken the mail. Raises WrongAddress
    before anything is sent, NotSent where nothing can go out; what the server refuses one by one
    is told in the result.
    """
    mails = [(recipient, message(letter, recipient, when)) for recipient in recipients]
    relay = Relay(smtp=smtp, password=password, sleep=sleep)
    sent, refused = [], []
    try:
        for recipient, mail in mails:
            why = relay.deliver(mail)
            if why is None:
                taken(recipient)
                sent.append(recipient)
            else:
                refused.append((recipient, why))
    finally:
        relay.close()
    if not sent and relay.over:
        raise NotSent(
            "{host}:{port} took no mail: {over}", host=smtp.host, port=smtp.port, over=relay.over
        )
    return Sending(sent=tuple(sent), refused=tuple(refused))
