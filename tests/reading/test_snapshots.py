"""Kept bytes read again say what they said when they came."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.models import Find, Layer, Outlet, Snapshot, SnapshotKind, Way
from crawler.reading import Unreadable
from crawler.reading.date_order import KEY
from crawler.reading.feeds import feed_lead, parse_feed, read_feed_entry
from crawler.reading.rest import parse_rest_page, read_rest_row, rest_lead
from crawler.reading.snapshots import read

PAGES = Path(__file__).parent / "pages"
FETCHED = datetime(2024, 6, 20, 12, tzinfo=UTC)
OUTLET = Outlet(slug="gazeta", name="Gazeta", home="http://gazeta.example:8091", languages=("sq",))
SITE = {"zone": "Europe/Tirane", "base": "posts"}
POSTS = (PAGES / "posts.json").read_bytes()
FEED = (PAGES / "feed.xml").read_bytes()


def snapshot(body: bytes, kind: SnapshotKind, position: int | None = None) -> Snapshot:
    """Bytes as the record keeps them."""
    return Snapshot(
        outlet="gazeta", kind=kind, url="http://gazeta.example:8091/x", fetched=FETCHED,
        body=body, position=position, site=SITE,
    )  # fmt: skip


@pytest.mark.parametrize("position", range(6))
def test_a_rest_row_alone_and_on_its_page(position: int) -> None:
    row = parse_rest_page(POSTS)[position]
    lead = rest_lead(row, base="posts", site_zone=SITE["zone"], position=position)
    said = read_rest_row(lead, outlet=OUTLET, fetched=FETCHED, site=SITE)
    alone = snapshot(row.raw.encode(), SnapshotKind.REST_ROW)
    rewritten = snapshot(json.dumps(dict(lead.row)).encode(), SnapshotKind.REST_ROW)
    on_page = snapshot(POSTS, SnapshotKind.REST_ROW, position)
    assert read(alone, OUTLET) == read(rewritten, OUTLET) == read(on_page, OUTLET) == said
    assert said.layer is Layer.REST


@pytest.mark.parametrize("position", range(6))
def test_a_row_of_a_feed(position: int) -> None:
    entry = parse_feed(FEED, charset=None).entries[position]
    lead = feed_lead(entry, outlet=OUTLET, position=position, fetched=FETCHED)
    said = read_feed_entry(lead, outlet=OUTLET, fetched=FETCHED, site=SITE)
    assert read(snapshot(FEED, SnapshotKind.FEED_ENTRY, position), OUTLET) == said


@pytest.mark.parametrize(
    ("kind", "base", "alias"),
    [("post", None, "posts:7"), ("histori", None, "histori:7"), ("post", "lajme", "lajme:7")],
)
def test_a_row_is_named_by_its_type(kind: str, base: str | None, alias: str) -> None:
    body = json.dumps({"id": 7, "type": kind, "link": "https://gazeta.example/7"}).encode()
    kept = Snapshot(
        outlet="gazeta", kind=SnapshotKind.REST_ROW, url="https://gazeta.example/wp-json/",
        fetched=FETCHED, body=body, site={"base": base} if base else {},
    )  # fmt: skip
    assert read(kept, OUTLET).aliases[0].value == alias


@pytest.mark.parametrize(
    ("body", "kind", "position", "reason"),
    [
        (b"<p>x</p>", SnapshotKind.CLIP, None, "what was kept is no list of rows"),
        (b"{}", SnapshotKind.CLIP, None, "what was kept is no list of rows"),
        (b'[{"headline": "x"}]', SnapshotKind.CLIP, 0, "a clip without an address"),
        (b"[]", SnapshotKind.LISTING_ROW, 0, "no row 0 among 0 kept rows"),
        (b"{}", SnapshotKind.REST_ROW, None, "the row has no id"),
        (POSTS, SnapshotKind.REST_ROW, 6, "no row 6 on a page of 6"),
        (POSTS, SnapshotKind.REST_ROW, -1, "no row -1 on a page of 6"),
        (FEED, SnapshotKind.FEED_ENTRY, 6, "no row 6 in a feed of 6"),
        (b"", SnapshotKind.FEED_ENTRY, 0, "an empty body, not a feed"),
    ],
)
def test_what_cannot_be_read_says_why(
    body: bytes, kind: SnapshotKind, position: int | None, reason: str
) -> None:
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        read(snapshot(body, kind, position), OUTLET)


LISTS = "https://gazeta.example/page/1/"
ROWS = """<body><article><h2><a href="/a/">Një</a></h2><p>Kreu</p><i>5/16/2024</i><b>12.5.2024</b>
</article><article><h2><a href="/b/">Dy</a></h2><p>Sport</p><i>5/6/2024</i><b>4.5.2024</b></article>
"""
FIRST = Find(way=Way.LISTING, url=LISTS, row="article", link="a", headline="p", date="i")


def outlet_with(*finds: Find) -> Outlet:
    return replace(OUTLET, find=finds)


def list_page(at: int, *names: str, body: str = ROWS, **site: object) -> Snapshot:
    """A row of a list page that was kept when FIRST told its rows, month first."""
    told = {"zone": "Europe/Tirane", "list": LISTS, "date": "i", KEY: ["month-first"]}
    page = snapshot(body.encode(), SnapshotKind.LIST_PAGE, at)
    return replace(page, url=LISTS, site={**told, **site}, names=frozenset(names))


def told(page: Snapshot, *finds: Find) -> tuple[str | None, str | None]:
    said = read(page, outlet_with(*finds))
    day = said.published.value.instant.strftime("%d.%m.") if said.published else None
    return said.headline.value if said.headline else None, day


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ("Sport", "06.05.")),
        ({"headline": "h2"}, ("Dy", "06.05.")),
        ({"headline": None}, ("Dy", "06.05.")),
        ({"date": "b"}, ("Sport", "04.05.")),
        ({"date": None}, ("Sport", None)),
        ({"row": "h2", "headline": "a", "date": None}, ("Dy", None)),
    ],
    ids=str,
)
def test_a_row_of_a_list_page_is_read_by_todays_selectors(
    change: dict[str, str | None], expected: tuple[str | None, str | None]
) -> None:
    find = replace(FIRST, **change)  # type: ignore[arg-type]
    assert told(list_page(1, "gazeta.example/b"), find) == expected
    assert told(list_page(1, "gazeta.example/b"), find) == expected


def test_a_row_is_found_by_its_address_wherever_it_stands_now() -> None:
    pinned = ROWS.replace("<body>", '<body><article><p>Sipër</p><a href="/z/">Z</a></article>')
    assert told(list_page(1, "gazeta.example/b", body=pinned), FIRST) == ("Sport", "06.05.")
    assert told(list_page(1), FIRST) == ("Sport", "06.05.")
    with pytest.raises(Unreadable, match="no row of the kept answer has an address of the piece"):
        told(list_page(1, "gazeta.example/c"), FIRST)
    with pytest.raises(Unreadable, match="no row 2 among 2 rows"):
        told(list_page(2), FIRST)


def test_a_list_is_read_by_its_own_declaration() -> None:
    other = replace(FIRST, url="https://gazeta.example/sport/", headline="h2")
    assert told(list_page(0), other, FIRST)[0] == "Kreu"
    # its address was mended in the file
    assert told(list_page(0), other)[0] == "Një"
    for finds in ((), (other, replace(other, url="https://gazeta.example/kultura/"))):
        with pytest.raises(Unreadable, match=r"does not say how \S+/page/1/ is"):
            told(list_page(0), *finds)
    with pytest.raises(Unreadable, match="finds nothing in any row"):
        told(list_page(0), replace(FIRST, headline="h6"))


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_a_row_of_a_sitemap_is_read_out_of_the_file(packed: Callable[[bytes], bytes]) -> None:
    urls = "".join(f"<url><loc>https://gazeta.example/{n}/</loc><lastmod>2024-05-1{n}</lastmod></url>"
                   for n in range(3))  # fmt: skip
    page = snapshot(packed(f"<urlset>{urls}</urlset>".encode()), SnapshotKind.SITEMAP, 0)
    said = read(replace(page, names=frozenset({"gazeta.example/2"})), OUTLET)
    assert said.url == "https://gazeta.example/2/"
    assert said.modified is not None
    assert said.modified.value.instant.day == 12
