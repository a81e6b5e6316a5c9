"""`jehona report`: what the listed outlets published, in every form that somebody reads."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final

import typer

from crawler.models import Language, Workspace
from jehona.actions import report as report_action
from jehona.actions.errors import Wrong
from jehona.cli.common import MOST_TYPED, WorkspaceOption, json_text, words, workspace_of

if TYPE_CHECKING:
    from rich.console import Console

    from reports.models import Report

# Columns beyond which lines are hard to read.
READABLE: Final = 100


class Format(StrEnum):
    """The forms that a report can take."""

    HTML = "html"
    MD = "md"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


# No terminal can show these.
BINARY: Final = (Format.XLSX, Format.DOCX, Format.PDF)


# Of a workspace: fonts of the office's own, for letters that ours do not have.
FONTS: Final = "fonts"
# Letters that a line names one by one.
MOST_LETTERS: Final = 12


class Tongues(StrEnum):
    """The languages of what readers see."""

    SQ = "sq"
    EN = "en"


EventArgument = Annotated[str, typer.Argument(metavar="EVENT")]
LanguageOption = Annotated[
    Tongues | None, typer.Option("--language", help="Of what readers see. Else the workspace's.")
]


def report(
    event: EventArgument,
    form: Annotated[
        list[Format] | None,
        typer.Option("--format", "-f", help="May be given several times.", show_default="md"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A file, or a folder. Else to the terminal."
        ),
    ] = None,
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
    bom: Annotated[
        bool, typer.Option("--bom", help="CSV with a byte order mark, as some Excels want it.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """What the listed outlets published about an event, and how sure we are that this is all."""
    desk = workspace_of(workspace)
    spoken: Language = language.value if language else desk.language
    forms = _forms(form, output, as_json=as_json)
    places = _places(forms, output, event)
    if since_version is not None:
        _only_words(forms)
    made = report_action.kept_report(desk, event, now=datetime.now(UTC), language=spoken)
    if since_version is not None:
        _since(desk, made, since_version, spoken, places=places or {forms[0]: None})
        return
    _say_silence(made, forms, spoken)
    if not places:
        _to_terminal(desk, made, forms[0], spoken, as_json=as_json)
        return
    save_all({path: written(desk, made, each, spoken, bom=bom) for each, path in places.items()})
    _say_where(made, list(places.values()))


def _forms(form: Sequence[Format] | None, output: Path | None, *, as_json: bool) -> list[Format]:
    """What is asked for; by the file's name where nothing is said. Raises Wrong."""
    if as_json:
        return [Format.JSON]
    if form:
        return list(dict.fromkeys(form))
    ending = output.suffix.lstrip(".").lower() if output else ""
    if not ending or ending in (each.value for each in Format):
        return [Format(ending)] if ending else [Format.MD]
    known = ", ".join(each.value for each in Format)
    raise Wrong(f"{output}: .{ending} is no format: give --format, one of {known}")


def _places(forms: Sequence[Format], output: Path | None, slug: str) -> dict[Format, Path]:
    """Where each form goes; nothing for the terminal. Raises Wrong."""
    if output is None:
        _for_a_terminal(forms)
        return {}
    if output.is_dir():
        return {form: output / f"{slug}.{form.value}" for form in forms}
    if len(forms) == 1:
        return {forms[0]: output}
    return {form: output.with_suffix(f".{form.value}") for form in forms}


def _for_a_terminal(forms: Sequence[Format]) -> None:
    if len(forms) > 1:
        both = ", ".join(form.value for form in forms)
        raise Wrong(f"{both}: a terminal shows one at a time: give -o FOLDER")
    if forms[0] in BINARY:
        raise Wrong(f"{forms[0].value} is not for a terminal: give -o FILE or -o FOLDER")


def _to_terminal(
    desk: Workspace, made: Report, form: Format, language: Language, *, as_json: bool
) -> None:
    told = written(desk, made, form, language)
    assert isinstance(told, str)
    show(told, words(), typeset=not as_json and form is Format.MD)


def _only_words(forms: Sequence[Format]) -> None:
    other = [form.value for form in forms if form not in (Format.MD, Format.JSON)]
    if other:
        raise Wrong(f"--since-version is told as md or json, not as {other[0]}")


def _since(
    desk: Workspace,
    made: Report,
    number: int,
    language: Language,
    *,
    places: Mapping[Format, Path | None],
) -> None:
    """What changed since an earlier version, in words or as JSON."""
    from reports.differences import differences  # noqa: PLC0415
    from reports.formats.changes import changes_to_markdown  # noqa: PLC0415
    from reports.formats.json import document  # noqa: PLC0415

    changed = differences(report_action.earlier(desk, made.event.slug, number), document(made))
    told = {
        Format.JSON: lambda: json_text(changed),
        Format.MD: lambda: changes_to_markdown(changed, made.event, language),
    }
    papers = {path: told[form]() for form, path in places.items() if path}
    save_all(papers)
    for path in papers:
        words().print(f"wrote {path}", markup=False)
    for form in (form for form, path in places.items() if path is None):
        show(told[form](), words(), typeset=form is Format.MD)


def _say_silence(made: Report, forms: Sequence[Format], language: Language) -> None:
    """A table without a row does not say why it may be believed: we do, beside it."""
    if made.pieces or not {Format.CSV, Format.JSON} & set(forms):
        return
    from reports.sentences import silence  # noqa: PLC0415

    words(to_stderr=True).print(silence(made, language), markup=False)


def _say_where(made: Report, paths: Sequence[Path]) -> None:
    out = words()
    for path in paths:
        out.print(f"wrote {path}", markup=False)
    kept = f"version {made.version}" if made.kept else "not kept: the record cannot be written to"
    out.print(f"{made.event.slug}: {made.summary.pieces} pieces, {kept}", markup=False)


def show(text: str, out: Console, *, typeset: bool) -> None:
    """Print a report: Markdown typeset on a terminal, as it is into a pipe."""
    if not (typeset and out.is_terminal):
        sys.stdout.write(text + "\n")
        return
    from rich.markdown import Markdown  # noqa: PLC0415 - only where somebody looks

    out.print(Markdown(text), width=min(out.width, READABLE))


def written(
    desk: Workspace, made: Report, form: Format, language: Language, *, bom: bool = False
) -> str | bytes:
    """The report in one form. Raises Wrong for a logo that cannot be used."""
    from reports.brand import logo_of  # noqa: PLC0415

    if form in (Format.MD, Format.JSON, Format.CSV):
        return _plain(made, form, language, bom=bom)
    logo = logo_of(desk)
    return _branded(desk, made, form, language, logo.body if logo else None)


def _plain(made: Report, form: Format, language: Language, *, bom: bool) -> str:
    from reports.formats import csv, json, markdown  # noqa: PLC0415

    if form is Format.CSV:
        return csv.to_csv(made, language, bom=bom)
    return json.to_json(made) if form is Format.JSON else markdown.to_markdown(made, language)


def _branded(
    desk: Workspace, made: Report, form: Format, language: Language, logo: bytes | None
) -> str | bytes:
    """The forms that carry the office's name, colour and logo; each library only when asked."""
    if form is Format.HTML:
        from reports.formats import html  # noqa: PLC0415

        return html.to_html(made, language, desk.brand, logo)
    if form is Format.XLSX:
        from reports.formats import xlsx  # noqa: PLC0415

        return xlsx.to_xlsx(made, language, desk.brand)
    if form is Format.DOCX:
        from reports.formats import docx  # noqa: PLC0415

        return docx.to_docx(made, language, desk.brand, logo)
    from reports.formats import pdf  # noqa: PLC0415

    told = pdf.set_pdf(made, language, desk.brand, logo, own_fonts=desk.root / FONTS)
    if told.boxes:
        words(to_stderr=True).print(_boxes(desk, told.boxes), markup=False)
    return told.body


def _boxes(desk: Workspace, letters: Sequence[str]) -> str:
    """Which letters are boxes in a PDF, and what helps."""
    from reports.formats.scripts import font_for  # noqa: PLC0415

    shown = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:MOST_LETTERS])
    more = f" and {len(letters) - MOST_LETTERS} more" if len(letters) > MOST_LETTERS else ""
    helps = ", ".join(dict.fromkeys(map(font_for, letters)))
    return (
        f"pdf: no font has {shown}{more}: boxes stand there; install {helps}, or put a font that "
        f"has them into {desk.root / FONTS}, and make it again"
    )


def save(told: str | bytes, path: Path) -> None:
    """Write a file whole or not at all. Raises Wrong (one line) where it cannot be written."""
    save_all({path: told})


def save_all(papers: Mapping[Path, str | bytes]) -> None:
    """Write every file whole, or none of them.

    Raises Wrong where one cannot be written, DiskFull where nothing more goes onto the disk.
    """
    from crawler.files import refuse_full  # noqa: PLC0415

    at = None
    try:
        with ExitStack() as drafts:
            for at, told in papers.items():
                drafts.enter_context(_paper(at)).write(_body(told))
    except OSError as error:
        refuse_full(error, Path(at or error.filename))
        raise Wrong(f"{at}: cannot be written ({error.strerror})") from None


def _body(told: str | bytes) -> bytes:
    if isinstance(told, bytes):
        return told
    return told.encode() + b"\n" * (not told.endswith("\n"))


def _paper(path: Path) -> AbstractContextManager[BinaryIO]:
    """Where a paper is written to; what is no file (/dev/null, a pipe) is not replaced by one."""
    from crawler.files import whole_file  # noqa: PLC0415

    if path.is_dir():
        raise Wrong(f"{path}: is a folder: name a file, or take the folder away")
    if path.exists() and not path.is_file():
        return path.open("wb")
    return whole_file(path, replace=True)
