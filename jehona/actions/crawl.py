"""Asking the listed outlets what they published: what is to be done, and doing it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler import event_matches
from crawler.config import RegistryError, event_files
from crawler.event_matches import related
from crawler.failure import Failure
from crawler.models import Event, Lead, Outlet, Run, Way, Window
from crawler.outcomes import exit_code
from crawler.reading.addresses import names_of
from crawler.reading.row_fields import is_web_address
from crawler.record import Record, RecordRefused, read
from crawler.record.stamps import Stamp
from crawler.run import health
from crawler.run.conductor import BUDGET, Plan, gather
from crawler.run.health import Change, Miss
from crawler.run.ledger import ledger_json, results
from crawler.run.run_events import RunEvent, Watcher, What
from jehona.actions import outlets as known_outlets
from jehona.actions import stamps
from jehona.actions.errors import DoneInPart, Wrong
from jehona.actions.office import Office
from reports.stamp_authority import NotStamped

__all__ = [
    "BUDGET",
    "Crawled",
    "Plan",
    "RecordRefused",
    "RunEvent",
    "What",
    "keep_matches",
    "pause",
    "plan",
    "proof",
    "run",
]

log = logging.getLogger(__name__)

EVERY: Final = re.compile(r"(\d{1,4})\s*(s|m|h|d)")
UNIT_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# Feeds hold 4 to 30 rows and are polled hourly; more often than this is no guest.
SHORTEST_EVERY: Final = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """A run that is over, what broke and mended, and what the outlets' files expected."""

    run: Run
    # who was asked
    outlets: tuple[Outlet, ...]
    # who published less or more than its file expects
    misses: tuple[Miss, ...]
    # who answers and did not, or did and does not
    changes: tuple[Change, ...]
    # why an event of the workspace was not matched against what came, a sentence each
    unmatched: tuple[str, ...]
    # of its seal; None: jehona.toml names no authority, or it gave none
    stamp: Stamp | None = None
    # why an authority that is named gave none
    unstamped: Failure | None = None

    def as_json(self) -> dict[str, Any]:
        """The document of docs/json.md."""
        stamp: dict[str, str | None] | None = None
        if self.stamp:
            stamp = {"at": self.stamp.at, "authority": self.stamp.authority, "why": None}
        elif self.unstamped:
            stamp = {"at": None, "authority": None, "why": str(self.unstamped)}
        return ledger_json(self.run, health=self.changes, expectations=self.misses, stamp=stamp)

    @property
    def code(self) -> int:
        """0, 1 or 3: docs/outcomes.md; too few pieces for what a file expects are done in part."""
        code = exit_code(result.outcome for result in results(self.run.checks))
        few = any(miss.verdict == "too few" for miss in self.misses)
        return code or (DoneInPart.code if few else 0)


def plan(
    office: Office,
    *,
    event: str | None = None,
    since: date | None = None,
    until: date | None = None,
    outlets: Sequence[str] = (),
    way: Way | None = None,
    budget: int = BUDGET,
    cross_check: bool = False,
) -> Plan:
    """Who is asked for what: the event's window, or whole days, or what is new at each outlet.

    Raises RegistryError for an unknown event or outlet, Wrong for days that are no window and where
    strangers would be asked and we give no contact.
    """
    what = office.event(event) if event else None
    window = _window(office, what, since, until)
    return Plan(
        workspace=office.workspace,
        outlets=known_outlets.asked(office, what, outlets),
        event=what,
        window=window,
        way=way,
        budget=budget,
        cross_check=cross_check,
    )


def proof(
    office: Office,
    event: str,
    *,
    outlets: Sequence[str] = (),
    budget: int = BUDGET,
    wait: float = 0.0,
) -> Plan:
    """Only the pages of the pieces that matched an event, where none is kept.

    Asks nobody where every page is kept. Raises as `plan`, and RecordRefused where another run
    takes longer than `wait` seconds.
    """
    what = office.event(event)
    asked = known_outlets.asked(office, what, outlets)
    with office.to_gather(wait=wait) as record:
        pieces = _unproved(record, what, asked)
    return Plan(
        workspace=office.workspace,
        outlets=tuple(outlet for outlet in asked if outlet.slug in pieces),
        window=what.window,
        budget=budget,
        proof=pieces,
    )


def run(office: Office, what: Plan, *, watcher: Watcher, wait: float = 0.0) -> Crawled:
    """One run behind the run lock: gathered, matched against every event, and judged.

    The watcher is told what happens while it happens; the same is written to `var/runs/N.jsonl`.
    Raises RecordRefused where the record refuses or another run takes longer than `wait` seconds,
    KeyboardInterrupt after what was done was kept.
    """
    with (
        office.to_gather(wait=wait) as record,
        gather(what, record, clock=office.clock, watcher=watcher) as done,
    ):
        unmatched = keep_matches(office, record)
        misses = health.misses(record, done, what.outlets)
        changes = health.changes(record, done)
    stamp, unstamped = _stamped(office)
    return Crawled(
        run=done,
        outlets=what.outlets,
        misses=misses,
        changes=changes,
        unmatched=unmatched,
        stamp=stamp,
        unstamped=unstamped,
    )


def _stamped(office: Office) -> tuple[Stamp | None, Failure | None]:
    """The stamp of the run's seal, or why there is none: that fails no crawl."""
    if office.workspace.evidence.stamp is None:
        return None, None
    with office.by_hand() as record:
        try:
            return stamps.stamp_seal(record, office.workspace), None
        except (NotStamped, Wrong) as why:
            # a watch has nobody who reads its lines; var/crawl.log does
            log.warning("the seal of the last run has no stamp: %s", why)
            return None, why


def pause(every: str, what: Plan) -> float:
    """Seconds between two runs, from "1h" or "30m". Raises Wrong, also where they are too few."""
    match = EVERY.fullmatch(every.strip().lower())
    if not match:
        raise Wrong("--every {every}: write it like 1h or 30m", every=every)
    seconds = float(int(match[1]) * UNIT_SECONDS[match[2]])
    local = all(known_outlets.stays_on_loopback(outlet) for outlet in what.outlets)
    if seconds < SHORTEST_EVERY and not local:
        raise Wrong("--every {every}: at least 10m, we are guests", every=every)
    return seconds


def keep_matches(office: Office, record: Record) -> tuple[str, ...]:
    """Index what the run stored, and keep what of it matches any event of the workspace.

    An event whose file is wrong is named and left out: the crawl is done.
    """
    events, wrong = [], []
    for slug in event_files(office.workspace):
        try:
            events.append(office.event(slug))
        except RegistryError as error:
            wrong.append(f"{error}; nothing was matched against it")

    if events:
        event_matches.match_waiting(record, events)
    else:
        event_matches.bring_up(record)
    return tuple(wrong)


def _window(
    office: Office, event: Event | None, since: date | None, until: date | None
) -> Window | None:
    """The event's window, or whole days of the workspace's zone. Raises Wrong."""
    if event and (since or until):
        raise Wrong("--event has its window: leave --since and --until out, or the event")
    if event:
        return event.window
    if until and not since:
        raise Wrong("--until wants --since: from which day on?")
    if since is None:
        return None
    zone = office.workspace.zone
    last = until or office.clock().astimezone(ZoneInfo(zone)).date()
    if last < since:
        raise Wrong("--until {last} lies before --since {since}", last=last, since=since)
    return Window.of_days(since, last, zone)


def _unproved(
    record: Record, event: Event, outlets: Sequence[Outlet]
) -> dict[str, tuple[Lead, ...]]:
    """Outlet -> leads of its matched pieces of which no page is kept.

    A clip without an address has no page that could be.
    """
    found: dict[str, list[Lead]] = {}
    for article, match in related(record, event, [outlet.slug for outlet in outlets]):
        wanted = match.decision != "rejected" and is_web_address(article.url)
        if wanted and not read.has_page(record, article.key):
            leads = found.setdefault(article.outlet, [])
            lead = Lead(
                url=article.url,
                aliases=names_of(article.url),
                published=article.published,
                digest="",
                position=len(leads),
                row={},
            )
            leads.append(lead)
    return {outlet: tuple(leads) for outlet, leads in found.items()}
