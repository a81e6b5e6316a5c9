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
    office_of,
    one_event,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import reader, tell, tells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from jehona.actions.audit import Audit, Missing


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
        tell(
            "of {n} piece that you know we had {had}: {share:.0%}, "
            "and of all such pieces {low:.0%} to {high:.0%} (95 %)",
            "of {n} pieces that you know we had {had}: {share:.0%}, "
            "and of all such pieces {low:.0%} to {high:.0%} (95 %)",
            n=found.known,
            had=found.had,
            share=found.had / found.known,
            low=low,
            high=high,
        )
    )
    if found.missing:
        out.print(_table(found.missing))
    if found.unseen:
        out.print(actions.how_sure.unseen_told(found.unseen, reader().language))


def _table(missing: Sequence[Missing]) -> Table:
    """Each missing piece, why, and what to do."""
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    why, piece, what = tells("why", "piece", "what to do")
    table.add_column(why, no_wrap=True)
    table.add_column(piece, overflow="fold", ratio=1)
    table.add_column(what, overflow="fold", ratio=1)
    for one in missing:
        named = one.known.url or f"{one.known.outlet_name}: {one.known.headline}"
        table.add_row(one.why.value, shown(named), shown(one.step(reader().language)))
    return table
