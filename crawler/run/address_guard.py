"""Where names lead: private addresses are withheld but for the places that a person typed.

Judging happens when connecting, on the very addresses that are connected to, so a name that
resolves differently the second time (DNS rebinding) gains nothing. Behind a proxy it is the proxy
that connects: names are then judged by what they resolve to here, where they do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer, provider

from crawler.models import Outlet
from crawler.urls import is_private_address, normal_host, private_places

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IHostResolution

log = logging.getLogger(__name__)

# Seconds that a name may take to resolve here before it is left to the proxy.
PATIENCE: Final = 3.0


@implementer(IHostnameResolver)
class AddressGuard:
    """Resolves names for the reactor, and withholds the private addresses of all but `places`."""

    def __init__(self, inner: Any, places: frozenset[tuple[str, int]]) -> None:
        self.inner = inner
        self.places = places
        # host and port that may be private
        self.withheld: dict[str, str] = {}
        # host -> the private address that was kept from it
        self.judged: dict[str, str | None] = {}
        # host -> the private address that it has here, asked for a proxy; None: not private

    @classmethod
    def around(
        cls,
        reactor: ReactorBase,
        outlets: Iterable[Outlet],
        proxies: Iterable[tuple[str, int]] = (),
    ) -> AddressGuard:
        """A guard in front of the reactor's resolver, for these outlets and the office's proxies.

        Twisted asks for a proxy's name with port 0 where it opens a tunnel.
        """
        typed = {place for outlet in outlets for place in private_places(outlet)}
        own = {(host, at) for host, port in proxies for at in (port, 0)}
        inner = reactor.nameResolver
        inner = inner.inner if isinstance(inner, AddressGuard) else inner
        return cls(inner, frozenset(typed | own))

    def install(self, reactor: ReactorBase) -> None:
        """Take the resolver's place."""
        guard: Any = self
        reactor.installNameResolver(guard)

    def may_be_private(self, host: str, port: int) -> bool:
        """Whether a person typed this place."""
        return (_normal(host), port) in self.places

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Twisted's IHostnameResolver."""
        receiver = resolutionReceiver
        if not self.may_be_private(hostName, portNumber):
            receiver = PublicOnly(resolutionReceiver, self.withheld, _normal(hostName))
        resolution: IHostResolution = self.inner.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution

    async def private_address_of(self, host: str) -> str | None:
        """The private address that a name has on this machine; None for none, or none in time."""
        name = _normal(host)
        if name not in self.judged:
            told = _Told()
            self.inner.resolveHostName(told, name)
            try:
                await asyncio.wait_for(asyncio.shield(told.ended), PATIENCE)
            except TimeoutError:
                log.info("%s did not resolve in time: the proxy asks for it", name)
            self.judged[name] = next(filter(is_private_address, told.addresses), None)
        return self.judged[name]


def _normal(host: str) -> str:
    try:
        return normal_host(host)
    except ValueError:
        return host.lower()


@provider(IResolutionReceiver)
class PublicOnly:
    """Passes on the addresses that are globally routable, and notes the others."""

    def __init__(self, receiver: Any, withheld: dict[str, str], host: str) -> None:
        self.receiver, self.withheld, self.host = receiver, withheld, host

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        """Twisted's IResolutionReceiver."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        """Twisted's IResolutionReceiver."""
        ip = getattr(address, "host", "")
        if is_private_address(ip):
            log.warning("%s leads to the private address %s: withheld", self.host, ip)
            self.withheld[self.host] = ip
            return
        self.receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        """Twisted's IResolutionReceiver."""
        self.receiver.resolutionComplete()


@provider(IResolutionReceiver)
class _Told:
    """Collects the addresses of one name."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        """Twisted's IResolutionReceiver."""

    def addressResolved(self, address: IAddress) -> None:
        """Twisted's IResolutionReceiver."""
        self.addresses.append(getattr(address, "host", ""))

    def resolutionComplete(self) -> None:
        """Twisted's IResolutionReceiver."""
        if not self.ended.done():
            self.ended.set_result(None)
