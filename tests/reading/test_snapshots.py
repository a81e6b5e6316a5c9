"""Kept bytes read again say what they said when they came."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.models import Layer, Outlet, Snapshot, SnapshotKind
from crawler.reading import Unreadable
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
