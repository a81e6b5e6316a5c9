"""`jehona audit`: pieces that one knows of already, held against what an event has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from jehona import actions
from jehona.cli.common import (
    EventArgument,
    EventOption,
    JsonOption,
    WorkspaceOption,
    counted,
    office_of,
    one_event,
    print_json,
    shown,
    words,
)

if TYPE_CHECKING:
    from rich.console import Console

    from jehona.actions.audit import Audit


def audit(
    known: Annotated[
        Path,
        typer.Option("--known", metavar="FILE", help="CSV or XLSX: links, or outlet and headline."),
    ],
    event: EventArgument = None,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pieces that you know of, from an agency or colleagues: had or not, why not, what to do.

    Run it again later: it shows what mended.
    """
    office = office_of(workspace)
    found = actions.audit.audit(office, one_event(office, event, named), known)
    if as_json:
        print_json(found.as_json())
        return
    _print(found, words())


def _print(found: Audit, out: Console) -> None:
    low, high = found.interval
    out.print(
        f"of {counted(found.known, 'piece')} that you know we had {found.had}: "
        f"{found.had / found.known:.0%}, and of all such pieces {low:.0%} to {high:.0%} (95 %)"
    )
    if found.missing:
        table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
        table.add_column("why", no_wrap=True)
        table.add_column("piece", overflow="fold", ratio=1)
        table.add_column("what to do", overflow="fold", ratio=1)
        for one in found.missing:
            piece = one.known.url or f"{one.known.outlet_name}: {one.known.headline}"
            table.add_row(one.why.value, shown(piece), shown(one.next_step))
        out.print(table)
    if found.unseen:
        ways = " and ".join(found.unseen.ways)
        least = counted(found.unseen.at_least, "piece")
        out.print(f"at least {least} stood in neither of {ways}: {found.unseen.assumption}")
