"""An issue as a mail, and the way of that mail through SMTP.

The mail is HTML with a plain-text part (RFC 2046, multipart/alternative); headers are encoded by
the standard library (RFC 2047), so that "Buletini për ë dhe ç" arrives as written.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Final

from crawler.config.values import on_loopback
from crawler.models import Smtp
from reports.brand import Logo
from reports.credentials import Password

LOGO: Final = "logo@jehona"
# the picture's Content-ID, `cid:` in the HTML
PATIENCE: Final = 30.0
# seconds for every answer of the server
SUBMISSIONS: Final = 465
# port on which TLS comes first (RFC 8314, section 3.3); on others it is begun by STARTTLS


class NotSent(Exception):
    """A mail that did not go out: one line, what happened and what to do. Never a password."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How it went."""

    sent: tuple[str, ...]
    # recipients that the server took it for
    refused: tuple[tuple[str, str], ...]
    # recipient and the server's words


def message(letter: Letter, recipient: str, when: datetime) -> EmailMessage:
    """The mail for one recipient. Raises NotSent for an address that is none."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letter.subject
    mail["From"] = _address(letter.sender, letter.name or "")
    mail["To"] = _address(recipient)
    mail["Date"] = format_datetime(when)
    mail["Message-ID"] = make_msgid(domain=letter.sender.rpartition("@")[2])
    mail["List-Unsubscribe"] = f"<mailto:{letter.sender}?subject=unsubscribe>"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.logo is not None:
        _, _, kind = letter.logo.media_type.partition("/")
        html = list(mail.iter_parts())[-1]
        assert isinstance(html, EmailMessage)
        html.add_related(letter.logo.body, "image", kind, cid=f"<{LOGO}>")
    return mail


def _address(told: str, name: str = "") -> Address:
    try:
        return Address(display_name=name, addr_spec=told)
    except (ValueError, IndexError, UnicodeError) as error:
        raise NotSent(f"{told!r} is no mail address: write it like press@office.example") from error


def send(
    letter: Letter,
    recipients: Sequence[str],
    smtp: Smtp,
    password: Password | None,
    when: datetime,
    *,
    taken: Callable[[str], None] = lambda recipient: None,
) -> Sending:
    """Sends one mail to each recipient over one connection.

    `taken` is told each recipient as soon as the server has taken the mail. Raises NotSent where
    nothing can go out any more; a single recipient that the server refuses is told in the result.
    """
    mails = [(recipient, message(letter, recipient, when)) for recipient in recipients]
    refused = []
    try:
        with _connected(smtp, password) as server:
            for recipient, mail in mails:
                if why := _sent(server, mail):
                    refused.append((recipient, _hidden(why, password)))
                else:
                    taken(recipient)
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(_sentence(error, smtp, password)) from None
    bad = {recipient for recipient, _ in refused}
    return Sending(
        sent=tuple(recipient for recipient in recipients if recipient not in bad),
        refused=tuple(refused),
    )


def _sent(server: smtplib.SMTP, mail: EmailMessage) -> str | None:
    """The server's words where it refuses this recipient."""
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        code, told = next(iter(error.recipients.values()))
        return f"{code} {_plain(told)}"
    return None


def _connected(smtp: Smtp, password: Password | None) -> smtplib.SMTP:
    """A connection, encrypted but on loopback, and logged in where the file names a user."""
    context = ssl.create_default_context()
    if smtp.port == SUBMISSIONS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=PATIENCE, context=context
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=PATIENCE)
    try:
        _greet(server, smtp, password, context)
    except BaseException:
        server.close()
        raise
    return server


def _greet(
    server: smtplib.SMTP, smtp: Smtp, password: Password | None, context: ssl.SSLContext
) -> None:
    if smtp.port != SUBMISSIONS:
        _encrypt(server, smtp, context)
    if smtp.user and password is not None:
        server.login(smtp.user, password.tell())


def _encrypt(server: smtplib.SMTP, smtp: Smtp, context: ssl.SSLContext) -> None:
    """Nothing, and above all no password, goes over an open line."""
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif not on_loopback({smtp.host}):
        raise NotSent(
            f"{smtp.host}:{smtp.port} does not encrypt: nothing was sent; ask for the port that "
            "does (465 or 587) and write it in [smtp] port"
        )


def _sentence(error: Exception, smtp: Smtp, password: Password | None) -> str:
    where = f"{smtp.host}:{smtp.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"{where} refuses the user {smtp.user}: check [smtp] user and JEHONA_SMTP_PASSWORD "
            f"(it said {error.smtp_code})"
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"{where} refuses the sender {error.sender}: check [smtp] from in jehona.toml"
    if isinstance(error, smtplib.SMTPNotSupportedError) and smtp.user:
        return f"{where} takes no password on this port: write another [smtp] port (587 or 465)"
    if isinstance(error, smtplib.SMTPResponseException):
        said = _hidden(f"{error.smtp_code} {_plain(error.smtp_error)}", password)
        return f"{where} did not take the mail: {said}"
    if isinstance(error, ssl.SSLError):
        return f"{where} cannot be trusted ({error.reason}): check [smtp] host and port"
    told = _hidden(" ".join(str(error).split()), password) or type(error).__name__
    return f"{where} cannot be reached: {told}: check [smtp] host and port in jehona.toml"


def _plain(told: bytes | str) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def _hidden(text: str, password: Password | None) -> str:
    return password.hidden_in(text) if password is not None else text
