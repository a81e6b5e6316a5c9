"""Each way of finding is a Scrapy spider that also works without `jehona`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.wordpress.laboratory import Site
from tests.wordpress.newsrooms import SPRING
from tests.wordpress.office import Office
from tests.wordpress.test_complete import assert_record_is, really

pytestmark = pytest.mark.timeout(180)

SCRAPY = ("-m", "scrapy")


def test_scrapy_lists_the_ways(office: Office) -> None:
    done = office.alone(*SCRAPY, "list")
    assert done.code == 0, done.err
    assert {"wordpress", "feed"} <= set(done.out.split())


@pytest.mark.real
@pytest.mark.parametrize("way", ["wordpress", "feed"])
def test_a_spider_crawls_alone(way: str, site_of: Callable[[str], Site], office: Office) -> None:
    site = site_of("york")
    slug = office.follow(site)
    words = {"outlet": slug, "since": SPRING.first_day, "until": SPRING.last_day}
    options = [word for name, value in words.items() for word in ("-a", f"{name}={value}")]
    done = office.alone(*SCRAPY, "crawl", way, *options)
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    assert_record_is(office, really(site, SPRING, ["posts"]))
