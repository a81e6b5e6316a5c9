"""`jehona outlets list`: the outlets that we follow."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from crawler.models import Outlet
from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, words
from jehona.cli.speech import tell, tells


def outlets_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Every outlet: how it is found, and what is known about it."""
    outlets = tuple(office_of(workspace).outlets().values())
    if as_json:
        print_json({"outlets": outlets})
        return
    table = Table(box=None, header_style="bold")
    # the slug is what one types: never cut
    longest = max((len(_slug(outlet)) for outlet in outlets), default=0)
    table.add_column(tell("outlet"), no_wrap=True, min_width=longest)
    for name in tells("name", "ways", "kind", "home"):
        table.add_column(name)
    for outlet in outlets:
        nowhere = Text(
            tell("no address: write home in outlets/{slug}.toml", slug=outlet.slug), "dim"
        )
        ways = " ".join(find.way for find in outlet.find) or "-"
        slug = Text(_slug(outlet), "" if outlet.use else "dim")
        table.add_row(slug, outlet.name, ways, tell(outlet.kind.value), outlet.home or nowhere)
    words().print(table)
    words().print(
        tell("{n} outlets, {used} in use", n=len(outlets), used=sum(o.use for o in outlets))
    )


def _slug(outlet: Outlet) -> str:
    return outlet.slug if outlet.use else tell("{slug} (off)", slug=outlet.slug)
