"""One post is one article, whichever ways found it; pages are asked for once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from crawler.models import ListingPage, Outlet, Reading, Said, Snapshot
from crawler.reading.page import read_page
from crawler.record import Record, open_record, read
from jehona.demo import Desk, Post
from jehona.demo.answers import Answer, Ask, page
from jehona.demo.faults import Fault, Genuine
from tests.gather.pressroom import Pressroom, pressroom

Opened = Callable[..., AbstractContextManager[Pressroom]]
WINDOW = ("--since", "2026-05-11", "--until", "2026-05-24")
FOUR = ("wordpress", "feed", "sitemap", "listing")
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


def test_a_cross_check_tells_what_only_one_way_found(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "sitemap", "listing")
        desk.fault = without("Vullnetarët")
        done = room.crawl(*WINDOW, "--cross-check")
        sitemap, listing = done.of("fletorja")["checks"]
        assert (sitemap["way"], listing["way"]) == ("sitemap", "listing")
        assert (len(sitemap["only"]), listing["only"]) == (1, [])
        assert "1 pieces found only by sitemap" in sitemap["note"]
        with record_of(room) as record:
            (run,) = read.runs(record)
        assert [check.only for check in run.checks] == [tuple(sitemap["only"]), ()]
        assert done.of("fletorja")["outcome"] == "complete"


def test_without_a_cross_check_nothing_is_said_of_it(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "sitemap", "listing")
        ended = room.crawl(*WINDOW).of("fletorja")
        assert [check["only"] for check in ended["checks"]] == [None]


def without(headline: str) -> Fault:
    """List pages that leave one piece out."""

    def leave_out(_: Ask, genuine: Genuine) -> Answer:
        answer = genuine()
        assert isinstance(answer.body, bytes)
        rows = re.compile(rb"<article class=\"post.*?</article>", re.DOTALL)
        kept = rows.sub(lambda row: b"" if headline.encode() in row[0] else row[0], answer.body)
        return answer.but(body=kept)

    return Fault(name="without", spoil=leave_out, only=r"^/(page/|$)")


@pytest.mark.parametrize(("to", "text"), [("", True), ("https://tjeter.example", False)])
def test_a_crawled_page_that_only_sends_on_is_followed_or_refused(
    opened: Opened, to: str, text: bool
) -> None:
    """The row of the list is coverage, whatever its page."""
    desk = town()

    def spoil(ask: Ask, genuine: Genuine) -> Answer:
        if "teksti" in ask.target:
            return genuine()
        script = f"<script>location.replace('{to}{ask.path}?teksti=1')</script>"
        return page(200, f"{script}<h1>Po ju dërgojmë te lajmi</h1>")

    with opened(desk) as room:
        room.outlet(desk, "listing")
        desk.fault = Fault(name="sends on", spoil=spoil, only=r"^/20")
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["read"], ended["new"]) == (4, 4), ended
        assert headlines(room) == sorted(INSIDE.values())
        with record_of(room) as record:
            texts = [one.text for one in read.articles(record)]
        assert [bool(one) for one in texts] == [text] * 4


def test_a_proof_fetches_the_pages_of_matched_pieces_only(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "listing")
        (room.folder / "events/bregu.toml").write_text(
            'title = "Bregu"\nfrom = 2026-05-11\nto = 2026-05-24\n'
            'expected_outlets = ["fletorja"]\n[keywords]\nany = [["vullnetarët"]]\n',
            "utf-8",
        )
        desk.fault = Fault(name="closed", spoil=lambda *_: page(503, "më vonë"), only=r"^/20")
        room.crawl("--event", "bregu")
        desk.fault = None
        before = len(room.asked(desk))
        done = room.type("crawl", "--proof", "bregu", "--json")
        assert done.code == 0, done.err
        asked = [target for target in room.asked(desk)[before:] if target != "/robots.txt"]
        assert asked == ["/2026/05/vullnetaret-pastrojne-bregun-e-liqenit/"]
        again = room.type("crawl", "--proof", "bregu", "--json")
        assert (again.code, again.json["outlets"]) == (0, [])


def test_a_reread_is_a_revision_of_ours(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        room.crawl(*WINDOW)
        before = len(room.asked(desk))
        assert room.type("reread", "--json").json["changed"] == []
        monkeypatch.setattr("crawler.reading.snapshots._read_page", better)
        told = room.type("reread", "--outlet", "fletorja", "--json").json
        assert {row["field"] for row in told["changed"]} == {"headline"}
        assert len(room.asked(desk)) == before
        with record_of(room) as record:
            layers = record.conn.execute("SELECT DISTINCT layer FROM revisions").fetchall()
            assert layers == [("reader:page",)]
            assert headlines(room)[0].endswith("(lexuar më mirë)")
        assert room.type("reread", "--json").json["changed"] == []


def better(
    snapshot: Snapshot | ListingPage, outlet: Outlet, listed: Reading | None, habits: object
) -> Reading:
    said = read_page(
        snapshot.body, url=snapshot.url, charset=None, fetched=snapshot.fetched, outlet=outlet
    ).reading
    assert said.headline is not None
    line = Said(value=f"{said.headline.value} (lexuar më mirë)", layer=said.headline.layer)
    return replace(said, headline=line)
