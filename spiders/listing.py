"""Finding by declared list pages: rows by selectors, back to the window, then their pages.

Rows carry headline, link and date: they are coverage at once, also where the page then refuses.
`{page}` in the address is the page's number, from 1. Where the window lies far back it is reached
by jumps, as in a feed; the walk stops on whole pages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import scrapy

from crawler.models import Layer, Lead, ListingPage, Reading, SnapshotKind
from crawler.outcomes import Reason, Trouble
from crawler.reading.listings import listing_lead, parse_listing, read_listing_row
from crawler.reading.titles import says_not_found, title_words
from crawler.urls import belongs
from spiders.asking import (
    Answer,
    Asking,
    accept,
    believe_gone,
    doubt_silence,
    reading,
    shown,
)
from spiders.dated import DatedPage, begin, jump, walked
from spiders.pages import Pages

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run.crawl_task import Assignment

PAGE = "{page}"
PAST_THE_END = (404, 410)
# Pages whose text is asked for before looking again; bounds what stands in memory.
BATCH = 20


class Listing(scrapy.Spider):
    """Rows of list pages, and the pages of those in the window."""

    name = "listing"

    def __init__(self, assignment: Assignment, **words: Any) -> None:
        super().__init__(**words)
        self.assignment = assignment
        self.window = assignment.window
        self.tally = assignment.tally
        self.zone = assignment.outlet.zone or assignment.window.zone
        self.asking = Asking(self, assignment)
        self.pages = Pages(asking=self.asking, assignment=assignment)
        self.lists: dict[int, DatedPage] = {}
        self.wanted: dict[str, Lead] = {}
        self.strangers = 0
        self.last_walked: DatedPage | None = None
        self.delivered: set[str] = set()
        self.overlap_only = self.repeats = False
        self.refused: Trouble | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **words: Any) -> Listing:
        """Scrapy's way in: an `assignment`, or `-a outlet= since= until=`."""
        spider = cls(accept(cls.name, crawler, words))
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[ListingPage]:
        """Every list page that touches the window, then the pages of its rows."""
        try:
            async for page in self._find():
                yield page
            await self._settle()
        except Trouble as trouble:
            self.tally.trouble = trouble
        async for page in self._texts():
            yield page
        if self.strangers:
            self.tally.notes.append(f"{self.strangers} rows lead to other hosts: not followed")

    async def _settle(self) -> None:
        """The walk is done: doubt an empty window, name what vanished."""
        await self.tally.quiet()
        missing = self._missing()
        if not self._is_section():
            doubt_silence(self.assignment, Layer.LISTING, len(missing))
        if not self.overlap_only:
            self.tally.reached = self.window.start
        believe_gone(self.tally, missing)

    def _is_section(self) -> bool:
        """Whether the outlet's other list pages hold other pieces."""
        ways = [find.way for find in self.assignment.outlet.find]
        return ways.count(self.assignment.find.way) > 1

    def _missing(self) -> Mapping[int, str | None]:
        """Pieces that this list held once; of a section nobody can tell."""
        if self._is_section():
            return {}
        listed = walked(self.window, self.last_walked, overlap_only=self.overlap_only)
        return self.assignment.memory.missing(Layer.LISTING, listed, ())

    # --- the list pages

    async def _find(self) -> AsyncIterator[ListingPage]:
        """Look at the newest page, keep it, then choose how to go back."""
        newest = await self._numbered(1)
        if newest is None:
            words = f'row = "{self.assignment.find.row}" finds nothing'
            raise Trouble(Reason.UNREADABLE, f"{shown(self._address(1))}: the selector {words}")
        self._reach(newest)
        for page in self._fresh(newest):
            yield page
        if self._ended(newest):
            return
        if await self._second() is None:
            self._alone(newest)
            return
        async for page in self._paged():
            yield page

    async def _second(self) -> DatedPage | None:
        """Page 2, None where the address has no number, the server ignores or refuses it."""
        if PAGE not in self.assignment.find.url:
            return None
        try:
            second = await self._numbered(2)
        except Trouble as trouble:
            if trouble.reason is Reason.INTERRUPTED:
                raise
            self.refused = trouble
            return None
        return second if second and second.names != self.lists[1].names else None

    async def _numbered(self, number: int) -> DatedPage | None:
        """List page `number`, None past the end: 404, no rows, or an earlier page again."""
        if number in self.lists:
            return self.lists[number]
        url = self._address(number)
        answer = await self.asking.get(url, also=PAST_THE_END if number > 1 else ())
        found = self._read(answer) if answer.status not in PAST_THE_END else None
        if found is None and answer.status not in PAST_THE_END:
            self._doubt_end(answer, number)
        if found is None or self._repeats(found, number):
            return None
        self.lists[number] = found
        return found

    def _doubt_end(self, answer: Answer, number: int) -> None:
        """A list ends with a page like its first, without rows; not with some other page.

        Raises Trouble (unreadable) for the latter: a home page that answers for everything.
        """
        first = self.lists.get(1)
        if number == 1 or first is None or says_not_found(answer.body):
            return
        if not title_words(first.answer.body) <= title_words(answer.body):
            words = "another page than its list, without a row"
            raise Trouble(Reason.UNREADABLE, f"{shown(answer.url)}: {words}")

    def _repeats(self, found: DatedPage, number: int) -> bool:
        """Past their end some servers give the newest or the last page again.

        Raises Trouble (unreadable) where one page, no older than the first, answers for all others.
        """
        known = (page for at, page in self.lists.items() if at < number)
        repeats = number > 1 and any(found.names == page.names for page in known)
        self.repeats = self.repeats or repeats
        if repeats and found.names != self.lists[1].names and not self._is_older(found):
            words = "one page answers for every number"
            raise Trouble(Reason.UNREADABLE, f"{shown(found.answer.url)}: {words}")
        return repeats

    def _is_older(self, found: DatedPage) -> bool:
        """Whether a page lies behind the first, as far as their dates tell."""
        first, middle = self.lists[1].middle, found.middle
        return first is None or middle is None or middle < first

    def _address(self, number: int) -> str:
        return self.assignment.find.url.replace(PAGE, str(number))

    def _read(self, answer: Answer) -> DatedPage | None:
        """The rows of a page, None without any. Raises Trouble (unreadable)."""
        find, outlet = self.assignment.find, self.assignment.outlet
        rows = reading(
            lambda body: parse_listing(body, url=answer.url, charset=answer.charset, find=find),
            answer,
        )
        ours = [row for row in rows if belongs(row.url, outlet)]
        self.strangers += len(rows) - len(ours)
        leads = (
            listing_lead(
                row, outlet=outlet, fetched=answer.fetched, zone=self.zone, position=position
            )
            for position, row in enumerate(ours)
        )
        kept = tuple(leads)
        if rows and not kept:
            raise Trouble(Reason.OFF_LIMITS, f"{shown(answer.url)}: every row leads to other hosts")
        if kept and find.date and not any(lead.published for lead in kept):
            words = f'the selector date = "{find.date}" finds no date that can be read'
            raise Trouble(Reason.UNREADABLE, f"{shown(answer.url)}: {words}")
        known: frozenset[int] = frozenset()
        if self.assignment.routine:
            known = self.assignment.memory.known(Layer.LISTING, kept)
        return DatedPage(answer=answer, leads=kept, known=known) if kept else None

    async def _paged(self) -> AsyncIterator[ListingPage]:
        """Jump to the window's end, walk to its start."""
        async for probed in jump(self.lists, self._numbered, self.window.end):
            for page in self._fresh(probed):
                yield page
        number = begin(self.lists, self.window.end)
        while (found := await self._numbered(number)) is not None:
            self._reach(found)
            for page in self._fresh(found):
                yield page
            if self._ended(found):
                return
            number += 1

    def _alone(self, newest: DatedPage) -> None:
        """A single page is all there is: it is enough if it reaches behind the window.

        Raises Trouble where it is not: why page 2 was refused, else gap. A page 2 that was asked
        and is not there ends the list; a server that gives page 1 again says nothing.
        """
        numbered = PAGE in self.assignment.find.url
        if numbered and not self.repeats and not self.refused:
            return
        if not self._reaches(newest):
            begins = min(newest.dates, default=self.window.end)
            words = f"its list begins at {begins:%Y-%m-%d %H:%M}"
            if self.refused:
                raise Trouble(self.refused.reason, f"{self.refused.note}; {words}")
            raise Trouble(Reason.GAP, words)
        if self.refused:
            self.tally.notes.append(f"its second page was not needed: {self.refused.note}")

    def _reaches(self, newest: DatedPage) -> bool:
        """Whether a page without a next one lies behind the window or overlaps what is known."""
        if newest.foot_older_than(self.window.start):
            return True
        if self.assignment.routine and newest.known:
            self.overlap_only = True
            return True
        return self.assignment.memory.covered(self.window.start, newest.begins(self.window))

    def _ended(self, found: DatedPage) -> bool:
        """Stop on pages, not on rows: the whole page is older, or, in routine, known."""
        if found.older_than(self.window.start):
            return True
        if self.assignment.routine and found.all_known:
            self.overlap_only = True
            return True
        return False

    def _reach(self, found: DatedPage) -> None:
        """Remember how far back we got, should the walk end here."""
        if found.dates and min(found.dates) < self.window.end:
            self.tally.reached = max(min(found.dates), self.window.start)

    def _fresh(self, found: DatedPage) -> Iterator[ListingPage]:
        """The page to deliver, once, where it may hold rows of the window."""
        self.last_walked = found
        if found.answer.url in self.delivered or found.newer_than(self.window.end):
            return
        self.delivered.add(found.answer.url)
        yield self._inside(found)

    def _inside(self, found: DatedPage) -> ListingPage:
        """The rows of a page that are in the window, and those that state no date."""
        leads = [
            lead
            for lead in found.leads
            if lead.published is None or self.window.holds(lead.published)
        ]
        self.wanted.update((lead.url, lead) for lead in leads)
        return self.asking.page(
            found.answer,
            leads,
            layer=Layer.LISTING,
            kind=SnapshotKind.LISTING_ROW,
            site={"zone": self.zone},
        )

    # --- the pages of the rows

    async def _texts(self) -> AsyncIterator[ListingPage]:
        """The pages of the rows; a refused page takes nothing from what its row told."""
        await self.tally.quiet()
        leads = list(self.wanted.values())
        try:
            for first in range(0, len(leads), BATCH):
                batch = _numbered_from_0(leads[first : first + BATCH])
                async for page in self.pages.ask(batch, self._listed(batch)):
                    yield page
        except Trouble as trouble:
            self._cut_short(trouble, len(leads))
        if self.pages.refused:
            self.tally.notes.append(f"{len(self.pages.refused)} pages were refused: headlines only")

    def _cut_short(self, trouble: Trouble, wanted: int) -> None:
        """Pages that were not asked for: the rows stand, but their text is not searched."""
        words = f"{self.pages.asked} of {wanted} pages read: {trouble.note}"
        if trouble.reason is Reason.BUDGET and self.tally.trouble is None:
            self.tally.trouble = Trouble(trouble.reason, words)
            return
        self.tally.notes.append(words)

    def _listed(self, leads: Sequence[Lead]) -> dict[str, Reading]:
        outlet, fetched = self.assignment.outlet, self.assignment.now
        return {
            lead.url: read_listing_row(
                dict(lead.row), outlet=outlet, fetched=fetched, zone=self.zone
            )
            for lead in leads
        }


def _numbered_from_0(leads: Sequence[Lead]) -> list[Lead]:
    """Leads of several list pages with places of their own."""
    return [replace(lead, position=position) for position, lead in enumerate(leads)]
