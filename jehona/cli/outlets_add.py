"""`jehona outlets add URL`: look at a site, propose its file, show ten rows, ask, write."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from crawler.models import Outlet, Workspace
from jehona.actions.errors import Wrong
from jehona.cli.common import JsonOption, WorkspaceOption, print_json, words, workspace_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from crawler.probing import Looked, Probe, Proposal

SHOWN_ROWS = 10
NOTHING, PART = 1, 3


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The outlet's front page.")],
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
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at a site, propose its file, show ten rows, ask, and write it.

    At most twelve requests, through robots.txt and the delay. Nothing is overwritten.
    """
    desk = workspace_of(workspace)
    outlet = _typed(desk, url, name, slug)
    console = words(to_stderr=as_json)
    looked = _look(desk, outlet)
    proposal, slug = _named(desk, outlet, looked, slug)
    from crawler.probing import keep_answers  # noqa: PLC0415 - scrapy

    kept = keep_answers(looked.answers, desk.var / "probes" / slug)
    if proposal is None or not proposal.probes:
        raise typer.Exit(_refuse(console, url, looked, kept, as_json=as_json))
    if fixture is not None:
        _write_fixture(console, looked, proposal, fixture / slug)
    if not as_json:
        _show(console, proposal, looked.requests, kept, proposal.outlet.zone or desk.zone)
    written = _write(desk, proposal, yes=yes or as_json) if yes or not as_json else None
    if as_json:
        print_json(_document(proposal, looked, kept, written))
    elif written:
        console.print(f"written: {written}", markup=False)
        console.print(f"next: jehona crawl --outlet {proposal.outlet.slug}", markup=False)


def _typed(desk: Workspace, url: str, name: str | None, slug: str | None) -> Outlet:
    """What a person typed, as an outlet to be looked at. Raises Wrong."""
    from crawler.config.files import SLUG  # noqa: PLC0415
    from crawler.urls import canonical, host_of, is_loopback  # noqa: PLC0415

    typed = url if "://" in url else f"https://{url}"
    try:
        home = canonical(typed)
    except ValueError as error:
        # the address is not shown: it may hold a password
        raise Wrong(f"URL: {error}") from None
    if slug is not None and not SLUG.fullmatch(slug):
        raise Wrong(f"--slug {slug}: a slug has only a-z, 0-9 and hyphens")
    if name is not None and not (name.strip() and name.isprintable()):
        raise Wrong("--name: one line, as readers know the outlet")
    local = is_loopback(host_of(home))
    if not local and not desk.contact:
        raise Wrong(
            f'{desk.root / "jehona.toml"}: write contact = "you@office.example" first: '
            f"{host_of(home)} must know who asks"
        )
    if slug is not None:
        _refuse_known(desk, slug)
    delay = 0.0 if local else 1.5
    return Outlet(slug=slug or "look", name=(name or "").strip(), home=home, delay=delay)


def _refuse_known(desk: Workspace, slug: str) -> None:
    """Nothing is overwritten, a file of the workspace least of all. Raises Wrong."""
    path = desk.root / "outlets" / f"{slug}.toml"
    if path.exists():
        raise Wrong(f"{path}: exists, and is never overwritten; --slug names another")


def _look(desk: Workspace, outlet: Outlet) -> Looked[Proposal]:
    from crawler.probing import look_at, propose  # noqa: PLC0415 - scrapy

    today = datetime.now(ZoneInfo(desk.zone)).date()
    looked = look_at(
        desk, [outlet], lambda voice, one: propose(voice, one, zone=desk.zone, today=today)
    )
    return looked[outlet.slug]


def _named(
    desk: Workspace, outlet: Outlet, looked: Looked[Proposal], slug: str | None
) -> tuple[Proposal | None, str]:
    """The proposal under its slug. Raises Wrong where a file of that slug or site exists."""
    from crawler.config import slug_from  # noqa: PLC0415
    from crawler.urls import host_of  # noqa: PLC0415

    if looked.found is None or not looked.found.probes:
        return looked.found, slug or slug_from(host_of(outlet.home or ""))
    found = looked.found
    named = slug or slug_from(found.outlet.name)
    _refuse_known(desk, named)
    note = _also_known(desk, found.outlet, named)
    return replace(
        found, outlet=replace(found.outlet, slug=named), notes=(*found.notes, *note)
    ), named


def _also_known(desk: Workspace, outlet: Outlet, slug: str) -> Sequence[str]:
    """What else the workspace knows of this site: two files would count one voice twice."""
    from crawler.config import load_outlets  # noqa: PLC0415
    from crawler.urls import belongs  # noqa: PLC0415

    known = load_outlets(desk)
    if slug in known:
        return (f"replaces the catalogue's {slug} whole",)
    same = [one.slug for one in known.values() if one.home and belongs(one.home, outlet)]
    return (f"the same site as {same[0]}: two files count one voice twice",) if same else ()


def _refuse(
    console: Console, url: str, looked: Looked[Proposal], kept: Path, *, as_json: bool
) -> int:
    """One line: what happened, what to do next."""
    from crawler.outcomes import MEANINGS, Reason  # noqa: PLC0415

    trouble = looked.trouble or (looked.found.trouble if looked.found else None)
    reason = trouble.reason if trouble else Reason.NO_WAY
    note = trouble.note if trouble else "no REST, no feed, no sitemap and no list pages answered"
    meaning = MEANINGS[reason]
    told = {"url": url, "outcome": meaning.outcome, "note": note, "next_step": meaning.next_step}
    if as_json:
        print_json({**told, "requests": looked.requests, "answers": kept})
    line = f"{url}: {meaning.outcome}: {note}. {meaning.next_step}"
    words(to_stderr=True).print(line, markup=False)
    return NOTHING


def _show(console: Console, proposal: Proposal, requests: int, kept: Path, zone: str) -> None:
    """Ways, ten rows, the file, and what a person should know."""
    from rich.table import Table  # noqa: PLC0415

    from crawler.config.outlet_file import outlet_text  # noqa: PLC0415

    outlet = proposal.outlet
    console.print(f"\n{outlet.name}, {requests} requests, raw answers in {kept}\n", markup=False)
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("", "way", "address", "seen"):
        table.add_column(column)
    for probe in (*proposal.probes, *proposal.refused):
        table.add_row(*_way_row(probe))
    console.print(table)
    _show_rows(console, proposal, ZoneInfo(zone))
    console.print(f"\n{desk_path(outlet)}", markup=False)
    console.print(outlet_text(outlet), markup=False)
    for note in proposal.notes:
        console.print(f"note: {note}", markup=False)


def desk_path(outlet: Outlet) -> str:
    """Where the file goes, as people call it."""
    return f"outlets/{outlet.slug}.toml"


def _way_row(probe: Probe) -> tuple[Text, str, str, str]:
    from rich.text import Text  # noqa: PLC0415

    sign = Text("✗", "red") if probe.reason else Text("✓", "green")
    return sign, probe.find.way.value, probe.find.url, probe.note or ""


def _show_rows(console: Console, proposal: Proposal, zone: ZoneInfo) -> None:
    preview = proposal.preview
    if preview is None:
        return
    console.print(f"\nits newest rows, by {preview.find.way.value}:")
    for row in preview.rows[:SHOWN_ROWS]:
        when = row.published.astimezone(zone) if row.published else None
        day = f"{when:%Y-%m-%d %H:%M}" if when else f"{'no date':<16}"
        console.print(f"  {day}  {_printable(row.headline or row.url)}", markup=False)


def _printable(text: str) -> str:
    """What an outlet wrote, without what would steer a terminal."""
    return "".join(c for c in text if c.isprintable())[:120]


def _write(desk: Workspace, proposal: Proposal, *, yes: bool) -> Path | None:
    """Write the file where a person agrees; None where not."""
    from crawler.config.outlet_file import write_outlet  # noqa: PLC0415

    if not yes and not _agreed():
        return None
    day = datetime.now(ZoneInfo(desk.zone)).date().isoformat()
    notes = [f"Looked at by `jehona outlets add` on {day}; the evidence says what was seen."]
    return write_outlet(proposal.outlet, desk.root / "outlets", notes=notes)


def _agreed() -> bool:
    """Whether a person says yes; nobody there is no yes. Raises Wrong where nobody can."""
    try:
        return typer.confirm("Write this file?")
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        raise Wrong("nobody there to ask: nothing written; --yes writes without asking") from None


def _document(
    proposal: Proposal, looked: Looked[Proposal], kept: Path, written: Path | None
) -> dict[str, Any]:
    preview = proposal.preview
    return {
        "outlet": replace(proposal.outlet, source=written),
        "ways": [way_json(probe) for probe in proposal.probes],
        "refused": [way_json(probe) for probe in proposal.refused],
        "rows": preview.rows[:SHOWN_ROWS] if preview else [],
        "notes": proposal.notes,
        "requests": looked.requests,
        "answers": kept,
        "written": written,
    }


def way_json(probe: Probe) -> dict[str, Any]:
    """One way's answer."""
    return {
        "way": probe.find.way,
        "url": probe.find.url,
        "outcome": probe.outcome,
        "rows": len(probe.rows),
        "listed": probe.listed,
        "newest": probe.newest,
        "oldest": probe.oldest,
        "note": probe.note,
        "next_step": probe.next_step,
    }


def _write_fixture(
    console: Console, looked: Looked[Proposal], proposal: Proposal, folder: Path
) -> None:
    """What came, with invented words."""
    from crawler.probing.fixture import write_fixture  # noqa: PLC0415

    outlet = proposal.outlet
    written = write_fixture(looked.answers, folder, home=outlet.home or "", name=outlet.name)
    console.print(f"fixture: {written}", markup=False)
