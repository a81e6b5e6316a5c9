"""`jehona audit` over the demo's newsroom: 50 known links, each its right cause."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from crawler.models import Outcome
from crawler.outcomes import best
from crawler.record import read
from jehona import actions
from jehona.actions.matches import matches_in
from jehona.actions.office import Office, open_office
from jehona.cli.demo import played

EVENT = "dita-e-bregut"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """After the whole demo: crawled, checked by hand, what is sure accepted."""
    folder = tmp_path_factory.mktemp("demo")
    with played(folder):
        yield open_office(folder, by="ana")


def known(office: Office) -> dict[str, tuple[str, str]]:
    """Link -> its day, "" where the list tells none, and what must be said of it."""
    event = office.event(EVENT)
    with office.to_read() as record:
        matched = matches_in(record, event, office.outlets())
        kept = list(read.articles(record, window=event.window, outlets=sorted(matched.asked)))
        checks = read.latest_checks(
            record, event=EVENT, window=event.window, outlets=sorted(matched.asked)
        )
    counted = [article.link or "" for article, _ in matched.counted]
    seen = {article.key for article, _ in matched.every}
    other = [one.link or "" for one in kept if one.key not in seen]
    doubtful = [article.link or "" for article, match in matched.every if match.asks]
    outcomes = {slug: best(made).outcome for slug, made in checks.items() if made}
    homes = {slug: one.home for slug, one in office.outlets().items() if one.home}
    whole = [homes[slug] for slug, how in outcomes.items() if how is Outcome.COMPLETE]
    part = [homes[s] for s, how in outcomes.items() if how is not Outcome.COMPLETE and s in homes]
    for link in counted[:4]:
        actions.review.decide(office, EVENT, reject=[link])
    told = dict.fromkeys(counted[:4], ("", "rejected"))
    told |= dict.fromkeys(counted[4:22], ("", "had"))
    told |= dict.fromkeys(other[:8], ("", "no-keyword"))
    told |= dict.fromkeys(doubtful[:2], ("", "doubtful"))
    told |= {
        f"{whole[n % len(whole)]}s-u-listua-{n}/": ("", "not-listed-by-outlet") for n in range(8)
    }
    told |= {f"{part[n % len(part)]}askund-{n}/": ("", "outlet-not-complete") for n in range(4)}
    told |= {f"{whole[0]}dikur-{n}/": (f"2026-02-0{n}", "outside-window") for n in range(1, 5)}
    return told | {f"https://askush{n}.example/1": ("", "outlet-not-listed") for n in range(4)}


def test_each_of_50_links_has_its_right_cause(office: Office) -> None:
    told = known(office)
    listed = io.StringIO()
    rows = csv.writer(listed)
    rows.writerow(["link", "data"])
    rows.writerows((url, day) for url, (day, _) in told.items())
    found = actions.audit.audit_of(office, EVENT, listed.getvalue().encode(), "njohur.csv")
    causes = {one.known.url: one.why.value for one in found.missing}
    assert {url: causes.get(url, "had") for url in told} == {
        url: why for url, (_, why) in told.items()
    }
    assert (found.known, len(told)) == (50, 50)
    # what is doubted is made to happen over WordPress and over made records
    every = {"had", *(why.value for why in actions.audit.Why)} - {"doubtful"}
    assert {why for _, why in told.values()} >= every
