"""Killed at random moments and started again, a crawl ends in the same record as one left alone.

SIGKILL: no handler runs, nothing is flushed. The moments are random between the first request
of a crawl and its end, as an undisturbed one took; the seed is the test's number, so a failure
can be tried again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.wordpress.laboratory import Site, wait_until
from tests.wordpress.newsrooms import SPRING
from tests.wordpress.office import Office, crawl_words

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

SiteOf = Callable[[str], Site]
KILLS_A_RECORD = 5
NEWSROOMS = ("gazeta", "york", "fjala")


def assert_same_after(kills: int, seed: int, site_of: SiteOf, folder: Path) -> None:
    """One record, killed `kills` times and then left alone, against one never disturbed."""
    sites = [site_of(name) for name in NEWSROOMS]
    alone, disturbed = Office(folder / "alone"), Office(folder / "disturbed")
    slugs = [office.follow(site) for office in (alone, disturbed) for site in sites][: len(sites)]
    assert alone.crawl(*slugs, window=SPRING).code == 0
    ended, begun = time.time(), min(site.requests()[0].at for site in sites)
    moments = Random(seed)
    delays = [moments.uniform(0, ended - begun) for _ in range(kills)]
    killed = [kill_after(delay, disturbed, slugs, sites) for delay in delays]
    assert any(killed), "no crawl was killed before its end"
    done = disturbed.crawl(*slugs, window=SPRING)
    assert done.code == 0, done.err
    assert disturbed.dump() == alone.dump()


def kill_after(seconds: float, office: Office, slugs: list[str], sites: list[Site]) -> bool:
    """Kills a crawl so long after its first request; False when it had ended by itself."""
    for site in sites:
        site.forget()
    crawl = office.start(*crawl_words(*slugs, window=SPRING))
    wait_until(lambda: any(site.requests() for site in sites), "no request was made")
    if crawl.wait(seconds) is not None:
        return False
    crawl.kill()
    return True


@pytest.mark.parametrize("seed", range(4))
def test_killed_and_resumed_is_the_same_record(seed: int, site_of: SiteOf, tmp_path: Path) -> None:
    assert_same_after(KILLS_A_RECORD, seed, site_of, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 140))
def test_killed_often(seed: int, site_of: SiteOf, tmp_path: Path) -> None:
    assert_same_after(KILLS_A_RECORD, seed, site_of, tmp_path)
