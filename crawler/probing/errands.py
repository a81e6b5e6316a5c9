"""Sends a spider on an errand: Scrapy's machinery around one conversation an outlet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from crawler.models import Outlet, Workspace
from crawler.outcomes import Trouble
from crawler.run.crawl_task import Errand
from crawler.run.session import Session, in_session

if TYPE_CHECKING:
    from spiders.asking import Answer, Asking

T = TypeVar("T")

MOST_REQUESTS = 12
# of one look, robots.txt and redirects among them
PATIENCE = 15
# seconds for an answer; a person waits
HOPS = 3
# redirects in a row; more would eat the look
LARGEST = 4 * 1024 * 1024
# bytes of an answer; nothing that tells what a site offers is larger


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(Generic[T]):
    """What an errand brought home."""

    found: T | None
    # what was wanted, None where the errand ended early
    trouble: Trouble | None
    # why it ended early
    requests: int
    # what it cost
    answers: tuple[Answer, ...]
    # everything that came, in order


class Voice:
    """The spider's `Asking`, with everything that came kept."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.tally = asking.tally
        self.heard: list[Answer] = []

    @property
    def left(self) -> int:
        """Requests that may still be made."""
        return max(0, self.asking.budget - self.tally.requests)

    async def get(self, url: str, *, also: Sequence[int] = ()) -> Answer:
        """As `Asking.get`. Raises Trouble."""
        answer = await self.asking.get(url, also=also)
        self.heard.append(answer)
        return answer


def look_at(
    workspace: Workspace,
    outlets: Sequence[Outlet],
    look: Callable[[Voice, Outlet], Awaitable[T]],
    *,
    budget: int = MOST_REQUESTS,
) -> dict[str, Looked[T]]:
    """Run `look` at each outlet, side by side; what each brought home, by slug.

    Raises whatever `look` raises that is no Trouble: a fault of ours is loud.
    """
    bounds = {
        "DOWNLOAD_TIMEOUT": PATIENCE,
        "RETRY_ENABLED": False,
        "REDIRECT_MAX_TIMES": HOPS,
        "DOWNLOAD_MAXSIZE": LARGEST,
    }

    async def every(session: Session) -> dict[str, Looked[T]]:
        found = await asyncio.gather(*(_send(session, each, look, budget) for each in outlets))
        return {outlet.slug: one for outlet, one in zip(outlets, found, strict=True)}

    return in_session(every, outlets, contact=workspace.contact, **bounds)


async def _send(
    session: Session,
    outlet: Outlet,
    look: Callable[[Voice, Outlet], Awaitable[T]],
    budget: int,
) -> Looked[T]:
    """One outlet's errand, its troubles told instead of raised."""
    found: list[T] = []
    heard: list[Answer] = []

    async def go(asking: Any) -> None:
        voice = Voice(asking)
        try:
            found.append(await look(voice, outlet))
        except Trouble as trouble:
            errand.tally.trouble = trouble
        except Exception as error:
            errand.tally.fault = error
        heard.extend(voice.heard)

    errand = Errand(outlet=outlet, go=go, budget=budget)
    async with session.seats:
        await session.send("look", errand=errand)
    if errand.tally.fault:
        raise errand.tally.fault
    trouble = errand.tally.trouble
    requests = min(errand.tally.requests, budget)
    return Looked(
        found=found[0] if found else None, trouble=trouble, requests=requests, answers=tuple(heard)
    )
