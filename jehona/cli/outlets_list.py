"""`jehona outlets list`: the outlets that we follow."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, words


def outlets_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Every outlet: how it is found, and what is known about it."""
    outlets = tuple(office_of(workspace).outlets().values())
    if as_json:
        print_json({"outlets": outlets})
        return
    table = Table("outlet", "name", "ways", "kind", "home", box=None, header_style="bold")
    for outlet in outlets:
        nowhere = Text(f"no address: write home in outlets/{outlet.slug}.toml", "dim")
        ways = " ".join(find.way for find in outlet.find) or "-"
        slug = Text(outlet.slug) if outlet.use else Text(f"{outlet.slug} (off)", "dim")
        table.add_row(slug, outlet.name, ways, outlet.kind.value, outlet.home or nowhere)
    words().print(table)
    words().print(f"{len(outlets)} outlets, {sum(o.use for o in outlets)} in use")
