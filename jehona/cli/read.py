"""`jehona read`: what one page says, all candidates of every field, and why one won."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.table import Table
from rich.text import Text

from crawler.config import NoWorkspace
from crawler.outcomes import MEANINGS, exit_code
from jehona import actions
from jehona.cli.common import (
    NAMED_FIRST,
    JsonOption,
    WorkspaceOption,
    office_of,
    print_json,
    words,
)
from jehona.cli.speech import tell, tells

if TYPE_CHECKING:
    from jehona.actions.office import Office
    from jehona.actions.pages import PageSaid

# Characters of a value in the table; all of it is in the JSON.
SHOWN: Final = 70


def read(
    what: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="A page on the web, or saved (.html, .gz).")
    ],
    outlet: Annotated[
        str | None,
        typer.Option("--outlet", "-o", metavar="SLUG", help="Whose page. Else by its address."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="The address a file had. Else as it says."),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read one page, and show every candidate of every field with what won and why.

    A file needs no network. A page on the web is asked for like any other; nothing is kept.
    """
    office = _office(workspace, needed=outlet is not None)
    told = actions.pages.read(office, what, outlet=outlet, url=url)
    if as_json:
        print_json(told.as_json())
    if isinstance(told, actions.pages.NothingSaid):
        outcome = MEANINGS[told.reason].outcome
        line = f"{what}: {tell(outcome.value)}, {told.reason.value}: {told.note}"
        words(to_stderr=True).print(line)
        raise typer.Exit(exit_code([outcome]))
    if not as_json:
        _show(told)


def _office(named: Path | None, *, needed: bool) -> Office | None:
    """The workspace, if one is named, needed or near: a page can be read without."""
    try:
        return office_of(named)
    except NoWorkspace:
        if named or needed or NAMED_FIRST.get() or os.environ.get("JEHONA_WORKSPACE"):
            raise
        return None


def _show(told: PageSaid) -> None:
    """The table, and what else a reader should know."""
    out, page, said = words(), told.page, told.said
    whose = page.outlet.name if page.outlet else tell("no outlet that we know")
    out.print(
        tell(
            "{kind} of {whose}, {url}",
            kind=said.kind.value,
            whose=whose,
            url=page.url or tell("without an address"),
        ),
        style="bold",
    )
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for at, name in enumerate(tells("field", "", "value")):
        table.add_column(name, no_wrap=at < 2, overflow="fold")  # noqa: PLR2004 - values fold
    table.add_column(tell("from"), overflow="fold")
    table.add_column(tell("weight"), justify="right", no_wrap=True)
    table.add_column(tell("why"), overflow="fold")
    for name in actions.pages.FIELDS:
        for row in _rows(name, told):
            table.add_row(*row)
    out.print(table)
    for line in said.boilerplate:
        out.print(tell("stands under other pieces too: {line}", line=_cut(line)))
    for note in said.reading.notes:
        out.print(tell("note: {note}", note=note))


def _rows(name: str, told: PageSaid) -> Iterator[Sequence[Text]]:
    found = told.candidates(name)
    sure = told.said.confidence.get(name)
    stands = told.said.reading.published if name == "published" else None
    label = f"{name} {sure:.0%}" if found and sure is not None else name
    if not found:
        yield (Text(label, "bold"), Text("–", "dim"), Text(tell("nothing is said"), "dim"))
    for at, one in enumerate(found):
        style = "" if one.won else "dim"
        sign = Text("✓", "green") if one.won else Text(" ")
        value = stands.value if one.won and stands else one.value
        cells = (_worded(name, value), one.layer.removeprefix("page:"), f"{one.weight:.1f}")
        yield (
            Text("" if at else label, "bold"),
            sign,
            *(Text(cell, style) for cell in (*cells, one.why)),
        )


def _worded(name: str, value: Any) -> str:
    """A value in one short line."""
    if name == "text":
        return tell("{n:,} characters: {text}", n=len(value), text=_cut(value))
    if name == "published":
        moment = value.instant.isoformat(sep=" ", timespec="minutes")
        return moment[:10] if value.precision == "day" else str(moment)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return _cut(str(value))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:SHOWN]}…" if len(line) > SHOWN else line
