"""Finding by RSS or Atom: from the newest row back to the window, by jumps.

A feed holds 4 to 30 rows. Backwards lead, in this order: `?paged=N` (WordPress), asked
by interpolation between dates and bisection, so that a window 300 pages away costs
some 2 log2(pages) requests; date archives (`/YYYY/MM/DD/feed/`) where a server ignores
`paged`; archive links (RFC 5005) where a feed has them. A feed's self link is never
trusted: measured, it drops the port and may name another host.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from crawler.models import Find, Layer, Lead, ListingPage, Outcome, SnapshotKind, Way
from crawler.outcomes import Reason, Trouble
from crawler.reading import Unreadable
from crawler.reading.date_order import with_orders
from crawler.reading.feeds import FeedPage, feed_lead, feed_orders, parse_feed
from crawler.reading.front_page import front_links
from spiders.asking import (
    Answer,
    believe_gone,
    doubt_ends,
    doubt_silence,
    reading,
    shown,
    with_query,
)
from spiders.dated import DatedPage, Delivery, ListOrder, begin, jump, walked
from spiders.pages import ENDING
from spiders.walk import Walk

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment

PAST_THE_END = (404,)
SECOND_PAGE = 2
ARCHIVES = ("prev-archive", "next")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRows(DatedPage):
    """One answered page of a feed."""

    links: dict[str, str]
    # rel -> address: {"prev-archive": "https://..."}
    wordpress: bool
    # whether its generator says so


class Feed(Walk):
    """Rows of a feed, back to the window and through it."""

    name = "feed"

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(assignment)
        self.address = assignment.find.url
        self.pages: dict[int, FeedRows] = {}
        self.last_walked: FeedRows | None = None
        self.delivery = Delivery(assignment.window)
        self.refused: Trouble | None = None
        self.overlap_only = False
        self.order = ListOrder(assignment)

    async def walk(self) -> AsyncIterator[ListingPage]:
        """Every page that touches the window."""
        async for page in self._find():
            yield page
        for page in self._anew():
            yield page
        await self._settle()

    async def after(self) -> AsyncIterator[ListingPage]:
        """Pages whose dates another page's order turned, should the walk have ended before."""
        for page in self._anew():
            yield page

    async def _settle(self) -> None:
        """The walk is done: doubt an empty window, name what vanished."""
        doubt_ends(self.tally)
        listed = walked(self.window, self.last_walked, overlap_only=self.overlap_only)
        missing = self.assignment.memory.missing(Layer.FEED, listed, ())
        doubt_silence(self.assignment, Layer.FEED, len(missing))
        if not self.overlap_only:
            self.tally.reached = self.window.start
        believe_gone(self.assignment, missing)

    async def _find(self) -> AsyncIterator[ListingPage]:
        """Look at the newest page, keep it, then choose how to go back."""
        newest = self.pages[1] = await self._newest()
        if not newest.leads:
            raise Trouble(Reason.EMPTY, f"{shown(newest.answer.url)} is a feed without rows")
        self._reach(newest)
        for page in self._fresh(newest):
            yield page
        if not newest.dates:
            raise Trouble(Reason.GAP, "its feed states no dates: how far it reaches is unknown")
        if self._ended(newest):
            return
        async for page in self._backwards(newest):
            yield page

    async def _backwards(self, newest: FeedRows) -> AsyncIterator[ListingPage]:
        """The way back that this server offers."""
        second = await self._second()
        newest = self._dated(1)
        if second and second.names != newest.names:
            way = self._paged()
        elif any(rel in newest.links for rel in ARCHIVES):
            way = self._linked(newest)
        elif newest.wordpress and (second or self._may_ask) and not self._reaches(newest):
            way = self._by_day(newest)
        else:
            last = second is None and not self.refused and newest.wordpress
            self._alone(newest, last=last)
            return
        async for page in way:
            yield page

    async def _second(self) -> FeedRows | None:
        """Page 2, None past the end or where it is refused: then `refused` says why."""
        try:
            return await self._numbered(SECOND_PAGE)
        except Trouble as trouble:
            if trouble.reason is Reason.INTERRUPTED:
                raise
            self.refused = trouble
            return None

    @property
    def _may_ask(self) -> bool:
        """Whether page 2 was refused for its address, not because nothing more is given."""
        return self.refused is not None and self.refused.reason not in ENDING

    async def _newest(self) -> FeedRows:
        """The feed at the declared address, or the one that a front page names."""
        answer = await self.asking.get(self.address)
        links = front_links(answer.body, answer.url, answer.headers)
        if links.rest:
            self.tally.noticed.append(Find(way=Way.WORDPRESS, url=links.rest))
        if not links.feeds:
            return self._rows(answer)
        self.address = links.feeds[0]
        return self._rows(await self.asking.get(self.address))

    def _rows(self, answer: Answer) -> FeedRows:
        """Read a page. Raises Trouble (unreadable) for anything but a feed."""
        feed = reading(lambda body: parse_feed(body, charset=answer.charset), answer)
        outlet = self.assignment.outlet
        self.order.prove(feed_orders(feed.entries, outlet=outlet, fetched=answer.fetched))
        leads = tuple(self._leads(feed, answer))
        self.tally.notes += [note for note in feed.notes if note not in self.tally.notes]
        if not feed.whole:
            self.tally.broken_off.append(answer.url)
        wordpress = "wordpress" in (feed.generator or "").lower()
        known: frozenset[int] = frozenset()
        if self.assignment.routine:
            known = self.assignment.memory.known(Layer.FEED, leads)
        return FeedRows(
            answer=answer,
            leads=leads,
            known=known,
            orders=self.order.orders,
            links=dict(feed.links),
            wordpress=wordpress,
        )

    def _dated(self, number: int) -> FeedRows:
        """A page that is at hand, read again if the order of its dates was proved since."""
        rows = self.pages[number]
        if rows.orders != self.order.orders:
            rows = self.pages[number] = replace(self._rows(rows.answer), known=rows.known)
        return rows

    def _leads(self, feed: FeedPage, answer: Answer) -> Iterator[Lead]:
        for position, entry in enumerate(feed.entries):
            try:
                yield feed_lead(
                    entry,
                    outlet=self.assignment.outlet,
                    position=position,
                    fetched=answer.fetched,
                    url=answer.url,
                    orders=self.order.orders,
                )
            except Unreadable as error:
                self.tally.unread.append(str(error))

    async def _numbered(self, number: int) -> FeedRows | None:
        """Page `number`, None past the end (WordPress: 404 with a feed for a body)."""
        if number in self.pages:
            return self._dated(number)
        answer = await self.asking.get(with_query(self.address, paged=number), also=PAST_THE_END)
        rows = self._rows(answer) if answer.status not in PAST_THE_END else None
        if rows is None or not rows.leads or self._repeats(rows, number):
            return None
        self.pages[number] = rows
        return rows

    def _repeats(self, rows: FeedRows, number: int) -> bool:
        """Past its end some servers give the newest page again; page 2 may show they always do."""
        return number != SECOND_PAGE and rows.names == self.pages[1].names

    async def _paged(self) -> AsyncIterator[ListingPage]:
        """`?paged=N`: jump to the window's end, walk to its start."""
        async for probed in jump(self.pages, self._numbered, self.window.end):
            for page in self._fresh(probed):
                yield page
        number = begin(self.pages, self.window.end)
        while (rows := await self._numbered(number)) is not None:
            self._reach(rows)
            for page in self._fresh(rows):
                yield page
            if self._ended(rows):
                return
            number += 1

    async def _linked(self, newest: FeedRows) -> AsyncIterator[ListingPage]:
        """Archive links (RFC 5005), one after the other; a link seen before ends the walk."""
        rows, seen = newest, {newest.answer.url}
        while not self._ended(rows):
            link = next((rows.links[rel] for rel in ARCHIVES if rel in rows.links), None)
            if link is None:
                return
            link = urljoin(rows.answer.url, link)
            if link in seen:
                raise Trouble(Reason.GAP, f"its archive links go in circles at {link}")
            seen.add(link)
            rows = self._rows(await self.asking.get(link))
            self._reach(rows)
            for page in self._fresh(rows):
                yield page

    async def _by_day(self, newest: FeedRows) -> AsyncIterator[ListingPage]:
        """Date archives, newest day first, a day wide at both edges for the site's own clock."""
        await self._prove_archives(newest)
        full = len(newest.leads)
        for day in _days(self.window.last_day + DAY, self.window.first_day - DAY):
            rows = await self._of_day(day)
            if rows is None:
                continue
            self._reach(rows)
            for page in self._fresh(rows):
                yield page
            if len(rows.leads) >= full:
                words = f"its feed gives {full} rows a day and no more: {day} may hold others"
                raise Trouble(Reason.GAP, words, rows=full, until=day.isoformat())

    async def _prove_archives(self, newest: FeedRows) -> None:
        """A day that is known to have rows must show them: some servers know no archives.

        Raises Trouble where it does not: why page 2 was refused, else gap.
        """
        zone = ZoneInfo(self.assignment.outlet.zone or self.window.zone)
        try:
            rows = await self._of_day(max(newest.dates).astimezone(zone).date())
        except Trouble as trouble:
            if trouble.outcome is not Outcome.BROKEN:
                raise
            raise self._short(newest) from trouble
        shown = rows.names & newest.names if rows else frozenset()
        if not shown or (rows and rows.names == newest.names and not self._one_day(newest)):
            raise self._short(newest)

    def _one_day(self, rows: FeedRows) -> bool:
        return max(rows.dates) - min(rows.dates) < DAY

    async def _of_day(self, day: date) -> FeedRows | None:
        """The feed of one day, None where it has no rows."""
        answer = await self.asking.get(_archive(self.address, day), also=PAST_THE_END)
        return None if answer.status in PAST_THE_END else self._rows(answer)

    def _alone(self, newest: FeedRows, *, last: bool) -> None:
        """A single page is all there is: it is enough if it reaches behind the window.

        Raises Trouble where it is not: why page 2 was refused, else gap.
        """
        if not last and not self._reaches(newest):
            raise self._short(newest)
        if self.refused:
            self.tally.notes.append(f"its second page was not needed: {self.refused.note}")

    def _short(self, newest: FeedRows) -> Trouble:
        """Its newest page does not reach the window's start, and nothing leads further."""
        if self.refused is None:
            return self._gap(newest)
        gap = self._gap(newest)
        return self.refused.said(f"{self.refused.note}; {gap.note}", **gap.numbers)

    def _ended(self, rows: FeedRows) -> bool:
        """Stop on pages, not on rows: the whole page is older, or, in routine, known."""
        if rows.older_than(self.window.start):
            return True
        if self.assignment.routine and rows.all_known:
            self.overlap_only = True
            return True
        return False

    def _reaches(self, rows: FeedRows) -> bool:
        """Whether a page without a next one overlaps what is known or lies behind the window."""
        if rows.foot_older_than(self.window.start):
            return True
        if self.assignment.routine and self._overlaps(rows):
            self.overlap_only = True
            return True
        return self.assignment.memory.covered(self.window.start, rows.begins(self.window))

    def _overlaps(self, rows: FeedRows) -> bool:
        """Whether the page meets what is known: a row of it, or the end of the last check."""
        last = self.assignment.last
        return bool(rows.known) or (last is not None and min(rows.dates) <= last)

    def _gap(self, rows: FeedRows) -> Trouble:
        since, oldest = self.window.start, min(rows.dates)
        until = min(oldest, self.window.end).astimezone(since.tzinfo)
        words = f"gap possible between {since:%Y-%m-%d %H:%M} and {until:%Y-%m-%d %H:%M}"
        between = {"since": since.isoformat(), "until": until.isoformat(timespec="seconds")}
        return Trouble(Reason.GAP, words, **between)

    def _reach(self, rows: FeedRows) -> None:
        """Remember how far back we got, should the walk end here."""
        if rows.dates and min(rows.dates) < self.window.end:
            self.tally.reached = max(min(rows.dates), self.window.start)

    def _fresh(self, rows: FeedRows) -> Iterator[ListingPage]:
        """The page to deliver, once, where it may hold rows of the window."""
        self.last_walked = rows
        yield from self._offered(rows)

    def _offered(self, rows: FeedRows) -> Iterator[ListingPage]:
        """The page as far as it is not delivered yet, or not with the dates that it has now."""
        for leads, aside in self.delivery.of(rows):
            yield self._page(rows, leads, aside=aside)

    def _anew(self) -> Iterator[ListingPage]:
        """Pages that were delivered before a later one proved the order of their dates."""
        for number in list(self.pages):
            yield from self._offered(self._dated(number))

    def _page(self, rows: FeedRows, leads: Sequence[Lead], *, aside: bool = False) -> ListingPage:
        """Some rows of a page, with its bytes."""
        return self.asking.page(
            rows.answer,
            leads,
            layer=Layer.FEED,
            kind=SnapshotKind.FEED_ENTRY,
            site=with_orders({}, rows.orders),
            aside=aside,
        )


def _days(newest: date, oldest: date) -> Iterator[date]:
    day = newest
    while day >= oldest:
        yield day
        day -= DAY


def _archive(feed: str, day: date) -> str:
    """The feed of one day: `/YYYY/MM/DD/feed/`, or `?m=YYYYMMDD` where links are plain."""
    parts = urlsplit(feed)
    base, slash, last = parts.path.rstrip("/").rpartition("/")
    if slash and last == "feed" and not parts.query:
        return urlunsplit(parts._replace(path=f"{base}/{day:%Y/%m/%d}/feed/"))
    return with_query(feed, m=f"{day:%Y%m%d}")
