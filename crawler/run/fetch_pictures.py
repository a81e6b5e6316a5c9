"""Pictures of pieces, asked for because a person chose to: by the same guest as everything else.

Our name, robots.txt, the host's pace, one request at a time; a picture on a host that is not the
outlet's own is asked of that host as of any stranger's: public addresses only, its own robots.txt.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.models import Outlet, Workspace
from crawler.outcomes import Reason, Trouble
from crawler.probing.errands import look_at
from crawler.run.link_check import OVER
from crawler.run.turns import aside
from crawler.urls import belongs

if TYPE_CHECKING:
    from crawler.probing.errands import Voice

# Asked at one host in one go: two minutes and a half at the usual pace; the others another time.
MOST_PICTURES: Final = 100
# The picture and its redirects; the robots.txt of a host is asked once.
REQUESTS_A_PICTURE: Final = 3
NOT_ASKED: Final = "not asked: too many at one host, ask again"
# About the host and not about one picture: nothing more is asked there.
ENOUGH: Final = OVER | {Reason.CHALLENGE, Reason.CONSENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture that is asked for."""

    # slug of the outlet whose piece it is
    outlet: str
    # where it lies
    url: str


def fetch_pictures(
    workspace: Workspace,
    outlets: Mapping[str, Outlet],
    wanted: Sequence[Wanted],
    keep: Callable[[Wanted, bytes], None],
) -> dict[Wanted, Trouble]:
    """Gives each picture's bytes to `keep`; of those that were not kept, why.

    `keep` raises ValueError, in words, for bytes that it does not want; it may run in a thread.
    Raises what is a fault of ours.
    """
    refused: dict[Wanted, Trouble] = {}
    hosts: dict[str, tuple[Outlet, list[Wanted]]] = {}
    for one in wanted:
        outlet = outlets.get(one.outlet)
        if outlet and outlet.declined:
            refused[one] = Trouble(Reason.DECLINED, outlet.declined)
            continue
        host = _host(outlet, one.url)
        hosts.setdefault(host.slug, (host, []))[1].append(one)
    for _, some in hosts.values():
        refused |= {one: Trouble(Reason.BUDGET, NOT_ASKED) for one in some[MOST_PICTURES:]}
    if hosts:
        asked = {slug: some[:MOST_PICTURES] for slug, (_, some) in hosts.items()}
        look = _looking(asked, keep, refused)
        budget = 1 + REQUESTS_A_PICTURE * MOST_PICTURES
        look_at(workspace, [host for host, _ in hosts.values()], look, budget=budget)
    return refused


def _host(outlet: Outlet | None, url: str) -> Outlet:
    """Whom we are a guest of: the outlet, or the host on which it keeps its pictures.

    Such a host stands for nothing that a person typed, so it may never be private.
    """
    if outlet and belongs(url, outlet):
        return outlet
    parts = urlsplit(url)
    # no slug has a colon: the host is no outlet's twin
    name = f"host:{parts.netloc.lower()}"
    return Outlet(slug=name, name=name, home=f"{parts.scheme}://{parts.netloc}/", shipped=True)


def _looking(
    asked: Mapping[str, Sequence[Wanted]],
    keep: Callable[[Wanted, bytes], None],
    refused: dict[Wanted, Trouble],
) -> Callable[[Voice, Outlet], Awaitable[None]]:
    """What is done at each host: one picture after the other, till it says that it is enough."""

    async def look(voice: Voice, host: Outlet) -> None:
        over: Trouble | None = None
        for one in asked[host.slug]:
            if over:
                refused[one] = over
                continue
            try:
                await _ask(voice, one, keep)
            except Trouble as trouble:
                refused[one] = trouble
                over = trouble if trouble.reason in ENOUGH else None

    return look


async def _ask(voice: Voice, one: Wanted, keep: Callable[[Wanted, bytes], None]) -> None:
    """One picture. Raises Trouble."""
    answer = await voice.get(one.url)
    # bytes of somebody's picture lie nowhere but where `keep` puts them
    voice.heard.clear()
    try:
        await aside(len(answer.body), keep, one, answer.body)
    except ValueError as error:
        raise Trouble(Reason.UNREADABLE, str(error), address=urlsplit(one.url).path) from error
