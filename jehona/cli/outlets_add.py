"""`jehona outlets add URL`: look at a site, propose its file, show ten rows, ask, write."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.table import Table
from rich.text import Text

from crawler.config.outlet_file import outlet_text
from crawler.outcomes import MEANINGS
from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.asking import confirmed
from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, words
from jehona.cli.speech import reader, tell, tells
from reports.words.reasons import what_to_do

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.probing import Proposal
    from jehona.actions.office import Office
    from jehona.actions.outlets import Look

NOTHING: Final = 1
# A file was written, and nothing is found with it yet.
IN_PART: Final = 3
# Characters of a headline that a line shows.
SHOWN: Final = 120


def outlets_add(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The outlet's front page, or one of its sections.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="As readers know it. Else what the site says.")
    ] = None,
    slug: Annotated[
        str | None, typer.Option("--slug", metavar="SLUG", help="Of the file. Else of the name.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    fixture: Annotated[
        Path | None,
        typer.Option(
            "--fixture",
            metavar="DIR",
            help="Also write what came, with invented words, as an offline fixture: "
            "tests/probing/sites.",
        ),
    ] = None,
    steps: Annotated[
        Path | None,
        typer.Option("--steps", metavar="FILE", help="Also write what is asked, a line each."),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at a site, propose its file, show ten rows, ask, and write it.

    At most twelve requests, through robots.txt and the delay. Nothing is overwritten.
    """
    office, out = office_of(workspace), words(to_stderr=as_json)
    found = actions.outlets.look(office, url, name=name, slug=slug, steps=steps)
    if found.proposal is None:
        raise typer.Exit(_without_way(office, found, yes=yes, as_json=as_json))
    if fixture is not None:
        out.print(tell("fixture: {folder}", folder=actions.outlets.keep_fixture(found, fixture)))
    if not as_json:
        zone = found.proposal.outlet.zone or office.workspace.zone
        _show(out, found.proposal, found, ZoneInfo(zone))
    agreed = yes or (not as_json and _agreed())
    written = actions.outlets.add(office, found.proposal) if agreed else None
    if as_json:
        print_json(found.as_json(written))
    elif written:
        out.print(tell("written: {written}", written=written))
        out.print(tell("next: jehona crawl --outlet {slug}", slug=found.proposal.outlet.slug))


def _without_way(office: Office, found: Look, *, yes: bool, as_json: bool) -> int:
    """What happened to each way, what to do next, and a file to go on with: the exit code."""
    err = words(to_stderr=True)
    meaning = MEANINGS[found.reason]
    step = what_to_do(found.reason, reader().language)
    err.print(f"{found.url}: {tell(meaning.outcome)}: {found.note}. {step}")
    for probe in found.refused:
        err.print(f"  {tell(probe.find.way)} {probe.find.url}: {probe.note}")
    written = None
    if found.draft and (yes or (not as_json and sys.stdin.isatty() and _agreed())):
        written = actions.outlets.add(office, found.draft)
        err.print(tell("written, to be gone on with: {file}", file=written))
    if as_json:
        print_json(found.as_json(written))
    return IN_PART if written else NOTHING


def _show(out: Console, proposal: Proposal, found: Look, zone: ZoneInfo) -> None:
    """Ways, ten rows, the file, and what a person should know."""
    outlet = proposal.outlet
    out.print(
        tell(
            "\n{name}, {requests} requests, raw answers in {answers}\n",
            name=outlet.name,
            requests=found.requests,
            answers=found.answers,
        )
    )
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in tells("", "way", "address", "seen"):
        table.add_column(column)
    for probe in (*proposal.probes, *proposal.refused):
        sign = Text("✗", "red") if probe.reason else Text("✓", "green")
        table.add_row(sign, tell(probe.find.way.value), probe.find.url, probe.note or "")
    out.print(table)
    _show_rows(out, proposal, zone)
    out.print(f"\n{actions.outlets.place_of(outlet)}")
    out.print(outlet_text(outlet))
    for note in proposal.notes:
        out.print(tell("note: {note}", note=note))


def _show_rows(out: Console, proposal: Proposal, zone: ZoneInfo) -> None:
    preview = proposal.preview
    if preview is None:
        return
    out.print(tell("\nits newest rows, by {way}:", way=tell(preview.find.way.value)))
    for row in preview.rows[: actions.outlets.SHOWN_ROWS]:
        when = row.published.astimezone(zone) if row.published else None
        day = f"{when:%Y-%m-%d %H:%M}" if when else f"{tell('no date'):<16}"
        out.print(f"  {day}  {(row.headline or row.url)[:SHOWN]}")


def _agreed() -> bool:
    """Whether a person says yes; nobody there is no yes. Raises Wrong where nobody can."""
    try:
        return confirmed(tell("Write this file?"))
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        raise Wrong("nobody there to ask: nothing written; --yes writes without asking") from None
