"""`jehona decisions list`: every decision ever made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from crawler.models import Decision
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
from jehona.cli.speech import tell


def decisions_list(
    event: Annotated[
        str | None, typer.Argument(metavar="EVENT", help="Else all.", show_default=False)
    ] = None,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every decision ever made, the latest last; none is ever deleted."""
    office = office_of(workspace)
    about = event_or_none(event, named)
    told = actions.decisions.history(office, about)
    if as_json:
        print_json(told.as_json())
        return
    zone, out = ZoneInfo(office.workspace.zone), words()
    for one in told.made:
        out.print(_line(one, told.headlines, zone, with_event=about is None))
    out.print(counted(len(told.made), "decision"))


def _line(one: Decision, names: Mapping[str, str], zone: ZoneInfo, *, with_event: bool) -> str:
    """`2026-05-20 10:05  ana  festa  match: accepted (why)  Headline`, on one line."""
    when = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    value = tell("taken back") if one.value is None else one.value
    note = f" ({one.note})" if one.note else ""
    other = tell("  and  {other}", other=names[one.other]) if one.other else ""
    where = [one.event or tell("every event")] if with_event else []
    parts = [when, one.by, *where, f"{one.kind}: {value}{note}", names[one.article] + other]
    return "  ".join(map(shown, parts))
