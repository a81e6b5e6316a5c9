"""Several feeds, sitemaps or lists in one file are sections; other ways stand in for them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.models import Check, Find, Outcome, Outlet, Way
from crawler.run.routes import next_find, routes_of
from tests.gather import scripted
from tests.gather.conftest import Crawl
from tests.gather.scripted import LISTING, REFUSALS, Said

ALL = range(30)
HALVES = {"kulture": ALL[0::2], "sport": ALL[1::2]}
SECTIONS: dict[str, dict[str, object]] = {
    "feed": {"way": "feed", "url": "{ROOT}/NAME/rss.xml"},
    "sitemap": {"way": "sitemap", "url": "{ROOT}/NAME/sitemap.xml"},
    "listing": {**LISTING, "url": "{ROOT}/NAME/lista?page={page}", "first": 1},
}


def finds(way: str) -> list[dict[str, object]]:
    """Two sections of one way."""
    section = SECTIONS[way]
    return [{**section, "url": str(section["url"]).replace("NAME", name)} for name in HALVES]


def answers(path: str, query: dict[str, str]) -> Said | None:
    """Half of the pieces in each section, whichever way they are asked for."""
    _, name, *rest = path.split("/")
    numbers = HALVES.get(name, ())
    if name == "lajme":
        return scripted.article(int(rest[0]))
    if rest == ["rss.xml"] and "paged" not in query:
        return scripted.feed([*numbers, 200, 201])
    if rest == ["sitemap.xml"]:
        return scripted.sitemap([*numbers, 60, 61])
    if rest == ["lista"]:
        first = int(query["page"]) * 10 - 10
        return scripted.rows(numbers[first : first + 10])
    return None


def refusing(name: str) -> scripted.Answers:
    """The same, but one section is refused."""
    return lambda path, query: (
        REFUSALS["403"] if path.startswith(f"/{name}/") else answers(path, query)
    )


@pytest.mark.parametrize("way", SECTIONS)
def test_every_section_is_walked(crawl: Crawl, tmp_path: Path, way: str) -> None:
    with scripted.served(answers) as site:
        ended = crawl(site, *finds(way))
        assert (ended["outcome"], ended["read"]) == ("complete", len(ALL)), ended
        assert [check["outcome"] for check in ended["checks"]] == ["complete", "complete"]
        assert len(scripted.headlines(tmp_path)) == len(ALL)
        again = crawl(site, *finds(way))
        assert (again["outcome"], again["new"], again["gone"]) == ("complete", 0, 0), again


@pytest.mark.parametrize("refused", HALVES)
@pytest.mark.parametrize("way", SECTIONS)
def test_one_section_is_not_the_outlet(crawl: Crawl, way: str, refused: str) -> None:
    with scripted.served(refusing(refused)) as site:
        ended = crawl(site, *finds(way))
    assert (ended["outcome"], ended["read"]) == ("partial", len(ALL) // 2), ended
    assert ended["next_step"]
    assert {check["outcome"] for check in ended["checks"]} >= {"partial", "blocked"}


def test_another_way_stands_in_for_all_sections(crawl: Crawl) -> None:
    rest: dict[str, object] = {"way": "wordpress", "url": "{ROOT}/wp-json/"}

    def with_rest(path: str, query: dict[str, str]) -> Said | None:
        if path == "/wp-json/":
            return scripted.rest_index("posts")
        if path.startswith("/wp-json/"):
            return scripted.rest_rows(30, query)
        return refusing("sport")(path, query)

    with scripted.served(with_rest) as site:
        ended = crawl(site, *finds("feed"), rest)
        assert [check["way"] for check in ended["checks"]] == ["feed", "feed", "wordpress"]
        assert ended["outcome"] == "complete"
        first = len(site.asked)
        ended = crawl(site, rest, *finds("feed"))
        assert [check["way"] for check in ended["checks"]] == ["wordpress"]
        assert not [path for path in site.asked[first:] if "rss.xml" in path]


def test_what_one_section_found_in_this_run_ends_no_other(crawl: Crawl, tmp_path: Path) -> None:
    """Without a window: a page of the second feed holds the same rows as the first, and goes on."""
    from datetime import datetime, timedelta  # noqa: PLC0415

    moved = datetime.now() - scripted.NEWEST - timedelta(days=1)  # noqa: DTZ005 - the site's clock

    def now(said: Said) -> Said:
        body = said.body
        for number in ALL:
            old, new = scripted.when(number), scripted.when(number) + moved
            shown = "%d %b %Y %H:%M:%S"
            body = body.replace(old.strftime(shown), new.strftime(shown))
        return Said(body=body, kind=said.kind)

    def two(path: str, query: dict[str, str]) -> Said | None:
        page = int(query.get("paged", 1))
        some = {"/kulture/rss.xml": ALL[:10] if page == 1 else (), "/sport/rss.xml": ALL[:20]}
        rows = some.get(path, ())[page * 10 - 10 : page * 10]
        return now(scripted.feed(rows)) if rows else None

    with scripted.served(two) as site:
        ended = crawl(site, *finds("feed"), words=())
    assert ended["read"] > 10, ended


FEED = Find(way=Way.FEED, url="https://g.example/feed/")
SPORT = Find(way=Way.FEED, url="https://g.example/sport/feed/")
REST = Find(way=Way.WORDPRESS, url="https://g.example/wp-json/")


def check(way: Way, outcome: Outcome) -> Check:
    return Check(outlet="g", way=way, outcome=outcome)


@pytest.mark.parametrize(
    ("finds", "ended", "following"),
    [
        ((REST, FEED), [Outcome.COMPLETE], None),
        ((REST, FEED), [Outcome.BLOCKED], FEED),
        ((REST, FEED), [Outcome.PARTIAL], FEED),
        ((FEED, SPORT), [Outcome.COMPLETE], SPORT),
        ((FEED, SPORT), [Outcome.BLOCKED], SPORT),
        ((FEED, REST, SPORT), [Outcome.COMPLETE], SPORT),
        ((FEED, REST, SPORT), [Outcome.COMPLETE, Outcome.COMPLETE], None),
        ((FEED, REST, SPORT), [Outcome.COMPLETE, Outcome.BROKEN], REST),
        ((FEED, SPORT), [Outcome.COMPLETE, Outcome.BROKEN], None),
    ],
)
def test_which_find_is_next(
    finds: tuple[Find, ...], ended: list[Outcome], following: Find | None
) -> None:
    routes = routes_of(Outlet(slug="g", name="G", find=finds), None)
    flat = [find for route in routes for find in route]
    made = [check(find.way, outcome) for find, outcome in zip(flat, ended, strict=False)]
    assert next_find(routes, made) == following


def test_a_cross_check_wants_a_second_way_not_a_second_section() -> None:
    routes = routes_of(Outlet(slug="g", name="G", find=(FEED, SPORT, REST)), None)
    made = [check(Way.FEED, Outcome.COMPLETE)] * 2
    assert next_find(routes, made, cross_check=True) == REST
    assert next_find(routes, made) is None
