"""Lists that print no day: the day in an address, else on the pages of a few of their rows.

Only what finding needs: which list pages lie near the window. A row's own day is read from its own
page. Three pages of a list page are opened, and kept at hand, so that none is asked for twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.models import Lead
from crawler.reading import Unreadable
from crawler.reading.page.printed_days import day_in_address

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment
    from spiders.asking import Answer
    from spiders.dated import DatedPage
    from spiders.pages import Pages

# An address is made when a piece is, often by the server's clock: its day may be the neighbour's.
NEIGHBOUR = timedelta(days=1)


class Undated:
    """Days for the rows of one list, as far as walking needs them."""

    def __init__(self, pages: Pages, assignment: Assignment, zone: str) -> None:
        self.pages, self.assignment = pages, assignment
        self.window, self.zone = assignment.window, zone
        find = assignment.find
        self.prints_none = find.date is None and find.day is None

    async def dated(self, page: DatedPage) -> DatedPage:
        """The page with days for its rows where it prints none. Raises Trouble."""
        if not self.prints_none or page.dates:
            return page
        days = [self._in_address(lead) for lead in page.leads]
        if sum(day is not None for day in days) * 2 > len(days):
            leads = [self._near(lead, day) for lead, day in zip(page.leads, days, strict=True)]
            return replace(page, leads=tuple(leads))
        return await self._sampled(page)

    # --- addresses

    def _in_address(self, lead: Lead) -> datetime | None:
        day = day_in_address(urlsplit(lead.url).path)
        return datetime.combine(day, time(), ZoneInfo(self.zone)) if day else None

    def _near(self, lead: Lead, day: datetime | None) -> Lead:
        """The lead with its day; without where its own page must tell on which side it lies."""
        if day is None or self._doubtful(day):
            return lead
        return replace(lead, published=day)

    def _doubtful(self, day: datetime) -> bool:
        wide = replace(
            self.window, start=self.window.start - NEIGHBOUR, end=self.window.end + NEIGHBOUR
        )
        return wide.holds(day) and not self.window.holds(day)

    # --- pages of pieces

    async def _sampled(self, page: DatedPage) -> DatedPage:
        """Where its first, middle and last rows lie on one side of the window, all of it does."""
        leads = list(page.leads)
        told = self.assignment.memory.told(leads)
        moments: dict[int, datetime] = {
            at: when
            for at, lead in enumerate(leads)
            if lead.position in told and (when := told[lead.position].published)
        }
        for at in dict.fromkeys((0, len(leads) // 2, len(leads) - 1)):
            if at not in moments and (moment := await self._asked(leads[at])):
                moments[at] = moment
        if not moments:
            return page
        return replace(page, leads=tuple(self._filled(leads, moments)))

    async def _asked(self, lead: Lead) -> datetime | None:
        answer = await self.pages.peek(lead)
        return self._published(answer) if answer is not None else None

    def _published(self, answer: Answer) -> datetime | None:
        from crawler.reading.page import read_page  # noqa: PLC0415 - few lists need it

        try:
            said = read_page(
                answer.body,
                url=answer.url,
                charset=answer.charset,
                fetched=answer.fetched,
                outlet=self.assignment.outlet,
                zone=self.zone,
                shown=False,
            )
        except Unreadable:
            return None
        published = said.reading.published
        return published.value.instant if published else None

    def _filled(self, leads: Sequence[Lead], moments: dict[int, datetime]) -> list[Lead]:
        """Rows with days of their own; the others lie where their neighbours do, if on one side."""
        known = moments.values()
        aside = min(known) >= self.window.end or max(known) < self.window.start
        filled = []
        for at, lead in enumerate(leads):
            nearest = moments[min(moments, key=lambda other: abs(other - at))]
            when = moments.get(at) or (nearest if aside else None)
            filled.append(replace(lead, published=when) if when else lead)
        return filled
