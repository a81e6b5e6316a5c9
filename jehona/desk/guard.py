"""Whom the desk answers, and what its answers may do in a browser (ASGI middleware).

Any page in a browser can lead a name of its own to this machine (DNS rebinding) and post forms to
it; none can make the browser say another Host, Origin or Sec-Fetch-Site than it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jehona.own_host import names_here

SAFE: Final = frozenset({"GET", "HEAD"})
# bytes of a form with its file: 20,000 clips are some 4 MB
LARGEST_FORM: Final = 12_000_000
# bytes of the largest form of all: one with a video of ours, and the words around it
# (crawler/limits.py has what a video may have)
LARGEST_WITH_MEDIA: Final = 140_000_000
# bytes of a larger one that are let pass, kept nowhere: a browser reads no answer before it has
# sent all of a form
LET_PASS: Final = 2 * 1024**3
# of a request's scope: the bound, where more came than this form has
TOO_LARGE: Final = "jehona.too_large"
# `frame-src` is for a kept page, which has a stricter policy of its own
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(slots=True, kw_only=True)
class Guard:
    """Stands before the desk."""

    app: ASGIApp
    # where it answers on this machine
    port: int
    # the only other origin
    url: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses strangers; gives each answer its headers; bounds what is sent to us."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _with_headers(send)
        refused = self.refusal(scope)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        await self.app(scope, bounded(receive, scope, LARGEST_WITH_MEDIA), answer)

    def refusal(self, scope: Scope) -> PlainTextResponse | None:
        """The answer to whom we do not answer; None where we do."""
        hosts = list(_headers(scope, b"host"))
        own = self._origin(hosts)
        if own is None:
            return PlainTextResponse("this is no name of the desk", 421)
        if scope["method"] in SAFE:
            return None
        if not _from_here(
            own, list(_headers(scope, b"origin")), list(_headers(scope, b"sec-fetch-site"))
        ):
            return PlainTextResponse("this form is not one of the desk", 403)
        return None

    def _origin(self, hosts: list[str]) -> str | None:
        """The origin of a page that says these Host headers; None where that is no name of ours."""
        if names_here(hosts, self.port):
            return f"http://{hosts[0]}".lower()
        if self.url and [host.lower() for host in hosts] == [urlsplit(self.url).netloc]:
            return self.url
        return None


def _from_here(own: str, origins: list[str], sites: list[str]) -> bool:
    """Whether a form was sent by a page of this origin, or by no page at all.

    Under `Referrer-Policy: no-referrer` a browser says `Origin: null` for a page's own form too
    (Fetch, "append a request Origin header"): then what counts is Sec-Fetch-Site.
    """
    if any(site not in {"same-origin", "none"} for site in sites) or len(origins) > 1:
        return False
    if origins == ["null"]:
        return sites == ["same-origin"]
    return all(origin.lower() == own for origin in origins)


def _headers(scope: Scope, name: bytes) -> Iterable[str]:
    return (value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return answer


def bounded(receive: Receive, scope: Scope, most: int) -> Receive:
    """What comes, up to `most` bytes; beyond, the scope's `TOO_LARGE` says so and reading ends."""
    come = 0

    async def listen() -> Message:
        nonlocal come
        message = await receive()
        come += len(message.get("body", b""))
        if come > most:
            await _let_pass(receive, message)
            scope[TOO_LARGE] = most
            # by this the reader of forms closes the files that it has begun
            raise MultiPartException("larger than any form of the desk")
        return message

    return listen


async def _let_pass(receive: Receive, message: Message) -> None:
    passed = 0
    while message.get("more_body") and passed < LET_PASS:
        message = await receive()
        passed += len(message.get("body", b""))
