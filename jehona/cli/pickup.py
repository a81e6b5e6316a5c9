"""`jehona pickup`: what the pieces of an event took over of what the office said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    ByOption,
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
from jehona.cli.speech import tell, tells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from jehona.actions.office import Office
    from jehona.actions.own_texts import Release
    from jehona.actions.pickup import Pickup, PiecePickup

# Characters of the bar beside a sentence that every piece took over.
BAR: Final = 10


def pickup(
    event: EventArgument = None,
    tick: Annotated[
        tuple[str, str] | None,
        typer.Option("--tick", metavar="URL MESSAGE", help="You find this message in this piece."),
    ] = None,
    untick: Annotated[
        tuple[str, str] | None,
        typer.Option("--untick", metavar="URL MESSAGE", help="You do not, after all."),
    ] = None,
    named: EventOption = None,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which sentences of your release each piece took over; messages; statements quoted.

    The release, statements and messages stand in the event's file: [release], [[message]].
    """
    office = office_of(workspace, by)
    slug = one_event(office, event, named)
    _tick(office, slug, tick, untick, words(to_stderr=as_json))
    found = actions.pickup.pickup(office, slug)
    if as_json:
        print_json(found.as_json())
        return
    _print(found, words())


def _tick(
    office: Office,
    event: str,
    tick: tuple[str, str] | None,
    untick: tuple[str, str] | None,
    out: Console,
) -> None:
    """Keep what a person ticked. Raises Wrong for both at once, and for a name with neither."""
    if tick and untick:
        raise Wrong("--tick and --untick: one at a time")
    asked = tick or untick
    if asked is None:
        if office.name:
            raise Wrong("--by goes with --tick URL MESSAGE or --untick URL MESSAGE")
        return
    piece, message = asked
    news = actions.pickup.tick(office, event, piece, message, ticked=untick is None)
    one = "ticked: {message}" if tick else "unticked: {message}"
    again = "it was ticked already" if tick else "it was unticked already"
    out.print(tell(one if news else again, message=shown(message)))


def _print(found: Pickup, out: Console) -> None:
    for release in found.releases:
        _print_release(found, release, out)
    if found.releases:
        _print_pieces(found, out)
    for line in _of_messages(found):
        out.print(line)
    for statement, pieces in found.quoted:
        if pieces:
            out.print(
                tell(
                    "quoted in {n} piece: {statement}",
                    "quoted in {n} pieces: {statement}",
                    n=len(pieces),
                    statement=shown(statement),
                )
            )


def _print_release(found: Pickup, release: Release, out: Console) -> None:
    """Each sentence beside how many pieces took it over."""
    held = sum(piece.release is release for piece in found.pieces)
    told = tell(
        "{file}, held against {n} piece",
        "{file}, held against {n} pieces",
        file=release.file,
        n=held,
    )
    out.print(Text(told, style="bold"))
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    pairs = zip(found.warmth(release), release.text.sentences, strict=True)
    for warm, line in pairs:
        bar = "█" * round(BAR * warm / held) if held else ""
        table.add_row(str(warm), f"{bar:<{BAR}}", shown(line.raw))
    out.print(table)
    out.print()


def _print_pieces(found: Pickup, out: Console) -> None:
    took = found.taking
    out.print(
        tell(
            "{n} of {every} piece took over our words",
            "{n} of {every} pieces took over our words",
            n=len(took),
            every=len(found.pieces),
        )
    )
    if not took:
        return
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    outlet, ours, theirs, which, headline = tells(
        "outlet", "of ours", "of theirs", "sentences", "headline"
    )
    table.add_column(outlet, no_wrap=True)
    table.add_column(ours, justify="right", no_wrap=True)
    table.add_column(theirs, justify="right", no_wrap=True)
    table.add_column(which, overflow="fold")
    table.add_column(headline, overflow="fold", ratio=1)
    for piece in took:
        table.add_row(*_row(piece))
    out.print(table)


def _row(piece: PiecePickup) -> tuple[str, ...]:
    numbers = ", ".join(str(copy.sentence + 1) for copy in piece.found.copies)
    after = tell(" (same text as {url})", url=piece.copied_from) if piece.copied_from else ""
    headline = piece.article.headline or piece.article.handle
    return (
        shown(piece.outlet_name or "-"),
        f"{piece.found.share_of_release:.0%}",
        f"{piece.found.share_of_piece:.0%}",
        numbers,
        shown(f"{headline}{after}"),
    )


def _of_messages(told: Pickup) -> Iterator[str]:
    for one in told.messages:
        yield tell(
            "{name}: found in {pieces} at {outlets}; ticked: {ticked}",
            name=shown(one.message.name),
            pieces=counted(len(one.found), "piece"),
            outlets=counted(len(one.outlets), "outlet"),
            ticked=len(one.ticked),
        )
        for article, line in one.found:
            yield f"  {shown(article.outlet or '-')}: {shown(line.raw)}"
