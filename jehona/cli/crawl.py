"""`jehona crawl`: gather what the listed outlets published."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from crawler.models import Article, Event, Lead, Outlet, Way, Window, Workspace
from crawler.reading.addresses import names_of
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.actions.log import logged
from jehona.cli.common import (
    MOST_TYPED,
    JsonOption,
    WorkspaceOption,
    day,
    print_json,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.record import Record
    from crawler.run.conductor import Plan

EVERY = re.compile(r"(\d{1,4})\s*(s|m|h|d)")
UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# Feeds hold 4 to 30 rows and are polled hourly; more often than this is no guest.
SHORTEST_EVERY = 600.0
PART = 3
# exit code: done in part


class FindingWay(StrEnum):
    """The ways that find pieces; `proof` and `by-hand` are ways of the ledger that find none."""

    WORDPRESS = Way.WORDPRESS.value
    FEED = Way.FEED.value
    SITEMAP = Way.SITEMAP.value
    LISTING = Way.LISTING.value


def crawl(
    event: Annotated[
        str | None, typer.Option("--event", "-e", metavar="SLUG", help="The event's window.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day, included.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Last day, included. Else today.")
    ] = None,
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", "-o", metavar="SLUG", help="Only these.")
    ] = None,
    way: Annotated[FindingWay | None, typer.Option("--way", help="Only by this way.")] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="T", help="Keep at it: 1h, 30m.")
    ] = None,
    budget: Annotated[
        int,
        typer.Option("--budget", min=1, max=MOST_TYPED, help="Requests that one check may cost."),
    ] = 400,
    cross_check: Annotated[
        bool,
        typer.Option("--cross-check", help="Ask a second way too: what did only one of them find?"),
    ] = False,
    proof: Annotated[
        str | None,
        typer.Option("--proof", metavar="SLUG", help="Only fetch the pages of the event's pieces."),
    ] = None,
    wait: Annotated[
        float, typer.Option("--wait", metavar="SECONDS", help="For another crawl to end.")
    ] = 0.0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the listed outlets what they published, and say how complete the answer is.

    Without a window: what is new since the last complete check.
    """
    desk = workspace_of(workspace)
    if proof is not None:
        _refuse_beside_proof(event, since, until, way, every, cross_check)
        raise typer.Exit(
            prove(desk, proof, outlet or [], budget=budget, wait=wait, as_json=as_json)
        )
    what = _event(desk, event)
    window = _window(desk, what, *_since_until(desk, since, until))
    outlets = actions.outlets.asked(actions.office.Office(workspace=desk), what, outlet or [])
    pause = _pause(every, outlets)
    from crawler.run.conductor import Plan  # noqa: PLC0415

    plan = Plan(
        workspace=desk,
        outlets=outlets,
        event=what,
        window=window,
        way=Way(way.value) if way else None,
        budget=budget,
        cross_check=cross_check,
    )
    if pause is not None:
        _keep_at_it(plan, pause, wait=wait, as_json=as_json)
    raise typer.Exit(crawl_once(plan, wait=wait, as_json=as_json))


def _keep_at_it(plan: Plan, pause: float, *, wait: float, as_json: bool) -> NoReturn:
    """Round after round until somebody stops it; a record that refuses costs one round."""
    from crawler.record import RecordRefused  # noqa: PLC0415

    while True:
        try:
            crawl_once(plan, wait=wait, as_json=as_json)
        except RecordRefused as refused:
            words(to_stderr=True).print(str(refused), markup=False)
        time.sleep(pause)


def crawl_once(plan: Plan, *, wait: float, as_json: bool) -> int:
    """One run: locked, watched, printed. The exit code of `contract.md`."""
    from crawler.outcomes import exit_code  # noqa: PLC0415
    from crawler.run import health  # noqa: PLC0415
    from crawler.run.conductor import gather  # noqa: PLC0415
    from crawler.run.ledger import ledger_json, results  # noqa: PLC0415
    from jehona.cli.crawl_progress import print_care, print_ledger, watching  # noqa: PLC0415

    console = words(to_stderr=as_json, unheard=True)
    with (
        locked_record(plan.workspace, wait=wait) as record,
        watching(console, plan.outlets) as watcher,
    ):
        run = gather(plan, record, clock=lambda: datetime.now(UTC), watcher=watcher)
        keep_matches(record, plan.workspace, console)
        misses, changes = health.misses(record, run, plan.outlets), health.changes(record, run)
        run = health.noted(record, run, misses)
    if as_json:
        print_json(ledger_json(run, health=changes, expectations=misses))
    else:
        print_ledger(console, run, plan.outlets)
        print_care(console, misses, changes, plan.outlets)
    code = exit_code(result.outcome for result in results(run.checks))
    return code or (PART if any(miss.verdict == "too few" for miss in misses) else 0)


def prove(
    desk: Workspace, slug: str, named: Sequence[str], *, budget: int, wait: float, as_json: bool
) -> int:
    """Fetch the pages of the pieces that matched an event, where none is kept."""
    from crawler.run.conductor import Plan  # noqa: PLC0415

    event = _event(desk, slug)
    assert event is not None
    outlets = actions.outlets.asked(actions.office.Office(workspace=desk), event, named)
    with locked_record(desk, wait=wait) as record:
        pieces = unproved(record, event, outlets)
    asked = tuple(outlet for outlet in outlets if outlet.slug in pieces)
    if not asked:
        words(to_stderr=True).print(f"{slug}: every piece that matched has its page kept")
    plan = Plan(workspace=desk, outlets=asked, window=event.window, budget=budget, proof=pieces)
    return crawl_once(plan, wait=wait, as_json=as_json)


def unproved(
    record: Record, event: Event, outlets: Sequence[Outlet]
) -> dict[str, tuple[Lead, ...]]:
    """Outlet -> leads of its matched pieces of which no page is kept.

    A clip without an address has no page that could be.
    """
    from crawler.event_matches import related  # noqa: PLC0415
    from crawler.reading.row_fields import is_web_address  # noqa: PLC0415 - readers
    from crawler.record import read  # noqa: PLC0415

    found: dict[str, list[Lead]] = {}
    for article, match in related(record, event, [outlet.slug for outlet in outlets]):
        wanted = match.decision != "rejected" and is_web_address(article.url)
        if wanted and not read.has_page(record, article.key):
            leads = found.setdefault(article.outlet, [])
            leads.append(_lead_of(article, len(leads)))
    return {outlet: tuple(leads) for outlet, leads in found.items()}


def _lead_of(article: Article, position: int) -> Lead:
    return Lead(
        url=article.url,
        aliases=names_of(article.url),
        published=article.published,
        digest="",
        position=position,
        row={},
    )


def _refuse_beside_proof(*others: object) -> None:
    if any(others):
        raise Wrong("--proof only fetches pages: name nothing beside it but --outlet and --budget")


def keep_matches(record: Record, desk: Workspace, console: Console) -> None:
    """Index what the run stored, and keep what of it matches any event of the workspace.

    An event whose file is wrong is named and left out: the crawl is done.
    """
    from crawler.config import RegistryError, event_files, load_event  # noqa: PLC0415
    from crawler.event_matches import match_waiting  # noqa: PLC0415

    events = []
    for slug in event_files(desk):
        try:
            events.append(load_event(desk, slug))
        except RegistryError as wrong:
            console.print(f"{wrong}; nothing was matched against it", markup=False)
    match_waiting(record, events)


@contextmanager
def locked_record(desk: Workspace, *, wait: float) -> Iterator[Record]:
    """The record, open for writing behind the run lock; our log beside it.

    Raises RecordRefused where another crawl holds the lock longer than `wait` seconds.
    """
    from crawler.record import open_record, write  # noqa: PLC0415
    from crawler.record.lock import RunLock  # noqa: PLC0415

    with (
        RunLock(desk.var / "run.lock").acquire(wait),
        logged(desk.var / "crawl.log"),
        open_record(desk.record, desk.snapshots) as record,
    ):
        write.end_lost_runs(record)
        yield record


@contextmanager
def hand_record(desk: Workspace, *, readonly: bool = False) -> Iterator[Record]:
    """The record, open for what a person adds: beside a crawl, if one is running; our log too.

    Raises RecordRefused.
    """
    from crawler.record import open_record  # noqa: PLC0415

    with (
        logged(desk.var / "crawl.log"),
        open_record(desk.record, desk.snapshots, readonly=readonly) as record,
    ):
        yield record


def _event(desk: Workspace, slug: str | None) -> Event | None:
    from crawler.config import load_event  # noqa: PLC0415

    return load_event(desk, slug) if slug else None


def _since_until(
    desk: Workspace, since: str | None, until: str | None
) -> tuple[date | None, date | None]:
    """The days that were typed. Raises Wrong."""
    return day(since, "--since", desk.zone), day(until, "--until", desk.zone)


def _window(
    desk: Workspace, event: Event | None, since: date | None, until: date | None
) -> Window | None:
    """The event's window, or whole days named by --since and --until. Raises Wrong."""
    if event and (since or until):
        raise Wrong("--event has its window: leave --since and --until out, or the event")
    if event:
        return event.window
    if until and not since:
        raise Wrong("--until wants --since: from which day on?")
    if since is None:
        return None
    last = until or datetime.now(ZoneInfo(desk.zone)).date()
    if last < since:
        raise Wrong(f"--until {last} lies before --since {since}")
    return Window.of_days(since, last, desk.zone)


def _pause(every: str | None, outlets: Sequence[Outlet]) -> float | None:
    """Seconds between two runs, None for a single one. Raises Wrong."""
    if every is None:
        return None
    match = EVERY.fullmatch(every.strip().lower())
    if not match:
        raise Wrong(f"--every {every}: write it like 1h or 30m")
    seconds = float(int(match[1]) * UNIT_SECONDS[match[2]])
    local = all(actions.outlets.stays_on_loopback(outlet) for outlet in outlets)
    if seconds < SHORTEST_EVERY and not local:
        raise Wrong(f"--every {every}: at least 10m, we are guests")
    return seconds
