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
from jehona.cli.speech import tell
from reports.forms import Form

if TYPE_CHECKING:
    from jehona.actions.office import Office
    from jehona.actions.roundup import Composed


def roundup(
    event: EventArgument = None,
    named: EventOption = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format", "-f", help="blocks: for WordPress. Else by the ending of -o, else md."
        ),
    ] = None,
    group: GroupOption = None,
    language: LanguageOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to the terminal.")
    ] = None,
    accepted_only: AcceptedOnlyOption = False,
    without_completeness: WithoutCompletenessOption = False,
    no_chart: Annotated[bool, typer.Option("--no-chart", help="Without the chart.")] = False,
    show: Annotated[
        bool, typer.Option("--open", help="Open it: -o FILE, else a page in var/out.")
    ] = False,
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
    form = _form_of(form, output)
    if copy_template:
        _copy_template(office, form)
        return
    options = roundup_options(
        office,
        language,
        group,
        accepted_only=accepted_only,
        without_completeness=without_completeness,
        no_chart=no_chart,
    )
    if write and not propose:
        raise Wrong("--write goes with --propose: it appends what is new")
    composed = actions.roundup.compose(office, one_event(office, event, named), options)
    if propose:
        _propose(office, composed, write=write and not dry_run)
        return
    if show and output is None and not as_json:
        form, output = _page_of(office, composed, form)
    _print(office, composed, form, output, as_json=as_json)
    if show and output:
        typer.launch(str(output))
    # after what can go wrong, and after the sentence that people look for
    if not dry_run and actions.roundup.keep(office, composed):
        told = tell("wrote {file}: arrange it, it is yours", file=composed.file)
        words(to_stderr=True).print(told)


def _copy_template(office: Office, form: Form) -> None:
    """A template of one's own, to change. Raises Wrong."""
    if form is Form.DOCX:
        raise Wrong("docx is made by no template: give another --format")
    place = actions.roundup.template(office, form)
    told = "{place}: change it as you like; without it the shipped one serves"
    words().print(tell(told, place=place))


def _form_of(asked: Form | None, output: Path | None) -> Form:
    """The form by its name, else by a file's ending, else Markdown. Raises Wrong."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    named = {"txt": "text", "htm": "html"}.get(ending, ending)
    known = Form(named) if named in list(Form) else None
    if asked and known and asked is not known and asked is not Form.BLOCKS:
        raise Wrong(
            "{output}: --format {asked} in a file that says .{ending}: which one?",
            output=output,
            asked=asked.value,
            ending=ending,
        )
    return asked or known or Form.MD


def _propose(office: Office, composed: Composed, *, write: bool) -> None:
    """What is new, or where it was appended; 0 either way."""
    out = words(to_stderr=True)
    if not composed.new:
        out.print(tell("{file}: nothing new: every piece is placed", file=composed.file))
    elif write:
        n = actions.roundup.append(office, composed)
        out.print(tell("{file}: {n} appended as new", file=composed.file, n=n))
    else:
        for piece in composed.new:
            words().print(shown(f"{piece.article}  {piece.outlet_name}: {piece.shown}"))


def _page_of(office: Office, composed: Composed, form: Form) -> tuple[Form, Path]:
    """What is opened where no file was named: a page, or the form that was asked for."""
    form = Form.HTML if form is Form.MD else form
    ending = {Form.TEXT: "txt", Form.BLOCKS: "blocks.html"}.get(form, form.value)
    name = f"{composed.report.event.slug}-post.{composed.roundup.language}.{ending}"
    office.workspace.out.mkdir(parents=True, exist_ok=True)
    return form, office.workspace.out / name


def _print(
    office: Office, composed: Composed, form: Form, output: Path | None, *, as_json: bool
) -> None:
    if as_json:
        print_json(composed.as_json())
    else:
        if form is Form.DOCX and output is None:
            raise Wrong("docx is not for a terminal: give -o FILE")
        body = actions.post_forms.body(office, composed, form)
        left = actions.roundup.not_shown(office, composed.roundup, form)
        if left:
            words(to_stderr=True).print(
                shown(tell("templates/: not shown: {blocks}", blocks="; ".join(left)))
            )
        if output is None:
            sys.stdout.write(str(body))
        else:
            say_written(actions.papers.save({output: body}), to_stderr=True)
    # whether it can be posted now, to whoever typed the command
    words(to_stderr=True).print(composed.readiness.sentence)
