"""Which way to try next: sections are all walked, ways stand in for one another (pure)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime

from crawler.models import Check, Find, Outcome, Outlet, Way
from crawler.outcomes import MEANINGS, Reason

# What a spider of this release can follow.
FOLLOWED = frozenset({Way.WORDPRESS, Way.FEED, Way.SITEMAP, Way.LISTING})
# Ways that a cross-check sets beside each other.
ENOUGH_WAYS = 2

Route = tuple[Find, ...]
# One way to a whole outlet: its sections (feeds, lists, sitemaps), mostly one.


def routes_of(outlet: Outlet, way: Way | None) -> tuple[Route, ...]:
    """The ways to try, in the order of the outlet's file; then what its front page names.

    What is declared of one way are sections of the outlet, wherever they stand in the file.
    """
    declared: dict[Way, Route] = {}
    for find in outlet.find:
        if find.way in FOLLOWED:
            declared[find.way] = (*declared.get(find.way, ()), find)
    if outlet.home:
        declared.setdefault(Way.FEED, (Find(way=Way.FEED, url=outlet.home),))
    return tuple(route for each, route in declared.items() if way in {None, each})


def next_find(
    routes: Sequence[Route], made: Sequence[Check], *, cross_check: bool = False
) -> Find | None:
    """The next find to ask; None when one route was complete or none is left.

    Each find is asked once, in order, so as many were asked as checks were made. Of a route that
    was begun every section is asked; the next route only where none was complete before it, or
    where a cross-check wants a second one that was.
    """
    whole = 0
    for route, checks in _so_far(routes, made):
        if len(checks) < len(route):
            return route[len(checks)] if checks or whole < 1 + cross_check else None
        whole += is_complete(checks)
    return None


def sections_of(routes: Sequence[Route], made: Sequence[Check]) -> Iterator[tuple[int, int]]:
    """First and last place, in `made`, of the checks of each route that has several sections."""
    at = 0
    for route, checks in _so_far(routes, made):
        if len(route) > 1 and checks:
            yield at, at + len(checks)
        at += len(checks)


def route_of(routes: Sequence[Route], made: Sequence[Check]) -> tuple[Route, int]:
    """The route of the find that is asked next, and its place among the route's sections."""
    left = len(made)
    for route in routes:
        if left < len(route):
            return route, left
        left -= len(route)
    raise ValueError("every find was asked")


def is_complete(checks: Sequence[Check]) -> bool:
    """Whether every section was read completely."""
    return all(check.outcome is Outcome.COMPLETE for check in checks)


def _so_far(
    routes: Sequence[Route], made: Sequence[Check]
) -> Iterator[tuple[Route, Sequence[Check]]]:
    """Each route with the checks that were made of it."""
    left = iter(made)
    for route in routes:
        yield route, tuple(itertools.islice(left, len(route)))


def unasked(outlet: Outlet, routes: Sequence[Route], now: datetime) -> Check | None:
    """The check of an outlet that is not asked at all: declined, no address, no way."""
    reason = _why_not(outlet, routes)
    if reason is None:
        return None
    way = routes[0][0].way if routes else Way.FEED
    words = outlet.declined if reason is Reason.DECLINED else None
    meaning = MEANINGS[reason]
    return Check(
        outlet=outlet.slug,
        way=way,
        outcome=meaning.outcome,
        note=words or reason.value.replace("-", " "),
        next_step=step_for(reason, outlet),
        reason=reason.value,
        at=now,
    )


def _why_not(outlet: Outlet, routes: Sequence[Route]) -> Reason | None:
    if outlet.declined:
        return Reason.DECLINED
    if not outlet.home and not outlet.find:
        return Reason.NO_ADDRESS
    return None if routes else Reason.NO_WAY


def step_for(reason: Reason, outlet: Outlet) -> str:
    """The next step, with the file where it is to be done."""
    return MEANINGS[reason].step_in(f"outlets/{outlet.slug}.toml")
