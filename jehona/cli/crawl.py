"""`jehona crawl`: gather what the listed outlets published."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from crawler.models import Way
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.asking import at_terminal, chosen
from jehona.cli.common import (
    MOST_TYPED,
    EventOption,
    JsonOption,
    OutletsOption,
    WaitOption,
    WorkspaceOption,
    day,
    event_or_none,
    into_silence,
    office_of,
    print_json,
    words,
)
from jehona.cli.crawl_progress import print_crawled, watching
from jehona.cli.speech import reader, tell
from reports.words import said

if TYPE_CHECKING:
    from jehona.actions.crawl import Crawled, Plan, RunEvent
    from jehona.actions.office import Office

# `--events` to stdout.
STDOUT: Final = "-"


class FindingWay(StrEnum):
    """The ways that find pieces; `proof` and `by-hand` are ways of the ledger that find none."""

    WORDPRESS = Way.WORDPRESS.value
    FEED = Way.FEED.value
    SITEMAP = Way.SITEMAP.value
    LISTING = Way.LISTING.value


class Telling(StrEnum):
    """What stdout is for."""

    WORDS = "words"
    JSON = "json"
    EVENTS = "events"


def crawl(
    event: Annotated[
        str | None,
        typer.Argument(metavar="[EVENT]", help="Whose window is asked.", show_default=False),
    ] = None,
    named: EventOption = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day, included.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Last day, included. Else today.")
    ] = None,
    outlet: OutletsOption = None,
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
        typer.Option("--proof", metavar="EVENT", help="Only fetch pages of its pieces."),
    ] = None,
    wait: WaitOption = 0.0,
    events: Annotated[
        str | None,
        typer.Option("--events", metavar="-", help="What happens, a JSON object a line."),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the listed outlets what they published, and say how complete the answer is.

    Without a window: what is new since the last complete check.
    """
    office, telling = office_of(workspace), _telling(events, as_json=as_json)
    named_event = event_or_none(event, named)
    if proof is not None:
        _refuse_beside_proof(named_event, since, until, way, every, cross_check)
        plan = actions.crawl.proof(office, proof, outlets=outlet or [], budget=budget, wait=wait)
        if not plan.outlets:
            words(to_stderr=True).print(
                tell("{proof}: every piece that matched has its page kept", proof=proof)
            )
        raise typer.Exit(crawl_once(office, plan, wait=wait, telling=telling))
    zone = office.workspace.zone
    if not outlet and every is None and telling is Telling.WORDS:
        outlet = _hers(office, named_event)
    plan = actions.crawl.plan(
        office,
        event=named_event,
        since=day(since, "--since", zone),
        until=day(until, "--until", zone),
        outlets=outlet or [],
        way=Way(way.value) if way else None,
        budget=budget,
        cross_check=cross_check,
    )
    if every is not None:
        pause = actions.crawl.pause(every, plan)
        _keep_at_it(office, plan, pause, wait=wait, telling=telling)
    raise typer.Exit(crawl_once(office, plan, wait=wait, telling=telling))


def _hers(office: Office, event: str | None) -> list[str]:
    """Before a first crawl without a list: whose outlets, asked at a terminal, and kept.

    Empty where nobody is to be asked, or all are wanted.
    """
    known = actions.followed.to_choose_from(office, event) if at_terminal() else ()
    if not known:
        return []
    question = tell(
        "Which are yours? Numbers, like 1 3 5-7 (empty: all {n})",
        n=len(known),
    )
    slugs = [known[at].slug for at in chosen([one.name for one in known], question)]
    if slugs:
        written = actions.followed.keep_choice(office, event, slugs)
        place = written[0] if len(written) == 1 else written[0].parent
        words().print(tell("kept: {place}", place=place))
    return slugs


def _keep_at_it(
    office: Office, plan: Plan, pause: float, *, wait: float, telling: Telling
) -> NoReturn:
    """Round after round until somebody stops it; a record that refuses costs one round."""
    while True:
        try:
            crawl_once(office, plan, wait=wait, telling=telling)
        except actions.crawl.RecordRefused as refused:
            words(to_stderr=True).print(said(refused, reader().language))
        time.sleep(pause)


def crawl_once(office: Office, plan: Plan, *, wait: float, telling: Telling = Telling.WORDS) -> int:
    """One run: watched, printed. The exit code of docs/outcomes.md."""
    console = words(to_stderr=telling is not Telling.WORDS, unheard=True)
    with watching(console, plan.outlets) as watcher:

        def look(event: RunEvent) -> None:
            if telling is Telling.EVENTS:
                _print_event(event)
            watcher(event)

        done = actions.crawl.run(office, plan, watcher=look, wait=wait)
    for sentence in done.unmatched:
        console.print(sentence)
    _say_stamp(done)
    if telling is Telling.JSON:
        print_json(done.as_json())
    elif telling is Telling.WORDS:
        print_crawled(console, done)
    return done.code


def _say_stamp(done: Crawled) -> None:
    """That the run's seal has no stamp: the next run's covers it, but a person should know."""
    if done.unstamped:
        why = said(done.unstamped, reader().language)
        words(to_stderr=True, unheard=True).print(
            tell("the seal of this run has no stamp: {why}", why=why)
        )


def _print_event(event: RunEvent) -> None:
    """One line on stdout; where nobody reads on, the crawl goes on silently."""
    try:
        sys.stdout.write(event.line())
        sys.stdout.flush()
    except OSError:
        into_silence(sys.stdout)


def _telling(events: str | None, *, as_json: bool) -> Telling:
    """What was asked for. Raises Wrong."""
    if events is None:
        return Telling.JSON if as_json else Telling.WORDS
    if events != STDOUT:
        raise Wrong(
            "--events {stdout} writes to stdout; every run's events are in var/runs", stdout=STDOUT
        )
    if as_json:
        raise Wrong("--events - and --json both want stdout: one of the two")
    return Telling.EVENTS


def _refuse_beside_proof(*others: object) -> None:
    if any(others):
        raise Wrong("--proof only fetches pages: name nothing beside it but --outlet and --budget")
