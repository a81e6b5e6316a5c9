"""How we behave at other people's machines."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from crawler import __version__
from jehona.demo import Answer, Desk, Fault
from tests.gather.conftest import Opened
from tests.newsroom.faults import too_many
from tests.newsroom.posts import many_posts

WINDOW = ("--since", "2026-05-20", "--until", "2026-05-30")


def desk_of(**settings: object) -> Desk:
    posts = many_posts(24, newest="2026-05-30T12:00")
    return Desk(slug="gazeta", name="Gazeta", posts=posts, **settings)  # type: ignore[arg-type]


def test_we_say_who_we_are_and_whom_to_write_to(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        room.outlet(desk, "wordpress")
        (room.folder / "jehona.toml").write_text('contact = "shtypi@zyra.example"\n', "utf-8")
        room.crawl(*WINDOW)
        assert {entry.user_agent for entry in room.newsroom.log} == {
            f"Jehona/{__version__} (+shtypi@zyra.example)"
        }


def test_robots_txt_is_asked_first_and_obeyed(opened: Opened) -> None:
    desk = desk_of(robots="User-agent: *\nDisallow: /wp-json/\n")
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        ended = room.crawl(*WINDOW).of("gazeta")
        assert room.asked(desk)[0] == "/robots.txt"
        assert not [target for target in room.asked(desk) if target.startswith("/wp-json")]
        assert [check["outcome"] for check in ended["checks"]] == ["blocked", "complete"]
        assert "robots.txt" in ended["checks"][0]["note"]


def test_rules_for_us_by_name_count(opened: Opened) -> None:
    desk = desk_of(robots="User-agent: Jehona\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        assert room.crawl(*WINDOW).of("gazeta")["outcome"] == "blocked"
        assert room.asked(desk) == ["/robots.txt"]


def test_robots_txt_is_asked_once_for_both_ways(opened: Opened) -> None:
    desk = desk_of(rest="refused")
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        room.crawl(*WINDOW)
        assert room.asked(desk).count("/robots.txt") == 1


def test_requests_keep_the_outlets_distance(opened: Opened) -> None:
    desk = desk_of(rest="refused")
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        path = room.folder / "outlets/gazeta.toml"
        path.write_text(path.read_text("utf-8").replace("delay = 0.0", "delay = 0.2"), "utf-8")
        room.crawl(*WINDOW)
        times = [entry.at for entry in room.newsroom.log]
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert len(gaps) >= 4
        # a lower bound is no timing of the machine: a slow one only waits longer
        assert min(gaps) >= timedelta(seconds=0.15)


def test_a_crawl_delay_is_kept(opened: Opened) -> None:
    desk = desk_of(robots="User-agent: *\nCrawl-delay: 0.3\n")
    with opened(desk) as room:
        room.outlet(desk, "feed")
        room.crawl(*WINDOW)
        times = [entry.at for entry in room.newsroom.log][1:]
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert min(gaps) >= timedelta(seconds=0.25)


def test_a_redirect_to_another_port_is_not_followed(opened: Opened) -> None:
    elsewhere = desk_of()
    elsewhere.slug = "tjeter"
    desk = desk_of()
    with opened(desk, elsewhere) as room:
        away = Answer(status=302, headers=(("Location", f"{elsewhere.address}/feed/"),), body=b"")
        desk.fault = Fault(name="away", spoil=lambda *_: away, only="/feed/")
        room.outlet(desk, "feed")
        ended = room.crawl(*WINDOW, outlets=[desk]).of("gazeta")
        assert ended["outcome"] == "broken"
        assert "hosts" in ended["next_step"]
        assert not room.asked(elsewhere)


def test_without_a_contact_only_loopback_is_crawled(opened: Opened) -> None:
    desk = desk_of()
    with opened(desk) as room:
        done = room.type("crawl", "--outlet", "alfa-press", *WINDOW)
        assert done.code == 2
        assert "contact" in done.err
        assert len(done.err.strip().splitlines()) == 1


def test_the_budget_of_requests_is_kept(opened: Opened) -> None:
    pieces = many_posts(300, every=timedelta(minutes=30))
    desk = Desk(slug="gazeta", name="G", posts=pieces, rest="none")
    with opened(desk) as room:
        room.outlet(desk, "feed")
        ended = room.crawl("--since", "2026-05-01", "--until", "2026-05-30", "--budget", "6").of(
            "gazeta"
        )
        assert ended["outcome"] == "partial"
        assert len(room.asked(desk)) == 6
        assert ended["reached"] > "2026-05-25"
        assert "budget" in ended["next_step"]


@pytest.mark.parametrize("ends", ["\n", "\r", "\u2028"])
def test_robots_txt_is_obeyed_behind_a_mark_whatever_its_lines_end_with(
    opened: Opened, ends: str
) -> None:
    desk = desk_of(robots=f"\ufeffUser-agent: *{ends}Disallow: /{ends}")
    with opened(desk) as room:
        room.outlet(desk, "wordpress", "feed")
        assert room.crawl(*WINDOW).of("gazeta")["outcome"] == "blocked"
        assert room.asked(desk) == ["/robots.txt"]


def test_a_web_page_in_place_of_robots_txt_forbids_nothing(opened: Opened) -> None:
    desk = desk_of(robots="<!doctype html><title>Faqja nuk u gjet</title><p>User-agent</p>")
    with opened(desk) as room:
        room.outlet(desk, "feed")
        assert room.crawl(*WINDOW).of("gazeta")["outcome"] == "complete"


def test_a_wait_that_is_no_number_is_no_fault_of_ours(opened: Opened) -> None:
    desk = desk_of()
    desk.fault = too_many(retry_after="\u00b2")
    with opened(desk) as room:
        room.outlet(desk, "feed")
        ended = room.crawl(*WINDOW).of("gazeta")
        assert ended["outcome"] == "blocked"
        assert "429" in ended["checks"][0]["note"]
