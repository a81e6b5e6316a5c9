"""`jehona outlets list|add|check`, `jehona events list|show`: what the workspace holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crawler.models import Event, Outlet
from jehona.cli import events_add
from jehona.cli.common import JsonOption, WorkspaceOption, print_json, shown, words, workspace_of


def list_outlets(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Every outlet: how it is found, and what is known about it."""
    from crawler.config import load_outlets  # noqa: PLC0415

    outlets = tuple(load_outlets(workspace_of(workspace)).values())
    if as_json:
        print_json({"outlets": outlets})
        return
    _outlet_table(outlets)


def _outlet_table(outlets: Sequence[Outlet]) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("outlet", "name", "ways", "kind", "home", box=None, header_style="bold")
    for outlet in outlets:
        nowhere = Text(f"no address: write home in outlets/{outlet.slug}.toml", "dim")
        ways = " ".join(find.way for find in outlet.find) or "-"
        slug = Text(outlet.slug) if outlet.use else Text(f"{outlet.slug} (off)", "dim")
        table.add_row(slug, outlet.name, ways, outlet.kind.value, outlet.home or nowhere)
    words().print(table)
    words().print(f"{len(outlets)} outlets, {sum(o.use for o in outlets)} in use")


def list_events(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Every event, with its window."""
    from rich.text import Text  # noqa: PLC0415

    from crawler.config import load_events  # noqa: PLC0415

    events = tuple(load_events(workspace_of(workspace)).values())
    if as_json:
        print_json({"events": events})
        return
    for event in events:
        window = f"{event.first_day} to {event.last_day}"
        words().print(Text.assemble((event.slug, "bold"), f"  {window}  {shown(event.title)}"))
    if not events:
        words().print("no events yet: `jehona events add` asks and writes one")


def show_event(
    slug: Annotated[str, typer.Argument(metavar="EVENT")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """One event as it was understood."""
    from crawler.config import load_event  # noqa: PLC0415

    event = load_event(workspace_of(workspace), slug)
    if as_json:
        print_json(event)
        return
    _show(event)


def _show(event: Event) -> None:
    out = words()
    out.print(shown(event.title), style="bold", markup=False)
    out.print(f"window     {event.first_day} to {event.last_day}, whole days, {event.zone}")
    for name in ("date", "place", "organiser"):
        if value := getattr(event, name):
            out.print(f"{name:<10} {value}", markup=False)
    events_add.show_keywords(event, out)
    outlets = ", ".join(event.expected_outlets) or "every outlet in use"
    out.print(f"outlets    {outlets}", markup=False)
