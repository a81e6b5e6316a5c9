"""`jehona outlets check`: does each declared way still answer, and how is the outlet doing?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.models import Check, Find, Outcome, Outlet, Way, Workspace
from crawler.outcomes import MEANINGS, RANK, Reason, exit_code
from jehona.cli.common import JsonOption, WorkspaceOption, print_json, words, workspace_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from crawler.probing import Probe
    from crawler.record import Record
    from crawler.run.publishing_rate import Rhythm

LOOKED_BACK = timedelta(weeks=13)
# of the record, for the rhythm
RECENT = 10
# checks by a way that tell how well it works
FEWEST = 3
# checks; fewer tell nothing
CLEARLY = 0.3
# share of complete checks that one way must be ahead of another
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
REQUESTS_A_WAY = 5
# a look at one way: robots.txt, an index, a page, a redirect


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How an outlet is doing."""

    outlet: Outlet
    # who
    outcome: Outcome
    # the best of its probes, or why it was not asked
    next_step: str | None
    # what a person can do
    probes: tuple[Probe, ...]
    # one for each declared way, in order
    requests: int
    # what looking cost
    last_success: datetime | None
    # when a crawl was last complete; None: never
    rhythm: Rhythm | None
    # by the record; None without one
    suggestions: tuple[str, ...]
    # with --suggest: what to write into its file, or what is missing for it


def check(
    slugs: Annotated[
        list[str] | None, typer.Argument(metavar="[SLUG]...", help="Only these. Else all in use.")
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Propose expectations and better ways, from the record."),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask one page of each declared way; say what came, and the outlet's usual rhythm.

    Nothing is stored: the record is only read.
    """
    desk = workspace_of(workspace)
    from jehona.cli.crawl import asked_outlets  # noqa: PLC0415

    outlets = asked_outlets(desk, None, slugs or [])
    healths = _healths(desk, outlets, suggest=suggest, now=datetime.now(UTC))
    if as_json:
        print_json({"outlets": [_json(health) for health in healths]})
    else:
        _table(words(), healths)
    raise typer.Exit(exit_code(health.outcome for health in healths))


def _healths(
    desk: Workspace, outlets: Sequence[Outlet], *, suggest: bool, now: datetime
) -> list[Health]:
    probes = _probed(desk, [outlet for outlet in outlets if _why_not(outlet) is None])
    record = _record(desk)
    try:
        return [_health(desk, one, probes, record, suggest, now) for one in outlets]
    finally:
        if record:
            record.close()


def _why_not(outlet: Outlet) -> Reason | None:
    """Why an outlet is not asked at all."""
    if outlet.declined:
        return Reason.DECLINED
    return None if outlet.find or outlet.home else Reason.NO_ADDRESS


def declared(outlet: Outlet) -> tuple[Find, ...]:
    """The ways of its file; without one, the feed that its front page may name."""
    front = (Find(way=Way.FEED, url=outlet.home),) if outlet.home else ()
    return outlet.find or front


def _probed(desk: Workspace, outlets: Sequence[Outlet]) -> dict[str, tuple[tuple[Probe, ...], int]]:
    """Each outlet's probes and what they cost."""
    if not outlets:
        return {}
    from crawler.probing import look_at, probe_way  # noqa: PLC0415 - scrapy

    async def ask(voice: Any, outlet: Outlet) -> tuple[Probe, ...]:
        zone = outlet.zone or desk.zone
        return tuple([await probe_way(voice, outlet, find, zone=zone) for find in declared(outlet)])

    most = max(len(declared(outlet)) for outlet in outlets) * REQUESTS_A_WAY
    looked = look_at(desk, outlets, ask, budget=most)
    return {slug: (one.found or (), one.requests) for slug, one in looked.items()}


def _record(desk: Workspace) -> Record | None:
    """The record, None where there is none yet. Raises RecordRefused."""
    from crawler.record import open_record  # noqa: PLC0415

    if not desk.record.exists():
        return None
    return open_record(desk.record, desk.snapshots, readonly=True)


def _health(
    desk: Workspace,
    outlet: Outlet,
    probed: dict[str, tuple[tuple[Probe, ...], int]],
    record: Record | None,
    suggest: bool,
    now: datetime,
) -> Health:
    from crawler.record import history  # noqa: PLC0415

    probes, requests = probed.get(outlet.slug, ((), 0))
    outcome, step = _verdict(outlet, probes)
    usual = _rhythm(desk, outlet, record, now) if record else None
    return Health(
        outlet=outlet,
        outcome=outcome,
        next_step=step,
        probes=probes,
        requests=requests,
        last_success=history.last_success(record, outlet.slug) if record else None,
        rhythm=usual,
        suggestions=tuple(_suggestions(outlet, record, usual)) if suggest else (),
    )


def _verdict(outlet: Outlet, probes: Sequence[Probe]) -> tuple[Outcome, str | None]:
    if reason := _why_not(outlet):
        return MEANINGS[reason].outcome, MEANINGS[reason].next_step
    speaks = min(probes, key=lambda probe: RANK[probe.outcome])
    return speaks.outcome, speaks.next_step


def _rhythm(desk: Workspace, outlet: Outlet, record: Record, now: datetime) -> Rhythm:
    from crawler.record import history  # noqa: PLC0415
    from crawler.run.publishing_rate import rhythm  # noqa: PLC0415

    dates = history.published(record, outlet.slug, since=now - LOOKED_BACK, until=now)
    stretches = history.covered(record, outlet.slug)
    return rhythm(dates, stretches, zone=outlet.zone or desk.zone, now=now)


# --- suggestions -------------------------------------------------------------------------


def _suggestions(outlet: Outlet, record: Record | None, usual: Rhythm | None) -> Iterator[str]:
    if record is None or usual is None:
        yield "no record yet: crawl first, four complete weeks tell what is usual"
        return
    yield _expectation(outlet, usual)
    yield from _better_way(outlet, record)


def _expectation(outlet: Outlet, usual: Rhythm) -> str:
    from crawler.run.publishing_rate import ENOUGH  # noqa: PLC0415

    proposed = usual.expectation
    if proposed is None:
        have, lack = len(usual.weeks), usual.missing
        noun = "week is" if lack == 1 else "weeks are"
        return (
            f"per_week: {have} of {ENOUGH} complete weeks are in the record; {lack} more {noun} "
            "needed: crawl with --since and --until"
        )
    if outlet.expect.per_week == proposed:
        return f"per_week = {list(proposed)} is what the record says too"
    counts = ", ".join(str(count) for _, count in usual.weeks[:ENOUGH])
    return f"[expect] per_week = {list(proposed)} in {_file(outlet)}: the last weeks had {counts}"


def _better_way(outlet: Outlet, record: Record) -> Iterator[str]:
    """A way that was complete more often than the first declared one, by the ledger."""
    first = declared(outlet)[0].way if declared(outlet) else None
    if first is None:
        return
    ratings = {way: _rating(record, outlet, way) for way in _WAYS}
    known = {way: rating for way, rating in ratings.items() if rating is not None}
    if first not in known:
        return
    best = max(known, key=lambda way: known[way])
    if known[best] - known[first] > CLEARLY:
        there = any(find.way is best for find in outlet.find)
        what = f'put way = "{best}" first' if there else f'declare way = "{best}"'
        yield (
            f"{what} in {_file(outlet)}: {known[best]:.0%} of its last checks were complete, "
            f"{known[first]:.0%} by {first}"
        )


_WAYS = (Way.WORDPRESS, Way.FEED, Way.SITEMAP, Way.LISTING)


def _rating(record: Record, outlet: Outlet, way: Way) -> float | None:
    """The share of complete ones of a way's last checks; None for too few."""
    from crawler.record import history  # noqa: PLC0415

    made: tuple[Check, ...] = history.recent_checks(record, outlet.slug, way, most=RECENT)
    if len(made) < FEWEST:
        return None
    return sum(one.outcome is Outcome.COMPLETE for one in made) / len(made)


def _file(outlet: Outlet) -> str:
    return f"outlets/{outlet.slug}.toml"


# --- showing -----------------------------------------------------------------------------


def _table(console: Console, healths: Sequence[Health]) -> None:
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("", "outlet", "way", "outcome"):
        table.add_column(column, no_wrap=True)
    for column in ("rows", "newest", "oldest", "last complete", "a week"):
        table.add_column(column, justify="right", no_wrap=True)
    for health in healths:
        for row in _lines(health):
            table.add_row(*row)
    console.print(table)
    for health in healths:
        for line in _remarks(health):
            console.print(line, markup=False)
    answering = sum(health.outcome is Outcome.COMPLETE for health in healths)
    console.print(f"\n{answering} of {len(healths)} outlets answer")


def _lines(health: Health) -> Iterator[tuple[Text | str, ...]]:
    """One line a way; the outlet's own figures stand on its first."""
    from jehona.cli.crawl_progress import sign_of  # noqa: PLC0415

    success = f"{health.last_success:%Y-%m-%d}" if health.last_success else "never"
    usual = health.rhythm.per_week if health.rhythm else None
    own = (success, "–" if usual is None else f"{usual:.0f}")
    if not health.probes:
        told = (sign_of(health.outcome), health.outlet.name, "–", health.outcome.value)
        yield (*told, "–", "–", "–", *own)
    for at, probe in enumerate(health.probes):
        name = health.outlet.name if at == 0 else ""
        head = (sign_of(probe.outcome), name, probe.find.way.value, probe.outcome.value)
        days = (_day(probe.newest), _day(probe.oldest))
        yield (*head, str(len(probe.rows) or "–"), *days, *(own if at == 0 else ("", "")))


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "–"


def _remarks(health: Health) -> Iterator[str]:
    """What each way said where it failed, the rhythm by weekday, and the suggestions."""
    said = [
        line
        for probe in health.probes
        if probe.reason
        for line in (f"  {probe.find.way}: {probe.note}", f"  → {probe.next_step}")
    ]
    if not health.probes and health.next_step:
        said.append(f"  → {health.next_step}")
    if health.rhythm and health.rhythm.weekdays:
        days = zip(DAYS, health.rhythm.weekdays, strict=True)
        shown = "  ".join(f"{day} {count:g}" for day, count in days)
        said.append(f"  usually {shown}  (of {len(health.rhythm.weeks)} complete weeks)")
    said += [f"  suggestion: {line}" for line in health.suggestions]
    if said:
        yield f"\n{health.outlet.name}"
        yield from said


def _json(health: Health) -> dict[str, Any]:
    from jehona.cli.outlets_add import way_json  # noqa: PLC0415

    usual = health.rhythm
    return {
        "outlet": health.outlet.slug,
        "outcome": health.outcome,
        "next_step": health.next_step,
        "requests": health.requests,
        "last_success": health.last_success,
        "per_week": usual.per_week if usual else None,
        "weekdays": usual.weekdays if usual else [],
        "complete_weeks": len(usual.weeks) if usual else 0,
        "suggestions": health.suggestions,
        "ways": [way_json(probe) for probe in health.probes],
    }
