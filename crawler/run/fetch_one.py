"""One page asked of its outlet, outside any run: by the same guest, kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from crawler.models import Find, ListingPage, Outlet, Way, Window
from crawler.outcomes import Reason, Trouble
from crawler.run.crawl_task import Assignment, Tally
from crawler.run.session import Session, in_session

BUDGET: Final = 12
# requests: robots.txt, the page, their redirects and second tries
NO_RECORD: Any = None
# a page on its own asks nothing of the record


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
    tally, pages = Tally(), list[ListingPage]()
    assignment = Assignment(
        outlet=host,
        find=Find(way=Way.PROOF, url=url),
        window=Window(start=now - timedelta(days=1), end=now, zone="UTC"),
        now=now,
        budget=BUDGET,
        memory=NO_RECORD,
        tally=tally,
    )

    async def keep(page: ListingPage) -> None:
        pages.append(page)

    async def ask(session: Session) -> None:
        await session.send("page", keep, assignment=assignment)

    in_session(ask, (host,), contact=contact)
    if ended := tally.trouble or tally.fault:
        raise ended
    if not pages:
        raise Trouble(Reason.FAULT, f"{url}: nothing came back")
    return pages[0]
