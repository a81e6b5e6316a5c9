"""`scrapy crawl NAME -a outlet=SLUG -a since=... -a until=...`: a spider without a conductor.

The workspace is found as the `jehona` command finds it. The check is kept in the
record like any other, as a run of its own.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler import __version__
from crawler.config import find_workspace, load_outlets, load_workspace
from crawler.models import Find, Outlet, Way, Window, Workspace
from crawler.reading.typed_dates import typed_day
from crawler.record import Record, open_record, write
from crawler.record.lock import RunLock
from crawler.run import learn_boilerplate
from crawler.run.conductor import conclude
from crawler.run.crawl_task import Assignment, Tally
from crawler.run.politeness import user_agent
from crawler.run.proxies import guard
from crawler.run.record_view import RecordMemory

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def assignment(spider: str, crawler: Crawler, words: dict[str, Any]) -> Assignment:
    """The assignment that `-a outlet= since= until=` describe.

    Raises RegistryError for an unknown outlet, ValueError for a date that is none, and
    SystemExit with one line where the outlet declares no such way.
    """
    root = find_workspace(explicit=None, environ=os.environ, start=Path.cwd())
    workspace = load_workspace(root)
    outlet = _outlet(workspace, words)
    now = datetime.now(UTC)
    window = Window.of_days(
        typed_day(words.pop("since"), now=now, zone=workspace.zone),
        typed_day(words.pop("until"), now=now, zone=workspace.zone),
        outlet.zone or workspace.zone,
    )
    sitting = _Alone(workspace, outlet, window, now)
    sitting.attach(crawler)
    return sitting.assign(_route(outlet, Way(spider)))


def _outlet(workspace: Workspace, words: dict[str, Any]) -> Outlet:
    outlets = load_outlets(workspace)
    slug = words.pop("outlet", None)
    if slug not in outlets:
        raise SystemExit(f"-a outlet={slug}: no such outlet; `jehona outlets list` names them")
    return outlets[slug]


def _route(outlet: Outlet, way: Way) -> Find:
    declared = next((find for find in outlet.find if find.way is way), None)
    if declared is None and way is Way.FEED and outlet.home:
        return Find(way=way, url=outlet.home)
    if declared is None:
        raise SystemExit(f"outlets/{outlet.slug}.toml declares no way = {way.value!r}")
    return declared


class _Alone:
    """Record, lock and ledger of one spider on its own."""

    def __init__(self, workspace: Workspace, outlet: Outlet, window: Window, now: datetime) -> None:
        self.workspace, self.outlet, self.window, self.now = workspace, outlet, window, now
        self.begun = time.monotonic()
        self.lock = RunLock(workspace.var / "run.lock")
        self.lock.acquire()
        self.record: Record = open_record(workspace.record, workspace.snapshots)
        self.run = write.begin_run(
            self.record, event=None, window=window, started=now, version=__version__
        )

    def assign(self, find: Find) -> Assignment:
        """What the spider may know."""
        tally = Tally()
        memory = RecordMemory(
            record=self.record, run=self.run, outlet=self.outlet.slug, now=self.now, tally=tally
        )
        self.assignment = Assignment(
            outlet=self.outlet,
            find=find,
            window=self.window,
            now=self.now,
            memory=memory,
            tally=tally,
            habits=learn_boilerplate.known(self.record, self.outlet.slug),
        )
        return self.assignment

    def attach(self, crawler: Crawler) -> None:
        """Our name, the address guard, and the ledger at the end."""
        from scrapy import signals  # noqa: PLC0415 - heavy
        from twisted.internet import reactor  # noqa: PLC0415 - installed by Scrapy by now

        contact = self.workspace.contact
        crawler.settings.set("CONTACT", contact, priority="spider")
        crawler.settings.set("USER_AGENT", user_agent(contact), priority="spider")
        guarded: Any = reactor
        guard(guarded, [self.outlet])
        crawler.signals.connect(self.close, signals.spider_closed, weak=False)

    def close(self) -> None:
        """Write the check down and let go."""
        at = datetime.now(UTC)
        check = conclude(self.assignment, seconds=time.monotonic() - self.begun, at=at)
        write.mark_gone(self.record, self.run, self.assignment.tally.gone, at)
        write.save_check(self.record, self.run, check)
        learn_boilerplate.learn(self.record, self.run, at)
        write.end_run(self.record, self.run, at)
        self.record.close()
        self.lock.release()
        print(f"{check.outlet}: {check.outcome} by {check.way}, {check.read} read, {check.new} new")  # noqa: T201
