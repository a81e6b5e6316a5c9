"""`jehona compare`: events side by side, each with how complete it is."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from jehona import actions
from jehona.cli.common import LanguageOption, WorkspaceOption, language_of, office_of
from jehona.cli.report import FormOption, OpenOption, OutputOption, asked_forms, place

# Events that a file is called by.
MOST_NAMED: Final = 3


def compare(
    events: Annotated[list[str], typer.Argument(metavar="EVENT EVENT...", show_default=False)],
    form: FormOption = None,
    output: OutputOption = None,
    language: LanguageOption = None,
    opened: OpenOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Events side by side: the same figures, each with how completely its outlets were checked.

    The events of a month, or the months of a year: `jehona report --period 2026-05`.
    """
    office = office_of(workspace)
    spoken = language_of(office, language)
    forms = asked_forms(form, output, as_json=as_json, opened=opened)
    told = actions.compare.compare(office, events, language=spoken)
    papers = actions.compare.written(office, told, forms, language=spoken)
    name = "-".join(side.events[0] for side in told.sides[:MOST_NAMED])
    place(office, papers, output, name, opened=opened)
