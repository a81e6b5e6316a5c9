"""Which of two numbers is the day: what a list proves, and that all of its rows follow it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.models import Find, Layer, Lead, ListingPage, Outlet, Snapshot, SnapshotKind, Way, When
from crawler.reading import snapshots
from crawler.reading.date_order import (
    NOTHING_PROVEN,
    Order,
    Orders,
    is_ambiguous,
    kept_orders,
    proofs,
    with_orders,
)
from crawler.reading.dates import Refused, read_date
from crawler.reading.feeds import feed_lead, feed_orders, parse_feed
from crawler.reading.listings import ListingRow, list_site, listing_lead, listing_orders
from crawler.reading.rest import parse_rest_page, rest_lead
from crawler.reading.rest_dates import rest_orders
from crawler.reading.sitemaps import parse_sitemap, read_sitemap_row, sitemap_lead

TIRANE = "Europe/Tirane"
BASE = datetime(2025, 5, 15, 12, tzinfo=UTC)
LIST = Find(way=Way.LISTING, url="https://gazeta.example/", row="article", link="a", date="i")
OUTLET = Outlet(slug="gazeta", name="Gazeta", zone=TIRANE, languages=("sq",), find=(LIST,))
DAY: Order = "day-first"
MONTH: Order = "month-first"


def proven(*texts: str) -> set[str]:
    """What the rows of a list prove."""
    return set(proofs(texts, base=BASE, zone=TIRANE))


@pytest.mark.parametrize(
    ("texts", "orders"),
    [
        ((), set()),
        (("3/4/2025", "05.03.2025", "4-4-2025"), set()),
        (("13/4/2025",), {DAY}),
        (("4/13/2025",), {MONTH}),
        (("4.13.2025 08:00",), {MONTH}),
        (("4/13/25",), {MONTH}),
        (("Publikuar më 04-13-2025, 9:30 AM",), {MONTH}),
        (("Sht, 05/10/2025 - 14:30",), {MONTH}),
        (("Sat, 10/05/2025 - 14:30",), {DAY}),
        (("сабота 10.05.2025",), {DAY}),
        (("Mon, 05/10/2025",), {MONTH}),  # the weekday fits neither; 5 October lies ahead
        (("5/9/2025",), {MONTH}),
        (("9/5/2025",), {DAY}),
        (("09.05.2025",), set()),
        (("05.09.2025",), set()),  # with dots it only lies ahead: nobody writes month.day.year
        (("7/8/2025",), set()),  # ahead either way
        (("5/16/2025", "16/5/2025"), {DAY, MONTH}),
        (("13/5/2025", "5/9/2025"), {DAY, MONTH}),
        (("4/13 10:20",), {MONTH}),
        (("13/4 10:20",), {DAY}),
        (("4/13",), {MONTH}),
        (("2025-04-13", "2025/4/13", "13 prill 2025", "April 13, 2025", "1746862200"), set()),
        (("۱۴۰۳/۰۴/۰۳", "13/04/1403"), set()),
        (("99/99/2025", "0/0/2025", "13/14/2025", "0/13/2025", "45/5/2025"), set()),
        (("nr. 5/13/2025 i gazetës së vjetër",), set()),
        (("x" * 200 + " 5/13/2025",), set()),
    ],
)
def test_what_a_list_proves(texts: tuple[str, ...], orders: set[str]) -> None:
    assert proven(*texts) == orders


@pytest.mark.parametrize(
    ("text", "orders", "day"),
    [
        ("5/9/2025", NOTHING_PROVEN, date(2025, 9, 5)),
        ("5/9/2025", frozenset({DAY}), date(2025, 9, 5)),
        ("5/9/2025 8:00:00 AM", frozenset({MONTH}), date(2025, 5, 9)),
        ("5/9/25", frozenset({MONTH}), date(2025, 5, 9)),
        ("5/9, 10:20", frozenset({MONTH}), date(2025, 5, 9)),
        ("13/4/2025", frozenset({MONTH}), date(2025, 4, 13)),
        ("4/13/2025", frozenset({DAY}), date(2025, 4, 13)),
        ("4/13/2025", frozenset({DAY, MONTH}), date(2025, 4, 13)),
        ("4/4/2025", frozenset({DAY, MONTH}), date(2025, 4, 4)),
        ("Sht, 05/10/2025", frozenset({DAY, MONTH}), date(2025, 5, 10)),
        ("Sht, 10/05/2025", frozenset({MONTH}), date(2025, 5, 10)),
        ("2025-05-09", frozenset({MONTH}), date(2025, 5, 9)),
        ("2025/05/09", frozenset({MONTH}), date(2025, 5, 9)),
        ("9 maj 2025", frozenset({DAY, MONTH}), date(2025, 5, 9)),
    ],
)
def test_a_row_follows_its_list_unless_it_says_itself(text: str, orders: Orders, day: date) -> None:
    base = datetime(2026, 1, 1, tzinfo=UTC)
    when = read_date(text, base=base, zone=TIRANE, orders=orders)
    assert isinstance(when, When), when
    assert when.instant.date() == day


@pytest.mark.parametrize("text", ["5/9/2025", "5/9/2025 8:00 AM", "5/9, 10:20"])
def test_where_the_proofs_contradict_a_row_is_undated(text: str) -> None:
    refused = read_date(text, base=BASE, zone=TIRANE, orders=frozenset({DAY, MONTH}))
    assert isinstance(refused, Refused)
    assert refused.reason == "two-orders"
    if "2025" in text:
        assert refused.told == "two-orders, 2025-09-05 or 2025-05-09"


DAYS = st.lists(st.dates(date(2024, 1, 1), date(2025, 5, 15)), min_size=1, max_size=12)
FORMS = {
    MONTH: ["{0.month}/{0.day}/{0.year}", "{0:%m/%d/%Y} 9:30 AM", "{0:%m-%d-%Y}"],
    DAY: ["{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y} 09:30", "{0:%d.%m.%Y}"],
}


@given(days=DAYS, data=st.data(), order=st.sampled_from((DAY, MONTH)))
def test_a_list_in_one_order_never_proves_the_other(
    days: list[date], data: st.DataObject, order: Order
) -> None:
    form = data.draw(st.sampled_from(FORMS[order]))
    texts = [form.format(day) for day in days]
    assert proven(*texts) <= {order}
    assert proven(*data.draw(st.permutations(texts))) == proven(*texts)


@given(days=DAYS, data=st.data())
def test_every_row_of_a_proven_list_comes_back(days: list[date], data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS[MONTH]))
    texts = [form.format(day) for day in [*days, date(2025, 4, 13)]]
    orders = proofs(texts, base=BASE, zone=TIRANE)
    for day, text in zip(days, texts, strict=False):
        when = read_date(text, base=BASE, zone=TIRANE, orders=orders)
        assert isinstance(when, When)
        assert when.instant.date() == day


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("5/9/2025", True), ("05.09.2025 10:00", True), ("5/9", True), ("5/5/2025", False),
        ("13/5/2025", False), ("5/13/2025", False), ("2025-05-09", False), ("9 maj", False),
        (None, False), ("", False),
    ],
)  # fmt: skip
def test_which_dates_may_be_two_days(text: str | None, so: bool) -> None:
    assert is_ambiguous(text) is so


def test_what_is_kept_comes_back() -> None:
    site = with_orders({"zone": TIRANE}, frozenset({MONTH}))
    assert site == {"zone": TIRANE, "orders": ["month-first"]}
    assert kept_orders(site) == frozenset({MONTH})
    assert kept_orders(with_orders({}, NOTHING_PROVEN)) is None
    assert kept_orders({"orders": ["sideways", 3]}) == NOTHING_PROVEN


# --- every reader of lists -------------------------------------------------------------

AMERICAN = ("5/14/2025 3:04:05 PM", "5/9/2025 8:00:00 AM")
CONTRADICTED = ("5/14/2025 3:04:05 PM", "13/5/2025 10:00", "5/9/2025 8:00:00 AM")
FRIDAY = datetime(2025, 5, 9, 6, tzinfo=UTC)
LINK = "https://gazeta.example/lajme/{}"


def of_feed(texts: tuple[str, ...]) -> tuple[list[Lead], Snapshot]:
    """The rows of a feed with these dates, and the page as kept."""
    items = "".join(
        f"<item><title>Lajmi {n}</title><link>{LINK.format(n)}</link>"
        f"<pubDate>{text}</pubDate></item>"
        for n, text in enumerate(texts)
    )
    body = f"<rss version='2.0'><channel><title>Gazeta</title>{items}</channel></rss>".encode()
    entries = parse_feed(body, charset=None).entries
    orders = feed_orders(entries, outlet=OUTLET, fetched=BASE)
    leads = [
        feed_lead(entry, outlet=OUTLET, position=n, fetched=BASE, orders=orders)
        for n, entry in enumerate(entries)
    ]
    return leads, kept(SnapshotKind.FEED_ENTRY, body, len(texts) - 1, {})


def of_list(texts: tuple[str, ...]) -> tuple[list[Lead], Snapshot]:
    """The same of a list page."""
    rows = [
        ListingRow(url=LINK.format(n), headline=f"Lajmi {n}", date=text)
        for n, text in enumerate(texts)
    ]
    orders = listing_orders(rows, fetched=BASE, zone=TIRANE)
    leads = [
        listing_lead(row, outlet=OUTLET, fetched=BASE, zone=TIRANE, position=n, orders=orders)
        for n, row in enumerate(rows)
    ]
    body = json.dumps([dict(lead.row) for lead in leads]).encode()
    site = with_orders({"zone": TIRANE}, orders)
    return leads, kept(SnapshotKind.LISTING_ROW, body, len(texts) - 1, site)


def of_rest(texts: tuple[str, ...]) -> tuple[list[Lead], Snapshot]:
    """The same of WordPress with a plugin that prints dates its own way."""
    posts = ",".join(
        f'{{"id": {n}, "link": "{LINK.format(n)}", "title": "Lajmi {n}", "date": "{text}"}}'
        for n, text in enumerate(texts)
    )
    rows = parse_rest_page(f"[{posts}]".encode())
    orders = rest_orders([row.data for row in rows], site_zone=TIRANE, fetched=BASE)
    leads = [
        rest_lead(row, base="posts", site_zone=TIRANE, position=n, fetched=BASE, orders=orders)
        for n, row in enumerate(rows)
    ]
    site = with_orders({"zone": TIRANE, "base": "posts"}, orders)
    body = f"[{posts}]".encode()
    return leads, kept(SnapshotKind.REST_ROW, body, len(texts) - 1, site)


def news_sitemap(texts: tuple[str, ...]) -> bytes:
    urls = "".join(
        f"<url><loc>{LINK.format(n)}</loc><news:news><news:title>Lajmi {n}</news:title>"
        f"<news:publication_date>{text}</news:publication_date></news:news></url>"
        for n, text in enumerate(texts)
    )
    spaces = (
        "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    )
    return f"<urlset {spaces}>{urls}</urlset>".encode()


def of_sitemap(texts: tuple[str, ...]) -> tuple[list[Lead], Snapshot]:
    """The same of a news sitemap."""
    found = parse_sitemap(news_sitemap(texts), url=LINK, base=BASE, zone=TIRANE)
    leads = [sitemap_lead(row, position=n) for n, row in enumerate(found.rows)]
    body = json.dumps([dict(lead.row) for lead in leads]).encode()
    return leads, kept(SnapshotKind.SITEMAP_ROW, body, len(texts) - 1, {"zone": TIRANE})


def kept(kind: SnapshotKind, body: bytes, position: int, site: dict[str, Any]) -> Snapshot:
    """A page as the record keeps it, and the row to be read again."""
    return Snapshot(
        outlet="gazeta",
        kind=kind,
        url="https://gazeta.example/feed/",
        fetched=BASE,
        charset="utf-8",
        body=body,
        site=site,
        position=position,
    )


def of_list_page(texts: tuple[str, ...]) -> tuple[list[Lead], Snapshot]:
    """The same of a list page that is kept whole."""
    leads, page = of_list(texts)
    rows = "".join(
        f"<article><a href='{LINK.format(n)}'>Lajmi {n}</a><i>{text}</i></article>"
        for n, text in enumerate(texts)
    )
    site = {**page.site, **list_site(LIST, TIRANE)}
    return leads, kept(SnapshotKind.LIST_PAGE, f"<body>{rows}".encode(), page.position or 0, site)


def of_sitemap_file(texts: tuple[str, ...]) -> tuple[list[Lead], Snapshot]:
    """The same of a news sitemap that is kept whole."""
    leads, page = of_sitemap(texts)
    return leads, replace(page, kind=SnapshotKind.SITEMAP, body=news_sitemap(texts))


READERS = [of_feed, of_list, of_list_page, of_rest, of_sitemap, of_sitemap_file]


@pytest.mark.parametrize("reader", READERS)
def test_one_list_one_order_and_reread_the_same(reader: Any) -> None:
    leads, page = reader(AMERICAN)
    assert [lead.published for lead in leads] == [
        datetime(2025, 5, 14, 13, 4, 5, tzinfo=UTC),
        FRIDAY,
    ]
    said = snapshots.read(page, OUTLET)
    assert said.published is not None
    assert said.published.value.instant == FRIDAY


@pytest.mark.parametrize("reader", READERS)
def test_a_list_that_proves_both_orders_tells_both_readings(reader: Any) -> None:
    leads, page = reader(CONTRADICTED)
    published = [lead.published and lead.published.day for lead in leads]
    assert published == [14, 13, None]
    said = snapshots.read(page, OUTLET)
    assert said.published is None
    assert "2025-05-09" in " ".join(said.notes)
    assert "2025-09-05" in " ".join(said.notes)


@pytest.mark.parametrize("reader", [of_feed, of_list, of_rest])
def test_a_row_whose_list_proves_its_order_later_is_another_row(reader: Any) -> None:
    alone, _ = reader(("4/3/2025", "4/4/2025"))
    among, _ = reader(("4/3/2025", "4/4/2025", "4/13/2025"))
    europe, _ = reader(("4/3/2025", "4/4/2025", "13/4/2025"))
    assert alone[0].digest != among[0].digest
    assert alone[1].digest == among[1].digest, "4 April is 4 April"
    assert [lead.digest for lead in europe[:2]] == [lead.digest for lead in alone]


def test_what_an_earlier_page_proved_is_kept_beside_the_rows() -> None:
    leads, page = of_list(("4/3/2025",))
    assert leads[0].published == datetime(2025, 3, 3, 23, tzinfo=UTC)
    _, page = of_feed(("4/3/2025",))
    other = Snapshot(
        outlet=page.outlet,
        kind=page.kind,
        url=page.url,
        fetched=page.fetched,
        charset=page.charset,
        body=page.body,
        site={"orders": ["month-first"]},
        position=0,
    )
    said = snapshots.read(other, OUTLET)
    assert said.published is not None
    assert said.published.value.instant.date() == date(2025, 4, 3)


def test_a_row_is_read_alike_while_its_page_is_at_hand() -> None:
    leads, _ = of_feed(AMERICAN)
    page = ListingPage(
        outlet="gazeta",
        way=Way.FEED,
        layer=Layer.FEED,
        kind=SnapshotKind.FEED_ENTRY,
        url="https://gazeta.example/feed/",
        fetched=BASE,
        body=b"",
        charset="utf-8",
        leads=tuple(leads),
        site={"orders": ["month-first"]},
    )
    said = snapshots.read_lead(page, leads[1], OUTLET)
    assert said.published is not None
    assert said.published.value.instant == FRIDAY


def test_a_file_of_an_index_is_dated_by_its_list() -> None:
    files = "".join(
        f"<sitemap><loc>https://gazeta.example/{n}.xml</loc><lastmod>{text}</lastmod></sitemap>"
        for n, text in enumerate(("4/13/2025", "5/9/2025"))
    )
    found = parse_sitemap(
        f"<sitemapindex>{files}</sitemapindex>".encode(),
        url="https://gazeta.example/sitemap.xml",
        base=BASE,
        zone=TIRANE,
    )
    assert [file.lastmod and file.lastmod.instant.month for file in found.files] == [4, 5]


def test_a_kept_row_of_an_earlier_release_is_read_as_it_stands() -> None:
    told = {"url": LINK.format(1), "published": "2025-05-09T08:00:00+02:00"}
    said = read_sitemap_row(told, outlet=OUTLET, fetched=BASE, zone=TIRANE)
    assert said.published is not None
    assert said.notes == ()
