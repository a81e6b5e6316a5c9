"""The proxy of this computer, and the true reason where it or a private address is in the way.

Offices that reach the web only through a proxy name it in the environment: http_proxy,
https_proxy, all_proxy, no_proxy. It is the office's own, so it may be private. This machine is
never asked through it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.http import Response

from crawler.models import Outlet
from crawler.outcomes import Reason, Trouble, judge_failure
from crawler.run.address_guard import AddressGuard
from crawler.urls import is_loopback, is_private_host, place_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

WEB: Final = ("http", "https")
PROXY_PORT: Final = 80
# of a proxy whose address names none: what Scrapy connects to
WANTS_LOG_IN: Final = 407
# What a gateway answers for another server (RFC 9110, 15.6).
OF_A_GATEWAY: Final = frozenset({502, 503, 504})
# Why a connection failed that the proxy was to make, or that was to be made to it.
NO_WAY_THROUGH: Final = frozenset({Reason.DNS, Reason.REFUSED, Reason.TIMEOUT})


def proxy_places(told: Mapping[str, str] | None = None) -> frozenset[tuple[str, int]]:
    """Host and port of every proxy of the environment; what is no address is left out."""
    proxies = getproxies() if told is None else told
    return frozenset(_places(proxies[name] for name in (*WEB, "all") if name in proxies))


def _places(addresses: Iterable[str]) -> Iterable[tuple[str, int]]:
    for address in addresses:
        try:
            parts = urlsplit(address if "://" in address else f"http://{address}")
            place = (parts.hostname or "").rstrip("."), parts.port or PROXY_PORT
        except ValueError:
            continue
        yield place


def guard(reactor: ReactorBase, outlets: Iterable[Outlet]) -> None:
    """Stand before the reactor's names, for these outlets and the proxies of the environment."""
    AddressGuard.around(reactor, outlets, proxy_places()).install(reactor)


class Proxies(HttpProxyMiddleware):
    """Scrapy's own, with all_proxy, past it for this machine, and no way round the guard."""

    def __init__(self, auth_encoding: str | None = "latin-1") -> None:
        super().__init__(auth_encoding)
        if everywhere := self.proxies.get("all"):
            self.proxies = {**dict.fromkeys(WEB, everywhere), **self.proxies}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Choose the proxy. Raises Trouble: one of another kind, a name that is private here."""
        url = request.url
        host = urlsplit(url).hostname or ""
        if is_loopback(host):
            request.meta["proxy"] = None
        super().process_request(request)
        proxy = request.meta.get("proxy")
        if not proxy:
            return
        if urlsplit(proxy).scheme != "http":
            raise Trouble(Reason.PROXY, f"{_shown(proxy)} cannot be used: only http:// proxies can")
        names = _standing()
        if is_private_host(host) or names is None or names.may_be_private(*place_of(url)):
            return
        if ip := await names.private_address_of(host):
            raise Trouble(Reason.PRIVATE, f"{host} leads to the private address {ip}")


class TrueReasons:
    """Says what a failed request failed by, where only we know: a proxy, a withheld address.

    Nearest to the spider but one, so that what passes has been tried again before.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TrueReasons:
        """Scrapy's way in."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises Trouble for an answer that is the proxy's."""
        proxy = request.meta.get("proxy")
        if proxy and response.status == WANTS_LOG_IN:
            words = f"{_shown(proxy)} wants a user and a password: http://USER:PASSWORD@HOST:PORT"
            raise Trouble(Reason.PROXY, words)
        if proxy and response.status in OF_A_GATEWAY:
            words = f"answered {response.status} through {_shown(proxy)}: one of the two fails"
            raise Trouble(Reason.SERVER_ERROR, words, status=response.status)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raises Trouble where we know better than the downloader."""
        if isinstance(exception, Trouble):
            return
        if proxy := request.meta.get("proxy"):
            _blame(proxy, exception)
            return
        host = urlsplit(request.url).hostname or ""
        names = _standing()
        ip = names.withheld.get(host.rstrip(".")) if names else None
        told = judge_failure(exception, "")
        if ip and told and told.reason is Reason.DNS:
            raise Trouble(Reason.PRIVATE, f"{host} leads to the private address {ip}")


def _blame(proxy: str, exception: Exception) -> None:
    """Raises Trouble where the proxy did not let us through."""
    kinds = {cls.__name__ for cls in type(exception).__mro__}
    if "TunnelError" in kinds:
        raise Trouble(Reason.PROXY, f"{_shown(proxy)} does not let us through")
    told = judge_failure(exception, _shown(proxy))
    if told and told.reason in NO_WAY_THROUGH:
        raise Trouble(Reason.PROXY, told.note)


def _shown(proxy: str) -> str:
    """A proxy as a note names it, without its password: "the proxy 10.0.0.1:3128 (http_proxy)"."""
    where = urlsplit(proxy).netloc.rpartition("@")[2]
    names = [f"{scheme}_proxy" for scheme in (*WEB, "all")]
    said = [n for n in names if where in os.environ.get(n, os.environ.get(n.upper(), ""))]
    return f"the proxy {where} ({', '.join(said) or 'of the system'})"


def _standing() -> AddressGuard | None:
    from twisted.internet import reactor  # noqa: PLC0415 - installed by Scrapy by now

    running: Any = reactor
    names = running.nameResolver
    return names if isinstance(names, AddressGuard) else None
