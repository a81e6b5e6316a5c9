"""`jehona roundup`: the post, as an editor pastes or publishes it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import (
    AcceptedOnlyOption,
    EventArgument,
    EventOption,
    GroupOption,
    JsonOption,
    LanguageOption,
    WithoutCompletenessOption,
    WorkspaceOption,
    office_of,
    one_event,
    print_json,
    roundup_options,
    say_written,
    words,
)
from reports.forms import Form, Group


def roundup(
    event: EventArgument = None,
    named: EventOption = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="blocks: for WordPress.")] = Form.MD,
    group: GroupOption = Group.OUTLET,
    language: LanguageOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to the terminal.")
    ] = None,
    accepted_only: AcceptedOnlyOption = False,
    without_completeness: WithoutCompletenessOption = False,
    copy_template: Annotated[
        bool,
        typer.Option("--copy-template", help="Put this format's template into templates/."),
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """The roundup post of an event: what it was, and each outlet with its linked headlines."""
    office = office_of(workspace)
    if copy_template:
        place = actions.roundup.template(office, form)
        words().print(f"{place}: change it as you like; without it the shipped one serves")
        return
    options = roundup_options(
        office,
        language,
        group,
        accepted_only=accepted_only,
        without_completeness=without_completeness,
    )
    composed = actions.roundup.compose(office, one_event(office, event, named), options)
    if as_json:
        print_json(composed.as_json())
    else:
        text = actions.roundup.text(office, composed.roundup, form)
        if output is None:
            sys.stdout.write(text)
        else:
            say_written(actions.papers.save({output: text}), to_stderr=True)
    # whether it can be posted now, to whoever typed the command
    words(to_stderr=True).print(composed.readiness.sentence)
