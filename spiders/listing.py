"""Finding by declared list pages: rows by selectors, back to the window, then their pages.

Rows carry headline, link and date: they are coverage at once, also where the page then refuses.
`{page}` in the address is the page's number: from 1, unless the file says otherwise or a page is
found that stands ahead of it. Where the window lies far back it is reached by jumps, as in a feed;
the walk stops on whole pages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.models import Layer, Lead, ListingPage, Reading, SnapshotKind
from crawler.outcomes import Reason, Trouble
from crawler.reading.date_order import with_orders
from crawler.reading.listings import (
    ListingRow,
    list_site,
    listing_lead,
    listing_orders,
    parse_listing,
    read_listing_row,
)
from crawler.reading.numbering import (
    BARE_THEN_ONE,
    BARE_THEN_TWO,
    FROM_ONE,
    FROM_ZERO,
    PAGE,
    Numbering,
    bare_address,
    declared,
    same_address,
)
from crawler.reading.titles import says_not_found, title_words
from crawler.urls import belongs
from spiders.asking import (
    Answer,
    believe_gone,
    doubt_silence,
    reading,
    shown,
)
from spiders.dated import (
    DatedPage,
    Delivery,
    ListOrder,
    begin,
    jump,
    rows_moved,
    same_place,
    stands_ahead,
    walked,
)
from spiders.pages import ENDING, Pages
from spiders.undated import Undated
from spiders.walk import Walk

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment

PAST_THE_END = (404, 410)
# Pages whose text is asked for before looking again; bounds what stands in memory.
BATCH = 20


class Listing(Walk):
    """Rows of list pages, and the pages of those in the window."""

    name = "listing"

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(assignment)
        self.find = assignment.find
        self.numbering = declared(self.find) or self._kept()
        self.missed: Trouble | None = None
        self.unsure: Trouble | None = None
        self.bare_lists = self.blank = False
        self.pages = Pages(asking=self.asking, assignment=assignment)
        self.lists: dict[int, DatedPage] = {}
        self.wanted: dict[str, Lead] = {}
        self.strangers = 0
        self.last_walked: DatedPage | None = None
        self.delivery = Delivery(assignment.window)
        self.overlap_only = self.repeats = False
        self.refused: Trouble | None = None
        self.order = ListOrder(assignment)
        self.undated = Undated(self.pages, assignment, self.zone)

    async def walk(self) -> AsyncIterator[ListingPage]:
        """Every list page that touches the window."""
        async for page in self._find():
            yield page
        for page in self._anew():
            yield page
        await self._settle()

    async def after(self) -> AsyncIterator[ListingPage]:
        """The pages of its rows."""
        for page in self._anew():
            yield page
        async for page in self._texts():
            yield page
        if self.strangers:
            self.tally.notes.append(f"{self.strangers} rows lead to other hosts: not followed")

    async def _settle(self) -> None:
        """The walk is done: doubt an empty window, name what vanished."""
        if self.unsure:
            self.tally.holes = True
            words = f"whether number 1 is its newest page is not known: {self.unsure.note}"
            raise self.unsure.said(words)
        listed = walked(self.window, self.last_walked, overlap_only=self.overlap_only)
        missing = self.assignment.memory.missing(Layer.LISTING, listed, ())
        doubt_silence(self.assignment, Layer.LISTING, len(missing))
        if not self.overlap_only:
            self.tally.reached = self.window.start
        believe_gone(self.assignment, missing)

    # --- the list pages

    async def _find(self) -> AsyncIterator[ListingPage]:
        """Look at the newest page, keep it, then choose how to go back."""
        async for page in self._newest():
            yield page
        self._reach(self.lists[1])
        if self._ended(self.lists[1]):
            return
        second = await self._second()
        for page in self._fresh(self.lists[1]):
            yield page
        if second is None:
            self._alone(self.lists[1])
            return
        async for page in self._paged():
            yield page

    async def _newest(self) -> AsyncIterator[ListingPage]:
        """The newest page, `lists[1]`, and any that was asked to find it. Raises Trouble."""
        learns = PAGE in self.find.url and self.numbering is None
        one = await self._first(may_miss=learns)
        if one is not None:
            for page in self._fresh(one):
                yield page
        if learns and not self._is_newest(one):
            async for page in self._ahead(one):
                yield page
        if 1 not in self.lists:
            raise self.missed or self._blind()

    async def _first(self, *, may_miss: bool) -> DatedPage | None:
        """The page at place 1; None where it is not there, and `missed` says so."""
        try:
            return await self._numbered(1)
        except Trouble as trouble:
            if not may_miss or trouble.reason is not Reason.NOT_FOUND:
                raise
            self.missed = trouble
            return None

    def _blind(self) -> Trouble:
        words = f'the selector row = "{self.find.row}" finds nothing'
        return Trouble(Reason.UNREADABLE, f"{shown(self._address(1))}: {words}")

    def _is_newest(self, one: DatedPage | None) -> bool:
        """Whether no page ahead of number 1 can matter: it lies in the future of the window,
        or number 1 is where the address without a number leads.
        """
        if one is None:
            return False
        middle = one.middle
        ahead = middle is not None and middle >= self.window.end
        return ahead or same_address(one.answer.landed, bare_address(self.find.url))

    async def _ahead(self, one: DatedPage | None) -> AsyncIterator[ListingPage]:
        """Look for a page ahead of number 1: without a number, then number 0; learn from it.

        Where number 1 is there and has no row, only number 0 may have them: else a wrong selector
        would find a front page's.
        """
        refused = []
        for numbering in (FROM_ZERO,) if self.blank else (BARE_THEN_ONE, FROM_ZERO):
            try:
                page = await self._look(numbering.address(self.find.url, 1))
            except Trouble as trouble:
                if trouble.reason in ENDING or trouble.reason is Reason.INTERRUPTED:
                    raise
                refused += [] if trouble.reason is Reason.UNREADABLE else [trouble]
                continue
            if page is None:
                continue
            self.bare_lists = self.bare_lists or numbering.bare
            same = one is not None and same_place(page, one)
            if one is None or same or stands_ahead(page, one):
                self._learn(FROM_ONE if same else numbering, page, one)
                for fresh in self._fresh(page):
                    yield fresh
                return
        if len(refused) > 1:
            self.unsure = refused[0]

    async def _look(self, url: str) -> DatedPage | None:
        """The rows at an address that may hold none of the list."""
        answer = await self.asking.get(url, also=PAST_THE_END)
        found = None if answer.status in PAST_THE_END else self._read(answer)
        return await self.undated.dated(found) if found else None

    def _learn(self, numbering: Numbering, page: DatedPage, one: DatedPage | None) -> None:
        """Number the list from now on; `page` stands at place 1, unless number 1 does."""
        if numbering is BARE_THEN_ONE and one is None:
            numbering = BARE_THEN_TWO
        if numbering != FROM_ONE:
            self.lists = {1: page} if one is None else {1: page, 2: one}
        self._keep(numbering)

    def _keep(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.assignment.memory.remember(f"numbers:{self.find.url}", numbering.to_json())

    def _kept(self) -> Numbering | None:
        kept = self.assignment.memory.recall(f"numbers:{self.find.url}")
        return Numbering(**kept) if kept else None

    async def _second(self) -> DatedPage | None:
        """Page 2, None where the address has no number, the server ignores or refuses it.

        Here numbers that count rows show, and whether a first page without a number is followed
        by 1 or by 2.
        """
        if PAGE not in self.find.url:
            return None
        second = await self._asked_second()
        if self.find.first == "" and self.numbering == BARE_THEN_ONE and second is None:
            self._keep(BARE_THEN_TWO)
            self.repeats, self.refused = False, None
            second = await self._asked_second()
        moved = rows_moved(self.lists[1], second) if second else 0
        if moved and self.find.first is None and self.find.step is None:
            bare = self.bare_lists
            self._keep(Numbering(bare=bare, number=moved if bare else 0, step=moved))
            self.lists = {}
            if await self._numbered(1) is None:
                raise self._blind()
            second = await self._asked_second()
        return second

    async def _asked_second(self) -> DatedPage | None:
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
            return self._dated(number)
        url = self._address(number)
        answer = await self.asking.get(url, also=PAST_THE_END if number > 1 else ())
        found = self._read(answer) if answer.status not in PAST_THE_END else None
        if found is None and answer.status not in PAST_THE_END:
            self._doubt_end(answer, number)
        if found is None or self._repeats(found, number):
            return None
        self.lists[number] = found = await self.undated.dated(found)
        return found

    def _doubt_end(self, answer: Answer, number: int) -> None:
        """A list ends with a page like its first, without rows; not with some other page.

        Raises Trouble (unreadable) for the latter: a home page that answers for everything.
        """
        first = self.lists.get(1)
        self.blank = self.blank or number == 1
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
        return (self.numbering or FROM_ONE).address(self.find.url, number)

    def _read(self, answer: Answer) -> DatedPage | None:
        """The rows of a page, None without any. Raises Trouble (unreadable)."""
        find, outlet = self.assignment.find, self.assignment.outlet
        rows = reading(
            lambda body: parse_listing(body, url=answer.url, charset=answer.charset, find=find),
            answer,
        )
        ours = [row for row in rows if belongs(row.url, outlet)]
        self.strangers += len(rows) - len(ours)
        self.order.prove(listing_orders(ours, fetched=answer.fetched, zone=self.zone))
        kept = self._leads(ours, answer)
        if rows and not kept:
            raise Trouble(Reason.OFF_LIMITS, f"{shown(answer.url)}: every row leads to other hosts")
        if kept and find.date and not any(lead.published for lead in kept):
            words = f'the selector date = "{find.date}" finds no date that can be read'
            raise Trouble(Reason.UNREADABLE, f"{shown(answer.url)}: {words}")
        known: frozenset[int] = frozenset()
        if self.assignment.routine:
            known = self.assignment.memory.known(Layer.LISTING, kept)
        page = DatedPage(answer=answer, leads=kept, known=known, orders=self.order.orders)
        return page if kept else None

    def _leads(self, rows: Sequence[ListingRow], answer: Answer) -> tuple[Lead, ...]:
        leads = (
            listing_lead(
                row,
                outlet=self.assignment.outlet,
                fetched=answer.fetched,
                zone=self.zone,
                position=row.position,
                orders=self.order.orders,
            )
            for row in rows
        )
        return tuple(leads)

    def _dated(self, number: int) -> DatedPage:
        """A page that is at hand, dated again if the order of its dates was proved since."""
        found = self.lists[number]
        if found.orders != self.order.orders:
            rows = [ListingRow.of(lead) for lead in found.leads]
            leads = self._leads(rows, found.answer)
            found = self.lists[number] = replace(found, leads=leads, orders=self.order.orders)
        return found

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
        numbered = PAGE in self.find.url
        if numbered and not self.repeats and not self.refused:
            return
        if not self._reaches(newest):
            begins = min(newest.dates, default=self.window.end)
            words = f"its list begins at {begins:%Y-%m-%d %H:%M}"
            gap = {"until": begins.isoformat(timespec="seconds")}
            if self.refused:
                raise self.refused.said(f"{self.refused.note}; {words}", **gap)
            raise Trouble(Reason.GAP, words, **gap)
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
        yield from self._offered(found)

    def _offered(self, found: DatedPage) -> Iterator[ListingPage]:
        """The page as far as it is not delivered yet, or not with the dates that it has now."""
        for leads, aside in self.delivery.of(found):
            yield self._page(found, leads, aside=aside)

    def _anew(self) -> Iterator[ListingPage]:
        """Pages that were delivered before a later one proved the order of their dates."""
        for number in list(self.lists):
            yield from self._offered(self._dated(number))

    def _page(self, found: DatedPage, leads: Sequence[Lead], *, aside: bool = False) -> ListingPage:
        """Some rows of a page, with its bytes."""
        self.wanted.update((lead.url, lead) for lead in leads if not aside)
        return self.asking.page(
            found.answer,
            leads,
            layer=Layer.LISTING,
            kind=SnapshotKind.LIST_PAGE,
            site=with_orders(list_site(self.find, self.zone), found.orders),
            aside=aside,
        )

    # --- the pages of the rows

    async def _texts(self) -> AsyncIterator[ListingPage]:
        """The pages of the rows; a refused page takes nothing from what its row told."""
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
            self.tally.trouble = trouble.said(words, pages=self.pages.asked, wanted=wanted)
            return
        self.tally.notes.append(words)

    def _listed(self, leads: Sequence[Lead]) -> dict[str, Reading]:
        outlet, fetched = self.assignment.outlet, self.assignment.now
        return {
            lead.url: read_listing_row(
                dict(lead.row),
                outlet=outlet,
                fetched=fetched,
                zone=self.zone,
                orders=self.order.orders,
            )
            for lead in leads
        }


def _numbered_from_0(leads: Sequence[Lead]) -> list[Lead]:
    """Leads of several list pages with places of their own."""
    return [replace(lead, position=position) for position, lead in enumerate(leads)]
