"""Kept bytes read again: one reader for each kind of snapshot."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from crawler.models import Lead, ListingPage, Outlet, Reading, Snapshot, SnapshotKind
from crawler.reading import Unreadable
from crawler.reading.clips import read_clip
from crawler.reading.date_order import NOTHING_PROVEN, kept_orders, with_orders
from crawler.reading.feeds import FeedPage, feed_lead, feed_orders, parse_feed, read_feed_entry
from crawler.reading.listings import read_listing_row
from crawler.reading.rest import RestRow, parse_rest_page, parse_rest_row, read_rest_row, rest_lead
from crawler.reading.row_fields import DEFAULT_ZONE
from crawler.reading.sitemaps import read_sitemap_row

if TYPE_CHECKING:
    from crawler.reading.page.page_models import Habits

# Rows that are kept as a JSON list of what they told, with their readers.
TOLD: Final[Mapping[SnapshotKind, Callable[..., Reading]]] = {
    SnapshotKind.SITEMAP_ROW: read_sitemap_row,
    SnapshotKind.LISTING_ROW: read_listing_row,
    SnapshotKind.CLIP: read_clip,
}


def read(
    snapshot: Snapshot,
    outlet: Outlet,
    *,
    listed: Reading | None = None,
    habits: Habits | None = None,
) -> Reading:
    """What the bytes say. Raises Unreadable where they say nothing, or nobody reads their kind.

    A REST row is a post's JSON alone, or a page of posts with `snapshot.position`; `site` has its
    "zone" and rest "base". A feed's row is the page with the position among its entries.
    """
    if snapshot.kind is SnapshotKind.REST_ROW:
        return _read_rest(snapshot, outlet)
    if snapshot.kind is SnapshotKind.FEED_ENTRY:
        return _read_feed(snapshot, outlet)
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
    if page.kind in TOLD:
        return _read_told(page, dict(lead.row), outlet)
    return _read_page(page, outlet, lead.row.get("listed"), habits)


def _read_told(page: Snapshot | ListingPage, told: dict[str, Any], outlet: Outlet) -> Reading:
    """A row that is kept as what it told; of list pages by the order of their dates."""
    zone = str(page.site.get("zone") or DEFAULT_ZONE)
    if page.kind is SnapshotKind.LISTING_ROW:
        orders = kept_orders(page.site) or NOTHING_PROVEN
        return read_listing_row(told, outlet=outlet, fetched=page.fetched, zone=zone, orders=orders)
    return TOLD[page.kind](told, outlet=outlet, fetched=page.fetched, zone=zone)


def _read_page(
    page: Snapshot | ListingPage, outlet: Outlet, listed: Reading | None, habits: Habits | None
) -> Reading:
    """A page of its own; `listed` is what the outlet's listing said of the same piece."""
    from crawler.reading.page import read_page  # noqa: PLC0415 - only where pages are read
    from crawler.reading.page.address import moved_to, settled  # noqa: PLC0415

    said = read_page(
        page.body,
        url=moved_to(page.url, page.site),
        charset=page.charset,
        fetched=page.fetched,
        outlet=outlet,
        listed=listed,
        habits=habits,
        shown=False,
    )
    return settled(said, page.url, page.site)


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
