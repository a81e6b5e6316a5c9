"""One post, two ways: what REST and the feeds of the same WordPress say must be the same."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.models import Lead, Outlet, Reading
from crawler.reading.feeds import feed_lead, parse_feed, read_feed_entry
from crawler.reading.rest import parse_rest_page, read_rest_row, rest_lead

PAGES = Path(__file__).parent / "pages"
FETCHED = datetime(2024, 6, 20, 12, tzinfo=UTC)
OUTLET = Outlet(slug="gazeta", name="Gazeta", home="http://gazeta.example:8091", languages=("sq",))
SITE = {"zone": "Europe/Tirane", "base": "posts"}
SLUGS = [
    "hapet-panairi",
    "titull-i-veshtire",
    "me-permbledhje",
    "moti-per-neser",
    "bosh",
    "i-gjate",
]


@cache
def by_rest() -> dict[str, tuple[Lead, Reading]]:
    """Slug -> lead and reading."""
    rows = parse_rest_page((PAGES / "posts.json").read_bytes())
    leads = [
        rest_lead(row, base="posts", site_zone=SITE["zone"], position=n)
        for n, row in enumerate(rows)
    ]
    return {
        lead.url.split("/")[-2]: (
            lead,
            read_rest_row(lead, outlet=OUTLET, fetched=FETCHED, site=SITE),
        )
        for lead in leads
    }


@cache
def by_feed(name: str) -> dict[str, tuple[Lead, Reading]]:
    """The same."""
    page = parse_feed((PAGES / name).read_bytes(), charset="utf-8")
    leads = [
        feed_lead(entry, outlet=OUTLET, position=n, fetched=FETCHED)
        for n, entry in enumerate(page.entries)
    ]
    return {
        lead.url.split("/")[-2]: (
            lead,
            read_feed_entry(lead, outlet=OUTLET, fetched=FETCHED, site={}),
        )
        for lead in leads
    }


def value(reading: Reading, field: str) -> Any:
    """What a reading says, dates as instants."""
    said = getattr(reading, field)
    if said is None:
        return None
    return said.value.instant if field == "published" else said.value


FULL = ["feed.xml", "feed-atom.xml", "feed-rdf.xml", "feed-with-footers.xml"]


@pytest.mark.parametrize("field", ["headline", "lead", "published", "text", "language"])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("feed", FULL)
def test_a_field_is_the_same(feed: str, slug: str, field: str) -> None:
    said = value(by_rest()[slug][1], field)
    assert value(by_feed(feed)[slug][1], field) == said
    assert said is not None or (field, slug) == ("headline", "bosh")


@pytest.mark.parametrize("field", ["headline", "lead", "published"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_feed_of_excerpts_says_the_same_but_for_the_text(slug: str, field: str) -> None:
    reading = by_feed("feed-excerpts.xml")[slug][1]
    assert value(reading, field) == value(by_rest()[slug][1], field)
    assert reading.text is None


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("feed", FULL)
def test_leads_join(feed: str, slug: str) -> None:
    rest, other = by_rest()[slug][0], by_feed(feed)[slug][0]
    assert rest.published == other.published
    assert rest.url == other.url
    shared = {alias.kind for alias in set(rest.aliases) & set(other.aliases)}
    assert shared >= ({"url"} if feed == "feed-rdf.xml" else {"guid", "url"})


def test_the_texts_are_those_a_reader_sees() -> None:
    reading = by_rest()["titull-i-veshtire"][1]
    assert (
        value(reading, "headline") == "Ana & Beni: “Kush fitoi?” – gara 3 < 5 'e fundit' & e para"
    )
    assert value(reading, "text").split("\n") == [
        "Paragrafi i parë me theks, lidhje dhe hapësirë – ‘thonjëza’ e “dyfishta” … pika.",
        "Nëntitull",
        "Një",
        "Dy",
        "e gjysmë",
        "Citim i gjatë.",
        "Ana",
        "Tekst i thjeshtë pa paragraf me rresht të ri. Pas më shumë.",
    ]
