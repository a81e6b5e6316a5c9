"""A run and its checks: the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from crawler.models.event import Window
from crawler.models.outlet import Way


class Outcome(StrEnum):
    """How a check of an outlet ended: the closed list of `contract.md`."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    DECLINED = "declined"
    NO_ADDRESS = "no-address"
    CHECKED_BY_HAND = "checked-by-hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Outlet x way of finding in one run: the ledger's row."""

    # slug
    outlet: str
    # how it was looked for
    way: Way
    # how it ended
    outcome: Outcome
    # the outlet's own count, None where the way gives none
    listed: int | None = None
    # rows read inside the window, one per post
    read: int = 0
    # articles the record did not have
    new: int = 0
    # articles that became a revision
    changed: int = 0
    # articles the outlet no longer lists
    gone: int = 0
    # everything sent to the outlet, robots.txt too
    requests: int = 0
    # aware; how far back we got
    reached: datetime | None = None
    # wall clock
    seconds: float = 0.0
    # post types counted: ("posts",)
    types: tuple[str, ...] = ()
    # what happened, in words
    note: str | None = None
    # what a person can do, one sentence
    next_step: str | None = None
    # what ended it early, a code of docs/outcomes.md: "gap"; None where nothing did, and in what
    # earlier releases wrote
    reason: str | None = None
    # what the note counts or names, moments in ISO 8601: {"status": 403, "address": "/rss.xml"}
    numbers: Mapping[str, int | float | str] = field(default_factory=dict)
    # by hand only: who looked
    by: str | None = None
    # aware; when it ended
    at: datetime | None = None
    # aware; from here the check answers for, None where it answers for nothing
    since: datetime | None = None
    # aware; up to here, not included
    until: datetime | None = None
    # of a cross-check: addresses that no other way of the run found; None where none was made
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One gathering."""

    # 7
    number: int
    # slug, None for a window or a routine crawl
    event: str | None
    # None for a routine crawl
    window: Window | None
    # aware
    started: datetime
    # aware, None while it runs
    finished: datetime | None = None
    # in the order they were made
    checks: tuple[Check, ...] = ()
