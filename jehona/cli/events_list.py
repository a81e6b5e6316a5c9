"""`jehona events list`: the events that we look for."""

from __future__ import annotations

from rich.text import Text

from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, shown, words


def events_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Every event, with its window."""
    events = tuple(office_of(workspace).events().values())
    if as_json:
        print_json({"events": events})
        return
    for event in events:
        window = f"{event.first_day} to {event.last_day}"
        words().print(Text.assemble((event.slug, "bold"), f"  {window}  {shown(event.title)}"))
    if not events:
        words().print("no events yet: `jehona events add` asks and writes one")
