"""What goes wrong at real sites: the right outcome, one clear line, and nothing lost."""

from __future__ import annotations

import sqlite3

import pytest

from crawler.limits import HEADER_BYTES, HEADER_LINE, HEADERS
from crawler.record import open_record
from jehona.demo import Desk, Fault, Post, challenge
from tests.gather.conftest import Opened
from tests.gather.pressroom import Pressroom
from tests.newsroom.faults import (
    broken_off,
    charset,
    consent,
    empty_body,
    entity_bomb,
    flood,
    gzip_bomb,
    hang_up,
    header_flood,
    hostile_links,
    no_feed,
    no_items,
    no_rest,
    not_a_listing,
    redirect_loop,
    too_many,
    truncated,
    unavailable,
)
from tests.newsroom.posts import many_posts

WINDOW = ("--since", "2026-05-20", "--until", "2026-05-30")
POSTS = 24


def desk_of(fault: Fault | None, **settings: object) -> Desk:
    posts = many_posts(POSTS, newest="2026-05-30T12:00")
    return Desk(slug="gazeta", name="Gazeta", posts=posts, fault=fault, **settings)  # type: ignore[arg-type]


def kept(room: Pressroom) -> list[str]:
    """The headlines in the record."""
    with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
        found = record.conn.execute("SELECT headline FROM articles ORDER BY id")
        return [headline for (headline,) in found]


FAULTS = {
    "429": (too_many(retry_after=900), "blocked"),
    "429-that-passes": (too_many(retry_after=0, times=1), "complete"),
    "503": (unavailable(retry_after=900), "unreachable"),
    "503-that-passes": (unavailable(retry_after=0, times=1), "complete"),
    "challenge-403": (challenge(403), "blocked"),
    "challenge-200": (challenge(200), "blocked"),
    "consent-200": (consent(200), "blocked"),
    "hang-up": (hang_up(), "unreachable"),
    "no-rest-no-feed": (no_rest(only=r"/wp-json|/feed"), "blocked"),
    "empty-body": (empty_body(), "broken"),
    "a-web-page": (not_a_listing(), "broken"),
    "redirects-without-end": (redirect_loop(), "broken"),
    "fifty-megabytes": (flood(50), "broken"),
    "a-gzip-bomb": (gzip_bomb(200), "broken"),
    "headers-as-real-sites-send": (header_flood(lines=HEADERS // 2, size=100), "complete"),
    "a-header-as-long-as-a-policy": (header_flood(lines=1, size=20_000), "complete"),
    "headers-without-end": (header_flood(lines=HEADERS + 1), "broken"),
    "headers-of-megabytes": (header_flood(lines=100, size=HEADER_BYTES // 50), "broken"),
    "one-header-of-megabytes": (header_flood(lines=1, size=HEADER_LINE + 1), "broken"),
    "rest-with-headers-without-end-feed-serves": (header_flood(only="/wp-json"), "complete"),
    "rest-truncated-feed-serves": (truncated(only="/wp-json/wp/v2"), "complete"),
    "rest-broken-off-feed-serves": (broken_off(only="/wp-json/wp/v2"), "complete"),
    "rest-refused-feed-serves": (no_rest(), "complete"),
    "feed-gone-rest-serves": (no_feed(), "complete"),
    "entity-bomb": (entity_bomb(), "complete"),
}


@pytest.mark.parametrize(("fault", "outcome"), FAULTS.values(), ids=FAULTS)
def test_a_fault_ends_in_its_outcome(opened: Opened, fault: Fault, outcome: str) -> None:
    desk = desk_of(fault)
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        done = room.crawl(*WINDOW)
        ended = done.of("gazeta")
        assert ended["outcome"] == outcome
        assert done.code == (0 if outcome == "complete" else 1)
        assert "Traceback" not in done.err
        if outcome == "complete":
            assert len(kept(room)) == POSTS
        else:
            assert ended["next_step"]
            assert all(check["note"] for check in ended["checks"])
            assert len(done.err.strip().splitlines()) < 15


@pytest.mark.parametrize(("fault", "outcome"), FAULTS.values(), ids=FAULTS)
def test_a_fault_loses_nothing_that_was_kept(opened: Opened, fault: Fault, outcome: str) -> None:
    desk = desk_of(None)
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        room.crawl(*WINDOW)
        before = kept(room)
        desk.fault = fault
        ended = room.crawl(*WINDOW).of("gazeta")
        assert (ended["new"], ended["changed"], ended["gone"]) == (0, 0, 0)
        assert kept(room) == before
        desk.fault = None
        assert room.crawl(*WINDOW).of("gazeta")["outcome"] == "complete"


def test_headers_without_end_are_named_and_not_asked_for_again(opened: Opened) -> None:
    desk = desk_of(header_flood(only="/feed"))
    with opened(desk) as room:
        room.outlet(desk, "feed")
        (check,) = room.crawl(*WINDOW).of("gazeta")["checks"]
        assert "more headers than any server needs" in check["note"]
        assert room.asked(desk) == ["/robots.txt", "/feed/"]


@pytest.mark.parametrize("way", ["wordpress", "feed"])
def test_an_empty_listing_is_doubted_where_pieces_were(opened: Opened, way: str) -> None:
    desk = desk_of(None)
    with opened(desk) as room:
        room.outlet(desk, way)
        room.crawl(*WINDOW)
        desk.fault = no_items()
        ended = room.crawl(*WINDOW, "--way", way).of("gazeta")
        assert (ended["outcome"], ended["gone"]) == ("broken", 0)


def test_an_outlet_with_nothing_in_the_window_is_believed(opened: Opened) -> None:
    desk = Desk(
        slug="gazeta", name="Gazeta", posts=[Post(headline="Vjetër", at="2026-01-01T10:00")]
    )
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        ended = room.crawl(*WINDOW).of("gazeta")
        assert (ended["outcome"], ended["listed"], ended["read"]) == ("complete", 0, 0)


@pytest.mark.parametrize(
    "fault",
    [
        charset("windows-1252"),
        charset("iso-8859-2", header="iso-8859-2", declared="iso-8859-2"),
        charset("windows-1252", header="utf-8"),
        charset("utf-16", header="utf-16", declared="utf-16"),
    ],
    ids=["1252-unsaid", "8859-2-said", "1252-said-utf-8", "utf-16-said"],
)
def test_feeds_in_other_charsets_are_read(opened: Opened, fault: Fault) -> None:
    posts = [
        Post(headline="Çelet panairi në shëtitore", at="2026-05-25T10:00", text="Përshëndetje.")
    ]
    desk = Desk(slug="gazeta", name="Gazeta", posts=posts, fault=fault)
    with opened(desk) as room:
        room.outlet(desk, "feed")
        room.crawl(*WINDOW)
        assert kept(room) == ["Çelet panairi në shëtitore"]


@pytest.mark.parametrize("way", ["wordpress", "feed"])
def test_links_to_files_and_private_addresses_are_never_followed(opened: Opened, way: str) -> None:
    desk = desk_of(hostile_links())
    with opened(desk) as room:
        room.outlet(desk, way)
        done = room.crawl(*WINDOW, "--way", way)
        assert "Traceback" not in done.err
        assert not room.pages(desk)


def test_strange_headlines_and_dates_are_kept_or_named(opened: Opened) -> None:
    posts = [
        Post(headline="E gjatë " * 1_300, at="2026-05-25T10:00"),
        Post(headline="Zero\x00byte <b>&amp;</b> më", at="2026-05-25T11:00"),
        Post(headline="E ardhshme", at="2099-01-01T10:00"),
        Post(headline="E lashtë", at="1970-01-01T10:00"),
    ]
    desk = Desk(slug="gazeta", name="Gazeta", posts=posts)
    with opened(desk) as room:
        room.outlet(desk, "feed")
        assert room.crawl(*WINDOW).of("gazeta")["outcome"] == "complete"
        found = kept(room)
        assert any(len(headline) <= 1_001 and headline.startswith("E gjatë") for headline in found)
        assert not any("\x00" in headline for headline in found)


def test_other_outlets_go_on(opened: Opened) -> None:
    good = Desk(slug="shendosh", name="Shëndosh", posts=many_posts(5, newest="2026-05-30T12:00"))
    bad = desk_of(challenge(403))
    with opened(bad, good) as room:
        room.outlet(bad, "wordpress", "feed")
        room.outlet(good, "wordpress")
        done = room.crawl(*WINDOW)
        assert done.code == 3
        assert done.of("shendosh")["read"] == 5
        assert done.of("gazeta")["outcome"] == "blocked"


def test_an_outlet_that_declines_or_has_no_address_is_not_asked(opened: Opened) -> None:
    desk = desk_of(None)
    with opened(desk) as room:
        room.outlet(desk, "wordpress", extra='declined = "asked us not to, 2026-05-02"')
        (room.folder / "outlets/pa-adrese.toml").write_text('name = "Pa adresë"\n', "utf-8")
        done = room.type("crawl", "--json", "--outlet", "gazeta", "--outlet", "pa-adrese", *WINDOW)
        assert done.code == 0
        assert done.of("gazeta")["outcome"] == "declined"
        assert done.of("pa-adrese")["outcome"] == "no-address"
        assert "outlets/pa-adrese.toml" in done.of("pa-adrese")["next_step"]
        assert not room.asked(desk)


class Malformed(sqlite3.DatabaseError):
    """As SQLite says it, with its code."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@pytest.mark.parametrize("asked", ["read.unchanged", "history.missing", "read.recall"])
def test_a_damaged_record_is_no_fault_of_an_outlet(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Malformed("database disk image is malformed")

    desk = desk_of(None)
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        monkeypatch.setattr(f"crawler.record.{asked}", refuse)
        done = room.crawl(*WINDOW)
        assert (done.code, done.out, done.err.count("\n")) == (4, "", 1)
        assert "coverage.db is damaged" in done.err
