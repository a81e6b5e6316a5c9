"""`jehona report`: what the listed outlets published, in every form that somebody reads."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.markdown import Markdown

from jehona import actions
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    MOST_TYPED,
    EventArgument,
    EventOption,
    LanguageOption,
    WorkspaceOption,
    language_of,
    office_of,
    one_event,
    say_written,
    words,
)
from jehona.cli.speech import tell
from reports.forms import Edition, ReportForm

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.models import Language
    from jehona.actions.office import Office
    from jehona.actions.report import Paper

# Columns beyond which lines are hard to read.
READABLE: Final = 100
# No terminal can show these.
BINARY: Final = (ReportForm.XLSX, ReportForm.DOCX, ReportForm.PDF)

FormOption = Annotated[
    list[ReportForm] | None,
    typer.Option("--format", "-f", help="May be given several times.", show_default="md"),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="A file, or a folder. Else to the terminal."
    ),
]
EditionOption = Annotated[
    Edition | None,
    typer.Option(
        "--edition",
        help="For readers, or full with notes, names and reasons.",
        show_default="readers; md and json full",
    ),
]
OpenOption = Annotated[
    bool, typer.Option("--open", help="Open what was written; without -o in the workspace's out.")
]
KEPT: Final = "{slug}: {pieces} pieces, version {version}"
NOT_KEPT: Final = "{slug}: {pieces} pieces, not kept: the record cannot be written to"


def report(
    event: EventArgument = None,
    named: EventOption = None,
    form: FormOption = None,
    output: OutputOption = None,
    language: LanguageOption = None,
    since_version: Annotated[
        int | None,
        typer.Option(
            "--since-version",
            metavar="N",
            min=1,
            max=MOST_TYPED,
            help="Only what changed since version N.",
        ),
    ] = None,
    edition: EditionOption = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="2026-05|2026",
            help="In place of EVENT: the events of a month, the months of a year.",
        ),
    ] = None,
    cover: Annotated[
        Path | None,
        typer.Option("--cover", metavar="FILE", help="A picture above it: of media/, or any."),
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option("--pictures", help="Also others' pictures that `jehona pictures` copied."),
    ] = False,
    opened: OpenOption = False,
    bom: Annotated[
        bool,
        typer.Option("--bom", help="CSV with a byte order mark; one into a file has it anyway."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """What the listed outlets published about an event, and how sure we are that this is all."""
    office = office_of(workspace)
    spoken = language_of(office, language)
    forms = asked_forms(form, output, as_json=as_json, opened=opened)
    if period is not None:
        if event or named or since_version is not None or edition is Edition.FULL:
            raise Wrong("--period stands in place of an event, and is told to readers")
        _of_period(office, period, spoken, forms, output, opened=opened)
        return
    slug = one_event(office, event, named)
    if since_version is not None:
        _only_words(forms)
    made = actions.report.kept_report(office, slug, language=spoken)
    if since_version is not None:
        papers = actions.report.since(office, made, since_version, forms, language=spoken)
    else:
        _say_silence(actions.report.silence_of(made, spoken), forms)
        papers = actions.report.written(
            office, made, forms, language=spoken, edition=edition, cover=cover,
            bom=bom or output is not None,
            copies=actions.picture_copies.shown_in(office, made) if pictures else None,
        )  # fmt: skip
    place(office, papers, output, slug, opened=opened)
    if (output or opened) and since_version is None:
        told = KEPT if made.kept else NOT_KEPT
        words().print(tell(told, slug=slug, pieces=made.summary.pieces, version=made.version))


def _of_period(
    office: Office,
    period: str,
    spoken: Language,
    forms: Sequence[ReportForm],
    output: Path | None,
    *,
    opened: bool,
) -> None:
    beside = actions.compare.period(office, period, language=spoken)
    papers = actions.compare.written(office, beside, forms, language=spoken)
    place(office, papers, output, period, opened=opened)


def place(
    office: Office,
    papers: Mapping[ReportForm, Paper],
    output: Path | None,
    name: str,
    *,
    opened: bool,
) -> None:
    """Write papers where they are asked for, and open them; else show the only one here."""
    for paper in papers.values():
        if paper.note:
            words(to_stderr=True).print(paper.note)
    forms, bodies = list(papers), {form: paper.body for form, paper in papers.items()}
    # a page is nothing to read at a terminal; into a pipe it goes as it is
    page = forms[0] is ReportForm.HTML and sys.stdout.isatty()
    if output is None and not opened and not page:
        show(str(bodies[forms[0]]), words(), typeset=forms[0] is ReportForm.MD)
        return
    if output is None:
        files = {f"{name}.{form.ending}": body for form, body in bodies.items()}
        written = actions.papers.save_out(office, files)
    else:
        places = actions.papers.places(forms, output, name)
        written = actions.papers.save({places[form]: body for form, body in bodies.items()})
    say_written(written)
    if output is None and not opened:
        words().print(tell("--open opens it"))
    for path in written if opened else ():
        typer.launch(str(path))


def asked_forms(
    form: Sequence[ReportForm] | None, output: Path | None, *, as_json: bool, opened: bool
) -> list[ReportForm]:
    """What is asked for, and can be shown where it is to go. Raises Wrong."""
    forms = _forms(form, output, as_json=as_json, opened=opened)
    if output is None and not opened:
        _for_a_terminal(forms)
    return forms


def _forms(
    form: Sequence[ReportForm] | None, output: Path | None, *, as_json: bool, opened: bool
) -> list[ReportForm]:
    """What is asked for; by the file's name where nothing is said. Raises Wrong."""
    if as_json:
        return [ReportForm.JSON]
    ending = output.suffix.lstrip(".").lower() if output else ""
    known = {each.ending: each for each in ReportForm}
    if form:
        return _fitting(list(dict.fromkeys(form)), output, known.get(ending))
    if output is None and opened:
        return [ReportForm.HTML]
    if not ending or ending in known:
        return [known[ending or "md"]]
    names = ", ".join(each.value for each in ReportForm)
    raise Wrong(
        "{output}: .{ending} is no format: give --format, one of {known}",
        output=output,
        ending=ending,
        known=names,
    )


def _fitting(
    forms: list[ReportForm], output: Path | None, ending: ReportForm | None
) -> list[ReportForm]:
    """The forms asked for; a file is not called what it is not. Raises Wrong."""
    if output and len(forms) == 1 and ending not in (None, forms[0]) and not output.is_dir():
        raise Wrong(
            "{output}: {form} is asked for: end the name with .{ending}",
            output=output,
            form=forms[0].value,
            ending=forms[0].ending,
        )
    return forms


def _for_a_terminal(forms: Sequence[ReportForm]) -> None:
    if len(forms) > 1:
        both = ", ".join(form.value for form in forms)
        raise Wrong("{forms}: a terminal shows one at a time: give -o FOLDER", forms=both)
    if forms[0] in BINARY:
        raise Wrong("{form} is not for a terminal: give -o FILE or -o FOLDER", form=forms[0].value)


def _only_words(forms: Sequence[ReportForm]) -> None:
    other = [form.value for form in forms if form not in (ReportForm.MD, ReportForm.JSON)]
    if other:
        raise Wrong("--since-version is told as md or json, not as {form}", form=other[0])


def _say_silence(why: str | None, forms: Sequence[ReportForm]) -> None:
    """A table without a row does not say why it may be believed: we do, beside it."""
    if why and {ReportForm.CSV, ReportForm.JSON} & set(forms):
        words(to_stderr=True).print(why)


def show(text: str, out: Console, *, typeset: bool) -> None:
    """Print a report: Markdown typeset on a terminal, as it is into a pipe."""
    if typeset and out.is_terminal:
        out.print(Markdown(text), width=min(out.width, READABLE))
    else:
        sys.stdout.write(text + "\n")
