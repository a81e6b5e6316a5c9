"""`jehona match`: which articles of the record are about an event, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from crawler.models import Article, Event, Match, Outlet, Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    counted,
    print_json,
    shown,
    words,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.console import Console

PANEL: Final = "Relate"
WIDE: Final = 110
# columns of a terminal from which on a table can be read
SHOWN: Final = 4
# reasons of a match in a table; --json has them all
COLOURS: Final = {"accepted": "green", "rejected": "red"}

Pairs = Sequence[tuple[Article, Match]]


def match(
    event: Annotated[
        str | None, typer.Argument(metavar="[EVENT]", help="Else every event.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Match the kept articles against an event's keywords, offline, as often as you like.

    What people decided stays as it is. Matches are kept, so that `prune` leaves their bytes alone.
    """
    from crawler.event_matches import match_event  # noqa: PLC0415
    from crawler.record import open_existing  # noqa: PLC0415

    desk = workspace_of(workspace)
    events, outlets = _events(desk, event), _outlets(desk)
    with open_existing(desk.record, desk.snapshots) as record:
        found = [(each, match_event(record, each)) for each in events]
    if as_json:
        told = [_json(each, _asked(each, outlets, pairs)) for each, pairs in found]
        print_json(told[0] if event else {"events": told})
        return
    for each, pairs in found:
        _print(each, _asked(each, outlets, pairs), len(pairs), words(), whole=event is not None)


def _events(desk: Workspace, slug: str | None) -> tuple[Event, ...]:
    """The event named, or all of them. Raises RegistryError, Wrong where there are none."""
    from crawler.config import load_event, load_events  # noqa: PLC0415

    if slug is not None:
        return (load_event(desk, slug),)
    events = tuple(load_events(desk).values())
    if not events:
        raise Wrong(f"{desk.root / 'events'}: no event yet: `jehona events add` writes one")
    return events


def _outlets(desk: Workspace) -> dict[str, Outlet]:
    from crawler.config import load_outlets  # noqa: PLC0415

    return load_outlets(desk)


def _asked(event: Event, outlets: dict[str, Outlet], pairs: Pairs) -> Pairs:
    """Those at the outlets of the event's list: what a report would count."""
    from crawler.config import outlets_asked  # noqa: PLC0415

    asked = {outlet.slug for outlet in outlets_asked(outlets, event, [])}
    return [(article, match) for article, match in pairs if article.outlet in asked]


def _json(event: Event, pairs: Pairs) -> dict[str, Any]:
    """The document of docs/json.md."""
    return {"event": event.slug, "matches": [_match_json(*pair, event) for pair in pairs]}


def _match_json(article: Article, match: Match, event: Event) -> dict[str, Any]:
    published = article.published and article.published.astimezone(ZoneInfo(event.zone))
    return {
        "article": article.key,
        "url": article.url,
        "outlet": article.outlet,
        "headline": article.headline,
        "published": published,
        "precision": article.precision,
        "score": match.score,
        "decision": match.decision,
        "because": match.because,
        "signals": match.signals,
        "certainty": "doubtful" if match.doubt else "sure",
        "doubt": match.doubt,
        "rules": match.rules,
    }


def _print(event: Event, asked: Pairs, every: int, out: Console, *, whole: bool) -> None:
    """The lists, or one line of numbers where several events are asked for."""
    undecided = sum(match.decision is None for _, match in asked)
    numbers = f"{counted(len(asked), 'match', 'matches')}, {undecided} of them not yet decided"
    out.print(f"{event.slug}: {numbers}", markup=False)
    if whole and not every:
        out.print(
            f"next: jehona events try {event.slug} says what each keyword finds", markup=False
        )
    if whole:
        for title, pairs in _sections(asked):
            _table(title, pairs, event, out)
    if every > len(asked):
        more = every - len(asked)
        out.print(f"{more} more at outlets that are not on the event's list", markup=False)


def _sections(asked: Pairs) -> Iterable[tuple[str, Pairs]]:
    """Certain and dated, doubtful, undated: apart, the best first; empty ones are left out."""
    doubtful = [pair for pair in asked if _is_doubtful(pair[1])]
    sure = [pair for pair in asked if not _is_doubtful(pair[1])]
    sections = {
        "": [pair for pair in sure if pair[0].published],
        "Without a date": [pair for pair in sure if not pair[0].published],
        "Doubtful: counted only when somebody accepts them": doubtful,
    }
    return [(title, sorted(pairs, key=_best_first)) for title, pairs in sections.items() if pairs]


def _is_doubtful(match: Match) -> bool:
    return match.doubt is not None and match.decision is None


def _best_first(pair: tuple[Article, Match]) -> tuple[float, float, str]:
    article, match = pair
    return -match.score, article.published.timestamp() if article.published else 0.0, article.key


def _table(title: str, pairs: Pairs, event: Event, out: Console) -> None:
    """A table where it has room, else three lines a piece."""
    if title:
        out.print(f"\n{title}", style="bold")
    (_wide if out.width >= WIDE else _narrow)(pairs, ZoneInfo(event.zone), out)


def _wide(pairs: Pairs, zone: ZoneInfo, out: Console) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415 - words of others are never markup

    table = Table(
        "score", "decision", "date", "outlet", "headline", "because", box=None, header_style="bold"
    )
    for article, match in pairs:
        told = (article.outlet, shown(article.headline) or article.url, _because(match))
        sign = Text(match.decision or "-", COLOURS.get(match.decision or "", ""))
        table.add_row(_score(match), sign, _day(article, zone), *(Text(each) for each in told))
    out.print(table)


def _narrow(pairs: Pairs, zone: ZoneInfo, out: Console) -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    for article, match in pairs:
        head = f"{_score(match):>4}  {_day(article, zone):<10}  {article.outlet}  "
        sign = (match.decision or "not decided", COLOURS.get(match.decision or "", ""))
        out.print(Text.assemble(head, sign))
        headline = Text(shown(article.headline) or article.url, style="bold")
        for line in (headline, Text(_because(match), style="dim")):
            out.print(Padding(line, (0, 0, 0, 6)), soft_wrap=False)


def _score(match: Match) -> str:
    return f"{match.score:.2f}" if match.because else "-"


def _day(article: Article, zone: ZoneInfo) -> str:
    return article.published.astimezone(zone).date().isoformat() if article.published else "-"


def _because(match: Match) -> str:
    """The words found and where, what helped and hurt, and why it is doubtful; on one line."""
    reasons = [f"{shown(why.form)} ({why.place or why.field})" for why in match.because[:SHOWN]]
    more = len(match.because) - SHOWN
    reasons += [f"{more} more"] * (more > 0)
    reasons += [f"{sign.worth:+.2f} {sign.kind}: {shown(sign.words)}" for sign in match.signals]
    reasons += [match.doubt] if match.doubt else []
    return ", ".join(reasons) or "added by hand"
