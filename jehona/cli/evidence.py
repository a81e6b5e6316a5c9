"""`jehona evidence`: what is kept of an event, as an archive for the office's own proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jehona import actions
from jehona.actions.errors import DoneInPart
from jehona.cli.common import (
    EventArgument,
    EventOption,
    LanguageOption,
    WorkspaceOption,
    counted,
    language_of,
    office_of,
    one_event,
    say_written,
    words,
)
from jehona.cli.speech import reader, tell
from reports.words import said

if TYPE_CHECKING:
    from crawler.models import Language
    from jehona.actions.office import Office


def evidence(
    event: EventArgument = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A name that ends in .wacz."),
    ] = None,
    clippings: Annotated[
        Path | None,
        typer.Option("--clippings", metavar="DIR", help="A PDF of each accepted piece, there."),
    ] = None,
    archive: Annotated[
        bool,
        typer.Option("--archive", help="Give accepted pieces' addresses to a web archive, once."),
    ] = False,
    language: LanguageOption = None,
    named: EventOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """What is kept of an event's pieces as a web archive, with seal and report: your own proof.

    With --clippings a PDF of each accepted piece, and the archive too where --output names it.
    Both hold full texts of others: not for passing on. `jehona verify FILE` looks an archive over.
    """
    office = office_of(workspace)
    slug = one_event(office, event, named)
    if office.workspace.evidence.screenshots:
        words(to_stderr=True).print(tell("[evidence] screenshots: no picture is taken yet"))
    if clippings is not None:
        _clip(office, slug, clippings, language_of(office, language))
    if output is not None or (clippings is None and not archive):
        _archive(office, slug, output or Path(f"{slug}.wacz"))
    if archive:
        raise typer.Exit(_give(office, slug))


def _archive(office: Office, event: str, output: Path) -> None:
    made = actions.evidence.evidence(office, event, output)
    say_written([made.file])
    words().print(
        tell(
            "{answers}, {pages} of pieces; full texts of others: for your own proof",
            answers=counted(made.answers, "answer"),
            pages=counted(made.pages, "kept page"),
        )
    )


def _give(office: Office, event: str) -> int:
    """0, or 3 where some have no copy yet."""
    done = actions.archiving.give_to_archive(office, event)
    for place in done.copies.values():
        words().print(place, soft_wrap=True)
    for why in done.refused:
        words(to_stderr=True).print(said(why, reader().language))
    words().print(
        tell(
            "{copies} made and kept with the pieces",
            copies=counted(len(done.copies), "copy", "copies"),
        )
    )
    if done.left:
        words(to_stderr=True).print(
            tell("{pieces} not asked for: run it again later", pieces=counted(done.left, "piece"))
        )
    return DoneInPart.code if done.refused or done.left else 0


def _clip(office: Office, event: str, folder: Path, language: Language) -> None:
    made = actions.clippings.clippings(office, event, folder, language=language)
    say_written(made.files)
    for note in made.notes:
        words(to_stderr=True).print(note)
    lacking = counted(made.without_text, "piece")
    words().print(
        tell(
            "{clippings}, full texts of others: for your own proof",
            clippings=counted(len(made.files), "clipping"),
        )
    )
    if made.without_text:
        words().print(
            tell(
                "{pieces} without a kept text: `jehona crawl --proof {event}`",
                pieces=lacking,
                event=event,
            )
        )
