"""`jehona roundup`: the post, as an editor pastes or publishes it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.models import Language, Workspace
from jehona.actions import report as report_action
from jehona.cli.common import JsonOption, WorkspaceOption, print_json, words, workspace_of
from jehona.cli.report import EventArgument, LanguageOption, save

if TYPE_CHECKING:
    from reports.models import Report
    from reports.roundup import Form, Roundup

TEMPLATES = "templates"
# folder of a workspace that holds a person's copies


class RoundupFormat(StrEnum):
    """What a roundup can be written as."""

    MD = "md"
    HTML = "html"
    BLOCKS = "blocks"
    TEXT = "text"


class RoundupGroup(StrEnum):
    """What the headlines stand under."""

    OUTLET = "outlet"
    DAY = "day"
    STORY = "story"


def roundup(
    event: EventArgument,
    form: Annotated[
        RoundupFormat, typer.Option("--format", "-f", help="blocks: for WordPress.")
    ] = RoundupFormat.MD,
    group: Annotated[
        RoundupGroup, typer.Option("--group", help="What the headlines stand under.")
    ] = RoundupGroup.OUTLET,
    language: LanguageOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to the terminal.")
    ] = None,
    accepted_only: Annotated[
        bool, typer.Option("--accepted-only", help="Leave out what nobody accepted.")
    ] = False,
    without_completeness: Annotated[
        bool, typer.Option("--without-completeness", help="Leave out how complete the list is.")
    ] = False,
    copy_template: Annotated[
        bool,
        typer.Option("--copy-template", help="Put this format's template into templates/."),
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """The roundup post of an event: what it was, and each outlet with its linked headlines."""
    from reports import roundup as rounding  # noqa: PLC0415

    desk = workspace_of(workspace)
    if copy_template:
        _copy(desk, form)
        return
    spoken: Language = language.value if language else desk.language
    report = report_action.report_of(desk, event, now=datetime.now(UTC), language=spoken)
    made = rounding.roundup(
        report,
        spoken,
        group=rounding.Group(group.value),
        accepted_only=accepted_only,
        footnote=not without_completeness,
    )
    if as_json:
        print_json({**_as_json(report, spoken), "roundup": made})
    else:
        _tell(desk, made, rounding.Form(form.value), output)
    _say_ready(report, spoken)


def _copy(desk: Workspace, form: RoundupFormat) -> None:
    from reports.text_templates import copy_template  # noqa: PLC0415

    place = copy_template(f"roundup.{form.value}", desk.root / TEMPLATES)
    words().print(
        f"{place}: change it as you like; without it the shipped one serves", markup=False
    )


def _tell(desk: Workspace, made: Roundup, form: Form, output: Path | None) -> None:
    text = typeset_roundup(desk, made, form)
    if output is None:
        sys.stdout.write(text)
        return
    save(text, output)
    words(to_stderr=True).print(f"wrote {output}", markup=False)


def typeset_roundup(desk: Workspace, made: Roundup, form: Form, *, marker: str = "") -> str:
    """The roundup in one form, by the workspace's own template. Raises Wrong."""
    from reports.roundup import written  # noqa: PLC0415

    return written(made, form, own=desk.root / TEMPLATES, marker=marker)


def _as_json(report: Report, language: Language) -> dict[str, object]:
    from reports.readiness import State, readiness  # noqa: PLC0415

    can = readiness(report, language)
    left = [obstacle.told for obstacle in can.obstacles] or [can.why]
    ready = can.state is State.NOW
    return {"event": report.event.slug, "ready": ready, "before_posting": [] if ready else left}


def _say_ready(report: Report, language: Language) -> None:
    """Whether it can be posted now, to whoever typed the command."""
    from reports.readiness import readiness  # noqa: PLC0415

    words(to_stderr=True).print(readiness(report, language).sentence, markup=False)
