"""`jehona summary`: what came of an event's coverage, on one page."""

from __future__ import annotations

from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    EventArgument,
    EventOption,
    LanguageOption,
    WorkspaceOption,
    language_of,
    office_of,
    one_event,
)
from jehona.cli.report import FormOption, OpenOption, OutputOption, asked_forms, place


def summary(
    event: EventArgument = None,
    named: EventOption = None,
    form: FormOption = None,
    output: OutputOption = None,
    language: LanguageOption = None,
    opened: OpenOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """What came of it, on one page: pieces, texts, outlets, your words, tone, completeness.

    Outputs, as AMEC calls them: what readers thought or did is not in media texts.
    """
    office = office_of(workspace)
    slug, spoken = one_event(office, event, named), language_of(office, language)
    forms = asked_forms(form, output, as_json=as_json, opened=opened)
    told = actions.summary.summary(office, slug, language=spoken)
    papers = actions.summary.written(office, told, forms, language=spoken)
    place(office, papers, output, f"{slug}-summary", opened=opened)
