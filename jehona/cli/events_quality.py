"""`jehona events quality`: how right an event's keywords are, and what they miss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from crawler.models import Event
from jehona import actions
from jehona.cli.common import (
    MOST_TYPED,
    ByOption,
    EventArgument,
    EventOption,
    JsonOption,
    WorkspaceOption,
    counted,
    office_of,
    one_event,
    print_json,
    words,
)
from jehona.cli.review import Walk
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from rich.console import Console

    from jehona.actions.keyword_quality import Quality, Share


def events_quality(
    event: EventArgument = None,
    named: EventOption = None,
    sample: Annotated[
        int,
        typer.Option(
            "--sample",
            metavar="N",
            min=0,
            max=MOST_TYPED,
            help="Review so many unmatched pieces first.",
        ),
    ] = 0,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """How right an event's keywords are, and what they miss: from decisions, with counts.

    What they miss is told from a sample by lot of the window's other pieces, offered for review.
    """
    office = office_of(workspace, by)
    slug = one_event(office, event, named)
    if sample:
        office.who()
        Walk(office, actions.keyword_quality.to_sample(office, slug, sample)).through()
    told = actions.keyword_quality.event_quality(office, slug)
    if as_json:
        print_json(told.as_json())
        return
    _show(told.event, told.quality, words())


def _show(event: Event, told: Quality, out: Console) -> None:
    matches = counted(told.matched, "match", "matches")
    out.print(
        Text.assemble(
            (event.slug, "bold"), tell(": {matches}, {n} decided", matches=matches, n=told.decided)
        )
    )
    out.print(tell("right      {right}", right=_right(event, told)))
    for line in _missed(event, told):
        out.print(line)


def _right(event: Event, told: Quality) -> str:
    """A share of enough decisions, the plain count of all, or what to do next."""
    if told.precision:
        return tell("{share} of what the keywords found", share=_share(told.precision))
    if not told.matched:
        return tell("the keywords find nothing: jehona events try {slug}", slug=event.slug)
    if told.matched == told.decided:
        return tell(
            "{accepted} of all {matched} that the keywords found",
            accepted=told.accepted,
            matched=told.matched,
        )
    enough = actions.keyword_quality.ENOUGH
    wait = min(enough, told.matched) - told.decided
    if told.matched <= enough:
        return tell(
            "not said before {enough} decisions or all of them, {wait} more: jehona review {slug}",
            enough=enough,
            wait=wait,
            slug=event.slug,
        )
    return tell(
        "not said before {enough} decisions, {wait} more: jehona review {slug}",
        enough=enough,
        wait=wait,
        slug=event.slug,
    )


def _missed(event: Event, told: Quality) -> Iterator[str]:
    if told.missed and told.missed_in_all:
        low, high = told.missed_in_all
        yield tell("missed     {share} of the sample were about it", share=_share(told.missed))
        others = counted(told.unmatched, "other piece")
        yield tell(
            "           so {low} to {high} of {pieces} may be", low=low, high=high, pieces=others
        )
    elif told.sampled == told.unmatched:
        others = counted(told.unmatched, "other piece")
        yield tell("missed     {n} of all {pieces} in the window", n=told.about, pieces=others)
    else:
        enough = actions.keyword_quality.ENOUGH
        wait = min(enough, told.unmatched) - told.sampled
        yield tell(
            "missed     not said before {enough} of the sample were seen: "
            "jehona events quality {slug} --sample {wait}",
            enough=enough,
            slug=event.slug,
            wait=wait,
        )


def _share(told: Share) -> str:
    """`37 of 40 (93 %, 80 to 97 %)`."""
    low, high = round(100 * told.low), round(100 * told.high)
    return tell(
        "{found} of {total} ({share} %, {low} to {high} %)",
        found=told.found,
        total=told.of,
        share=round(100 * told.value),
        low=low,
        high=high,
    )
