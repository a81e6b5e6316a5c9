"""Expectations and health after a crawl, and `jehona outlets check`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.record import open_record, read
from jehona.demo import Desk, challenge
from tests.gather.conftest import Opened
from tests.newsroom.faults import no_feed
from tests.newsroom.posts import many_posts
from tests.test_docs_readme import keys, told

WEEK = ("--since", "2026-05-17", "--until", "2026-05-30")
# fourteen days; many_posts has twelve pieces in each


def desk_of(**settings: Any) -> Desk:
    posts = settings.pop("posts", None) or many_posts(200, newest="2026-05-30T22:00")
    return Desk(slug="gazeta", name="Gazeta e Valëve", posts=posts, **settings)


def expecting(low: int, high: int) -> str:
    return f"expect = {{per_week = [{low}, {high}]}}"


EXPECTED = {
    "as-usual": ((20, 100), 0, None),
    "too-few": ((100, 400), 3, "too few"),
    "too-many": ((1, 20), 0, "too many"),
    "exactly-low": ((84, 84), 0, None),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_expectations_are_scaled_to_the_window(opened: Opened, name: str) -> None:
    per_week, code, verdict = EXPECTED[name]
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "wordpress", extra=expecting(*per_week))
        done = room.crawl(*WEEK)
        plain = room.type("crawl", "--outlet", "gazeta", *WEEK)
    assert done.code == plain.code == code
    assert done.of("gazeta")["outcome"] == "complete"
    assert [miss["verdict"] for miss in done.json["expectations"]] == ([verdict] if verdict else [])
    note = done.of("gazeta")["checks"][0]["note"]
    assert (note is None) == (verdict is None)
    if verdict:
        assert verdict in note
        assert f"{verdict} pieces for what its file expects: Gazeta e Valëve" in plain.out


def test_the_note_stays_in_the_record(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "wordpress", extra=expecting(100, 400))
        number = room.crawl(*WEEK).json["run"]
        with open_record(room.folder / "var/coverage.db", room.folder / "var/snapshots") as record:
            (check,) = read.checks(record, number)
    assert "fewer than the 200 it expects" in (check.note or "")


def test_the_note_is_sealed_and_stands_with_its_own_outlet(opened: Opened) -> None:
    # asked first, ends last: the ledger's order is another than the question's
    posts = many_posts(200, newest="2026-05-30T22:00")
    slow, quick = desk_of(), Desk(slug="agjencia", name="Agjencia e Valëve", posts=posts)
    with opened(slow, quick) as room:
        room.outlet(slow, "feed", extra=expecting(100, 400))
        room.outlet(quick, "wordpress")
        done = room.type("crawl", "--outlet", "gazeta", "--outlet", "agjencia", *WEEK, "--json")
        assert (room.type("verify").code, done.code) == (0, 3)
        path = room.folder / "var"
        with open_record(path / "coverage.db", path / "snapshots") as record:
            checks = read.checks(record, done.json["run"])
    assert [one.outlet for one in checks] == ["agjencia", "gazeta"]
    assert ["fewer than" in (one.note or "") for one in checks] == [False, True]


def test_an_outlet_that_was_not_read_is_not_judged(opened: Opened) -> None:
    desk = desk_of(fault=challenge())
    with opened(desk) as room:
        room.outlet(desk, "wordpress", extra=expecting(100, 400))
        done = room.crawl(*WEEK)
    assert done.of("gazeta")["outcome"] == "blocked"
    assert done.json["expectations"] == []


def test_what_broke_and_what_mended_is_listed_once(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        first = room.crawl(*WEEK).json["health"]
        desk.fault = challenge()
        second = room.crawl(*WEEK).json["health"]
        third = room.crawl(*WEEK).json["health"]
        desk.fault = None
        fourth = room.type("crawl", "--outlet", "gazeta", *WEEK).out
        fifth = room.crawl(*WEEK).json["health"]
    assert first == third == fifth == []
    (broke,) = second
    assert (broke["outlet"], broke["change"]) == ("gazeta", "broke")
    assert (broke["before"], broke["after"]) == ("complete", "blocked")
    assert broke["next_step"]
    assert "mended: Gazeta e Valëve (blocked before, complete now)" in fourth


# --- outlets check -----------------------------------------------------------------------


def test_each_declared_way_is_asked_one_page(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed", "sitemap", "listing")
        done = room.type("outlets", "check", "gazeta", "--json")
        asked = room.asked(desk)
    (row,) = done.json["outlets"]
    assert done.code == 0
    assert [way["way"] for way in row["ways"]] == ["wordpress", "feed", "sitemap", "listing"]
    assert {way["outcome"] for way in row["ways"]} == {"complete"}
    assert all(way["rows"] for way in row["ways"])
    assert row["ways"][0]["newest"].startswith("2026-05-30")
    assert row["ways"][0]["listed"] == 200
    assert row["last_success"] is None
    assert row["requests"] == len(asked) <= 8
    assert not (room.folder / "var/coverage.db").exists()


def test_a_way_that_fails_says_what_to_do(opened: Opened) -> None:
    desk = desk_of(fault=no_feed(), rest="refused")
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed", "listing")
        done = room.type("outlets", "check", "gazeta")
        listed = room.type("outlets", "check", "gazeta", "--json").json["outlets"][0]
    assert done.code == 0
    assert [way["outcome"] for way in listed["ways"]] == ["blocked", "broken", "complete"]
    assert all(way["next_step"] for way in listed["ways"][:2])
    assert "1 of 1 outlets answer" in done.out


CODES = {
    "all-fail": (challenge(), 1),
    "answers": (None, 0),
}


@pytest.mark.parametrize("name", CODES)
def test_exit_codes(opened: Opened, name: str) -> None:
    fault, code = CODES[name]
    desk = desk_of(fault=fault)
    with opened(desk) as room:
        room.outlet(desk, "feed")
        assert room.type("outlets", "check", "gazeta").code == code


def test_done_in_part(opened: Opened) -> None:
    well, ill = desk_of(), desk_of(fault=challenge())
    ill.slug = "tjeter"
    with opened(well, ill) as room:
        room.outlet(well, "feed")
        room.outlet(ill, "feed")
        assert room.type("outlets", "check", "gazeta", "tjeter").code == 3


def test_an_unknown_outlet_is_a_wrong_use(opened: Opened) -> None:
    with opened() as room:
        done = room.type("outlets", "check", "askush")
    assert done.code == 2
    assert "askush" in done.err


def test_one_that_is_not_asked(opened: Opened) -> None:
    with opened() as room:
        (room.folder / "outlets/pa.toml").write_text('name = "Pa Adresë"\n', "utf-8")
        (room.folder / "outlets/jo.toml").write_text(
            'name = "Jo"\nhome = "http://127.0.0.1:9/"\ndeclined = "asked us not to"\n', "utf-8"
        )
        done = room.type("outlets", "check", "pa", "jo", "--json")
    assert done.code == 0
    assert [row["outcome"] for row in done.json["outlets"]] == ["no-address", "declined"]


def test_the_keys_are_documented(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "feed")
        checked = room.type("outlets", "check", "gazeta", "--json", "--suggest").json
        added = room.type("outlets", "add", desk.address, "--slug", "tjeter", "--json").json
    assert set(keys(checked)) == told("Outlets that are checked")
    assert set(added) == told("An outlet that is added")


# --- suggestions -------------------------------------------------------------------------


def monday(weeks: int) -> datetime:
    """A Monday so many whole weeks ago."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return today - timedelta(days=today.weekday(), weeks=weeks)


def crawled(weeks: int) -> tuple[str, str, str, str]:
    """The window of so many complete weeks before this one."""
    first, last = monday(weeks), monday(0) - timedelta(days=1)
    return "--since", f"{first:%Y-%m-%d}", "--until", f"{last:%Y-%m-%d}"


def steady() -> Desk:
    """Four pieces a day up to the end of last week."""
    newest = f"{monday(0) - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    return desk_of(posts=many_posts(28 * 6, newest=newest, every=timedelta(hours=6)))


def test_four_complete_weeks_make_a_suggestion(opened: Opened) -> None:
    desk = steady()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        room.crawl(*crawled(4))
        (row,) = room.type("outlets", "check", "gazeta", "--suggest", "--json").json["outlets"]
        shown = room.type("outlets", "check", "gazeta", "--suggest").out
    assert row["complete_weeks"] == 4
    assert row["per_week"] == 28
    assert row["weekdays"] == [4.0] * 7
    assert row["last_success"]
    assert "per_week = [14, 56]" in row["suggestions"][0]
    assert "usually Mon 4" in shown
    assert "per_week = [14, 56]" in shown


def test_three_weeks_say_what_is_missing(opened: Opened) -> None:
    desk = steady()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        room.crawl(*crawled(3))
        (row,) = room.type("outlets", "check", "gazeta", "--suggest", "--json").json["outlets"]
    (line,) = row["suggestions"]
    assert "3 of 4 complete weeks are in the record; 1 more week is needed" in line


def test_a_way_that_works_better_is_suggested(opened: Opened) -> None:
    desk = steady()
    desk.rest = "refused"
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        for _ in range(3):
            room.crawl(*crawled(1))
        (row,) = room.type("outlets", "check", "gazeta", "--suggest", "--json").json["outlets"]
    assert any('put way = "feed" first' in line for line in row["suggestions"])
