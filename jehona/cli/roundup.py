"""`jehona roundup`: the post, as an editor pastes or publishes it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jehona import actions
from jehona.actions.errors import Wrong
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
    shown,
    words,
)
from reports.forms import Form

if TYPE_CHECKING:
    from jehona.actions.office import Office
    from jehona.actions.roundup import Composed


def roundup(
    event: EventArgument = None,
    named: EventOption = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="blocks: for WordPress.")] = Form.MD,
    group: GroupOption = None,
    language: LanguageOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to the terminal.")
    ] = None,
    accepted_only: AcceptedOnlyOption = False,
    without_completeness: WithoutCompletenessOption = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="What came in since, as it would be appended.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="With --propose: append it to the document.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write no document, whatever is proposed.")
    ] = False,
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
    if write and not propose:
        raise Wrong("--write goes with --propose: it appends what is new")
    composed = actions.roundup.compose(office, one_event(office, event, named), options)
    if propose:
        _propose(office, composed, write=write and not dry_run)
        return
    _print(office, composed, form, output, as_json=as_json)
    # after what can go wrong, and after the sentence that people look for
    if not dry_run and actions.roundup.keep(office, composed):
        words(to_stderr=True).print(f"wrote {composed.file}: arrange it, it is yours")


def _propose(office: Office, composed: Composed, *, write: bool) -> None:
    """What is new, or where it was appended; 0 either way."""
    out = words(to_stderr=True)
    if not composed.new:
        out.print(f"{composed.file}: nothing new: every piece is placed")
    elif write:
        n = actions.roundup.append(office, composed)
        out.print(f"{composed.file}: {n} appended as new")
    else:
        for piece in composed.new:
            words().print(shown(f"{piece.article}  {piece.outlet_name}: {piece.shown}"))


def _print(
    office: Office, composed: Composed, form: Form, output: Path | None, *, as_json: bool
) -> None:
    if as_json:
        print_json(composed.as_json())
    else:
        text = actions.roundup.text(office, composed.roundup, form)
        left = actions.roundup.not_shown(office, composed.roundup, form)
        if left:
            words(to_stderr=True).print(shown(f"templates/: not shown: {'; '.join(left)}"))
        if output is None:
            sys.stdout.write(text)
        else:
            say_written(actions.papers.save({output: text}), to_stderr=True)
    # whether it can be posted now, to whoever typed the command
    words(to_stderr=True).print(composed.readiness.sentence)
