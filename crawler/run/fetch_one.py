"""One page asked of its outlet, outside any run: by the same guest, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from crawler.models import Find, ListingPage, Outlet, Way, Window
from crawler.outcomes import Reason, Trouble
from crawler.run.conductor import run_to_the_end
from crawler.run.crawl_task import Assignment, Tally

if TYPE_CHECKING:
    from scrapy.settings import Settings

BUDGET: Final = 12
# requests: robots.txt, the page, their redirects and second tries
NO_RECORD: Any = None
# a page on its own asks nothing of the record


@dataclass(slots=True)
class _Basket:
    """What comes back."""

    pages: list[ListingPage] = field(default_factory=list)
    # one, or none
    fault: BaseException | None = None
    # our own failure

    def put(self, item: ListingPage) -> None:
        self.pages.append(item)

    def tell(self, failure: Any) -> None:
        self.fault = failure.value


def typed(url: str, outlet: Outlet | None) -> Outlet:
    """The outlet of an address that a person typed: its host may be private, others may not."""
    if outlet is None:
        return Outlet(slug="typed", name=url, home=url)
    find = (*outlet.find, Find(way=Way.PROOF, url=url))
    return replace(outlet, find=find)


def fetch(url: str, outlet: Outlet | None, *, contact: str | None, now: datetime) -> ListingPage:
    """The page at an address that a person typed.

    Raises Trouble for all that keeps us from it: robots.txt, a refusal, a challenge, no answer,
    a redirect to somebody else's host; also where the outlet declined.
    """
    if outlet is not None and outlet.declined:
        raise Trouble(Reason.DECLINED, outlet.declined)
    host = typed(url, outlet)
    tally, basket = Tally(), _Basket()
    assignment = Assignment(
        outlet=host,
        find=Find(way=Way.PROOF, url=url),
        window=Window(start=now - timedelta(days=1), end=now, zone="UTC"),
        now=now,
        budget=BUDGET,
        memory=NO_RECORD,
        tally=tally,
    )
    run_to_the_end(_ask(assignment, basket, contact), (host,))
    if tally.trouble:
        raise tally.trouble
    if basket.fault:
        raise basket.fault
    if not basket.pages:
        raise Trouble(Reason.FAULT, f"{url}: nothing came back")
    return basket.pages[0]


async def _ask(assignment: Assignment, basket: _Basket, contact: str | None) -> None:
    from scrapy import signals  # noqa: PLC0415 - heavy
    from scrapy.crawler import AsyncCrawlerRunner  # noqa: PLC0415

    runner = AsyncCrawlerRunner(_settings(contact))
    crawler = runner.create_crawler("page")
    crawler.signals.connect(basket.put, signals.item_scraped, weak=False)
    crawler.signals.connect(basket.tell, signals.spider_error, weak=False)
    await runner.crawl(crawler, assignment=assignment)


def _settings(contact: str | None) -> Settings:
    """The guest's own settings; nothing is kept."""
    from scrapy.settings import Settings  # noqa: PLC0415 - heavy

    from crawler.run.politeness import user_agent  # noqa: PLC0415

    settings = Settings()
    settings.setmodule("crawler.run.settings", priority="project")
    mine: dict[str, Any] = {
        "CONTACT": contact,
        "USER_AGENT": user_agent(contact),
        "ITEM_PIPELINES": {},
    }
    settings.update(mine, priority="cmdline")
    return settings
