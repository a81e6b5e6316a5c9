"""`jehona events list`: the events that we look for."""

from __future__ import annotations

from rich.text import Text

from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, shown, words
from jehona.cli.speech import tell


def events_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Every event, with its window."""
    events = tuple(office_of(workspace).events().values())
    if as_json:
        print_json({"events": events})
        return
    for event in events:
        window = tell("{first} to {last}", first=event.first_day, last=event.last_day)
        words().print(Text.assemble((event.slug, "bold"), f"  {window}  {shown(event.title)}"))
    if not events:
        words().print(tell("no events yet: `jehona events add` asks and writes one"))
