"""A mail server that behaves as ordered: how many mails a connection, where it hangs up."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import BinaryIO

HANG_UP = ""
# in place of an answer


@dataclass
class Relay:
    """What arrived, and how the server answers; `answer` is asked first for every command."""

    answer: Callable[[Relay, str], str | None] = lambda relay, line: None
    mails: list[Message] = field(default_factory=list)
    connections: int = 0
    here: int = 0
    # mails that this connection took
    said: str = ""
    # the last answer
    port: int = 0

    @property
    def got(self) -> list[str]:
        """Who has a mail, in order."""
        return [str(mail["To"]) for mail in self.mails]

    def talk(self, line: socket.socket) -> None:
        """One connection, to its end."""
        self.connections, self.here = self.connections + 1, 0
        with line, line.makefile("rwb") as file:
            if not self._say(file, "CONNECT", "220 posta"):
                return
            while raw := file.readline():
                verb, _, rest = raw.decode("latin-1").strip().partition(" ")
                said = f"{verb.upper()} {rest}".strip()
                usual = {"EHLO": "250 posta", "DATA": "354 go on", "QUIT": "221 bye"}
                if not self._say(file, said, usual.get(verb.upper(), "250 ok")):
                    return
                if said == "DATA" and self.said.startswith("354") and not self._take(file):
                    return
                if said == "QUIT":
                    return

    def _say(self, file: BinaryIO, command: str, usual: str) -> bool:
        told = self.answer(self, command)
        self.said = usual if told is None else told
        if self.said == HANG_UP:
            return False
        file.write(self.said.encode() + b"\r\n")
        file.flush()
        return not self.said.startswith("421")

    def _take(self, file: BinaryIO) -> bool:
        body = b""
        while (raw := file.readline()) not in {b".\r\n", b""}:
            body += raw
        going_on = self._say(file, "END", "250 taken")
        if self.said.startswith("250"):
            self.mails.append(message_from_bytes(body))
            self.here += 1
        return going_on


@contextmanager
def serving(answer: Callable[[Relay, str], str | None]) -> Iterator[Relay]:
    """A relay on loopback, one connection after the other."""
    relay = Relay(answer=answer)
    door = socket.create_server(("127.0.0.1", 0))
    relay.port = door.getsockname()[1]

    def wait() -> None:
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            try:
                relay.talk(line)
            except OSError:
                continue

    server = threading.Thread(target=wait, daemon=True)
    server.start()
    try:
        yield relay
    finally:
        # accept() of another thread is only woken by a shutdown
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        server.join(5)
