"""Faults end in the right outcome, with a next step, and the record loses nothing by them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.wordpress.laboratory import Laboratory, Site
from tests.wordpress.newsrooms import SPRING, vogla
from tests.wordpress.office import Office
from tests.wordpress.test_complete import assert_record_is, really

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

NOTHING, PART, DONE = 1, 3, 0


@pytest.fixture(scope="module")
def faulty(laboratory: Laboratory) -> Site:
    """A site of this module, healed by `site` before each test."""
    return laboratory.site("e-prishur", vogla(24))


@pytest.fixture
def site(faulty: Site) -> Iterator[Site]:
    """The site without faults, and without them again afterwards."""
    faulty.heal()
    faulty.forget()
    yield faulty
    faulty.heal()


@pytest.fixture(scope="module")
def filled(faulty: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has crawled the site by both ways while it was well."""
    faulty.heal()
    office = Office(tmp_path_factory.mktemp("filled") / "office")
    for way in ("wordpress", "feed"):
        done = office.crawl(office.follow(faulty), window=SPRING, way=way)
        assert done.code == 0, done.err
    return office.folder


@pytest.fixture
def busy(filled: Path, tmp_path: Path) -> Office:
    """That office, to be spoilt."""
    return Office(shutil.copytree(filled, tmp_path / "office"))


FAULTS = {
    "429": ([("429", "1")], "blocked", NOTHING),
    "503": ([("503", "1")], "unreachable", NOTHING),
    "challenge-200": ([("challenge", "200")], "blocked", NOTHING),
    "challenge-403": ([("challenge", "403")], "blocked", NOTHING),
    "norest-nofeed": ([("norest", "1"), ("nofeed", "1")], "blocked", NOTHING),
    "norest": ([("norest", "1")], "complete", DONE),
    "nofeed": ([("nofeed", "1")], "complete", DONE),
    "slow": ([("slow", "0.3")], "complete", DONE),
    "429-once": ([("429-first", "1")], "complete", DONE),
    "503-once": ([("503-first", "1")], "complete", DONE),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_loses_nothing(fault: str, site: Site, busy: Office) -> None:
    switches, outcome, code = FAULTS[fault]
    before = busy.dump()
    for name, value in switches:
        site.fault(name, value)
    done = busy.crawl(site.name, window=SPRING)
    outlet = done.of(site.name)
    assert (outlet["outcome"], done.code) == (outcome, code), done.err
    assert busy.dump() == before
    assert not [article for article in busy.articles() if article.gone_since]
    assert (outlet["next_step"] is None) == (outcome == "complete")
    assert outlet["requests"] == len(site.requests()) <= 12, "a fault is no licence to hammer"


@pytest.mark.parametrize("fault", ["challenge-200", "503", "norest-nofeed"])
def test_a_first_crawl_under_a_fault_then_well(fault: str, site: Site, office: Office) -> None:
    switches, outcome, _ = FAULTS[fault]
    slug = office.follow(site)
    for name, value in switches:
        site.fault(name, value)
    assert office.crawl(slug, window=SPRING).of(slug)["outcome"] == outcome
    assert office.articles() == ()
    site.heal()
    assert office.crawl(slug, window=SPRING).of(slug)["outcome"] == "complete"
    assert_record_is(office, really(site, SPRING, ["posts"]))


def test_a_dead_server_is_unreachable(
    laboratory: Laboratory, office: Office, site_of: Callable[[str], Site]
) -> None:
    """And the other outlet goes on: done in part."""
    dead = laboratory.site("e-vdekur", vogla(3))
    dead.stop()
    well = site_of("york")
    done = office.crawl(office.follow(dead), office.follow(well), window=SPRING)
    assert done.code == PART, done.err
    assert done.of(dead.name)["outcome"] == "unreachable"
    assert done.of(well.name)["outcome"] == "complete"
