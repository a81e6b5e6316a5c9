"""`jehona translate`: a headline's translation, by a person first, by a machine only when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.models import Language
from jehona import actions
from jehona.actions.errors import Unknown, Wrong
from jehona.cli.common import (
    EventArgument,
    EventOption,
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_of,
    office_of,
    one_event,
    print_json,
    shown,
    words,
)
from jehona.cli.speech import tell
from jehona.cli.unasked import said_unasked

if TYPE_CHECKING:
    from jehona.actions.office import Office
    from jehona.actions.translations import Kept, Translation


def translate(
    event: EventArgument = None,
    named: EventOption = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="One piece, with --words.")
    ] = None,
    told: Annotated[
        str | None, typer.Option("--words", metavar="TEXT", help="Its headline, translated.")
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            metavar="FILE",
            help="A table, CSV or XLSX: written where there is none, taken in where there is one.",
        ),
    ] = None,
    machine: Annotated[
        bool, typer.Option("--machine", help="Ask the [translator] server; its words are marked.")
    ] = False,
    language: LanguageOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be kept, and keep nothing.")
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who translated. Else JEHONA_USER.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Translate headlines: one by one, as a table, or by a machine whose words stay marked."""
    office = office_of(workspace, by)
    spoken = language_of(office, language)
    slug = one_event(office, event, named)
    if sum((url is not None, csv is not None, machine)) > 1:
        raise Wrong("give one of --url, --csv and --machine")
    if csv is not None and not csv.exists():
        _write_table(office, slug, csv, spoken, as_json=as_json)
        return
    if url is not None:
        said = _of_piece(office, slug, url, told, spoken)
    elif csv is not None:
        said = actions.translations.of_table(office, slug, csv, spoken)
    elif machine:
        said = actions.translations.of_machine(office, slug, spoken)
    else:
        said = _asked(office, slug, spoken)
    if not said:
        said_unasked(office, slug, to_stderr=True)
    done = actions.translations.keep(office, slug, said, spoken, dry_run=dry_run)
    if as_json:
        print_json(done.as_json())
    else:
        _print(done, dry_run=dry_run)


def _write_table(
    office: Office, event: str, path: Path, language: Language, *, as_json: bool
) -> None:
    """What people shall translate, with a machine's words beside the headlines it had."""
    table = actions.translations.write_table(office, event, path, language)
    if as_json:
        print_json(table.as_json())
    elif table.path is None:
        if not said_unasked(office, event):
            words().print(tell("{event}: no headline waits for a translation", event=event))
    else:
        words().print(
            tell(
                "wrote {path}: fill in translation, then run the same command to take it in "
                "({n} headlines)",
                path=path,
                n=table.headlines,
            )
        )


def _print(done: Kept, *, dry_run: bool) -> None:
    out = words()
    for one in done.translations:
        out.print(f"{one.piece.shown}\n  -> {one.words}  ({one.by})")
    told = "{n} translations would be kept" if dry_run else "{n} translations kept"
    out.print(tell(told, n=len(done.translations)))


def _of_piece(
    office: Office, event: str, url: str, told: str | None, language: Language
) -> list[Translation]:
    if not (told or "").strip():
        raise Wrong("--url needs --words with the translation")
    try:
        return actions.translations.of_piece(office, event, url, told or "", language)
    except Unknown as unknown:
        raise Unknown("--url {unknown}", unknown=unknown) from None


def _asked(office: Office, event: str, language: Language) -> list[Translation]:
    """One headline after the other; an empty line passes one over, Ctrl-D ends."""
    pieces, name = actions.translations.waiting(office, event, language), office.who()
    said, out = [], words()
    for at, piece in enumerate(pieces, 1):
        out.print(f"{at}/{len(pieces)}  {piece.outlet_name}: {piece.shown}")
        try:
            text = typer.prompt("  ->", default=shown(piece.translation), show_default=True)
        except typer.Abort:
            break
        if text.strip() and text != piece.translation:
            line = " ".join(text.split())
            said.append(actions.translations.Translation(piece=piece, words=line, by=name))
    return said
