"""Finding by sitemaps: WordPress' own without `lastmod`, a plugin's, a news sitemap, bad ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from jehona.demo import Desk, Post
from jehona.demo.answers import Answer, page
from jehona.demo.faults import Fault
from tests.gather.pressroom import Pressroom, pressroom
from tests.gather.test_pages import INSIDE, WINDOW, headlines, posts, record_of, town
from tests.newsroom.faults import charset
from tests.newsroom.posts import many_posts

Opened = Callable[..., AbstractContextManager[Pressroom]]
SITEMAP = re.compile(r"sitemap|robots")
URLSET = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@pytest.fixture
def opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    return lambda *desks: pressroom(tmp_path, capsys, *desks)


def articles_asked(room: Pressroom, desk: Desk) -> list[str]:
    return [target for target in room.asked(desk) if not SITEMAP.search(target)]


def instead(only: str, body: str, status: int = 200) -> Fault:
    answer: Answer = page(status, body, content_type="application/xml")
    return Fault(name="instead", spoil=lambda *_: answer, only=only)


@pytest.mark.parametrize("kind", ["core", "lastmod", "news"])
def test_both_edges_of_the_window_are_exact(opened: Opened, kind: str) -> None:
    desk = town(sitemaps=kind)
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        done = room.crawl(*WINDOW)
        ended = done.of("fletorja")
        assert (ended["outcome"], ended["read"], ended["new"]) == ("complete", 4, 4), done.out
        assert headlines(room) == sorted(INSIDE.values())


@pytest.mark.parametrize("kind", ["core", "lastmod", "news"])
def test_a_second_crawl_asks_only_lists(opened: Opened, kind: str) -> None:
    desk = town(sitemaps=kind)
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        room.crawl(*WINDOW)
        before = len(articles_asked(room, desk))
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["read"], ended["new"], ended["changed"]) == (4, 0, 0)
        assert len(articles_asked(room, desk)) == before


def test_robots_is_asked_once_and_names_the_sitemap(opened: Opened) -> None:
    desk = town()
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        room.crawl(*WINDOW)
        assert room.asked(desk).count("/robots.txt") == 1
        assert room.asked(desk)[1] == "/wp-sitemap.xml"


def test_a_window_far_back_in_a_core_sitemap_is_reached_by_leaps(opened: Opened) -> None:
    many = many_posts(1_200, newest="2026-05-30T12:00", every=timedelta(hours=2))
    desk = Desk(slug="e-madhja", name="E madhja", posts=many, permalinks="/lajme/{slug}/")
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        ended = room.crawl("--since", "2026-03-10", "--until", "2026-03-11").of("e-madhja")
        assert (ended["outcome"], ended["read"]) == ("complete", 24)
        assert len(articles_asked(room, desk)) < 24 + 45


def test_the_day_in_an_address_chooses_the_candidates(opened: Opened) -> None:
    many = many_posts(400, newest="2026-05-30T12:00", every=timedelta(hours=6))
    desk = Desk(
        slug="e-madhja", name="E madhja", posts=many, permalinks="/{year}/{month}/{day}/{slug}/"
    )
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        ended = room.crawl("--since", "2026-03-10", "--until", "2026-03-11").of("e-madhja")
        assert (ended["outcome"], ended["read"]) == ("complete", 8)
        # two days and one at either side
        assert len(articles_asked(room, desk)) <= 4 * 5


def test_an_edit_of_an_old_piece_hides_nothing(opened: Opened) -> None:
    old = [
        Post(headline=f"Arkiv {n}", at=f"2025-01-{n:02d}T10:00", modified=f"2026-05-20T{n:02d}:00")
        for n in range(1, 24)
    ]
    desk = Desk(slug="fletorja", name="Fletorja", posts=[*posts(), *old], sitemaps="lastmod")
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        ended = room.crawl(*WINDOW).of("fletorja")
        assert (ended["outcome"], ended["read"]) == ("complete", 4)


def test_a_row_of_a_news_sitemap_is_coverage_where_its_page_is_refused(opened: Opened) -> None:
    desk = town(sitemaps="news", fault=instead(r"^/20", "nuk lejohet", 403))
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        done = room.crawl(*WINDOW)
        ended = done.of("fletorja")
        assert (ended["outcome"], ended["read"]) == ("complete", 4), done.out
        assert "403" in ended["checks"][0]["note"]
        assert headlines(room) == sorted(INSIDE.values())


def test_refused_pages_of_bare_rows_are_not_silence(opened: Opened) -> None:
    desk = town(fault=instead(r"^/20", "nuk lejohet", 403))
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        ended = room.crawl(*WINDOW, "--way", "sitemap").of("fletorja")
        assert ended["outcome"] == "blocked"
        assert "403" in ended["checks"][0]["note"]


def test_the_budget_ends_the_walk(opened: Opened) -> None:
    desk = Desk(slug="e-madhja", name="E madhja", posts=many_posts(300, newest="2026-05-24T12:00"))
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        ended = room.crawl(*WINDOW, "--budget", "30", "--way", "sitemap").of("e-madhja")
        assert ended["outcome"] == "partial"
        assert ended["requests"] <= 30
        assert ended["read"] > 10
        with record_of(room) as record:
            assert record.conn.execute("SELECT since, until FROM checks").fetchall() == [
                (None, None)
            ]


BAD = {
    "an index that names itself": ("/wp-sitemap.xml", "complete", "names itself"),
    "a web page": ("<!doctype html><html><p>Faqja</p></html>", "broken", "web page"),
    "nothing": ("", "broken", "no sitemap"),
    "words": ("lajme", "broken", "neither XML"),
    "a feed": ("<rss><channel/></rss>", "broken", "a feed"),
    "an empty one": (f"<urlset {URLSET}></urlset>", "broken", "not a single row"),
    "other hosts": (
        f"<urlset {URLSET}><url><loc>http://10.0.0.1/lajm</loc></url></urlset>",
        "broken",
        "other hosts",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_sitemaps_are_named(opened: Opened, what: str) -> None:
    body, outcome, words = BAD[what]
    desk = town()
    with opened(desk) as room:
        if body.startswith("/"):
            named = (body, "/wp-sitemap-posts-post-1.xml")
            rows = (f"<sitemap><loc>{desk.address}{path}</loc></sitemap>" for path in named)
            body = f"<sitemapindex {URLSET}>{''.join(rows)}</sitemapindex>"
        desk.fault = instead(r"^/wp-sitemap\.xml", body)
        room.outlet(desk, "sitemap")
        done = room.crawl(*WINDOW, "--way", "sitemap")
        ended = done.of("fletorja")
        assert ended["outcome"] == outcome, done.out
        assert words in str(ended["checks"][0]["note"])
        assert len(room.asked(desk)) < 20


HUGE = 50 * 1024 * 1024
# more than a page can be; the newsroom's own bound is 16 MB

PAGES = {
    "deep": "<!doctype html><html><body>" + "<div>" * 50_000 + "thellë",
    "malformed": "<html><body><p>pa fund <b><i></p><table><tr>" * 50,
    "consent": '<!doctype html><html><body><div id="consent-page">Pranoni</div></body></html>',
    "empty": "",
    "huge": "<!doctype html><html><body><p>" + "fjalë " * (HUGE // 6),
}


@pytest.mark.parametrize("what", PAGES)
def test_bad_pages_are_refused_by_name_and_nothing_else_is_lost(opened: Opened, what: str) -> None:
    answer = page(200, PAGES[what])
    desk = town()
    with opened(desk) as room:
        desk.fault = Fault(name=what, spoil=lambda *_: answer, only=r"vullnetar")
        room.outlet(desk, "sitemap")
        done = room.crawl(*WINDOW, "--way", "sitemap")
        ended = done.of("fletorja")
        assert ended["read"] in {3, 4}, done.out
        if ended["read"] == 3:
            assert "vullnetar" in str(ended["checks"][0]["note"])


def test_a_lying_charset_header_garbles_nothing(opened: Opened) -> None:
    desk = town(fault=charset("cp1252", header="utf-8", declared="", only=r"vullnetar"))
    with opened(desk) as room:
        room.outlet(desk, "sitemap")
        assert room.crawl(*WINDOW, "--way", "sitemap").of("fletorja")["read"] == 4
        assert headlines(room) == sorted(INSIDE.values())
