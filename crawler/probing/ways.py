"""One look at a declared way: one listing page, its rows, and how the way answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.models import Find, Outcome, Outlet, Way
from crawler.outcomes import MEANINGS, Reason, Trouble
from crawler.reading import Unreadable
from crawler.reading.feeds import feed_lead, feed_orders, parse_feed
from crawler.reading.front_page import front_links
from crawler.reading.headers import count_of
from crawler.reading.listings import listing_lead, listing_orders, parse_listing
from crawler.reading.numbering import FROM_ONE, declared
from crawler.reading.rest import parse_rest_index, parse_rest_page, rest_leads
from crawler.reading.rest_dates import rest_orders
from crawler.reading.robots import robots_text, sitemaps_of
from crawler.reading.row_fields import headline_of
from crawler.reading.sitemaps import NO_NEWS, parse_sitemap
from crawler.urls import belongs

if TYPE_CHECKING:
    from crawler.reading.feeds import FeedPage
    from crawler.reading.rest import RestIndex
    from crawler.reading.sitemaps import SitemapDocument, SitemapFile
    from spiders.asking import Answer

T = TypeVar("T")

REST_ROWS = 20
REST_FIELDS = "id,type,link,guid,date,date_gmt,modified,modified_gmt,title"
INDEX_FIELDS = "name,home,gmt_offset,timezone_string,routes"
DEEPEST = 3
# an index in an index, as the spider bounds it
USUAL_SITEMAPS = ("/sitemap_index.xml", "/sitemap.xml", "/wp-sitemap.xml")
NOT_THERE = (404, 410)


class Voice(Protocol):
    """Who asks."""

    async def get(self, url: str, *, also: Sequence[int] = ()) -> Answer:
        """The answer at `url`. Raises Trouble."""
        ...

    @property
    def left(self) -> int:
        """Requests that may still be made."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One piece as a listing shows it."""

    url: str
    # as listed
    headline: str | None
    # as printed, None where the listing tells none
    published: datetime | None
    # aware, None where the listing tells none


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """How one way answered."""

    find: Find
    # the way and its address
    outcome: Outcome
    # complete here means: the page was read; how far back it reaches a crawl tells
    rows: tuple[Row, ...] = ()
    # in page order
    listed: int | None = None
    # how many pieces the outlet counts in all, None where the way gives none
    note: str | None = None
    # what was seen
    next_step: str | None = None
    # what a person can do, one sentence
    reason: Reason | None = None
    # why it failed
    name: str | None = None
    # what the listing calls the outlet
    zone: str | None = None
    # the site's clock, where it names a zone

    @property
    def newest(self) -> datetime | None:
        """The latest date of its rows."""
        return max((row.published for row in self.rows if row.published), default=None)

    @property
    def oldest(self) -> datetime | None:
        """The earliest date of its rows."""
        return min((row.published for row in self.rows if row.published), default=None)


async def probe_way(voice: Voice, outlet: Outlet, find: Find, *, zone: str) -> Probe:
    """Ask one listing page of a way. Troubles become the probe's outcome, none is raised."""
    ways = {
        Way.WORDPRESS: _wordpress,
        Way.FEED: _feed,
        Way.SITEMAP: _sitemap,
        Way.LISTING: _listing,
    }
    try:
        return await ways[find.way](voice, outlet, find, zone)
    except Trouble as trouble:
        return failed(find, trouble, outlet)


def failed(find: Find, trouble: Trouble, outlet: Outlet) -> Probe:
    """The probe of a way that did not answer as it should."""
    return Probe(
        find=find,
        outcome=trouble.outcome,
        note=trouble.note,
        next_step=MEANINGS[trouble.reason].step_in(f"outlets/{outlet.slug}.toml"),
        reason=trouble.reason,
    )


def readable(parse: Callable[[], T], url: str) -> T:
    """What a reader makes of an answer. Raises Trouble (unreadable)."""
    try:
        return parse()
    except Unreadable as error:
        raise Trouble(Reason.UNREADABLE, f"{urlsplit(url).path or url}: {error}") from error


# --- WordPress ---------------------------------------------------------------------------


async def _wordpress(voice: Voice, outlet: Outlet, find: Find, zone: str) -> Probe:
    answer = await voice.get(_query(find.url, _fields=INDEX_FIELDS))
    index = readable(lambda: parse_rest_index(answer.body), answer.url)
    if not index.types:
        raise Trouble(Reason.UNREADABLE, "its REST index names no public type of post")
    return await _posts(voice, outlet, find, index)


async def _posts(voice: Voice, outlet: Outlet, find: Find, index: RestIndex) -> Probe:
    base, path = index.types[0]
    url = _query(_under(find.url, path), per_page=REST_ROWS, _fields=REST_FIELDS)
    answer = await voice.get(url)
    found = readable(lambda: parse_rest_page(answer.body), answer.url)
    zone, fetched = index.zone, answer.fetched
    data = [row.data for row in found]
    orders = rest_orders(data, site_zone=zone, fetched=fetched)
    leads = rest_leads(found, base=base, site_zone=zone, fetched=fetched, orders=orders)
    rows = tuple(
        Row(url=lead.url, headline=_rendered(lead.row), published=lead.published) for lead in leads
    )
    total = count_of(answer.headers.get("x-wp-total"))
    return Probe(
        find=find,
        outcome=_enough(rows, outlet, answer.url),
        rows=rows,
        listed=total,
        note=_counted(rows, total),
        name=index.name or None,
        zone=index.zone if "/" in index.zone and not index.zone.startswith("Etc/") else None,
    )


def _counted(rows: Sequence[Row], total: int | None) -> str:
    return f"{len(rows)} rows" if total is None else f"{len(rows)} rows, counts {total} in all"


def _rendered(row: object) -> str | None:
    title = row.get("title") if hasattr(row, "get") else None
    markup = title.get("rendered") if isinstance(title, dict) else title
    said, _ = headline_of(str(markup or ""), "rest:title")
    return said.value if said else None


# --- feeds -------------------------------------------------------------------------------


async def _feed(voice: Voice, outlet: Outlet, find: Find, zone: str) -> Probe:
    """A feed, or the one that a page names."""
    answer = await voice.get(find.url)
    links = front_links(answer.body, answer.url, answer.headers)
    named = [url for url in links.feeds if belongs(url, outlet)]
    if named:
        answer = await voice.get(named[0])
    return feed_probe(answer, outlet, find)


def feed_probe(answer: Answer, outlet: Outlet, find: Find) -> Probe:
    """What an answered feed shows. Raises Trouble where it is none, or has no row of its own."""
    page = readable(lambda: parse_feed(answer.body, charset=answer.charset), answer.url)
    rows = []
    orders = feed_orders(page.entries, outlet=outlet, fetched=answer.fetched)
    for at, entry in enumerate(page.entries):
        lead = feed_lead(
            entry,
            outlet=outlet,
            url=answer.url,
            fetched=answer.fetched,
            position=at,
            orders=orders,
        )
        said, _ = headline_of(str(entry.get("title") or ""), "feed:title")
        headline = said.value if said else None
        rows.append(Row(url=lead.url, headline=headline, published=lead.published))
    return Probe(
        find=find,
        outcome=_enough(rows, outlet, answer.url),
        rows=tuple(rows),
        note=f"{len(rows)} rows{_faults(page)}",
        name=page.title or None,
    )


def _faults(page: FeedPage) -> str:
    if not page.whole:
        return ", breaks off in the middle"
    return ", not well-formed" if page.ill_formed else ""


# --- sitemaps ----------------------------------------------------------------------------


async def _sitemap(voice: Voice, outlet: Outlet, find: Find, zone: str) -> Probe:
    """The newest file of a sitemap."""
    for url in await _roots(voice, find):
        answer = await voice.get(url, also=NOT_THERE)
        if answer.status in NOT_THERE:
            continue
        return await _files(voice, outlet, find, answer, zone)
    words = "robots.txt names no sitemap, and the usual addresses hold none"
    raise Trouble(Reason.NOT_FOUND, words)


async def _roots(voice: Voice, find: Find) -> tuple[str, ...]:
    if urlsplit(find.url).path not in {"", "/", "/robots.txt"}:
        return (find.url,)
    named = await named_sitemaps(voice, find.url)
    return named or tuple(urljoin(find.url, path) for path in USUAL_SITEMAPS)


async def named_sitemaps(voice: Voice, home: str) -> tuple[str, ...]:
    """The sitemaps that robots.txt names, absolute."""
    robots = urljoin(home, "/robots.txt")
    answer = await voice.get(robots, also=NOT_THERE)
    return sitemaps_of(robots_text(answer.body, answer.charset), robots)


async def _files(voice: Voice, outlet: Outlet, find: Find, answer: Answer, zone: str) -> Probe:
    """Down the index to the newest file of pieces."""
    files = 0
    found = _document(answer, zone)
    for _ in range(DEEPEST):
        if not found.files:
            break
        files = files or len(found.files)
        newest = _newest_file([file for file in found.files if belongs(file.url, outlet)])
        if newest is None:
            raise Trouble(Reason.EMPTY, "its sitemap index names no file of pieces of its own")
        answer = await voice.get(newest)
        found = _document(answer, zone)
    return _sitemap_probe(found, answer, outlet, find, files)


def _document(answer: Answer, zone: str) -> SitemapDocument:
    return readable(
        lambda: parse_sitemap(answer.body, url=answer.url, base=answer.fetched, zone=zone),
        answer.url,
    )


def _newest_file(files: Sequence[SitemapFile]) -> str | None:
    """A news file, else the last changed one, else the one with the highest number."""
    ours = [file for file in files if not NO_NEWS.search(urlsplit(file.url).path)]
    news = [file for file in ours if "news" in _tail(file.url)]
    posts = [file for file in ours if "post" in _tail(file.url)]
    some = news or posts or ours

    def age(file: SitemapFile) -> tuple[float, int]:
        return (file.lastmod.instant.timestamp() if file.lastmod else 0.0, file.number)

    return max(some, key=age).url if some else None


def _tail(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2].lower()


def _sitemap_probe(
    found: SitemapDocument, answer: Answer, outlet: Outlet, find: Find, files: int
) -> Probe:
    rows = tuple(
        Row(url=row.url, headline=row.headline, published=row.guess)
        for row in found.rows
        if belongs(row.url, outlet)
    )
    dated = sum(row.published is not None for row in rows)
    noun = "file" if files == 1 else "files"
    index = f"{files} {noun}, the newest has " if files else ""
    return Probe(
        find=find,
        outcome=_enough(rows, outlet, answer.url),
        rows=tuple(sorted(rows, key=_age, reverse=True)) if dated else rows[::-1],
        note=f"{index}{len(rows)} rows, {dated} with a date"
        + ("" if found.whole else ", breaks off in the middle"),
    )


def _age(row: Row) -> float:
    return row.published.timestamp() if row.published else 0.0


# --- list pages --------------------------------------------------------------------------


async def _listing(voice: Voice, outlet: Outlet, find: Find, zone: str) -> Probe:
    return listing_probe(
        await voice.get((declared(find) or FROM_ONE).address(find.url, 1)), outlet, find, zone
    )


def listing_probe(answer: Answer, outlet: Outlet, find: Find, zone: str) -> Probe:
    """What a list page shows to these selectors. Raises Trouble where they find nothing."""
    found = readable(
        lambda: parse_listing(answer.body, url=answer.url, charset=answer.charset, find=find),
        answer.url,
    )
    if not found:
        words = f'the selector row = "{find.row}" finds nothing'
        raise Trouble(Reason.UNREADABLE, f"{urlsplit(answer.url).path}: {words}")
    rows = []
    orders = listing_orders(found, fetched=answer.fetched, zone=zone)
    for position, row in enumerate(found):
        lead = listing_lead(
            row,
            outlet=outlet,
            fetched=answer.fetched,
            zone=zone,
            position=position,
            orders=orders,
        )
        rows.append(Row(url=lead.url, headline=row.headline, published=lead.published))
    if find.date and not any(row.published for row in rows):
        words = f'the selector date = "{find.date}" finds no date that can be read'
        raise Trouble(Reason.UNREADABLE, f"{urlsplit(answer.url).path}: {words}")
    outcome = _enough(rows, outlet, answer.url)
    return Probe(find=find, outcome=outcome, rows=tuple(rows), note=f"{len(rows)} rows")


# --- what all share ----------------------------------------------------------------------


def _enough(rows: Sequence[Row], outlet: Outlet, url: str) -> Outcome:
    """Raises Trouble for a listing without a row, or with none that is the outlet's own."""
    if not rows:
        raise Trouble(Reason.EMPTY, f"{urlsplit(url).path or url} lists not a single row")
    if not any(belongs(row.url, outlet) for row in rows):
        raise Trouble(Reason.OFF_LIMITS, f"{urlsplit(url).path}: every row leads to other hosts")
    return Outcome.COMPLETE


def _under(root: str, path: str) -> str:
    """The address of a route, for `/wp-json/` as for `/?rest_route=/`."""
    parts = urlsplit(root)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "rest_route" in query:
        query["rest_route"] = query["rest_route"].rstrip("/") + "/" + path
        return urlunsplit(parts._replace(query=urlencode(query)))
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/" + path, query=""))


def _query(url: str, **parameters: object) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query.update({name: str(value) for name, value in parameters.items()})
    return urlunsplit(parts._replace(query=urlencode(query, safe=",:")))
