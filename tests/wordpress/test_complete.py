"""Listed = read = what was really published, at the price the server log shows.

The truth is each site's own database; the price is what its web server was asked, robots.txt
and retries included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import unescape
from math import ceil, log2
from re import sub
from typing import Any, Final

import pytest

from crawler.models import Window
from tests.wordpress.laboratory import Published, Site, tally, within
from tests.wordpress.newsrooms import AUTUMN, DEEP, FOLDED, SPRING
from tests.wordpress.office import Office, crawl_words

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

SiteOf = Callable[[str], Site]
WINDOWS: Final = {"spring": SPRING, "autumn": AUTUMN}
TYPE_OF: Final[Mapping[str, str]] = {"posts": "post", "pages": "page", "media": "attachment"}
# REST says the route of a type, the database its name
ROWS_OF_A_FEED_PAGE: Final = 10


def really(site: Site, window: Window, types: list[str]) -> tuple[Published, ...]:
    """What the site published in the window, of these REST types."""
    names = [TYPE_OF.get(name, name) for name in types]
    return within(site.published(names), window.start, window.end)


def printed(row: Published) -> str:
    """A title as a reader sees it: no markup, entities resolved."""
    return unescape(sub(r"<[^>]+>", "", row.title))


def check_of(done: Any, site: Site, way: str) -> Any:
    """One check of the ledger."""
    return next(row for row in done.of(site.name)["checks"] if row["way"] == way)


def assert_record_is(office: Office, truth: tuple[Published, ...]) -> None:
    """The record holds exactly these pieces: headline and instant."""
    held = [(piece.published, piece.headline) for piece in office.articles()]
    assert sorted(held) == sorted((row.at, printed(row)) for row in truth)


@pytest.mark.parametrize("when", WINDOWS)
@pytest.mark.parametrize("name", ["gazeta", "york"])
def test_by_rest(name: str, when: str, site_of: SiteOf, office: Office) -> None:
    site, window = site_of(name), WINDOWS[when]
    done = office.crawl(office.follow(site), window=window, way="wordpress")
    assert done.code == 0, done.err
    check = check_of(done, site, "wordpress")
    truth = really(site, window, check["types"])
    assert check["outcome"] == "complete"
    assert check["listed"] == check["read"] == len(truth)
    assert {"posts", *site_types(name)} <= set(check["types"])
    assert_record_is(office, truth)
    counts = tally(site.requests())
    assert counts["feed"] == counts["other"] == 0
    assert sum(counts.values()) == check["requests"] <= price_by_rest(site, window, check["types"])


def test_by_rest_across_an_hour_that_the_site_has_twice(site_of: SiteOf, office: Office) -> None:
    """The window begins in the first of the two: rows of the second stand earlier on its clock."""
    site = site_of("bejrut")
    there = Office(office.folder, zone=FOLDED.zone)
    done = there.crawl(there.follow(site), window=FOLDED, way="wordpress")
    truth = really(site, FOLDED, ["posts"])
    assert (done.of(site.name)["outcome"], done.of(site.name)["listed"]) == ("complete", len(truth))
    assert_record_is(there, truth)


def site_types(name: str) -> tuple[str, ...]:
    """The further public types of a newsroom."""
    return ("ngjarje",) if name == "gazeta" else ()


def price_by_rest(site: Site, window: Window, types: list[str]) -> int:
    """ceil(N / 100) + 3."""
    return ceil(len(really(site, window, types)) / 100) + 3


@pytest.mark.parametrize("when", WINDOWS)
@pytest.mark.parametrize("name", ["gazeta", "york", "fjala", "arkiva"])
def test_by_feed(name: str, when: str, site_of: SiteOf, office: Office) -> None:
    site, window = site_of(name), WINDOWS[when]
    done = office.crawl(office.follow(site, ["feed"]), window=window, way="feed")
    assert done.code == 0, done.err
    check = check_of(done, site, "feed")
    truth = really(site, window, ["posts"])
    assert (check["outcome"], check["listed"], check["read"]) == ("complete", None, len(truth))
    assert_record_is(office, truth)
    counts = tally(site.requests())
    assert counts["rest"] == counts["other"] == 0
    assert sum(counts.values()) == check["requests"] <= price_by_feed(site, window)


def price_by_feed(site: Site, window: Window) -> int:
    """2 log2(pages) + pages in the window + 5."""
    posts = site.published()
    pages = ceil(len(posts) / ROWS_OF_A_FEED_PAGE)
    inside = ceil(len(within(posts, window.start, window.end)) / ROWS_OF_A_FEED_PAGE)
    return int(2 * log2(pages)) + inside + 5


@pytest.mark.parametrize("fault", ["noarchives", "nopaged"])
def test_by_feed_without(fault: str, site_of: SiteOf, office: Office) -> None:
    """Without date archives the pages are bisected, without pages the archives serve."""
    site = site_of("arkiva")
    site.fault(fault)
    try:
        done = office.crawl(office.follow(site, ["feed"]), window=DEEP, way="feed")
    finally:
        (site.folder / "faults" / fault).unlink()
    check = check_of(done, site, "feed")
    truth = really(site, DEEP, ["posts"])
    assert (check["outcome"], check["read"]) == ("complete", len(truth))
    assert_record_is(office, truth)
    days = (DEEP.last_day - DEEP.first_day).days + 1
    bar = price_by_feed(site, DEEP) if fault == "noarchives" else days * 2 + 5
    assert len(site.requests()) <= bar


@pytest.mark.parametrize("faults", [["nopaged"], ["nopaged", "noarchives"]], ids="-".join)
def test_what_a_feed_cannot_reach_is_not_called_complete(
    faults: list[str], site_of: SiteOf, office: Office
) -> None:
    """Days of 16 posts and pages of ten that cannot be turned: rows are missing, and it says so."""
    site = site_of("gazeta")
    for fault in faults:
        site.fault(fault)
    try:
        done = office.crawl(office.follow(site, ["feed"]), window=SPRING, way="feed")
    finally:
        site.heal()
    check = check_of(done, site, "feed")
    truth = {(row.at, printed(row)) for row in really(site, SPRING, ["posts"])}
    held = {(piece.published, piece.headline) for piece in office.articles()}
    assert held < truth
    assert check["outcome"] == "partial"
    assert check["note"]
    assert done.code == 3


def test_300_pages_away_by_feed(site_of: SiteOf, office: Office) -> None:
    site = site_of("arkiva")
    newer = [row for row in site.published() if row.at >= DEEP.end]
    assert len(newer) >= 300 * ROWS_OF_A_FEED_PAGE
    done = office.crawl(office.follow(site, ["feed"]), window=DEEP)
    assert done.of(site.name)["outcome"] == "complete", done.err
    assert_record_is(office, really(site, DEEP, ["posts"]))
    assert len(site.requests()) <= price_by_feed(site, DEEP)


def test_the_user_agent_says_who_asks(site_of: SiteOf, office: Office) -> None:
    site = site_of("york")
    done = office.alone("-m", "jehona", *crawl_words(office.follow(site), window=AUTUMN))
    assert done.code == 0, done.err
    agents = {request.agent for request in site.requests()}
    assert len(agents) == 1
    assert agents.pop().lower().startswith("jehona/")


def test_robots_txt_is_asked_first_and_once(site_of: SiteOf, office: Office) -> None:
    site = site_of("york")
    office.crawl(office.follow(site), window=AUTUMN)
    asked = [request.uri for request in site.requests()]
    assert asked[0] == "/robots.txt"
    assert asked.count("/robots.txt") == 1


def test_a_rest_that_is_refused_sends_us_to_the_feed(site_of: SiteOf, office: Office) -> None:
    site = site_of("fjala")
    done = office.crawl(office.follow(site), window=SPRING)
    assert done.code == 0, done.err
    outlet = done.of(site.name)
    assert outlet["outcome"] == "complete"
    ledger = {check["way"]: check["outcome"] for check in outlet["checks"]}
    assert ledger == {"wordpress": "blocked", "feed": "complete"}
    assert_record_is(office, really(site, SPRING, ["posts"]))
