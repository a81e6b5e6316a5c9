"""The record answers to its own name only, and gives no reader's address away.

A page in the same browser may point a name of its own at 127.0.0.1 (DNS rebinding) and would then
read the record as its own site: the Host header is the only thing that tells the two apart. There
is no log-in, so who reads newsletters is not shown at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from datasette import hookimpl

from crawler.record.explore import withhold_addresses
from jehona.own_host import names_here

Scope = Mapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

# Misdirected Request (RFC 9110, 15.5.20)
MISDIRECTED: Final = 421
WORDS: Final = b"This record answers to 127.0.0.1 only.\n"


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: Any) -> None:
    """Datasette's hook: every connection before its first question."""
    withhold_addresses(conn)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[App], App]:
    """Datasette's hook: around everything that is asked."""
    return _own


def _own(app: App) -> App:
    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or _is_ours(scope):
            await app(scope, receive, send)
            return
        kind = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": MISDIRECTED, "headers": kind})
        await send({"type": "http.response.body", "body": WORDS})

    return answer


def _is_ours(scope: Scope) -> bool:
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    _, port = scope["server"]
    return names_here(hosts, port)
