"""`jehona backup`: a copy of the record that was looked over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from jehona import actions
from jehona.cli.common import WorkspaceOption, office_of, words
from jehona.cli.speech import tell
from jehona.cli.verify import holds, say_damage

# Exit code: done in part.
PART: Final = 3


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="FILE may be a backup: it stays until this is whole.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Copy a damaged record too, as it is.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Copy the record to one file, while it is in use if need be, and look the copy over.

    A FILE that ends in .zip holds the outlets' own bytes, too.
    """
    office = office_of(workspace)
    told = actions.upkeep.backup(office, file, replace=replace, anyway=anyway)
    words().print(
        tell(
            "wrote {file}, {size:.1f} MB: {holds}",
            file=file,
            size=file.stat().st_size / 1e6,
            holds=holds(told),
        )
    )
    say_damage(told)
    raise typer.Exit(0 if told.found.whole else PART)
