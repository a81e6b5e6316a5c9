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
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import scrapy

from crawler.models import Layer, Lead, ListingPage, SnapshotKind, Window
from crawler.outcomes import Reason, Trouble
from crawler.reading.headers import count_of
from crawler.reading.rest import (
    RestIndex,
    parse_rest_index,
    parse_rest_page,
    rest_lead,
    site_zone,
)
from spiders.asking import (
    Answer,
    Asking,
    accept,
    doubt_silence,
    reading,
    shown,
    with_query,
)

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.run.crawl_task import Assignment

# The most that WordPress gives (rest_invalid_param above it).
PER_PAGE = 100
FIELDS = "id,type,link,guid,date,date_gmt,modified,modified_gmt,title,excerpt,content"
INDEX_FIELDS = "name,home,gmt_offset,timezone_string,routes"
# What a site says of itself changes about never; asked again after a day.
INDEX_KEPT = timedelta(days=1)
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

    total: int = 0
    # the largest X-WP-Total that came, before filtering
    inside: set[str] = field(default_factory=set)
    # addresses of the rows inside the window
    outside: set[str] = field(default_factory=set)
    # addresses of the rows that the widened edges brought along

    def add(self, leads: Sequence[Lead], inside: Sequence[Lead], *, total: int) -> None:
        """Count one page."""
        self.total = max(self.total, total)
        self.inside.update(lead.aliases[0].value for lead in inside)
        self.outside.update(lead.aliases[0].value for lead in leads)
        self.outside -= self.inside

    @property
    def listed(self) -> int:
        """What the outlet counts inside the window."""
        return self.total - len(self.outside)

    @property
    def full(self) -> bool:
        """Whether every row that the outlet counts has come."""
        return len(self.inside) >= self.listed


class WordPress(scrapy.Spider):
    """REST rows of every public type of post, newest first."""

    name = "wordpress"

    def __init__(self, assignment: Assignment, **words: Any) -> None:
        super().__init__(**words)
        self.assignment = assignment
        self.tally = assignment.tally
        self.asking = Asking(self, assignment)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **words: Any) -> WordPress:
        """Scrapy's way in: an `assignment`, or `-a outlet= since= until=`."""
        spider = cls(accept(cls.name, crawler, words))
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[ListingPage]:
        """Every page of the window; a trouble ends the walk and is told in the tally."""
        try:
            async for page in self._find():
                yield page
        except Trouble as trouble:
            self.tally.trouble = trouble

    async def _find(self) -> AsyncIterator[ListingPage]:
        index = await self._index()
        asked = index.types[:MOST_TYPES]
        for base, path in asked:
            async for page in self._type(index, base, path):
                yield page
        async for page in self._absent(index):
            yield page
        if len(asked) < len(index.types):
            left = ", ".join(base for base, _ in index.types[MOST_TYPES:])
            raise Trouble(Reason.NOT_COUNTED, f"too many types of post to ask: {left}")
        self.tally.reached = self.assignment.window.start

    async def _index(self) -> RestIndex:
        """Zone and public types, kept for a day: a second crawl asks only for lists."""
        kept = self.assignment.memory.recall("wordpress-index")
        if kept and kept["root"] == self.assignment.find.url:
            return RestIndex.from_json(kept["index"])
        answer = await self.asking.get(with_query(self.assignment.find.url, _fields=INDEX_FIELDS))
        index = reading(parse_rest_index, answer)
        if not index.types:
            raise Trouble(Reason.UNREADABLE, f"{shown(answer.url)} names no public type of post")
        kept = {"root": self.assignment.find.url, "index": index.to_json()}
        self.assignment.memory.remember("wordpress-index", kept)
        return index

    async def _type(self, index: RestIndex, base: str, path: str) -> AsyncIterator[ListingPage]:
        """The window's rows of one type, then what was edited behind it."""
        site = {"zone": index.zone, "base": base}
        address = with_query(
            _under(self.assignment.find.url, path), per_page=PER_PAGE, _fields=FIELDS
        )
        count = Count()
        try:
            for order in ("date", "id"):
                async for page in self._pages(site, with_query(address, orderby=order), count):
                    yield page
                if count.full:
                    break
        except Trouble as trouble:
            self._excuse(base, trouble)
            return
        self._believe(base, count)
        async for page in self._edited(site, address):
            yield page

    def _excuse(self, base: str, trouble: Trouble) -> None:
        """A further type that asks us to log in is not public: it need not be counted.

        Raises the trouble again in every other case.
        """
        if base == NEWS or trouble.reason is not Reason.FORBIDDEN:
            raise trouble
        self.tally.notes.append(f"{base} are not public")

    async def _pages(
        self, site: dict[str, str], address: str, count: Count
    ) -> AsyncIterator[ListingPage]:
        """Page after page of the window, newest first."""
        stretch = _stretch(self.assignment.window, site["zone"])
        for number in itertools.count(1):
            answer = await self.asking.get(with_query(address, page=number, **stretch))
            leads = _leads(answer, site)
            inside = [lead for lead in leads if self._holds(lead)]
            count.add(leads, inside, total=_total(answer, len(leads)))
            self._reach(leads)
            yield self._page(answer, inside, site)
            if len(leads) < PER_PAGE or number * PER_PAGE >= count.total:
                return

    async def _edited(self, site: dict[str, str], address: str) -> AsyncIterator[ListingPage]:
        """Posts older than the window that were edited since this way was last complete."""
        since, zone = self.assignment.edited_since, site_zone(site["zone"])
        if since is None or not self.assignment.routine:
            return
        asked = {
            "modified_after": _local(since.astimezone(zone) - CLOCKS_APART),
            "before": _stretch(self.assignment.window, site["zone"])["after"],
        }
        for number in itertools.count(1):
            answer = await self.asking.get(with_query(address, page=number, **asked))
            leads = _leads(answer, site)
            if not _modified_since(leads, since):
                self.tally.notes.append("its REST knows no modified_after: edits not asked")
                return
            known = self.assignment.memory.known(Layer.REST, leads)
            there = [lead for lead in leads if lead.position in known]
            yield self._page(answer, there, site, aside=True)
            if len(leads) < PER_PAGE:
                return

    async def _absent(self, index: RestIndex) -> AsyncIterator[ListingPage]:
        """Ask by id for what the record has and the window no longer lists: moved, or gone."""
        await self.tally.quiet()
        memory, window = self.assignment.memory, self.assignment.window
        missing = memory.missing(Layer.REST, window, self.tally.types)
        doubt_silence(self.assignment, Layer.REST, len(missing))
        for base, path in index.types:
            posts = {
                alias.partition(":")[2]: article
                for article, alias in missing.items()
                if alias and alias.partition(":")[0] == base
            }
            site = {"zone": index.zone, "base": base}
            for first in range(0, len(posts), PER_PAGE):
                some = dict(list(posts.items())[first : first + PER_PAGE])
                yield await self._include(path, some, site)

    async def _include(
        self, path: str, posts: Mapping[str, int], site: dict[str, str]
    ) -> ListingPage:
        """Those posts as they are now; what does not come is gone."""
        address = with_query(
            _under(self.assignment.find.url, path), per_page=PER_PAGE, _fields=FIELDS
        )
        answer = await self.asking.get(with_query(address, include=",".join(posts)))
        leads = _leads(answer, site)
        there = {str(lead.row.get("id")) for lead in leads}
        self.tally.gone.update(article for post, article in posts.items() if post not in there)
        return self._page(answer, leads, site, aside=True)

    def _page(
        self, answer: Answer, leads: Sequence[Lead], site: dict[str, str], *, aside: bool = False
    ) -> ListingPage:
        return self.asking.page(
            answer, leads, layer=Layer.REST, kind=SnapshotKind.REST_ROW, site=site, aside=aside
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
        self.tally.listed = (self.tally.listed or 0) + count.listed
        if not count.full:
            words = f"{base}: it counts {count.listed}, {len(count.inside)} rows came"
            raise Trouble(Reason.SHORT, words)
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


def _leads(answer: Answer, site: dict[str, str]) -> list[Lead]:
    """The rows of a page. Raises Trouble (unreadable) for anything but a page of rows."""
    rows = reading(parse_rest_page, answer)
    return [
        rest_lead(row, base=site["base"], site_zone=site["zone"], position=row.position)
        for row in rows
    ]


def _total(answer: Answer, rows: int) -> int:
    """X-WP-Total, the outlet's own count. Raises Trouble where it does not say."""
    total = count_of(answer.headers.get("x-wp-total"))
    if total is None:
        raise Trouble(
            Reason.UNREADABLE, f"{shown(answer.url)} does not count its rows (X-WP-Total)"
        )
    return max(total, rows)


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
