"""The talk with a mail server: one connection for many mails, a new one where it wants no more.

Relays take only so many mails a connection: they answer 421, refuse the next MAIL or RSET, or hang
up. What was not taken then is offered once more on a new connection (RFC 5321, 3.8 and 4.2.5). A
mail that was handed over whole and not answered may have arrived: it is told, never sent twice.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, ClassVar, Final

from crawler.config.values import on_loopback
from crawler.failure import Failure
from crawler.models import Smtp
from reports.credentials import Password

# Seconds for every answer of the server.
PATIENCE: Final = 30.0
# Port on which TLS comes first (RFC 8314, section 3.3); on others it is begun by STARTTLS.
SUBMISSIONS: Final = 465
# Seconds before a server that takes no new connection is asked once more.
PAUSE: Final = 3.0
# Mails in a row that a new connection did not take either: the server means all, not one.
BARREN: Final = 3
# Service not available, closing transmission channel (RFC 5321, 4.2.3).
CLOSING: Final = 421
PERMANENT: Final = 500
# Characters of the server's own words that an error shows.
LONGEST_SAYING: Final = 300
_END_OF_DATA: Final = b"\r\n.\r\n"
# smtplib tells user and password in ASCII only.
_NO_LINE: Final = (smtplib.SMTPException, OSError, UnicodeError)
UNSURE: Final = (
    "the server hung up before it said whether it took the mail: it may have arrived; ask, before "
    "you send it again"
)


class NotSent(Failure):
    """A mail that did not go out: one line, what happened and what to do. Never a password."""

    code: ClassVar[int] = 1


class _Line:
    """What every connection notes: whether the last thing it sent was a whole mail."""

    handed = False

    def send(self, told: Any) -> None:
        """As smtplib's own."""
        self.handed = False
        super().send(told)  # type: ignore[misc]
        self.handed = isinstance(told, bytes) and told.endswith(_END_OF_DATA)


class _Open(_Line, smtplib.SMTP):
    """A connection that STARTTLS encrypts."""


class _Closed(_Line, smtplib.SMTP_SSL):
    """A connection that is encrypted from the first byte."""


_Connection = _Open | _Closed


@dataclass(slots=True, kw_only=True)
class Relay:
    """One mail server and how it went with it so far."""

    smtp: Smtp
    # where
    password: Password | None
    # of the user, None without one
    sleep: Callable[[float], None] = time.sleep
    # how to wait
    line: _Connection | None = None
    # the connection, None before the first and after one that broke
    tried: int = 0
    # mails that this connection was offered
    taken: int = 0
    # mails that it took
    barren: int = 0
    # mails in a row that the server did not take for reasons of its own
    reached: bool = False
    # whether there ever was a connection
    over: str | None = None
    # why nothing more is tried

    def deliver(self, mail: EmailMessage) -> str | None:
        """Hand one mail over; why it was not taken, in words, None where it was.

        Raises NotSent where the server cannot be talked to from the first.
        """
        while self.over is None:
            line = self._connected()
            if line is None:
                break
            first, self.tried = not self.tried, self.tried + 1
            try:
                line.send_message(mail)
            except (smtplib.SMTPException, OSError) as error:
                why, again = self._judged(error, line, first=first)
                if not again:
                    return why
                continue
            self.taken += 1
            self.barren = 0
            return None
        return self.over

    def close(self) -> None:
        """Take leave; what the server says to that changes nothing."""
        line, self.line = self.line, None
        if line is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                line.quit()
            line.close()

    # --- a refusal ----------------------------------------------------------------------

    def _judged(self, error: Exception, line: _Connection, *, first: bool) -> tuple[str, bool]:
        """Why a mail was not taken, and whether a new connection may take it.

        On the first mail of a connection no new one helps. A final refusal is believed unless the
        connection took mails before: then it may be its limit.
        """
        code, why = self._words(error)
        hung_up = code == 0 and not isinstance(error, smtplib.SMTPNotSupportedError)
        unsure = hung_up and line.handed
        about_one = isinstance(error, smtplib.SMTPRecipientsRefused) and code != CLOSING
        for_good = code >= PERMANENT and (about_one or not self.taken)
        if for_good and isinstance(error, smtplib.SMTPSenderRefused):
            self.over = f"the sender is refused ({why}): check [smtp] from in jehona.toml"
        again = not (first or unsure or for_good or (code == 0 and not hung_up))
        if again or hung_up or code == CLOSING:
            self.close()
        if not (again or for_good or about_one):
            self.barren += 1
        if self.barren >= BARREN:
            self.over = why
        return (UNSURE if unsure else why), again

    def _words(self, error: Exception) -> tuple[int, str]:
        """The server's code, 0 without one, and its words."""
        code: int
        told: bytes | str
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, told = next(iter(error.recipients.values()))
        elif isinstance(error, smtplib.SMTPResponseException):
            code, told = error.smtp_code, error.smtp_error
        elif isinstance(error, smtplib.SMTPNotSupportedError):
            return 0, "the server takes no address with letters outside ASCII"
        else:
            return 0, "the server hung up before it took the mail"
        return code, f"{code} {self._saying(told)}".strip()

    def _saying(self, told: bytes | str) -> str:
        """The server's words on one line; a secret is hidden before anything is cut."""
        text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
        shown = "".join(c if c.isprintable() else " " for c in self._hidden(text))
        return self._hidden(" ".join(shown.split()))[:LONGEST_SAYING]

    def _hidden(self, text: str) -> str:
        if self.password is None:
            return text
        return self.password.hidden_in(text, self.smtp.user or "")

    # --- a connection ---------------------------------------------------------------------

    def _connected(self) -> _Connection | None:
        """The connection, a new one where there is none; None where no new one is given.

        Raises NotSent where there never was one.
        """
        if self.line is not None:
            return self.line
        try:
            self.line = self._connect()
        except _NO_LINE as error:
            if not self.reached:
                raise NotSent(self._sentence(error)) from None
            self.line = self._once_more()
        self.reached = True
        self.tried = self.taken = 0
        return self.line

    def _once_more(self) -> _Connection | None:
        """A second try after a pause: some servers count connections in a short time."""
        self.sleep(PAUSE)
        try:
            return self._connect()
        except _NO_LINE as error:
            self.over = self._sentence(error)
            return None

    def _connect(self) -> _Connection:
        """A connection, encrypted but on loopback, logged in where the file names a user."""
        context = ssl.create_default_context()
        host, port = self.smtp.host, self.smtp.port
        line: _Connection
        if port == SUBMISSIONS:
            line = _Closed(host, port, timeout=PATIENCE, context=context)
        else:
            line = _Open(host, port, timeout=PATIENCE)
        try:
            if port != SUBMISSIONS:
                self._encrypt(line, context)
            if self.smtp.user and self.password is not None:
                line.login(self.smtp.user, self.password.tell())
        except BaseException:
            line.close()
            raise
        return line

    def _encrypt(self, line: _Connection, context: ssl.SSLContext) -> None:
        """Nothing, and above all no password, goes over an open line. Raises NotSent."""
        line.ehlo()
        if line.has_extn("starttls"):
            line.starttls(context=context)
            line.ehlo()
        elif not on_loopback({self.smtp.host}):
            raise NotSent(
                "{host}:{port} does not encrypt: nothing was sent; ask for the port "
                "that does (465 or 587) and write it in [smtp] port",
                host=self.smtp.host,
                port=self.smtp.port,
            )

    def _sentence(self, error: Exception) -> str:
        """Why there is no connection, and what to do."""
        where = f"{self.smtp.host}:{self.smtp.port}"
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return (
                f"{where} refuses the user {self.smtp.user}: check [smtp] user and "
                f"JEHONA_SMTP_PASSWORD (it said {error.smtp_code})"
            )
        if isinstance(error, smtplib.SMTPNotSupportedError) and self.smtp.user:
            return f"{where} takes no password on this port: write another [smtp] port (587 or 465)"
        if isinstance(error, smtplib.SMTPResponseException):
            return f"{where} takes no mail now: {self._words(error)[1]}"
        if isinstance(error, ssl.SSLError):
            return f"{where} cannot be trusted ({error.reason}): check [smtp] host and port"
        if isinstance(error, UnicodeError):
            return f"{where}: user and password can only be told in ASCII: change the password"
        told = self._saying(str(error)) or type(error).__name__
        return f"{where} cannot be reached: {told}: check [smtp] host and port in jehona.toml"
