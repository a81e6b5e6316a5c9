"""The same window again: by another way, with nothing new, after edits and deletions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.wordpress.laboratory import Post, Seed, Site, tally
from tests.wordpress.newsrooms import AUTUMN, SPRING, spread, vogla
from tests.wordpress.office import Office
from tests.wordpress.test_complete import assert_record_is, really

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

SiteOf = Callable[[str], Site]
WAYS = ("wordpress", "feed")


@pytest.mark.parametrize("ways", [WAYS, WAYS[::-1]], ids="-then-".join)
def test_either_way_in_either_order_is_one_article_a_post(
    ways: tuple[str, str], site_of: SiteOf, office: Office
) -> None:
    site = site_of("york")
    slug = office.follow(site)
    first, again = (office.crawl(slug, window=SPRING, way=way).of(slug) for way in ways)
    assert first["new"] == first["read"] == again["read"]
    assert again["new"] == 0
    assert_record_is(office, really(site, SPRING, ["posts"]))


def test_both_orders_know_the_same_articles(site_of: SiteOf, office: Office) -> None:
    """One record after both ways, whichever came first, but for which reading came first."""
    site = site_of("york")
    other = Office(office.folder.with_name("other"))
    for place, ways in ((office, WAYS), (other, WAYS[::-1])):
        for way in ways:
            place.crawl(place.follow(site), window=AUTUMN, way=way)
    held = [{article.url: article.aliases for article in o.articles()} for o in (office, other)]
    assert held[0]
    assert held[0] == held[1]


@pytest.mark.parametrize(("name", "way"), [("york", "wordpress"), ("fjala", "feed")])
def test_a_second_crawl_asks_for_lists_and_adds_nothing(
    name: str, way: str, site_of: SiteOf, office: Office
) -> None:
    site = site_of(name)
    slug = office.follow(site, [way])
    office.crawl(slug, window=SPRING)
    before = office.dump()
    site.forget()
    outlet = office.crawl(slug, window=SPRING).of(slug)
    assert (outlet["new"], outlet["changed"], outlet["gone"]) == (0, 0, 0)
    assert outlet["outcome"] == "complete"
    assert office.dump() == before
    counts = tally(site.requests())
    assert counts["other"] == 0
    assert sum(counts.values()) == outlet["requests"]


@pytest.mark.parametrize("way", WAYS)
def test_an_edit_is_a_revision_and_a_deletion_is_gone(
    way: str, own_site: Callable[[Seed], Site], office: Office
) -> None:
    site = own_site(vogla())
    slug = office.follow(site, [way])
    office.crawl(slug, window=SPRING)
    old = {article.url: article.headline for article in office.articles()}
    edited, trashed, deleted = site.published()[2:5]
    site.edit(edited.id, title="Titull i ri", html="<p>Tekst i ri.</p>")
    site.trash(trashed.id)
    site.delete(deleted.id)
    outlet = office.crawl(slug, window=SPRING).of(slug)
    assert (outlet["outcome"], outlet["new"]) == ("complete", 0)
    assert (outlet["changed"], outlet["gone"]) == (1, 2)
    held = {article.url: article for article in office.articles()}
    assert set(held) == set(old), "a deleted piece stays in the record"
    gone = {article.url for article in held.values() if article.gone_since}
    assert {url.rstrip("/").rsplit("/", 1)[1] for url in gone} == {trashed.slug, deleted.slug}
    changed = [url for url in held if held[url].headline != old[url]]
    assert [held[url].headline for url in changed] == ["Titull i ri"]
    assert office.headlines_of(changed[0]) == [old[changed[0]], "Titull i ri"]


def test_a_piece_that_comes_back_is_no_longer_gone(
    own_site: Callable[[Seed], Site], office: Office
) -> None:
    site = own_site(vogla())
    slug = office.follow(site, ["wordpress"])
    office.crawl(slug, window=SPRING)
    row = site.published()[3]
    site.edit(row.id, status="draft")
    office.crawl(slug, window=SPRING)
    assert [article.headline for article in office.articles() if article.gone_since]
    site.edit(row.id, status="publish")
    office.crawl(slug, window=SPRING)
    assert not [article.headline for article in office.articles() if article.gone_since]
    assert len(office.articles()) == len(site.published())


def test_a_routine_crawl_takes_what_is_new_and_what_was_edited(
    own_site: Callable[[Seed], Site], office: Office
) -> None:
    """Without a window: what is new since the last complete check, edits of older pieces too."""
    site = own_site(vogla())
    slug = office.follow(site, ["wordpress"])
    office.crawl(slug, window=SPRING)
    first = office.run("crawl", "--outlet", slug, "--json")
    assert first.code in {0, 3}, first.err
    site.edit(site.published()[0].id, title="I ndryshuar më vonë")
    site.add(Post(slug="i-ri", title="Lajm i ri", at=spread(SPRING, 1)[0]))
    done = office.run("crawl", "--outlet", slug, "--json")
    assert done.code == 0, done.err
    headlines = {article.headline for article in office.articles()}
    assert "I ndryshuar më vonë" in headlines
