"""Real WordPress sites for the tests that ask for them, started once a worker: five seconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.wordpress import newsrooms
from tests.wordpress.laboratory import Laboratory, Seed, Site, missing
from tests.wordpress.office import Office


@pytest.fixture(scope="session")
def laboratory(require: Callable[[str, str | None], None]) -> Iterator[Laboratory]:
    """A database and the code; skips on a bare machine, fails where WordPress is required."""
    require("wordpress", missing())
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    with Laboratory(number=int(worker.removeprefix("gw"))) as lab:
        yield lab


@pytest.fixture(scope="session")
def site_of(laboratory: Laboratory) -> Callable[[str], Site]:
    """The site of a newsroom by its name, made when it is first asked for. Do not change it."""

    def give(name: str) -> Site:
        if name not in laboratory.sites:
            seed: Seed = getattr(newsrooms, name)()
            site = laboratory.site(name, seed)
            if name in newsrooms.REST_REFUSED:
                site.fault("norest")
        site = laboratory.sites[name]
        site.forget()
        return site

    return give


@pytest.fixture
def own_site(laboratory: Laboratory) -> Iterator[Callable[[Seed], Site]]:
    """Makes a site that belongs to one test, which may change it."""
    made: list[Site] = []

    def make(seed: Seed) -> Site:
        made.append(laboratory.site(f"vogla-{len(laboratory.sites)}", seed))
        return made[-1]

    yield make
    for site in made:
        site.stop()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An empty workspace."""
    return Office(tmp_path / "office")
