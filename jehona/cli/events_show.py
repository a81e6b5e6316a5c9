"""`jehona events show`: one event as it was understood."""

from __future__ import annotations

from jehona.cli.common import (
    EventArgument,
    EventOption,
    JsonOption,
    WorkspaceOption,
    office_of,
    one_event,
    print_json,
    shown,
    words,
)
from jehona.cli.events_add import show_keywords
from jehona.cli.speech import tell


def events_show(
    event: EventArgument = None,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """One event as it was understood."""
    office = office_of(workspace)
    found = office.event(one_event(office, event, named))
    if as_json:
        print_json(found)
        return
    out = words()
    out.print(shown(found.title), style="bold")
    out.print(
        tell(
            "window     {first_day} to {last_day}, whole days, {zone}",
            first_day=found.first_day,
            last_day=found.last_day,
            zone=found.zone,
        )
    )
    for name in ("date", "place", "organiser"):
        if value := getattr(found, name):
            out.print(f"{tell(name):<10} {value}")
    for told in found.translations:
        out.print(
            tell(
                "in {language:<7} {title}",
                language=told.language,
                title=shown(told.title or found.title),
            )
        )
    show_keywords(found.keywords, out)
    outlets = ", ".join(found.expected_outlets) or tell("every outlet in use")
    out.print(tell("outlets    {outlets}", outlets=outlets))
