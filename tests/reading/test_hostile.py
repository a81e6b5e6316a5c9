"""Random and mutated bytes: nothing but `Unreadable` comes out of a reader, and nothing hangs.

The same properties run long behind the marker `soak` (`make soak`).
"""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.models import Outlet, Reading, Snapshot, SnapshotKind, Tongue, When
from crawler.reading import Unreadable
from crawler.reading.date_words import WORDS
from crawler.reading.dates import Refused, read_date
from crawler.reading.feeds import feed_lead, parse_feed, read_feed_entry
from crawler.reading.languages import read_language
from crawler.reading.rest import (
    parse_rest_index,
    parse_rest_page,
    read_rest_row,
    rest_lead,
)
from crawler.reading.snapshots import read
from crawler.reading.text import excerpt_of, plain, text_of

PAGES = Path(__file__).parent / "pages"
FETCHED = datetime(2024, 6, 20, 12, tzinfo=UTC)
OUTLET = Outlet(slug="gazeta", name="Gazeta", home="https://gazeta.example/", languages=("sq",))
SITE = {"zone": "Europe/Tirane", "base": "posts"}
FEEDS = [path.read_bytes() for path in sorted(PAGES.glob("feed*.xml"))]
POSTS = (PAGES / "posts.json").read_bytes()
INDEX = (PAGES / "index.json").read_bytes()

TELLING = [
    b"<", b">", b"&", b";", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [", b"&amp;", b"&nbsp;",
    b"<item>", b"</item>", b"<script>", b'"', b"'", b"\0", b"\xff", b"\xed\xa0\x80", b"\xc3",
    b"{", b"}", b"[", b"]", b":", b",", b"\\ud800", b"\\u0000", b"null", b"-1", b"1e999",
    b"0000-00-00T00:00:00", b"9999-12-31T23:59:59", b"http://[", b"javascript:", b"%00",
]  # fmt: skip


def mutated(body: bytes, seed: int, changes: int) -> bytes:
    """`body` with pieces cut out, doubled, moved or put in."""
    chance = random.Random(seed)
    for _ in range(changes):
        at = chance.randrange(len(body) + 1)
        end = min(len(body), at + chance.randrange(40))
        piece = chance.choice([b"", body[at:end] * 2, chance.choice(TELLING), b""])
        body = body[:at] + piece + (body[at:] if chance.random() < 0.5 else body[end:])
    return body


def read_feed(body: bytes, charset: str | None = None) -> list[Reading]:
    """Every row of a feed."""
    page = parse_feed(body, charset=charset)
    leads = [
        feed_lead(entry, outlet=OUTLET, position=n, fetched=FETCHED)
        for n, entry in enumerate(page.entries)
    ]
    return [read_feed_entry(lead, outlet=OUTLET, fetched=FETCHED, site=SITE) for lead in leads]


def read_rest(body: bytes) -> list[Reading]:
    """Every row of a page of posts."""
    leads = [
        rest_lead(row, base="posts", site_zone=SITE["zone"], position=n)
        for n, row in enumerate(parse_rest_page(body))
    ]
    return [read_rest_row(lead, outlet=OUTLET, fetched=FETCHED, site=SITE) for lead in leads]


def check(readings: Sequence[Reading]) -> None:
    """What holds of any reading: clean, bounded text and dates that can be."""
    for reading in readings:
        assert reading.url.startswith(("http://", "https://"))
        assert reading.aliases
        for said in (reading.headline, reading.lead, reading.text, reading.section):
            if said is not None:
                assert said.value.strip()
                said.value.encode("utf-8")
                assert "\0" not in said.value
        assert reading.headline is None or len(reading.headline.value) <= 1_000
        assert reading.lead is None or len(reading.lead.value) <= 2_000
        assert reading.published is None or 1995 <= reading.published.value.instant.year <= 2024
        assert all("\n" not in note for note in reading.notes)


def survives(act: Callable[[], Sequence[Reading]]) -> None:
    """Readings that hold, or Unreadable in one line."""
    reason = "read"
    try:
        check(act())
    except Unreadable as error:
        reason = str(error)
    assert reason
    assert "\n" not in reason


def random_feed(seed: int, changes: int) -> None:
    body = mutated(FEEDS[seed % len(FEEDS)], seed, changes)
    survives(lambda: read_feed(body))


def random_posts(seed: int, changes: int) -> None:
    body = mutated(POSTS, seed, changes)
    survives(lambda: read_rest(body))


def random_index(seed: int, changes: int) -> None:
    types: tuple[tuple[str, str], ...] = ()
    with contextlib.suppress(Unreadable):
        types = parse_rest_index(mutated(INDEX, seed, changes)).types
    assert all(base and path for base, path in types)


def random_row(seed: int, changes: int) -> None:
    row = json.dumps(json.loads(POSTS)[seed % 6]).encode()
    kept = Snapshot(
        outlet="gazeta", kind=SnapshotKind.REST_ROW, url="https://gazeta.example/",
        fetched=FETCHED, body=mutated(row, seed, changes), site=SITE,
    )  # fmt: skip
    survives(lambda: [read(kept, OUTLET)])


def random_body(seed: int, changes: int) -> None:
    posts = json.loads(POSTS)
    html = mutated(posts[seed % 6]["content"]["rendered"].encode(), seed, changes)
    text = html.decode("utf-8", "surrogateescape")
    for clean in (text_of(text), plain(text), excerpt_of(text)):
        clean.encode("utf-8")


RANDOM = [random_feed, random_posts, random_index, random_row, random_body]
SEEDS = st.integers(0, 2**32 - 1)
CHANGES = st.integers(1, 30)

QUICK = settings(max_examples=40)


@pytest.mark.parametrize("act", RANDOM)
@QUICK
@given(seed=SEEDS, changes=CHANGES)
def test_mutated_pages(act: Callable[[int, int], None], seed: int, changes: int) -> None:
    act(seed, changes)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("act", RANDOM)
@given(seed=SEEDS, changes=CHANGES)
def test_mutated_pages_for_long(act: Callable[[int, int], None], seed: int, changes: int) -> None:
    act(seed, changes)


PIECES = st.lists(st.sampled_from(TELLING) | st.binary(max_size=6), max_size=30).map(b"".join)
CHARSETS = st.none() | st.sampled_from(["utf-8", "utf-16", "windows-1252", "iso-8859-2", "rot13"])


@QUICK
@given(inside=PIECES, charset=CHARSETS)
def test_random_bytes_in_a_feed(inside: bytes, charset: str | None) -> None:
    survives(lambda: read_feed(inside, charset))
    survives(lambda: read_feed(b"<rss><channel><item>" + inside, charset))
    survives(lambda: read_feed(b"<feed><entry><title>" + inside, charset))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["rendered", "protected", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)
POST = st.dictionaries(
    st.sampled_from(["id", "type", "link", "guid", "date", "date_gmt", "modified", "modified_gmt",
                     "title", "excerpt", "content"]),
    JSON,
)  # fmt: skip


@QUICK
@given(post=POST)
def test_posts_of_any_shape(post: dict[str, object]) -> None:
    whole = {"id": 1, "link": "https://gazeta.example/1", **post}
    survives(lambda: read_rest(json.dumps([whole, post]).encode()))


FIGURES = ["23", "2024", "24/06", "23.06.2024", "14:05", "+0200", "|", "-", "'24", "0", "12 12"]
FIGURES += ["99999999999", "\u06f3", "\u0bf0", "½"]
WORDY = st.lists(
    st.sampled_from(sorted(WORDS)) | st.sampled_from(FIGURES) | st.text(max_size=4), max_size=8
)
ZONES = ["Europe/Tirane", "America/New_York", "UTC", "+05:30"]


@settings(max_examples=150)
@given(words=WORDY, gap=st.sampled_from([" ", "", ", ", "\n"]), zone=st.sampled_from(ZONES))
def test_dates_of_any_words(words: list[str], gap: str, zone: str) -> None:
    read_back = read_date(gap.join(words), base=FETCHED, zone=zone, languages=("sq", "es", "xx"))
    assert isinstance(read_back, When | Refused)
    if isinstance(read_back, When):
        assert 1994 <= read_back.instant.year <= 2024
        assert read_back.instant.tzinfo is not None


@settings(max_examples=100)
@given(headline=st.text(max_size=60), lead=st.text(max_size=60),
       prior=st.lists(st.sampled_from(["sq", "en", "sr", "xx", ""]), max_size=3))  # fmt: skip
def test_languages_of_any_text(headline: str, lead: str, prior: list[str]) -> None:
    tongue = read_language(headline, lead, prior=prior)
    assert tongue is None or (isinstance(tongue, Tongue) and 0 <= tongue.confidence <= 1)
    assert tongue == read_language(headline, lead, prior=prior)
