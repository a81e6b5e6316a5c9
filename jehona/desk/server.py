"""Serving the desk on this machine, one of a workspace at a time."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import uvicorn

from crawler.record.errors import RecordRefused
from jehona.actions.desk_access import Access, DeskLock
from jehona.actions.errors import Wrong
from jehona.desk.app import make_desk
from jehona.desk.house import House

# Never another address: who sits elsewhere comes through the office's own proxy.
HERE: Final = "127.0.0.1"
# Where it is looked for first, so that a bookmark stays one.
USUAL_PORT: Final = 8470
# Seconds that open streams are given when it ends.
PATIENCE: Final = 2


def address(port: int) -> str:
    """Where a desk of this port answers."""
    return f"http://{HERE}:{port}"


def listening(port: int | None) -> socket.socket:
    """A socket at this port; without one at the usual, or where that is taken at any.

    Raises Wrong where the port that was asked for is taken.
    """
    try:
        return _bound(USUAL_PORT if port is None else port)
    except OSError as error:
        if port is not None:
            raise Wrong(
                "--port {port}: {reason}; try another", port=port, reason=error.strerror or error
            ) from None
        return _bound(0)


def _bound(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HERE, port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def open_elsewhere(lock: DeskLock, access: Access) -> str | None:
    """Where a desk of this workspace answers already; None where there is none, and we have it."""
    try:
        lock.acquire()
    except RecordRefused:
        return access.keys.served_at()
    return None


def serve(house: House, at: socket.socket, *, begun: Callable[[], None]) -> None:
    """Answer until Ctrl-C, the ordinary end; `begun` is called when it can be opened."""
    config = uvicorn.Config(
        make_desk(house),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        timeout_graceful_shutdown=PATIENCE,
        proxy_headers=False,
    )
    begun()
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[at])
