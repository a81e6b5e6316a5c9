"""Answers that are dirty, mispacked or broken off, from the wire to the ledger."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

import pytest

from jehona.demo.answers import Answer, Ask
from jehona.demo.faults import Fault, Genuine
from tests.gather.pressroom import Pressroom, pressroom
from tests.gather.test_pages import INSIDE, WINDOW, headlines, town

Opened = Callable[..., AbstractContextManager[Pressroom]]
NOTICE = b"<br />\n<b>Notice</b>:  Undefined x in <b>/x.php</b> on line <b>9</b><br />\n"
SIGNED = b"\n<!-- Cached, is it not? -->\n"


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    return lambda *desks: pressroom(tmp_path, capsys, *desks)


def spoilt(by: Callable[[bytes], bytes], only: str) -> Fault:
    """Bodies of those targets, changed."""

    def spoil(_: Ask, genuine: Genuine) -> Answer:
        answer = genuine()
        assert isinstance(answer.body, bytes)
        body = by(answer.body)
        kept = [head for head in answer.headers if head[0].lower() != "content-length"]
        return replace(answer, headers=tuple(kept), body=body)

    return Fault(name="spoilt", spoil=spoil, only=only)


@pytest.mark.parametrize("way", ["wordpress", "feed", "sitemap"])
def test_what_a_system_prints_around_its_listings(opened: Opened, way: str) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, way)
        desk.fault = spoilt(lambda body: NOTICE + body + SIGNED, r"/wp-json|/feed|sitemap|robots")
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["outcome"], ended["read"]) == ("complete", 4), ended
        assert headlines(room) == sorted(INSIDE.values())


def test_a_sitemap_that_breaks_off_is_never_complete(opened: Opened) -> None:
    desk = town(sitemaps="news")
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        assert room.crawl(*WINDOW).of("fletorja")["outcome"] == "complete"
        desk.fault = spoilt(lambda body: body[: body.rindex(b"<url>") + 30], "sitemap")
        ended = room.crawl(*WINDOW, "--way", "sitemap").of("fletorja")
        assert (ended["outcome"], ended["gone"]) == ("partial", 0)
        assert "breaks off in the middle" in ended["checks"][0]["note"]
        assert len(headlines(room)) == len(INSIDE)


@pytest.mark.parametrize("rows", [3, 1, 0])
def test_a_feed_that_breaks_off_is_never_complete(opened: Opened, rows: int) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "feed")
        assert room.crawl(*WINDOW, "--way", "feed").of("fletorja")["outcome"] == "complete"

        def cut(body: bytes) -> bytes:
            return b"<item>".join(body.split(b"<item>")[: rows + 1]) + b"<item><link>http"

        desk.fault = spoilt(lambda body: cut(body) if b"<item>" in body else body, r"/feed/$")
        ended = room.crawl(*WINDOW, "--way", "feed").of("fletorja")
        assert (ended["outcome"], ended["gone"]) == ("partial", 0), ended
        assert "breaks off in the middle" in ended["checks"][0]["note"]
        assert len(headlines(room)) == len(INSIDE)


# --- packing that is not as it is said ------------------------------------------------------

SAID = {
    "gzip-said": ("gzip", lambda body: body),
    "deflate-said": ("deflate", lambda body: body),
    "brotli-said": ("br", lambda body: body),
    "zstd-said": ("zstd", lambda body: body),
    "unknown-said": ("utf-8", lambda body: body),
    "two-said": ("gzip, br", lambda body: body),
    "gzip-unsaid": ("", gzip.compress),
    "gzip-twice": ("gzip", lambda body: gzip.compress(gzip.compress(body))),
    "gzip-with-a-tail": ("gzip", lambda body: gzip.compress(body) + b"<!-- 0.2 s -->"),
    "damaged": ("gzip", lambda body: gzip.compress(body)[:-8] + b"\0" * 8),
}  # fmt: skip


def packed(coding: str, pack: Callable[[bytes], bytes]) -> Fault:
    """Answers packed by one and said to be packed by another."""

    def spoil(_: Ask, genuine: Genuine) -> Answer:
        answer = genuine()
        assert isinstance(answer.body, bytes)
        said = (("Content-Encoding", coding),) if coding else ()
        return replace(answer, headers=(*answer.headers, *said), body=pack(answer.body))

    return Fault(name="packed", spoil=spoil)


@pytest.mark.parametrize(("coding", "pack"), SAID.values(), ids=SAID)
def test_packing_that_is_not_as_it_is_said(
    opened: Opened, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "feed")
        desk.fault = packed(coding, pack)
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["outcome"], ended["read"]) == ("complete", 4), ended
        assert headlines(room) == sorted(INSIDE.values())


# --- redirects ----------------------------------------------------------------------------------

PLACES = {
    "utf-8": ("/burimi/ë-ri/".encode(), "/burimi/ë-ri/"),
    "latin-1": ("/burimi/ë-ri/".encode("latin-1"), None),
    "quoted": (b"/burimi/%C3%AB-ri/", "/burimi/ë-ri/"),
    "blank": (b"/burimi i ri/lajme?a=1 2", "/burimi i ri/lajme"),
    "blank-around": (b"  /burimi/  ", "/burimi/"),
    "relative": (b"burimi", "/feed/burimi"),
    "schemeless": (b"//{HOST}/burimi/", "/burimi/"),
}


def moved(place: bytes, asked: list[str]) -> Fault:
    """The feed has moved, as a header says in any letters."""
    kept: list[Answer] = []

    def spoil(ask: Ask, genuine: Genuine) -> Answer:
        if ask.target == "/feed/":
            kept.append(genuine())
            host = ask.headers["host"].encode()
            location = place.replace(b"{HOST}", host).decode("latin-1")
            return Answer(status=301, headers=(("Location", location),))
        if ask.target.startswith(("/burimi", "/feed/burimi")):
            asked.append(ask.path)
            return kept[0]
        return genuine()

    return Fault(name="moved", spoil=spoil)


@pytest.mark.parametrize(("place", "path"), PLACES.values(), ids=PLACES)
def test_a_redirect_in_any_letters(opened: Opened, place: bytes, path: str | None) -> None:
    desk, asked = town(), list[str]()
    with opened(desk) as room:
        room.outlet(desk, "feed")
        desk.fault = moved(place, asked)
        ended = room.crawl(*WINDOW, "--way", "feed").of("fletorja")
        assert ended["read"] == 4, ended
        assert path is None or asked[0] == path


@pytest.mark.parametrize(
    "place",
    [b"http://[::1", b"http://", b"http://a b/", b"mailto:x@y.example", b"", b"http://\xff\xfe/"],
)
def test_a_redirect_to_no_address_is_no_fault_of_ours(opened: Opened, place: bytes) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "feed")
        desk.fault = moved(place, [])
        done = room.crawl(*WINDOW, "--way", "feed")
        ended = done.of("fletorja")
        assert ended["outcome"] == "broken", ended
        assert "fault" not in ended["checks"][0]["note"].lower()
        assert "Error" not in ended["checks"][0]["note"], ended


# --- many rows with one link -----------------------------------------------------------------

ROWS = {
    "guids": [("g1", "Hapet panairi", 12), ("g2", "Vazhdon panairi", 13), ("g3", "Mbyllet", 14)],
    "guids-on-one-day": [("g1", "Hapet panairi", 12), ("g2", "Vazhdon panairi", 12)],
    "guids-without-dates": [("g1", "Hapet panairi", None), ("g2", "Vazhdon panairi", None)],
    "titles-and-dates": [("", "Hapet panairi", 12), ("", "Vazhdon panairi", 13)],
    "titles-on-one-day": [("", "Hapet panairi", 12), ("", "Vazhdon panairi", 12)],
    "titles-without-dates": [("", "Hapet panairi", None), ("", "Vazhdon panairi", None)],
    "dates": [("", "Lajmet e orës", 12), ("", "Lajmet e orës", 13), ("", "Lajmet e orës", 14)],
    "one-guid": [("g", "Hapet panairi", 12), ("g", "Vazhdon panairi", 13)],
    "one-piece-twice": [("g", "Hapet panairi", 12), ("g", "Hapet panairi", 12)],
    "one-piece-twice-without-guid": [("", "Hapet panairi", 12), ("", "Hapet panairi", 12)],
}
Listed = list[tuple[str, str, int | None]]


def chronicle(rows: Listed) -> Fault:
    """A feed of these rows: guid, title, day of May 2026; all with one link."""

    def spoil(ask: Ask, _: Genuine) -> Answer:
        items = "".join(
            f"<item><title>{title}</title><link>http://{ask.headers['host']}/kronika/</link>"
            + (f"<guid isPermaLink='false'>{guid}</guid>" if guid else "")
            + (f"<pubDate>{day} May 2026 10:00:00 +0200</pubDate>" if day else "")
            + "</item>"
            for guid, title, day in rows
        )
        body = f"<rss><channel><title>G</title>{items}</channel></rss>".encode()
        return Answer(status=200, headers=(("Content-Type", "text/xml"),), body=body)

    return Fault(name="chronicle", spoil=spoil, only="/feed/")


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_rows_with_one_link_are_as_many_pieces_as_they_tell(opened: Opened, rows: Listed) -> None:
    desk, pieces = town(), len({(title, day) for _, title, day in rows})
    with opened(desk) as room:
        room.outlet(desk, "feed")
        for seen in (rows, rows, rows[:1]):
            desk.fault = chronicle(seen)
            ended = room.crawl(*WINDOW, "--way", "feed").of("fletorja")
            assert ended["changed"] == 0, ended
            with closing(sqlite3.connect(room.folder / "var" / "coverage.db")) as record:
                kept = record.execute("SELECT count(*) FROM articles").fetchone()
            assert kept == (pieces,)
