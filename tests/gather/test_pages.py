"""One post is one article, whichever ways found it; pages are asked for once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import permutations
from pathlib import Path

import pytest

from crawler.newsroom import Desk, Post
from crawler.record import Record, open_record
from tests.gather.pressroom import Pressroom, pressroom

Opened = Callable[..., AbstractContextManager[Pressroom]]
WINDOW = ("--since", "2026-05-11", "--until", "2026-05-24")
FOUR = ("sitemap", "listing")
INSIDE = {
    "2026-05-11T00:00:00": "Hapet panairi i librit në sheshin e qytetit",
    "2026-05-16T10:30:00": "Vullnetarët pastrojnë bregun e liqenit",
    "2026-05-17T09:00:00": "Çmimi i peshkut ulet për të dytën javë",
    "2026-05-24T23:59:59": "Kori i fëmijëve këndon në katedrale",
}
OUTSIDE = {
    "2026-05-10T23:59:59": "Mbyllet ura e vjetër për riparime",
    "2026-05-25T00:00:00": "Nis sezoni i ri i teatrit veror",
    "2026-04-01T12:00:00": "Shiu i pranverës vonon punimet",
}
BODY = (
    "Qindra banorë u mblodhën sot në qendër të qytetit. Organizatorët thanë se pjesëmarrja ishte "
    "më e madhe se vjet.\n\nBashkia premtoi se edhe herë tjetër do të ketë vend për të gjithë."
)


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    return lambda *desks: pressroom(tmp_path, capsys, *desks)


def posts() -> list[Post]:
    return [Post(headline=line, at=at, text=BODY) for at, line in {**INSIDE, **OUTSIDE}.items()]


def town(**settings: object) -> Desk:
    return Desk(slug="fletorja", name="Fletorja e Bregut", posts=posts(), **settings)  # type: ignore[arg-type]


def record_of(room: Pressroom) -> Record:
    return open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots")


def headlines(room: Pressroom) -> list[str]:
    with record_of(room) as record:
        sql = (
            "SELECT headline FROM articles WHERE published >= '2026-05-10T22:00:00Z' "
            "AND published < '2026-05-24T22:00:00Z' ORDER BY headline"
        )
        return [headline for (headline,) in record.conn.execute(sql)]


@pytest.mark.parametrize("order", list(permutations(FOUR)), ids=">".join)
def test_four_ways_in_any_order_give_one_article_a_post(
    opened: Opened, order: tuple[str, ...]
) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, *FOUR)
        for at, way in enumerate(order):
            done = room.crawl(*WINDOW, "--way", way)
            ended = done.of("fletorja")
            assert (ended["outcome"], ended["read"]) == ("complete", 4), done.out
            assert ended["new"] == (0 if at else 4)
            assert (ended["changed"], ended["gone"]) == (0, 0)
        assert headlines(room) == sorted(INSIDE.values())
