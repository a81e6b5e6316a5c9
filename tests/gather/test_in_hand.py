"""What was read stays: a later refusal makes a check partial and takes no row back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.gather import scripted
from tests.gather.conftest import Crawl
from tests.gather.scripted import HOME, LISTING, REFUSALS, Said, headline

Find = dict[str, object]
ALL = range(30)


def by_feed(refusal: Said) -> scripted.Answers:
    def answers(path: str, query: dict[str, str]) -> Said | None:
        if path != "/rss.xml":
            return None
        return refusal if "paged" in query else scripted.feed(ALL[:10])

    return answers


def by_links(refusal: Said) -> scripted.Answers:
    link = '<atom:link rel="next" href="{ROOT}/rss.xml?faqja=2"/>'

    def answers(path: str, query: dict[str, str]) -> Said | None:
        if path != "/rss.xml":
            return None
        return refusal if "faqja" in query else scripted.feed(ALL[:10], links=link)

    return answers


def by_listing(refusal: Said) -> scripted.Answers:
    def answers(path: str, _query: dict[str, str]) -> Said | None:
        return {"/lajme/faqe/1/": scripted.rows(ALL[:10]), "/lajme/faqe/2/": refusal}.get(path)

    return answers


def by_sitemap(refusal: Said) -> scripted.Answers:
    def answers(path: str, _query: dict[str, str]) -> Said | None:
        if path.startswith("/lajme/"):
            return scripted.article(int(path.strip("/").rpartition("/")[2]))
        files = {
            "/sitemap.xml": scripted.sitemap_index("/post-sitemap1.xml", "/post-sitemap2.xml"),
            "/post-sitemap1.xml": scripted.sitemap(ALL[:10]),
            "/post-sitemap2.xml": refusal,
        }
        return files.get(path)

    return answers


def by_rest(refusal: Said) -> scripted.Answers:
    def answers(path: str, query: dict[str, str]) -> Said | None:
        if path == "/wp-json/":
            return scripted.rest_index("posts", maximum=10)
        if path == "/wp-json/wp/v2/posts":
            return refusal if query["page"] != "1" else scripted.rest_rows(30, query)
        return None

    return answers


def by_second_type(refusal: Said) -> scripted.Answers:
    def answers(path: str, query: dict[str, str]) -> Said | None:
        if path == "/wp-json/":
            return scripted.rest_index("posts", "reportazhe", "video")
        base = path.rpartition("/")[2]
        return refusal if base == "reportazhe" else scripted.rest_rows(5, query, base=base)

    return answers


FEED: Find = {"way": "feed", "url": "{ROOT}/rss.xml"}
REST: Find = {"way": "wordpress", "url": "{ROOT}/wp-json/"}
LISTED: Find = {**LISTING, "url": "{ROOT}/lajme/faqe/{page}/"}
SITEMAP: Find = {"way": "sitemap", "url": "{ROOT}/sitemap.xml"}
WAYS: dict[str, tuple[Find, Callable[[Said], scripted.Answers], int]] = {
    "a feed's second page": (FEED, by_feed, 10),
    "an archive link": (FEED, by_links, 10),
    "a list's second page": (LISTED, by_listing, 10),
    "a sitemap of an index": (SITEMAP, by_sitemap, 10),
    "a second page of posts": (REST, by_rest, 10),
    "a second type of post": (REST, by_second_type, 10),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
@pytest.mark.parametrize("way", WAYS)
def test_a_later_refusal_takes_no_row_back(
    crawl: Crawl, tmp_path: Path, way: str, refusal: Said
) -> None:
    find, answers, kept = WAYS[way]
    with scripted.served(answers(refusal)) as site:
        ended = crawl(site, find)
    check = ended["checks"][0]
    assert (check["outcome"], check["read"]) == ("partial", kept), check
    assert check["note"]
    assert len(scripted.headlines(tmp_path)) == kept


def test_the_address_that_was_refused_is_told_with_its_query(crawl: Crawl) -> None:
    with scripted.served(by_feed(REFUSALS["403"])) as site:
        note = crawl(site, FEED)["checks"][0]["note"]
    assert "/rss.xml?paged=2 answered 403" in note


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
@pytest.mark.parametrize(("find", "answers"), [(FEED, by_feed), (LISTED, by_listing)])
def test_one_page_that_reaches_behind_the_window_is_complete(
    crawl: Crawl, find: Find, answers: Any, refusal: Said
) -> None:
    with scripted.served(answers(refusal)) as site:
        ended = crawl(site, find, words=("--since", "2026-05-18", "--until", "2026-05-20"))
    check = ended["checks"][0]
    assert (check["outcome"], check["read"]) == ("complete", 9), check
    assert "second page was not needed" in check["note"]


def test_one_row_that_is_pinned_reaches_nowhere(crawl: Crawl) -> None:
    def answers(path: str, query: dict[str, str]) -> Said | None:
        pinned = scripted.feed([200, *ALL[:8]])
        return {"/rss.xml": REFUSALS["403"] if query else pinned}.get(path)

    with scripted.served(answers) as site:
        check = crawl(site, FEED)["checks"][0]
    assert (check["outcome"], check["read"]) == ("partial", 8), check


def test_a_page_met_on_the_way_back_stays(crawl: Crawl, tmp_path: Path) -> None:
    """Pages 1 and 2 are newer than the window, 4 lies in it, 3 is refused."""

    def answers(path: str, query: dict[str, str]) -> Said | None:
        number = int(query.get("paged", 1))
        if path != "/rss.xml" or number > 6:
            return None
        return REFUSALS["500"] if number == 3 else scripted.feed(ALL[number * 5 - 5 : number * 5])

    with scripted.served(answers) as site:
        ended = crawl(site, FEED, words=("--since", "2026-05-10", "--until", "2026-05-16"))
    assert ended["checks"][0]["outcome"] == "partial", ended
    assert ended["checks"][0]["reached"] is None
    assert headline(15) in scripted.headlines(tmp_path)


def test_a_type_that_asks_for_a_login_is_not_public_and_one_that_breaks_is_not_whole(
    crawl: Crawl,
) -> None:
    closed = scripted.rest_error("rest_forbidden", 401)
    with scripted.served(by_second_type(closed)) as site:
        check = crawl(site, REST)["checks"][0]
    assert (check["outcome"], check["types"]) == ("complete", ["posts", "video"])
    assert "reportazhe are not public" in check["note"]


def test_dead_files_of_robots_txt_cost_no_other(crawl: Crawl) -> None:
    def answers(path: str, _query: dict[str, str]) -> Said | None:
        if path.startswith("/lajme/"):
            return scripted.article(int(path.strip("/").rpartition("/")[2]))
        index = scripted.sitemap_index("/keq/indeks.xml", "/post-sitemap1.xml")
        files = {"/sitemap.xml": index, "/keq/indeks.xml": scripted.sitemap_index("/keq/1.xml")}
        return {**files, "/post-sitemap1.xml": scripted.sitemap(ALL[:5])}.get(path)

    with scripted.served(answers) as site:
        check = crawl(site, SITEMAP)["checks"][0]
    assert (check["outcome"], check["read"]) == ("partial", 5), check
    assert "/keq/1.xml answered 404" in check["note"]


def test_a_home_page_at_the_usual_addresses_is_no_sitemap(crawl: Crawl) -> None:
    def answers(path: str, _query: dict[str, str]) -> Said | None:
        if path.startswith("/lajme/"):
            return scripted.article(int(path.strip("/").rpartition("/")[2]))
        return scripted.sitemap(ALL[:5]) if path == "/wp-sitemap.xml" else HOME

    with scripted.served(answers) as site:
        check = crawl(site, {"way": "sitemap", "url": "{ROOT}/"})["checks"][0]
    assert check["read"] == 5, check


def test_one_page_for_every_number_is_no_list(crawl: Crawl) -> None:
    home = scripted.rows(ALL[:7], title="Pasqyra")

    def answers(path: str, _query: dict[str, str]) -> Said | None:
        return scripted.rows(ALL[:10]) if path == "/lajme/faqe/1/" else home

    with scripted.served(answers) as site:
        check = crawl(site, LISTED)["checks"][0]
    assert check["outcome"] == "partial", check
