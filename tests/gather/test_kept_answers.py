"""List pages and sitemaps are kept as the outlet gave them, and read again by better rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.models import SnapshotKind
from crawler.record import read
from crawler.record.prune import prune
from crawler.record.verify import verify_record
from jehona.demo.answers import Answer, Ask, moved, page
from jehona.demo.faults import Fault, Genuine
from tests.gather.pressroom import Pressroom, pressroom
from tests.gather.test_pages import INSIDE, WINDOW, headlines, record_of, town

Opened = Callable[..., AbstractContextManager[Pressroom]]
CLOSED = Fault(name="closed", spoil=lambda *_: page(503, "më vonë"), only=r"^/20")


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    return lambda *desks: pressroom(tmp_path, capsys, *desks)


def kept_of(room: Pressroom, layer: str) -> list[read.Kept]:
    with record_of(room) as record:
        return [one for one in read.snapshots_of(record, "fletorja") if one.layer == layer]


def selectors(room: Pressroom, old: str, new: str) -> None:
    file = room.folder / "outlets/fletorja.toml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("way", "layer", "kind"),
    [
        ("listing", "listing", "list-page"),
        ("sitemap", "sitemap", "sitemap"),
        ("feed", "feed", "feed-entry"),
    ],
)
def test_the_bytes_are_the_outlets_own(opened: Opened, way: str, layer: str, kind: str) -> None:
    desk = town()
    given: dict[str, bytes] = {}

    def overhear(ask: Ask, genuine: Genuine) -> Answer:
        answer = genuine()
        assert isinstance(answer.body, bytes)
        given[ask.target] = answer.body
        extra = (("Content-Language", "sq"), ("Set-Cookie", "kush=ti"), ("Server", "shtypi"))
        return answer.but(headers=(*answer.headers, *extra))

    with opened(desk) as room:
        room.outlet(desk, way)
        desk.fault = Fault(name="overhear", spoil=overhear)
        assert room.crawl(*WINDOW).of("fletorja")["outcome"] == "complete"
        kept = kept_of(room, layer)
        assert len(kept) == len(INSIDE)
        for one in kept:
            assert one.snapshot.kind == kind
            assert one.snapshot.body == given[one.snapshot.url.removeprefix(desk.address)]
            assert one.snapshot.response is not None
            assert one.snapshot.response.status == 200
            assert one.snapshot.response.landed == one.snapshot.url
            told = one.snapshot.response.headers
            assert (told["content-language"], told["server"]) == ("sq", "shtypi")
            assert "date" in told
            assert "set-cookie" not in told
        with record_of(room) as record:
            pages = "SELECT count(*), count(DISTINCT url) FROM pages WHERE kind = ?"
            (answers, addresses) = record.conn.execute(pages, (kind,)).fetchone()
        assert answers == addresses
        assert room.type("reread", "--json").json == {"run": 2, "changed": [], "unread": {}}


def test_a_rest_row_and_a_page_say_how_they_came(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        room.crawl(*WINDOW)
        (one, *_) = kept_of(room, "rest")
        assert one.snapshot.response is not None
        assert one.snapshot.response.headers["x-wp-total"].isdecimal()
        assert json.loads(one.snapshot.body)[0]["id"]


def test_where_a_list_was_redirected_to_is_kept(opened: Opened) -> None:
    desk = town()

    def elsewhere(ask: Ask, genuine: Genuine) -> Answer:
        return genuine() if "vjet" in ask.target else moved(f"{ask.target}?vjet=1", 302)

    with opened(desk) as room:
        room.outlet(desk, "listing")
        desk.fault = Fault(name="elsewhere", spoil=elsewhere, only="^/page/1/")
        room.crawl(*WINDOW)
        landed = {one.snapshot.response and one.snapshot.response.landed for one in
                  kept_of(room, "listing") if one.snapshot.url.endswith("/page/1/")}  # fmt: skip
        assert landed == {f"{desk.address}/page/1/?vjet=1"}


def test_a_better_selector_mends_rows_without_asking(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "listing")
        selectors(room, 'headline = "h2"', 'headline = ".entry-summary"')
        desk.fault = CLOSED
        room.crawl(*WINDOW)
        assert not set(headlines(room)) & set(INSIDE.values())
        asked = len(room.asked(desk))
        selectors(room, 'headline = ".entry-summary"', 'headline = "h2"')
        done = room.type("reread", "--json")
        assert done.code == 0, done.err
        assert {one["field"] for one in done.json["changed"]} >= {"headline"}
        assert headlines(room) == sorted(INSIDE.values())
        assert len(room.asked(desk)) == asked
        with record_of(room) as record:
            made = "SELECT DISTINCT layer FROM revisions WHERE field = 'headline'"
            assert record.conn.execute(made).fetchall() == [("reader:listing",)]
        assert room.type("reread", "--json").json["changed"] == []


def test_selectors_of_a_new_layout_leave_what_was_read(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "listing")
        desk.fault = CLOSED
        room.crawl(*WINDOW)
        selectors(room, 'headline = "h2"', 'headline = "h5.e-re"')
        done = room.type("reread", "--json").json
        assert (done["changed"], done["unread"]) == ([], {"fletorja": 4})
        assert headlines(room) == sorted(INSIDE.values())


def test_an_answer_that_is_the_same_again_is_not_kept_again(opened: Opened) -> None:
    """A sitemap of which a later window finds other rows."""
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        room.crawl("--since", "2026-05-11", "--until", "2026-05-16")
        room.crawl("--since", "2026-05-17", "--until", "2026-05-24")
        with record_of(room) as record:
            asked = "SELECT run, pack, \"offset\" FROM pages WHERE kind = 'sitemap' ORDER BY id"
            (first, *pack), (second, *again) = record.conn.execute(asked).fetchall()
            assert ((first, second), pack) == ((1, 2), again)
            edge, now = datetime(2026, 5, 16, 22, tzinfo=UTC), datetime(2026, 5, 20, tzinfo=UTC)
            old = prune(record, older_than=edge, at=now)
            assert old.snapshots > 0
            ((run, *moved_to),) = record.conn.execute(asked).fetchall()
            assert (run, moved_to[0]) == (2, "run-000001.2.pack")
            kept = [one.snapshot for one in read.snapshots_of(record, "fletorja")]
            assert {one.kind for one in kept} == {SnapshotKind.SITEMAP, SnapshotKind.HTML}
        looked = verify_record(room.folder / "var/coverage.db", room.folder / "var/snapshots")
        assert (looked.whole, looked.orphans) == (True, ())
