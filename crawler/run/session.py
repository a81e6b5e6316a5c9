"""Scrapy around one run, one page or one look: settings, address guard, faults, interrupts.

Whatever asks an outlet does it in a session: `conductor` for a run, `fetch_one` for a page that a
person typed, `crawler.probing.errands` for a look. So all of them are the same guest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from crawler.models import Outlet, user_agent
from crawler.run.crawl_task import Assignment, Errand, Keep
from crawler.run.runtime import interrupts_cancel, quick_turns, seldom_collected

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerRunner

T = TypeVar("T")

# Outlets asked at the same time. Each has one request under way, so this also bounds memory.
SIDE_BY_SIDE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is open while outlets are asked."""

    # Scrapy's, with our settings
    runner: AsyncCrawlerRunner
    # how many outlets are asked at once
    seats: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SIDE_BY_SIDE))

    async def send(
        self,
        spider: str,
        keep: Keep | None = None,
        **task: Assignment | Errand,
    ) -> None:
        """Send a spider out with its `assignment` or `errand`, and wait until it is over.

        A fault of ours on the way is the `fault` of the task's tally. Cancelled, it stops the
        spider first. `keep` is given each page; an errand has none.
        """
        from scrapy import signals  # noqa: PLC0415 - heavy

        (given,) = task.values()
        tally = given.tally

        def tell(failure: Any) -> None:
            tally.fault = failure.value

        crawler = self.runner.create_crawler(spider)
        crawler.signals.connect(tell, signals.spider_error, weak=False)
        try:
            await asyncio.shield(self.runner.crawl(crawler, keep=keep, **task))
        except asyncio.CancelledError:
            await crawler.stop_async()
            raise


def in_session(
    work: Callable[[Session], Awaitable[T]],
    outlets: Sequence[Outlet],
    *,
    contact: str | None,
    **settings: object,
) -> T:
    """What `work` makes of a session in which these outlets are asked, as often as wanted.

    `settings` are Scrapy's, beside ours. The reactor is started but never blocks: its asyncio loop
    runs until the work is done. An interrupt cancels the work, lets it write down what it has, and
    is raised again.
    """
    from scrapy.utils.reactor import install_reactor, is_reactor_installed  # noqa: PLC0415

    if not is_reactor_installed():
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor  # noqa: PLC0415

    from crawler.run.proxies import guard  # noqa: PLC0415

    async def held() -> T:
        return await work(Session(runner=_runner(contact, settings)))

    running: Any = reactor
    if not running.running:
        running.startRunning(installSignalHandlers=False)
    guard(running, outlets)
    loop: asyncio.AbstractEventLoop = running._asyncioEventloop
    task = loop.create_task(held())
    try:
        with seldom_collected(), quick_turns(), interrupts_cancel(loop, task):
            return loop.run_until_complete(task)
    except KeyboardInterrupt:
        task.cancel()
        loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
        raise
    finally:
        # Names are resolved in threads that Python would wait for at its end; the next session
        # gets new ones. Twisted has no public word for it while a reactor is not blocking.
        if running.threadpool is not None:
            running._stopThreadPool()


def _runner(contact: str | None, further: dict[str, object]) -> AsyncCrawlerRunner:
    """Scrapy with our settings, this contact, and further settings."""
    from scrapy.crawler import AsyncCrawlerRunner  # noqa: PLC0415 - heavy

    runner = AsyncCrawlerRunner({"SPIDER_MODULES": ["spiders"]})
    runner.settings.setmodule("crawler.run.settings", priority="project")
    named = {"CONTACT": contact, "USER_AGENT": user_agent(contact)}
    runner.settings.update({**named, **further}, priority="cmdline")
    return runner
