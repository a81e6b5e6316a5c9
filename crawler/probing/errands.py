"""Sends a spider on an errand: Scrapy's machinery around one conversation an outlet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from crawler.models import Outlet, Workspace
from crawler.outcomes import Trouble
from crawler.run.conductor import SIDE_BY_SIDE, run_to_the_end, scrapy_runner
from crawler.run.crawl_task import Errand

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerRunner

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

    async def every() -> dict[str, Looked[T]]:
        runner = scrapy_runner(workspace, **bounds)
        seats = asyncio.Semaphore(SIDE_BY_SIDE)
        looks = (_send(runner, seats, outlet, look, budget) for outlet in outlets)
        found = await asyncio.gather(*looks)
        return {outlet.slug: one for outlet, one in zip(outlets, found, strict=True)}

    return run_to_the_end(every(), outlets)


async def _send(
    runner: AsyncCrawlerRunner,
    seats: asyncio.Semaphore,
    outlet: Outlet,
    look: Callable[[Voice, Outlet], Awaitable[T]],
    budget: int,
) -> Looked[T]:
    """One outlet's errand, its troubles told instead of raised."""
    found: list[T] = []
    ended: list[BaseException] = []
    heard: list[Answer] = []

    async def go(asking: Any) -> None:
        voice = Voice(asking)
        try:
            found.append(await look(voice, outlet))
        except Exception as error:
            ended.append(error)
        heard.extend(voice.heard)

    errand = Errand(outlet=outlet, go=go, budget=budget)
    async with seats:
        await runner.crawl("look", errand=errand)
    if ended and not isinstance(ended[0], Trouble):
        raise ended[0]
    trouble = ended[0] if ended else None
    assert trouble is None or isinstance(trouble, Trouble)
    requests = min(errand.tally.requests, budget)
    return Looked(
        found=found[0] if found else None, trouble=trouble, requests=requests, answers=tuple(heard)
    )
