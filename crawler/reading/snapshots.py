"""Kept bytes read again: one reader for each kind of snapshot."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from crawler.models import Find, Lead, ListingPage, Outlet, Reading, Snapshot, SnapshotKind, Way
from crawler.reading import Unreadable
from crawler.reading.addresses import names_of
from crawler.reading.clips import read_clip
from crawler.reading.date_order import NOTHING_PROVEN, kept_orders, with_orders
from crawler.reading.feeds import FeedPage, feed_lead, feed_orders, parse_feed, read_feed_entry
from crawler.reading.listings import (
    ListingRow,
    listing_orders,
    parse_listing,
    read_listing_row,
)
from crawler.reading.rest import RestRow, parse_rest_page, parse_rest_row, read_rest_row, rest_lead
from crawler.reading.row_fields import DEFAULT_ZONE
from crawler.reading.sitemaps import (
    SitemapRow,
    parse_sitemap,
    read_sitemap_row,
    sitemap_lead,
)
from crawler.urls import belongs

if TYPE_CHECKING:
    from crawler.reading.page.page_models import Habits

R = TypeVar("R", ListingRow, SitemapRow)

# Rows whose reader takes what they told; kept as a JSON list of that by a person, and by earlier
# releases.
TOLD: Final[Mapping[SnapshotKind, Callable[..., Reading]]] = {
    SnapshotKind.SITEMAP_ROW: read_sitemap_row,
    SnapshotKind.LISTING_ROW: read_listing_row,
    SnapshotKind.CLIP: read_clip,
}
LISTS: Final = frozenset({SnapshotKind.LISTING_ROW, SnapshotKind.LIST_PAGE})
SITEMAPS: Final = frozenset({SnapshotKind.SITEMAP_ROW, SnapshotKind.SITEMAP})


def read(
    snapshot: Snapshot,
    outlet: Outlet,
    *,
    listed: Reading | None = None,
    habits: Habits | None = None,
) -> Reading:
    """What the bytes say. Raises Unreadable where they say nothing, or nobody reads their kind.

    A REST row is a post's JSON alone, or a page of posts with `snapshot.position`; `site` has its
    "zone" and rest "base". A feed's row is the page with the position among its entries. A row of
    a list page is read by the selectors that the outlet's file has today, and found by the piece's
    `names`; so is that of a sitemap.
    """
    if snapshot.kind is SnapshotKind.REST_ROW:
        return _read_rest(snapshot, outlet)
    if snapshot.kind is SnapshotKind.FEED_ENTRY:
        return _read_feed(snapshot, outlet)
    if snapshot.kind is SnapshotKind.LIST_PAGE:
        return _read_list(snapshot, outlet)
    if snapshot.kind is SnapshotKind.SITEMAP:
        return _read_told(snapshot, _sitemap_row(snapshot), outlet)
    if snapshot.kind in TOLD:
        return _read_told(snapshot, _told(snapshot), outlet)
    if snapshot.kind is SnapshotKind.HTML:
        return _read_page(snapshot, outlet, listed, habits)
    raise Unreadable(f"no reader for {snapshot.kind} yet")


def read_lead(
    page: ListingPage, lead: Lead, outlet: Outlet, *, habits: Habits | None = None
) -> Reading:
    """What a row says while its page is at hand. Raises Unreadable as `read` does."""
    if page.kind is SnapshotKind.REST_ROW:
        return read_rest_row(lead, outlet=outlet, fetched=page.fetched, site=page.site)
    if page.kind is SnapshotKind.FEED_ENTRY:
        return read_feed_entry(lead, outlet=outlet, fetched=page.fetched, site=page.site)
    if page.kind is not SnapshotKind.HTML:
        return _read_told(page, dict(lead.row), outlet)
    return _read_page(page, outlet, lead.row.get("listed"), habits)


def _read_told(page: Snapshot | ListingPage, told: dict[str, Any], outlet: Outlet) -> Reading:
    """What a row told; of list pages by the order of their dates."""
    zone = _zone(page)
    if page.kind in LISTS:
        orders = kept_orders(page.site) or NOTHING_PROVEN
        return read_listing_row(told, outlet=outlet, fetched=page.fetched, zone=zone, orders=orders)
    reader = read_sitemap_row if page.kind in SITEMAPS else TOLD[page.kind]
    return reader(told, outlet=outlet, fetched=page.fetched, zone=zone)


def _zone(page: Snapshot | ListingPage) -> str:
    return str(page.site.get("zone") or DEFAULT_ZONE)


# --- whole answers: a list page, a sitemap ----------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rows(Generic[R]):
    """The rows of an answer, and where each address stands first."""

    rows: Sequence[R]
    places: Mapping[str, int]

    @classmethod
    def of(cls, rows: Sequence[R]) -> _Rows[R]:
        places: dict[str, int] = {}
        for at, row in enumerate(rows):
            for name in names_of(row.url):
                places.setdefault(name.value, at)
        return cls(rows, places)

    def one(self, snapshot: Snapshot) -> R:
        """The row of the piece: at its place if that is still its own, else by its address.

        Without names at its place. Raises Unreadable where it is not there.
        """
        at = snapshot.position or 0
        row = self.rows[at] if 0 <= at < len(self.rows) else None
        if not snapshot.names and row is None:
            raise Unreadable(f"no row {at} among {len(self.rows)} rows")
        if row and (not snapshot.names or _named(row) & snapshot.names):
            return row
        found = [self.places[name] for name in snapshot.names if name in self.places]
        if not found:
            raise Unreadable("no row of the kept answer has an address of the piece")
        return self.rows[min(found)]


def _named(row: ListingRow | SitemapRow) -> set[str]:
    return {name.value for name in names_of(row.url)}


def _read_list(snapshot: Snapshot, outlet: Outlet) -> Reading:
    """A row of a kept list page, by today's selectors.

    What proved the order of its dates then holds for the dates that were read then: where the
    selector of dates is another one, the page's own rows prove it anew.
    """
    find = _declared(snapshot, outlet)
    listed = _list_rows(snapshot.body, snapshot.url, snapshot.charset, find)
    row, zone, fetched = listed.one(snapshot), _zone(snapshot), snapshot.fetched
    orders = kept_orders(snapshot.site) or NOTHING_PROVEN
    if snapshot.site.get("date") != find.date:
        ours = (each for each in listed.rows if belongs(each.url, outlet))
        orders = listing_orders(ours, fetched=fetched, zone=zone)
    return read_listing_row(row.told, outlet=outlet, fetched=fetched, zone=zone, orders=orders)


def _declared(snapshot: Snapshot, outlet: Outlet) -> Find:
    """The list of the outlet's file that a page is of: the same address, or its only one.

    Raises Unreadable where nobody can tell.
    """
    lists = [find for find in outlet.find if find.way is Way.LISTING]
    same = [find for find in lists if find.url == snapshot.site.get("list")]
    if not same and len(lists) != 1:
        raise Unreadable(f"the outlet's file does not say how {snapshot.url} is read")
    return (same or lists)[0]


@lru_cache(maxsize=2)
def _list_rows(body: bytes, url: str, charset: str | None, find: Find) -> _Rows[ListingRow]:
    """A page is kept once and read row by row: parsed once as well."""
    return _Rows.of(parse_listing(body, url=url, charset=charset, find=find))


def _sitemap_row(snapshot: Snapshot) -> dict[str, Any]:
    """What a row of a kept sitemap tells."""
    found = _sitemap_rows(snapshot.body, snapshot.url, snapshot.fetched, _zone(snapshot))
    row = found.one(snapshot)
    return dict(sitemap_lead(row, position=row.position).row)


@lru_cache(maxsize=2)
def _sitemap_rows(body: bytes, url: str, fetched: datetime, zone: str) -> _Rows[SitemapRow]:
    return _Rows.of(parse_sitemap(body, url=url, base=fetched, zone=zone).rows)


# --- the page of a piece, and rows that stand alone -------------------------------------


def _read_page(
    page: Snapshot | ListingPage, outlet: Outlet, listed: Reading | None, habits: Habits | None
) -> Reading:
    """A page of its own; `listed` is what the outlet's listing said of the same piece."""
    from crawler.reading.page import address, read_page  # noqa: PLC0415 - only where pages are read

    said = read_page(
        page.body,
        url=address.moved_to(page.url, page.site),
        charset=page.charset,
        fetched=page.fetched,
        outlet=outlet,
        listed=listed,
        habits=habits,
        shown=False,
    )
    return address.settled(said, page.url, page.site)


def _told(snapshot: Snapshot) -> dict[str, Any]:
    """One row of a kept list."""
    try:
        rows = json.loads(snapshot.body)
    except ValueError:
        rows = None
    if not isinstance(rows, list):
        raise Unreadable("what was kept is no list of rows")
    position = snapshot.position or 0
    if not 0 <= position < len(rows):
        raise Unreadable(f"no row {position} among {len(rows)} kept rows")
    return dict(rows[position])


def _read_rest(snapshot: Snapshot, outlet: Outlet) -> Reading:
    row = _rest_row(snapshot)
    base = str(snapshot.site.get("base") or _usual_base(row))
    zone = str(snapshot.site.get("zone") or DEFAULT_ZONE)
    lead = rest_lead(row, base=base, site_zone=zone, position=row.position)
    return read_rest_row(lead, outlet=outlet, fetched=snapshot.fetched, site=snapshot.site)


def _rest_row(snapshot: Snapshot) -> RestRow:
    if not snapshot.body.lstrip().startswith(b"["):
        return parse_rest_row(snapshot.body)
    rows = parse_rest_page(snapshot.body)
    position = snapshot.position or 0
    if not 0 <= position < len(rows):
        raise Unreadable(f"no row {position} on a page of {len(rows)}")
    return rows[position]


def _usual_base(row: RestRow) -> str:
    """The rest base of a row whose page is not known: WordPress's own type is plural there."""
    kind = str(row.data.get("type") or "post")
    return "posts" if kind == "post" else kind


def _read_feed(snapshot: Snapshot, outlet: Outlet) -> Reading:
    page = _feed_page(snapshot.body, snapshot.charset)
    position = snapshot.position or 0
    if not 0 <= position < len(page.entries):
        raise Unreadable(f"no row {position} in a feed of {len(page.entries)}")
    orders = kept_orders(snapshot.site)
    if orders is None:
        orders = feed_orders(page.entries, outlet=outlet, fetched=snapshot.fetched)
    lead = feed_lead(
        page.entries[position],
        outlet=outlet,
        position=position,
        fetched=snapshot.fetched,
        url=snapshot.url,
        orders=orders,
    )
    site = with_orders(snapshot.site, orders)
    return read_feed_entry(lead, outlet=outlet, fetched=snapshot.fetched, site=site)


@lru_cache(maxsize=2)
def _feed_page(body: bytes, charset: str | None) -> FeedPage:
    """A page is kept once and read row by row: parsed once as well."""
    return parse_feed(body, charset=charset)
