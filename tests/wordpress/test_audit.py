"""`jehona audit` over real WordPress: 150 known links, each cause made to happen, each told right.

Two sites are followed and a third is not; one of the two refuses half of its lists. What a site
keeps private, or took down before we came, it does not list; what lies on other days was gathered
by another crawl.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from crawler.models import Window
from tests.wordpress.laboratory import Post, Seed, Site
from tests.wordpress.newsrooms import READERS, spread
from tests.wordpress.office import Office

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

DAYS = Window.of_days(date(2025, 5, 5), date(2025, 5, 20), READERS)
BEFORE = Window.of_days(date(2025, 4, 1), date(2025, 4, 20), READERS)
EVENT = """
title = "Festa e Librit"
date = 2025-05-10
from = 2025-05-05
to = 2025-05-20
zone = "Europe/Tirane"
expected_outlets = ["{open}", "{shut}"]
[keywords]
any = [["libër", "shesh"]]
"""
# kind of post: how many, its headline
KINDS: dict[str, tuple[int, str]] = {
    "had": (40, "Libri {n} u hap në shesh"),
    "rejected": (12, "Libër i shitur në shesh {n}"),
    "doubtful": (12, "Libra në sheshin e vitit 2019: sheshi {n}"),
    "no-keyword": (20, "Moti i ditës {n}"),
    "not-listed-by-outlet": (16, "Libra të mbyllur në shesh {n}"),
}
OTHER_DAYS, NOT_FOLLOWED, NOT_READ = 20, 15, 15


@dataclass(frozen=True)
class Known:
    """A link that somebody knows of, and what the audit must say of it."""

    url: str
    why: str


def posts() -> dict[str, list[Post]]:
    """The posts of the site that is read completely, by kind."""
    numbers = count(1)
    made: dict[str, list[Post]] = {}
    instants = iter(sorted(spread(DAYS, sum(n for n, _ in KINDS.values()))))
    for kind, (amount, headline) in KINDS.items():
        hidden = kind == "not-listed-by-outlet"
        made[kind] = [
            Post(
                slug=f"{kind}-{n}",
                title=headline.format(n=n),
                at=next(instants),
                html="<p>Shi dhe erë.</p>",
                status="private" if hidden else "publish",
            )
            for n in (next(numbers) for _ in range(amount))
        ]
    made["outside-window"] = [
        Post(slug=f"dikur-{n}", title=f"Libri {n} në shesh dikur", at=at)
        for n, at in enumerate(sorted(spread(BEFORE, OTHER_DAYS)))
    ]
    return made


def address(site: Site, post: Post) -> str:
    """As the site writes it: its permalinks are /%year%/%monthnum%/%postname%/."""
    local = post.at.astimezone(DAYS.start.tzinfo)
    return f"{site.url}/{local:%Y/%m}/{post.slug}/"


@pytest.fixture
def known(own_site: Callable[[Seed], Site], office: Office) -> list[Known]:
    """Three sites, two of them followed and gathered, and what somebody knows of all three."""
    made = posts()
    every = tuple(post for some in made.values() for post in some)
    ours = own_site(Seed(title="Gazeta", posts=tuple(sorted(every, key=lambda post: post.at))))
    shut, strange = own_site(_some("mbyllur", NOT_READ)), own_site(_some("huaj", NOT_FOLLOWED))
    slugs = {"open": office.follow(ours, ["wordpress"]), "shut": office.follow(shut, ["wordpress"])}
    (office.folder / "events" / "festa.toml").write_text(EVENT.format(**slugs), "utf-8")
    for fault in ("norest", "nofeed"):
        shut.fault(fault)
    office.crawl(slugs["open"], window=BEFORE)
    office.run("crawl", "--event", "festa", "--json")
    for post in made["rejected"]:
        done = office.run("review", "festa", "--reject", address(ours, post), "--by", "ana")
        assert done.code == 0, done.err
    told = [Known(address(ours, post), kind) for kind, some in made.items() for post in some]
    told += [
        Known(f"{shut.url}/2025/05/mbyllur-{n}/", "outlet-not-complete") for n in range(NOT_READ)
    ]
    return told + [
        Known(f"{strange.url}/2025/05/huaj-{n}/", "outlet-not-listed") for n in range(NOT_FOLLOWED)
    ]


def _some(name: str, amount: int) -> Seed:
    first = DAYS.start + timedelta(hours=9)
    return Seed(
        title=name,
        posts=tuple(
            Post(slug=f"{name}-{n}", title=f"Libri {n} në shesh", at=first + timedelta(hours=n))
            for n in range(amount)
        ),
    )


def audited(office: Office, known: list[Known]) -> dict[str, Any]:
    listed = office.folder / "njohur.csv"
    listed.write_text("\n".join(["linku", *(one.url for one in known)]) + "\n", "utf-8")
    done = office.run("audit", "festa", "--known", str(listed), "--json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_each_of_150_links_has_its_right_cause(office: Office, known: list[Known]) -> None:
    assert len(known) == 150
    found = audited(office, known)
    causes = {one["url"]: one["why"] for one in found["missing"]}
    wrong = [(one, causes.get(one.url, "had")) for one in known]
    assert [(one, why) for one, why in wrong if one.why != why] == []
    assert (found["known"], found["had"]) == (150, KINDS["had"][0])
    assert Counter(one.why for one in known).keys() >= {*KINDS, "outside-window"}
    low, high = found["interval"]
    assert low < KINDS["had"][0] / 150 < high


def test_run_again_it_shows_what_mended(office: Office, known: list[Known]) -> None:
    """A list of links as somebody would paste it: other spellings of the addresses, each twice."""
    rejected = [one for one in known if one.why == "rejected"]
    for one in rejected:
        done = office.run("review", "festa", "--accept", one.url, "--by", "ana")
        assert done.code == 0, done.err
    pasted = [replace(one, url=f"{one.url}?utm_source=agjencia") for one in known] + known
    found = audited(office, pasted)
    assert (found["known"], found["had"]) == (150, KINDS["had"][0] + len(rejected))
    assert "rejected" not in {one["why"] for one in found["missing"]}
