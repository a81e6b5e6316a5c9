"""Answers that are dirty, mispacked or broken off, from the wire to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
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
