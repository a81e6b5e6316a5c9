"""The telling half of the command line: `jehona report`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import __version__
from crawler.cli.desk import WorkspaceOption, Wrong, words, workspace_of
from crawler.models import Language, Workspace

if TYPE_CHECKING:
    from rich.console import Console

    from reports.nouns import Report


# Columns beyond which lines are hard to read.
READABLE = 100


class Format(StrEnum):
    """The forms that a report can take."""

    MD = "md"
    JSON = "json"


class Tongues(StrEnum):
    """The languages of what readers see."""

    SQ = "sq"
    EN = "en"


def mount(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", rich_help_panel="Tell")(report)


def report(
    event: Annotated[str, typer.Argument(metavar="EVENT")],
    form: Annotated[Format, typer.Option("--format", "-f", help="Markdown or JSON.")] = Format.MD,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to the terminal.")
    ] = None,
    language: Annotated[
        Tongues | None,
        typer.Option("--language", help="Of what readers see. Else the workspace's."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """What the listed outlets published about an event, and how sure we are that this is all."""
    desk = workspace_of(workspace)
    made = report_of(desk, event, now=datetime.now(UTC))
    spoken: Language = language.value if language else desk.language
    text = written(made, Format.JSON if as_json else form, spoken)
    if output is None:
        show(text, words(), typeset=not as_json and form is Format.MD)
        return
    save(text, output)
    words().print(f"wrote {output}", markup=False)


def report_of(desk: Workspace, slug: str, *, now: datetime) -> Report:
    """The report of an event from the record as it is.

    Raises RegistryError for an unknown event, RecordRefused where there is no record yet.
    """
    from crawler.record import open_record, read  # noqa: PLC0415
    from crawler.registry import load_event, load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.relate import related  # noqa: PLC0415
    from reports.coverage import coverage  # noqa: PLC0415

    event = load_event(desk, slug)
    outlets = outlets_asked(load_outlets(desk), event, [])
    slugs = [outlet.slug for outlet in outlets]
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        checks = read.latest_checks(record, event=slug, window=event.window, outlets=slugs)
        pieces = related(record, event, slugs)
    return coverage(event, outlets, pieces, checks, made=now, software=__version__)


def show(text: str, out: Console, *, typeset: bool) -> None:
    """Print a report: Markdown typeset on a terminal, as it is into a pipe."""
    if not (typeset and out.is_terminal):
        sys.stdout.write(text + "\n")
        return
    from rich.markdown import Markdown  # noqa: PLC0415 - only where somebody looks

    out.print(Markdown(text), width=min(out.width, READABLE))


def written(made: Report, form: Format, language: Language) -> str:
    """The report in one form."""
    from reports.formats import json, markdown  # noqa: PLC0415

    forms: Mapping[Format, Callable[[], str]] = {
        Format.MD: lambda: markdown.to_markdown(made, language),
        Format.JSON: lambda: json.to_json(made),
    }
    return forms[form]()


def save(text: str, path: Path) -> None:
    """Write a file whole or not at all. Raises Wrong (one line) where it cannot be written."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text + "\n", encoding="utf-8", newline="\n")
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True) if draft.parent.is_dir() else None
        raise Wrong(f"{path}: cannot be written ({error.strerror})") from None
