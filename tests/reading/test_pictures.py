"""The address of a piece's picture: what names one, in which order, and what is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.models import Outlet
from crawler.reading.feeds import feed_lead, parse_feed, read_feed_entry
from crawler.reading.page import read_page
from crawler.reading.picture import address_of, first_in
from crawler.reading.rest import parse_rest_page, read_rest_row, rest_lead

NOON = datetime(2025, 5, 10, 12, tzinfo=UTC)
HERE = "https://gazeta.example/2025/05/festa/"
OUTLET = Outlet(slug="gazeta", name="Gazeta", home="https://gazeta.example/", languages=("sq",))


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://cdn.example/f.jpg?w=9&amp;h=3", "https://cdn.example/f.jpg?w=9&h=3"),
        ("/foto/festa.jpg", "https://gazeta.example/foto/festa.jpg"),
        ("//cdn.example/festa.jpg", "https://cdn.example/festa.jpg"),
        (" https://cdn.example/f.jpg\n", "https://cdn.example/f.jpg"),
        ("", None),
        ("data:image/png;base64,AAAA", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://ana:fsheht@cdn.example/f.jpg", None),
        ("https://[cdn.example/f.jpg", None),
        ("https://cdn.example/" + "f" * 2_000, None),
    ],
)
def test_an_address_of_the_web_or_none(raw: str, address: str | None) -> None:
    assert address_of(raw, HERE) == address


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<p>Fjala.</p><figure><img src="/a.jpg" alt=""></figure>', "https://gazeta.example/a.jpg"),
        ("<img src=/a.jpg><img src=/b.jpg>", "https://gazeta.example/a.jpg"),
        ("<img src='data:x' data-src='/late.jpg'>", "https://gazeta.example/late.jpg"),
        ('<img class="wp-smiley" src="/s.png"><img src="/a.jpg">', "https://gazeta.example/a.jpg"),
        ('<img src="/1.gif" width="1" height=1><img src="/a.jpg">', "https://gazeta.example/a.jpg"),
        ('<img src="/a.jpg" width="640px">', "https://gazeta.example/a.jpg"),
        ('<img src="/logo.svg?v=2">', None),
        ('<img alt="pa adresë">', None),
        ("<p>Pa figurë.</p>", None),
        ("<img " * 50_000, None),
        ('<img src="' * 50_000, None),
        ("<img " + "src='' " * 50_000, None),
        ("<p>" + "fjalë " * 20_000 + '</p><img src="/a.jpg">', None),
    ],
    ids=[
        *("figure", "bare", "late", "smiley", "counter", "pixels", "drawn", "nothing", "none"),
        *("never-closed", "open-quotes", "long-tag", "far-below"),
    ],
)
def test_the_first_picture_of_a_text(markup: str, address: str | None) -> None:
    found = first_in(markup, HERE, "rest:content")
    assert (found and found.value) == address


def of_rest(**fields: Any) -> tuple[str, str] | None:
    post = {
        "id": 7, "link": HERE, "date_gmt": "2025-05-10T07:30:00", "title": {"rendered": "Festa"},
        "content": {"rendered": ""}, **fields,
    }  # fmt: skip
    row = parse_rest_page(json.dumps([post]).encode())[0]
    lead = rest_lead(row, base="posts", site_zone="UTC", position=0)
    said = read_rest_row(lead, outlet=OUTLET, fetched=NOON, site={"zone": "UTC", "base": "posts"})
    return (said.picture.layer, said.picture.value) if said.picture else None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"jetpack_featured_media_url": "https://i0.wp.example/f.jpg",
             "content": {"rendered": "<img src='/a.jpg'>"}},
            ("rest:jetpack_featured_media_url", "https://i0.wp.example/f.jpg"),
        ),
        (
            {"jetpack_featured_media_url": "", "content": {"rendered": "<img src='/a.jpg'>"}},
            ("rest:content", "https://gazeta.example/a.jpg"),
        ),
        ({"jetpack_featured_media_url": {"url": 1}}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_a_row_of_wordpress(fields: dict[str, Any], said: tuple[str, str] | None) -> None:
    assert of_rest(**fields) == said


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def of_feed(body: str) -> tuple[str, str] | None:
    (entry,) = parse_feed(body.encode(), charset=None).entries
    lead = feed_lead(entry, outlet=OUTLET, position=0, fetched=NOON)
    said = read_feed_entry(lead, outlet=OUTLET, fetched=NOON, site={})
    return (said.picture.layer, said.picture.value) if said.picture else None


def rss(inside: str) -> str:
    return (
        f'<rss version="2.0" {MEDIA}><channel><title>G</title><item><title>Festa</title>'
        f"<link>{HERE}</link>{inside}</item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<enclosure url="/f.jpg" type="image/jpeg" length="9"/>', "f.jpg"),
        ('<enclosure url="/z.mp3" type="audio/mpeg"/><media:thumbnail url="/t.jpg"/>', "t.jpg"),
        (
            ('<media:content url="/s.jpg" medium="image" width="300"/>'
            '<media:content url="/l.jpg" medium="image" width="1200"/>'), "l.jpg",
        ),
        ('<media:content url="/v.mp4" medium="video"/>', None),
        ('<enclosure url="data:1" type="image/png"/><media:thumbnail url="/t.jpg"/>', "t.jpg"),
        ("<description>&lt;img src='/d.jpg'&gt; Fjala.</description>", "d.jpg"),
        ("<description>Fjala.</description>", None),
    ],
    ids=["enclosure", "sound", "largest", "video", "hostile", "in-the-words", "none"],
)  # fmt: skip
def test_a_row_of_a_feed(inside: str, said: str | None) -> None:
    found = of_feed(rss(inside))
    assert (found and found[1]) == (said and f"https://gazeta.example/{said}")


def test_a_row_of_atom_and_of_json() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry><title>Festa</title>'
        f'<link href="{HERE}"/><link rel="enclosure" type="image/png" href="/f.png"/>'
        "</entry></feed>"
    )
    assert of_feed(atom) == ("feed:picture", "https://gazeta.example/f.png")
    item = {"id": "1", "url": HERE, "title": "Festa", "image": "/f.png", "content_html": "<p>1</p>"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": [item]}
    assert of_feed(json.dumps(feed)) == ("feed:picture", "https://gazeta.example/f.png")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('<meta property="og:image" content="/og.jpg">', ("meta:og:image", "og.jpg")),
        (
            ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Festa",'
            ' "image": [{"url": "/ld.jpg"}]}</script>'), ("json-ld", "ld.jpg"),
        ),
        ('<meta property="og:image" content="data:image/png,1">', None),
    ],
)  # fmt: skip
def test_a_page_of_a_piece(head: str, said: tuple[str, str] | None) -> None:
    words = "<p>Panairi hapet sot në shesh, me botues nga gjashtë qytete dhe lexues.</p>" * 9
    page = f"<html><head>{head}<title>Festa</title></head><body><h1>Festa</h1>{words}</body></html>"
    read = read_page(page.encode(), url=HERE, charset=None, fetched=NOON, outlet=OUTLET)
    found = read.reading.picture
    told = (found.layer, found.value) if found else None
    assert told == (said and (f"page:{said[0]}", f"https://gazeta.example/{said[1]}"))
