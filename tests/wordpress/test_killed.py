"""Killed at random moments and started again, a crawl ends in the same record as one left alone.

SIGKILL: no handler runs, nothing is flushed. A moment is a random request, as the sites' own
logs count them, and some milliseconds more: the same on a quick machine and on a busy one. The
seed is the test's number, so a failure can be tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest

from tests.wordpress.laboratory import Site, wait_until
from tests.wordpress.newsrooms import SPRING
from tests.wordpress.office import Office, crawl_words

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

SiteOf = Callable[[str], Site]
KILLS_A_RECORD = 5
TRIES = 20
MORE = 0.1
# seconds, at most, from the request to the kill
NEWSROOMS = ("gazeta", "york", "fjala")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undisturbed:
    """A crawl that nobody killed."""

    dump: str
    # the record it made
    requests: int
    # what it asked of all sites


@pytest.fixture(scope="module")
def undisturbed(site_of: SiteOf, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """What the killed ones must come to."""
    office = Office(tmp_path_factory.mktemp("undisturbed") / "office")
    sites = [site_of(name) for name in NEWSROOMS]
    done = office.crawl(*map(office.follow, sites), window=SPRING)
    assert done.code == 0, done.err
    return Undisturbed(dump=office.dump(), requests=asked(sites))


def asked(sites: list[Site]) -> int:
    """How many requests the sites have seen since they were last told to forget."""
    return sum(len(site.requests()) for site in sites)


def assert_same_after(seed: int, undisturbed: Undisturbed, site_of: SiteOf, office: Office) -> None:
    """One record, killed a few times and then left alone, is the undisturbed one."""
    sites = [site_of(name) for name in NEWSROOMS]
    slugs = [office.follow(site) for site in sites]
    moments, killed = Random(seed), 0
    for _ in range(TRIES):
        after = moments.randint(1, undisturbed.requests)
        killed += kill_after(after, moments.uniform(0, MORE), office, slugs, sites)
        if killed == KILLS_A_RECORD:
            break
    assert killed == KILLS_A_RECORD, "most crawls ended before they could be killed"
    done = office.crawl(*slugs, window=SPRING)
    assert done.code == 0, done.err
    assert office.dump() == undisturbed.dump


def kill_after(
    requests: int, seconds: float, office: Office, slugs: list[str], sites: list[Site]
) -> bool:
    """Kills a crawl so long after so many requests; False when it had ended by itself."""
    for site in sites:
        site.forget()
    crawl = office.start(*crawl_words(*slugs, window=SPRING))
    wait_until(lambda: asked(sites) >= requests or crawl.wait(0) is not None, "no request made")
    if crawl.wait(seconds) is not None:
        return False
    crawl.kill()
    return True


@pytest.mark.parametrize("seed", range(4))
def test_killed_and_resumed_is_the_same_record(
    seed: int, undisturbed: Undisturbed, site_of: SiteOf, office: Office
) -> None:
    assert_same_after(seed, undisturbed, site_of, office)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 140))
def test_killed_often(seed: int, undisturbed: Undisturbed, site_of: SiteOf, office: Office) -> None:
    assert_same_after(seed, undisturbed, site_of, office)
