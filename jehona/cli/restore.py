"""`jehona restore`: a backup put in the record's place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jehona import actions
from jehona.cli.backup import PART
from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, words
from jehona.cli.speech import tell
from jehona.cli.verify import holds, say_damage


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `jehona backup` wrote.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a backup in the record's place, once it is verified; never over a record."""
    office = office_of(workspace)
    told = actions.upkeep.restore(office, file)
    if as_json:
        print_json(told.as_json())
    else:
        words().print(
            tell(
                "restored {record} from {file}: {holds}",
                record=office.workspace.record,
                file=file,
                holds=holds(told),
            )
        )
        say_damage(told)
    raise typer.Exit(0 if told.found.whole else PART)
