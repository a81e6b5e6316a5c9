"""Finding by the WordPress REST API: a hundred rows a request, with the outlet's own count.

Dates: `after` and `before` act on the site's local clock (measured on WordPress 6.1),
so the window is asked a second wide at both edges in the *site's* zone and then
filtered by `date_gmt`. Rows carry headline, dates, excerpt and full text: no page of
the outlet is fetched.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.models import Layer, Lead, ListingPage, SnapshotKind, Way, Window
from crawler.outcomes import Reason, Trouble, judge_status
from crawler.reading.date_order import with_orders
from crawler.reading.headers import count_of
from crawler.reading.rest import (
    MOST_ROWS,
    RestIndex,
    RestRefusal,
    parse_rest_index,
    parse_rest_page,
    rest_leads,
    rest_refusal,
    site_zone,
)
from crawler.reading.rest_dates import rest_orders
from spiders.asking import (
    Answer,
    doubt_silence,
    reading,
    shown,
    with_query,
)
from spiders.dated import ListOrder
from spiders.pages import ENDING
from spiders.walk import Walk

if TYPE_CHECKING:
    from crawler.run.crawl_task import Assignment

PER_PAGE = MOST_ROWS
# What WordPress gives who asks for no number: no site gives less.
DEFAULT_PER_PAGE = 10
# How a list is refused in WordPress' own words: too many rows a page, past the end, log in first.
BAD_REQUEST = 400
REFUSALS = (BAD_REQUEST, 401, 403)
PAST_THE_LAST = "rest_post_invalid_page_number"
# The memory of how many rows a page a site gives.
SIZE = "wordpress-rows-a-page {}"
# Troubles after which nothing more is asked.
NO_MORE = ENDING | {Reason.INTERRUPTED}
FIELDS = (
    "id,type,link,guid,date,date_gmt,modified,modified_gmt,title,excerpt,content,"
    "jetpack_featured_media_url"
)
INDEX_FIELDS = "name,home,gmt_offset,timezone_string,routes"
# Clocks go back by an hour at most in every zone in use; looked at in quarter hours.
FOLD = [timedelta(minutes=15 * step) for step in range(13)]
SECOND = timedelta(seconds=1)
# An outlet's clock may be off by some minutes; an edit asked twice costs nothing.
CLOCKS_APART = timedelta(minutes=10)
# WordPress' own type; without it nothing was asked.
NEWS = "posts"
# More plugins' types than this are not news; without asking them all, no `complete`.
MOST_TYPES = 12


@dataclass(slots=True, kw_only=True)
class Count:
    """How one type of post was counted."""

    total: int | None = None
    # the largest X-WP-Total that came, before filtering; None: none came
    inside: set[str] = field(default_factory=set)
    # addresses of the rows inside the window
    outside: set[str] = field(default_factory=set)
    # addresses of the rows that the widened edges brought along

    def add(self, page: Rows, inside: Sequence[Lead]) -> None:
        """Count one page."""
        if page.total is not None:
            self.total = max(self.total or 0, page.total)
        self.inside.update(lead.aliases[0].value for lead in inside)
        self.outside.update(lead.aliases[0].value for lead in page.leads)
        self.outside -= self.inside

    @property
    def came(self) -> bool:
        """Whether any row came."""
        return bool(self.inside or self.outside)

    @property
    def listed(self) -> int | None:
        """What the outlet counts inside the window, no less than what came; None: it does not."""
        if self.total is None:
            return None
        return max(self.total - len(self.outside), len(self.inside))

    @property
    def full(self) -> bool:
        """Whether every row that the outlet counts has come."""
        return self.listed is not None and len(self.inside) >= self.listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """One answered page of a list."""

    answer: Answer
    # as it came
    leads: Sequence[Lead]
    # its rows
    size: int
    # how many were asked for
    number: int
    # which page of that size, from 1

    @property
    def total(self) -> int | None:
        """X-WP-Total, the outlet's own count of all rows; None where it does not say."""
        return count_of(self.answer.headers.get("x-wp-total"))

    def more(self, reached: int) -> bool:
        """Whether rows stand behind the first `reached`, by either count; by none, perhaps."""
        pages = count_of(self.answer.headers.get("x-wp-totalpages"))
        if self.total is None and pages is None:
            return True
        return reached < (self.total or 0) or self.number < (pages or 0)


class NotPublic(Trouble):
    """WordPress itself asks us to log in first."""


class WordPress(Walk):
    """REST rows of every public type of post, newest first."""

    name = "wordpress"

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(assignment)
        self.size = self.most = PER_PAGE
        self.size_name = SIZE.format(assignment.find.url)
        self.learning = False
        self.order = ListOrder(assignment)
        self.failed: list[Trouble] = []

    async def walk(self) -> AsyncIterator[ListingPage]:
        """One type of post after the other, newest rows first."""
        index = await self._index()
        self.most = self.assignment.memory.recall(self.size_name) or PER_PAGE
        asked = index.types[:MOST_TYPES]
        for base, path in asked:
            try:
                async for page in self._type(index, base, path):
                    yield page
            except Trouble as trouble:
                self._fail(base, trouble)
        if self.failed:
            raise self.failed[0]
        async for page in self._absent(index):
            yield page
        if len(asked) < len(index.types):
            left = ", ".join(base for base, _ in index.types[MOST_TYPES:])
            words = f"too many types of post to ask: {left}"
            raise Trouble(Reason.NOT_COUNTED, words, types=len(index.types), asked=len(asked))
        self.tally.reached = self.assignment.window.start

    def _fail(self, base: str, trouble: Trouble) -> None:
        """One type fails alone: the others are asked. Raises it again where that is of no use."""
        if trouble.reason in NO_MORE or (base == NEWS and not self.tally.delivered):
            raise trouble
        self.failed.append(trouble)
        # a type that did not come may have rows anywhere in the window
        self.tally.holes = True

    async def _index(self) -> RestIndex:
        """Zone and public types, kept for a day: a second crawl asks only for lists."""
        name = f"wordpress-index {self.assignment.find.url}"
        kept = self.assignment.memory.recall(name)
        if kept:
            return RestIndex.from_json(kept)
        answer = await self.asking.get(with_query(self.assignment.find.url, _fields=INDEX_FIELDS))
        index = reading(parse_rest_index, answer)
        if not index.types:
            raise Trouble(Reason.UNREADABLE, f"{shown(answer.url)} names no public type of post")
        self.assignment.memory.remember(name, index.to_json())
        return index

    async def _type(self, index: RestIndex, base: str, path: str) -> AsyncIterator[ListingPage]:
        """The window's rows of one type, then what was edited behind it."""
        site = {"zone": index.zone, "base": self._named(base)}
        address = with_query(_under(self.assignment.find.url, path), _fields=FIELDS)
        self.size, self.learning = min(self.most, index.most.get(base, PER_PAGE)), False
        count = Count()
        try:
            async for page in self._pages(site, with_query(address, orderby="date"), count):
                yield page
        except NotPublic as trouble:
            # a further type that asks us to log in need not be counted
            if base == NEWS or count.came:
                raise
            self.tally.notes.append(f"{base} are not public: {trouble.note}")
            return
        if count.total is not None and not count.full:
            async for page in self._again(site, address, count):
                yield page
        self._believe(base, count)
        async for page in self._edited(site, address):
            yield page

    def _named(self, base: str) -> str:
        """A type of post as its posts are named: of a second site by its place too, for both count
        their posts from 1.
        """
        sites = [find.url for find in self.assignment.outlet.find if find.way is Way.WORDPRESS]
        url = self.assignment.find.url
        if not self.assignment.section or url == sites[0]:
            return base
        parts = urlsplit(url)
        place = parts.path.replace("wp-json", "").strip("/").replace("//", "/")
        return f"{parts.hostname}/{place}/{base}" if place else f"{parts.hostname}/{base}"

    async def _again(
        self, site: dict[str, str], address: str, count: Count
    ) -> AsyncIterator[ListingPage]:
        """The window in another order, where dates alone did not bring what it counts."""
        try:
            async for page in self._pages(site, with_query(address, orderby="id"), count):
                yield page
        except Trouble as trouble:
            if trouble.reason in NO_MORE:
                raise
            self.tally.notes.append(f"asked again by id: {trouble.note}")

    async def _pages(
        self, site: dict[str, str], address: str, count: Count
    ) -> AsyncIterator[ListingPage]:
        """Page after page of the window, newest first."""
        stretch = _stretch(self.assignment.window, site["zone"])
        async for page in self._walk(with_query(address, **stretch), site):
            inside = [lead for lead in page.leads if self._holds(lead)]
            count.add(page, inside)
            self._reach(page.leads)
            yield self._page(page.answer, inside, site)

    async def _walk(self, address: str, site: dict[str, str]) -> AsyncIterator[Rows]:
        """Every page of a list, whatever it gives a page.

        A site that gives fewer rows than asked, and counts more, is asked for so many from then
        on: that is right whether it caps what it looks for or cuts what it found.
        """
        reached, learnt = 0, False
        seen: set[str] = set()
        while (page := await self._rows(address, site, reached)) is not None:
            yield page
            fresh = {lead.aliases[0].value for lead in page.leads} - seen
            seen |= fresh
            came = len(page.leads)
            cut = came < page.size and not learnt
            reached = (page.number - 1) * page.size + (came if cut else page.size)
            if not fresh or not page.more(reached):
                return
            if cut:
                self.size, learnt = came, True

    async def _rows(self, address: str, site: dict[str, str], reached: int) -> Rows | None:
        """The page on which the row after the first `reached` stands; None past the last page.

        Learns how many rows a page the site gives. Raises Trouble for every other refusal.
        """
        while True:
            number = reached // self.size + 1
            asked = with_query(address, per_page=self.size, page=number)
            answer = await self.asking.get(asked, also=REFUSALS)
            if answer.status not in REFUSALS:
                if self.learning:
                    self._keep_size()
                leads = self._leads(answer, site)
                return Rows(answer=answer, leads=leads, size=self.size, number=number)
            refusal = rest_refusal(answer.body, asked=self.size)
            if refusal.code == PAST_THE_LAST and number > 1:
                return None
            self._learn(answer, refusal, may_guess=number == 1)

    def _leads(self, answer: Answer, site: Mapping[str, str]) -> list[Lead]:
        """The rows of a page, their dates in the order that this site's rows prove.

        Raises Trouble (unreadable) for anything but a page of rows.
        """
        rows, zone, fetched = reading(parse_rest_page, answer), site["zone"], answer.fetched
        self.order.prove(rest_orders((row.data for row in rows), site_zone=zone, fetched=fetched))
        orders = self.order.orders
        return rest_leads(rows, base=site["base"], site_zone=zone, fetched=fetched, orders=orders)

    def _learn(self, answer: Answer, refusal: RestRefusal, *, may_guess: bool) -> None:
        """Ask for fewer rows a page from now on. Raises Trouble where that is not the reason."""
        trouble = judge_status(answer.status, answer.headers, answer.body)
        assert trouble is not None
        words = f"{shown(answer.url)} {trouble.note}"
        named = {**trouble.numbers, "address": shown(answer.url)}
        if answer.status != BAD_REQUEST:
            kind = NotPublic if (refusal.code or "").startswith("rest_") else Trouble
            raise kind(trouble.reason, words, **named)
        guess = DEFAULT_PER_PAGE if may_guess and self.size > DEFAULT_PER_PAGE else None
        most = refusal.most or guess
        if most is None:
            more = f", {refusal.code}" if refusal.code else ""
            raise trouble.said(words + more, **named)
        self.size, self.learning = most, True

    def _keep_size(self) -> None:
        """What was asked for in the end is given: so many rows a page, for every type."""
        self.most, self.learning = self.size, False
        self.assignment.memory.remember(self.size_name, self.most)

    async def _edited(self, site: dict[str, str], address: str) -> AsyncIterator[ListingPage]:
        """Posts older than the window that were edited since this way was last complete."""
        since, zone = self.assignment.edited_since, site_zone(site["zone"])
        if since is None or not self.assignment.routine:
            return
        asked = {
            "modified_after": _local(since.astimezone(zone) - CLOCKS_APART),
            "before": _stretch(self.assignment.window, site["zone"])["after"],
        }
        try:
            async for page in self._walk(with_query(address, **asked), site):
                if not _modified_since(page.leads, since):
                    self.tally.notes.append("its REST knows no modified_after: edits not asked")
                    return
                known = self.assignment.memory.known(Layer.REST, page.leads)
                there = [lead for lead in page.leads if lead.position in known]
                yield self._page(page.answer, there, site, aside=True)
        except Trouble as trouble:
            if trouble.reason is not Reason.UNREADABLE:
                raise
            self.tally.notes.append(f"{trouble.note}: edits not asked")

    async def _absent(self, index: RestIndex) -> AsyncIterator[ListingPage]:
        """Ask by id for what the record has and the window no longer lists: moved, or gone."""
        memory, window = self.assignment.memory, self.assignment.window
        missing = memory.missing(Layer.REST, window, self.tally.types)
        doubt_silence(self.assignment, Layer.REST, len(missing))
        if self.assignment.section:
            return
        for base, path in index.types:
            posts = {
                alias.partition(":")[2]: article
                for article, alias in missing.items()
                if alias and alias.partition(":")[0] == base
            }
            self.size = min(self.most, index.most.get(base, PER_PAGE))
            async for page in self._include(path, posts, {"zone": index.zone, "base": base}):
                yield page

    async def _include(
        self, path: str, posts: Mapping[str, int], site: dict[str, str]
    ) -> AsyncIterator[ListingPage]:
        """Those posts as they are now; what does not come, and is not counted, is gone."""
        address = with_query(_under(self.assignment.find.url, path), _fields=FIELDS)
        left = dict(posts)
        while left:
            some = dict(itertools.islice(left.items(), self.size))
            page = await self._rows(with_query(address, include=",".join(some)), site, 0)
            assert page is not None, "a first page is there or refused"
            there = {str(lead.row.get("id")) for lead in page.leads}
            yield self._page(page.answer, page.leads, site, aside=True)
            if len(some) > page.size:
                continue
            if page.total is None or page.total > len(page.leads):
                if not there & some.keys():
                    words = f"{shown(page.answer.url)}: fewer rows than it counts"
                    raise Trouble(Reason.NOT_COUNTED, words)
                left = {post: each for post, each in left.items() if post not in there}
                continue
            self.tally.gone.update(article for post, article in some.items() if post not in there)
            left = {post: article for post, article in left.items() if post not in some}

    def _page(
        self, answer: Answer, leads: Sequence[Lead], site: dict[str, str], *, aside: bool = False
    ) -> ListingPage:
        return self.asking.page(
            answer,
            leads,
            layer=Layer.REST,
            kind=SnapshotKind.REST_ROW,
            site=with_orders(site, self.order.orders),
            aside=aside,
        )

    def _holds(self, lead: Lead) -> bool:
        return lead.published is None or self.assignment.window.holds(lead.published)

    def _reach(self, leads: Sequence[Lead]) -> None:
        """Remember how far back we got, should the walk end here."""
        dates = [lead.published for lead in leads if lead.published]
        if dates:
            self.tally.reached = max(min(dates), self.assignment.window.start)

    def _believe(self, base: str, count: Count) -> None:
        """Add the outlet's count to the ledger. Raises Trouble where rows are missing."""
        if count.listed is None:
            words = f"{base}: {len(count.inside)} rows came, it does not count them (X-WP-Total)"
            raise Trouble(Reason.NOT_COUNTED, words, read=len(count.inside))
        self.tally.listed = (self.tally.listed or 0) + count.listed
        if not count.full:
            words = f"{base}: it counts {count.listed}, {len(count.inside)} rows came"
            raise Trouble(Reason.SHORT, words, listed=count.listed, read=len(count.inside))
        self.tally.types = (*self.tally.types, base)


def _stretch(window: Window, zone: str) -> dict[str, str]:
    """`after` and `before` in the site's local time, a second wide at both edges.

    Where clocks go back inside the first or last hours, local time is not monotone:
    the earliest and latest local readings around the edge are taken.
    """
    local = site_zone(zone)
    first = min((window.start + step).astimezone(local).replace(tzinfo=None) for step in FOLD)
    last = max((window.end - step).astimezone(local).replace(tzinfo=None) for step in FOLD)
    return {"after": _local(first - SECOND), "before": _local(last + SECOND)}


def _local(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _modified_since(leads: Sequence[Lead], since: datetime) -> bool:
    """Whether a server understood `modified_after` (WordPress 5.7): no row is older."""
    edge = since - timedelta(days=1)
    stamps = (str(lead.row.get("modified_gmt") or "") for lead in leads)
    return all(stamp >= _local(edge.astimezone(UTC)) for stamp in stamps if stamp)


def _under(root: str, path: str) -> str:
    """The address of a route, for `/wp-json/` as for `/?rest_route=/`."""
    parts = urlsplit(root)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "rest_route" in query:
        query["rest_route"] = query["rest_route"].rstrip("/") + "/" + path
        return urlunsplit(parts._replace(query=urlencode(query)))
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/" + path, query=""))
