"""`jehona pictures`: small copies of the pictures that outlets name for their pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer
from rich.table import Table

from jehona import actions
from jehona.actions.errors import Wrong
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
from reports.words.reasons import why

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.outcomes import Trouble
    from jehona.actions.pictures import Copies, PieceCopy


def pictures(
    event: EventArgument = None,
    highlights: Annotated[
        bool, typer.Option("--highlights", help="Only those of highlights.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Delete the copies of this event's pieces.")
    ] = False,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Small copies of the pictures that outlets name for their pieces, for `report --pictures`.

    A picture is its author's: ask before you hand it on. Posts and newsletters never show them.
    """
    office = office_of(workspace)
    slug = one_event(office, event, named)
    if remove:
        if highlights or as_json:
            raise Wrong("--remove stands alone")
        gone = actions.pictures.take_away(office, slug)
        words().print(tell("{n} copy deleted", "{n} copies deleted", n=gone))
        return
    found = actions.pictures.copy(office, slug, highlights=highlights)
    if as_json:
        print_json(found.as_json())
    else:
        _print(found, words())
    raise typer.Exit(found.code)


def _print(found: Copies, out: Console) -> None:
    kept = sum(one.kept for one in found.copies)
    new = sum(one.new for one in found.copies)
    out.print(
        tell(
            "{n} piece has a copy of its picture ({new} new)",
            "{n} pieces have copies of their pictures ({new} new)",
            n=kept,
            new=new,
        )
    )
    if found.without:
        out.print(
            tell(
                "{n} piece names no picture; `jehona crawl --proof {event}` reads its page",
                "{n} pieces name no picture; `jehona crawl --proof {event}` reads their pages",
                n=found.without,
                event=found.event,
            )
        )
    if found.refused:
        out.print(tell("not copied:"))
        out.print(_refused(found))


def _refused(found: Copies) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for head in tells("outlet", "picture", "why"):
        table.add_column(head, overflow="fold")
    for one in found.refused:
        table.add_row(*_row(one))
    return table


def _row(one: PieceCopy) -> tuple[str, ...]:
    parts = urlsplit(one.picture)
    place = f"{parts.netloc}{parts.path}"
    reason = _why(one.trouble) if one.trouble else ""
    return shown(one.piece.outlet_name or "-"), shown(place), shown(reason)


def _why(trouble: Trouble) -> str:
    if reader().language == "en":
        return trouble.note
    return why(trouble.reason, trouble.numbers, reader().language, reader().zone)
