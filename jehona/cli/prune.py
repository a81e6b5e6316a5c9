"""`jehona prune`: the kept bytes of old pieces freed."""

from __future__ import annotations

from typing import Annotated

import typer

from jehona import actions
from jehona.cli.common import JsonOption, WorkspaceOption, office_of, print_json, words
from jehona.cli.speech import tell


def prune(
    older_than: Annotated[
        str | None,
        typer.Option("--older-than", metavar="AGE|DAY", help="180d, 26w, 6m, 2y or 2025-01-31."),
    ] = None,
    outlet: Annotated[
        str | None,
        typer.Option("--outlet", help="One that asked: all its texts and bytes go, links stay."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Free the kept bytes of old pieces. Headlines and dates stay; so does all that matched."""
    pruned = actions.upkeep.prune(
        office_of(workspace), older_than=older_than, outlet=outlet, dry_run=dry_run
    )
    if as_json:
        print_json(pruned)
        return
    told = (
        "would free {size:.1f} MB of {n} snapshots"
        if dry_run
        else "freed {size:.1f} MB of {n} snapshots"
    )
    words().print(tell(told, size=pruned.bytes / 1e6, n=pruned.snapshots))
