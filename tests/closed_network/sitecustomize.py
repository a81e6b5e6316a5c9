"""Closes the network but loopback for one Python process, however the connection is made.

Python imports a module of this name at start, wherever it stands on the path: `tests/conftest.py`
puts this folder on PYTHONPATH, so commands and spiders that tests start are closed in too. An audit
hook sees what every library does, Twisted and asyncio alike, and cannot be taken off again.
Strangers look as they do on a machine without a network: names do not resolve, addresses are
unreachable. Each try is also written to the file that JEHONA_TEST_STRANGERS names, and the test
that made it fails.
"""

import errno
import ipaddress
import os
import socket
import sys

HOME = {"", "localhost", "localhost.localdomain", socket.gethostname()}


def is_home(host: object) -> bool:
    """Whether a host, as given to the socket module, is this machine's loopback."""
    if host is None:
        return True
    name = host.decode("idna") if isinstance(host, bytes) else str(host)
    if name in HOME:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def note(host: object) -> None:
    """Writes the try down where the running test looks."""
    ledger = os.environ.get("JEHONA_TEST_STRANGERS")
    if ledger:
        with open(ledger, "a", encoding="utf-8") as lines:
            lines.write(f"{host}\n")


def watch(event: str, args: tuple[object, ...]) -> None:
    """The audit hook: loopback and local sockets pass, everything else is refused."""
    if not event.startswith("socket."):
        return
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        if not is_home(args[0]):
            note(args[0])
            raise socket.gaierror(socket.EAI_NONAME, f"the tests' network is closed: {args[0]}")
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        if isinstance(address, tuple) and not is_home(address[0]):
            note(address[0])
            raise OSError(errno.ENETUNREACH, f"the tests' network is closed: {address[0]}")


if not getattr(sys, "network_is_closed", False):
    sys.network_is_closed = True  # type: ignore[attr-defined]
    sys.addaudithook(watch)
