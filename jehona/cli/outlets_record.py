"""`jehona outlets record`: how well each outlet was followed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jehona import actions
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    office_of,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import tells

if TYPE_CHECKING:
    from jehona.actions.track_record import TrackRecord


def outlets_record(
    slugs: Annotated[
        list[str] | None, typer.Argument(metavar="[SLUG]...", help="Else: all in use.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """How well each outlet was followed: days answered for, longest gap, how soon pieces came."""
    found = actions.track_record.track_records(office_of(workspace), slugs or ())
    if as_json:
        print_json({"outlets": [one.as_json() for one in found]})
        return
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    outlet, *numbers = tells("outlet", "days", "longest gap", "pieces", "undated", "found after")
    table.add_column(outlet, no_wrap=True)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    for one in found:
        table.add_row(*_row(one))
    words().print(table)


def _row(one: TrackRecord) -> tuple[str, ...]:
    share = f"{one.undated / one.pieces:.0%}" if one.pieces else "-"
    gap = f"{one.longest_gap:.1f} d" if one.longest_gap else "-"
    after = f"{one.median_minutes:,} min" if one.median_minutes is not None else "-"
    return shown(one.outlet.name), f"{one.days:.1f}", gap, f"{one.pieces:,}", share, after
