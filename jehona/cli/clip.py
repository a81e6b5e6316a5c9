"""`jehona clip`: a piece that the program did not find, added by hand; or a whole list of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.models import UNNAMED
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.clip_list import bring, is_list, remarks
from jehona.cli.common import (
    ByOption,
    JsonOption,
    WorkspaceOption,
    counted,
    office_of,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from jehona.actions.clip_corrections import Correction
    from jehona.actions.clips import ClipList, Clipped, Saying
    from jehona.actions.office import Office

# Exit code: done in part.
PART = 3
ITS_OWN = "--csv brings its own: leave URL, --outlet, --no-outlet, --headline and --published out"


def clip(
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="[URL|FILE]", help="Of the piece; or a list, CSV or XLSX.", show_default=False
        ),
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", "-e", metavar="EVENT", help="What it is about.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="SLUG", help="Whose. Else by its address.")
    ] = None,
    no_outlet: Annotated[
        bool, typer.Option("--no-outlet", help="A piece whose outlet is not named.")
    ] = False,
    headline: Annotated[
        str | None, typer.Option("--headline", metavar="TEXT", help="Where no page can be had.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="10.5.2025 09:30, 10 maj 2025, dje"),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="The same list: outlet, headline, date, ..."),
    ] = None,
    new_outlets: Annotated[
        bool, typer.Option("--new-outlets", help="Write files for outlets that a list names.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the list, and keep nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Keep the list without asking.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept a piece that was rejected, too.")
    ] = False,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT")] = None,
    edit: Annotated[
        str | None,
        typer.Option("--edit", metavar="KEY", help="Correct a clip: say what is to stand instead."),
    ] = None,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="KEY", help="Take a clipped piece away.")
    ] = None,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a piece by hand: its page is fetched and read, or told where no page can be had.

    With --event it counts as accepted, by you; one that was rejected stays so (code 3) without
    --accept. A list brings many at once, all or none.
    """
    office = office_of(workspace, by)
    if csv is None and url is not None and is_list(url):
        csv, url = Path(url), None
    if csv is None and (dry_run or new_outlets):
        raise Wrong("--dry-run and --new-outlets go with --csv; `jehona read URL` shows one page")
    outlet = _whose(outlet, no_outlet=no_outlet)
    if edit or remove:
        beside = (csv, event, note, accept or None)
        told = actions.clip_corrections.Correction(
            headline=headline, published=published, url=url, outlet=outlet
        )
        _correct(office, edit, remove, told, alone=not any(beside), as_json=as_json)
        return
    saying = actions.clips.Saying(
        event=office.event(event).slug if event else None, note=note, turn=accept
    )
    if csv and (url or headline or published or outlet is not None):
        raise Wrong(ITS_OWN)
    done: Clipped | ClipList
    if csv:
        sure = yes or as_json
        done = bring(office, csv, saying, new_outlets=new_outlets, dry_run=dry_run, sure=sure)
    else:
        done = _one(office, saying, url, outlet, headline, published)
    _say_or_print(done, as_json=as_json)


def _say_or_print(done: Clipped | ClipList, *, as_json: bool) -> None:
    """What became of it; ends with 3 where a rejected piece stayed so."""
    if as_json:
        print_json(done.as_json())
    else:
        _say(done)
    if getattr(done, "left_rejected", ()):
        raise typer.Exit(PART)


def _whose(outlet: str | None, *, no_outlet: bool) -> str | None:
    """The outlet that was named, UNNAMED where none is to be. Raises Wrong for both."""
    if outlet is not None and no_outlet:
        raise Wrong("--outlet and --no-outlet at once: which?")
    return UNNAMED if no_outlet else outlet


def _correct(
    office: Office,
    edit: str | None,
    remove: str | None,
    told: Correction,
    *,
    alone: bool,
    as_json: bool,
) -> None:
    """Correct a clip, or take it away. Raises Wrong for what does not go with it."""
    nothing = actions.clip_corrections.Correction()
    if not alone or (edit and remove) or (remove and told != nothing):
        raise Wrong("--edit KEY goes with what is to stand instead, --remove KEY stands alone")
    if edit:
        done = actions.clip_corrections.edit(office, edit, told)
    else:
        done = actions.clip_corrections.remove(office, remove or "")
    if as_json:
        print_json(done.as_json())
        return
    row = done.piece
    named = (row.outlet, row.published or "undated", row.headline, row.url, row.article)
    words().print("  ".join(shown(each) for each in named if each))
    at = f" ({', '.join(done.events)})" if done.events else ""
    words().print(f"{done.what}{at}")


def _one(
    office: Office,
    saying: Saying,
    url: str | None,
    outlet: str | None,
    headline: str | None,
    published: str | None,
) -> Clipped:
    """A page, or what is told where none can be had. Raises Wrong."""
    if headline is not None or published is not None:
        return actions.clips.typed(
            office, saying, headline=headline, published=published, url=url, outlet=outlet
        )
    if not url:
        raise Wrong("give the URL of a piece, or a list: lista.xlsx, lista.csv")
    return actions.clips.page(office, url, saying, outlet=outlet)


def _say(done: Clipped | ClipList) -> None:
    out = words()
    if isinstance(done, actions.clips.ClipList):
        more = "".join(f"; {remark}" for remark in remarks(done))
        out.print(
            tell(
                "{pieces} can be taken in; nothing was kept{more}",
                pieces=counted(len(done.clips), "piece"),
                more=more,
            )
        )
        return
    for row in done.pieces if done.new_outlets is None else ():
        told = (row.outlet, row.published or tell("undated"), row.headline, row.url, row.article)
        out.print("  ".join(shown(each) for each in told if each))
    if outside := done.outside_window:
        many = counted(outside, "piece")
        out.print(
            tell("outside the event's window, and counted all the same: {pieces}", pieces=many)
        )
    line = tell("{new} new, {known} known already", new=done.new, known=done.known)
    line += tell(", accepted for {event}", event=done.event) if done.event else ""
    if left := done.left_rejected:
        named = f"{counted(len(left), 'rejected piece')} ({', '.join(left)})"
        line += tell(", but for {pieces}: --accept turns it", pieces=named)
    out.print(line)
