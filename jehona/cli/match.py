"""`jehona match`: which articles of the record are about an event, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crawler.models import Article, Match
from jehona import actions
from jehona.cli.common import (
    EventOption,
    JsonOption,
    WorkspaceOption,
    counted,
    event_or_none,
    office_of,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import reader, tell, tells
from jehona.cli.unasked import said_unasked

if TYPE_CHECKING:
    from rich.console import Console

    from jehona.actions.matches import EventMatches, Pair

# Columns of a terminal from which on a table can be read.
WIDE: Final = 110
# Reasons of a match in a table; --json has them all.
SHOWN: Final = 4
COLOURS: Final = {"accepted": "green", "rejected": "red"}


def match(
    event: Annotated[
        str | None, typer.Argument(metavar="EVENT", help="Else every event.", show_default=False)
    ] = None,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Match the kept articles against an event's keywords, offline, as often as you like.

    What people decided stays as it is. Matches are kept, so that `prune` leaves their bytes alone.
    """
    about = event_or_none(event, named)
    office = office_of(workspace)
    found = actions.matches.match(office, about)
    if as_json:
        told = [each.as_json() for each in found]
        print_json(told[0] if about else {"events": told})
        return
    for each in found:
        if about is None or each.every or not said_unasked(office, each.event.slug):
            _print(each, words(), whole=about is not None)


def _print(found: EventMatches, out: Console, *, whole: bool) -> None:
    """The lists, or one line of numbers where several events are asked for."""
    slug, pairs = found.event.slug, found.at_asked
    numbers = counted(len(pairs), "match", "matches")
    out.print(
        tell(
            "{slug}: {matches}, {n} of them not yet decided",
            slug=slug,
            matches=numbers,
            n=len(found.waiting),
        )
    )
    if whole and not found.every:
        out.print(tell("next: jehona events try {slug} says what each keyword finds", slug=slug))
    sure = [pair for pair in pairs if not pair[1].asks]
    # the best first; empty ones are left out
    sections = {
        "": [pair for pair in sure if pair[0].published],
        "Without a date": [pair for pair in sure if not pair[0].published],
        "Doubtful: counted only when somebody accepts them": found.doubtful,
    }
    for title, some in sections.items() if whole else ():
        if some:
            _table(title, sorted(some, key=actions.matches.likeliest), found, out)
    if more := len(found.elsewhere):
        out.print(tell("{more} more at outlets that are not on the event's list", more=more))


def _table(title: str, pairs: Sequence[Pair], found: EventMatches, out: Console) -> None:
    """A table where it has room, else three lines a piece."""
    zone = ZoneInfo(found.event.zone)
    if title:
        out.print(f"\n{tell(title)}", style="bold")
    if out.width < WIDE:
        _narrow(pairs, zone, out)
        return
    table = Table(
        *tells("score", "decision", "date", "outlet", "headline", "because"),
        box=None,
        header_style="bold",
    )
    for article, match in pairs:
        told = (article.outlet, shown(article.headline) or article.handle, _because(match))
        sign = Text(
            tell(match.decision) if match.decision else "-", COLOURS.get(match.decision or "", "")
        )
        table.add_row(_score(match), sign, _day(article, zone), *(Text(each) for each in told))
    out.print(table)


def _narrow(pairs: Sequence[Pair], zone: ZoneInfo, out: Console) -> None:
    for article, match in pairs:
        head = f"{_score(match):>4}  {_day(article, zone):<10}  {article.outlet}  "
        sign = (tell(match.decision or "not decided"), COLOURS.get(match.decision or "", ""))
        out.print(Text.assemble(head, sign))
        headline = Text(shown(article.headline) or article.handle, style="bold")
        for line in (headline, Text(_because(match), style="dim")):
            out.print(Padding(line, (0, 0, 0, 6)), soft_wrap=False)


def _score(match: Match) -> str:
    return f"{match.score:.2f}" if match.because else "-"


def _day(article: Article, zone: ZoneInfo) -> str:
    return article.published.astimezone(zone).date().isoformat() if article.published else "-"


def _because(match: Match) -> str:
    """The words found and where, what helped and hurt, and why it is doubtful; on one line."""
    reasons = [
        f"{shown(why.form)} ({tell(why.place or why.field)})" for why in match.because[:SHOWN]
    ]
    more = len(match.because) - SHOWN
    reasons += [tell("{n} more", n=more)] * (more > 0)
    reasons += [
        f"{sign.worth:+.2f} {tell(sign.kind)}: {shown(sign.words)}" for sign in match.signals
    ]
    doubt = actions.matches.doubt_in(match, reader().language)
    reasons += [doubt] if doubt else []
    return ", ".join(reasons) or tell("added by hand")
