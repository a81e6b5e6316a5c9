"""A real SMTP server on loopback, which keeps what it is given."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

PASSWORD = "krejt sekret"
USER = "zyra"


@dataclass
class Postbox:
    """What arrived, and what the server shall refuse."""

    mails: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    fault: str | None = None
    port: int = 0

    async def handle_RCPT(self, _s: Any, _e: Any, envelope: Any, to: str, _o: Any) -> str:
        if to in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _s: Any, _e: Any, envelope: Any) -> str:
        if self.fault:
            return self.fault
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


def _login(_server: Any, _session: Any, _envelope: Any, _way: str, told: Any) -> AuthResult:
    right = (
        isinstance(told, LoginPassword)
        and told.login == USER.encode()
        and told.password == PASSWORD.encode()
    )
    return AuthResult(success=right, handled=right)


def _free_port() -> int:
    """The server knocks at its own door when it starts, so it must know the number before."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A server that takes mail from anybody, and log-ins with the right password."""
    box = Postbox(port=_free_port())
    server = Controller(
        box, hostname="127.0.0.1", port=box.port, authenticator=_login, auth_require_tls=False
    )
    server.start()
    try:
        yield box
    finally:
        server.stop()
