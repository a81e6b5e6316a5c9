"""`jehona checked`, `backup` and `prune`: what people add to the record and how it is kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)
from jehona.cli.crawl import locked_record

AGE = re.compile(r"(\d{1,4})\s*([dwmy])")
UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def mount(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("checked", rich_help_panel="Gather")(checked)
    app.command("backup", rich_help_panel="Keep")(backup)
    app.command("prune", rich_help_panel="Keep")(prune)


def checked(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET")],
    event: Annotated[str, typer.Option("--event", "-e", metavar="SLUG", show_default=False)],
    found: Annotated[int, typer.Option("--found", min=0, help="Pieces you found.")],
    note: Annotated[str, typer.Option("--note", help="Where you looked, what you saw.")],
    by: Annotated[
        str | None, typer.Option("--by", envvar="JEHONA_USER", help="Who looked.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record that a person looked where no machine can: a `checked-by-hand` check."""
    from crawler.config import load_event, load_outlets, outlets_asked  # noqa: PLC0415
    from crawler.record import write  # noqa: PLC0415

    desk = workspace_of(workspace)
    (asked,) = outlets_asked(load_outlets(desk), None, [outlet])
    what = load_event(desk, event)
    by, now = who(by), datetime.now(UTC)
    with locked_record(desk, wait=0) as record:
        check = write.checked_by_hand(
            record, event=what.slug, outlet=asked.slug, found=found, note=note, by=by, at=now
        )
    if as_json:
        print_json(check)
        return
    words().print(f"{asked.name}: checked by hand by {shown(by)}, {found} found", markup=False)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Copy the record to one file, while it is in use if need be."""
    from crawler.record import open_record  # noqa: PLC0415
    from crawler.record.backup import backup as copy  # noqa: PLC0415

    desk = workspace_of(workspace)
    with open_record(desk.record, desk.snapshots, readonly=True) as record:
        copy(record, file)
    words().print(f"wrote {file}, {file.stat().st_size / 1e6:.1f} MB", markup=False)


def prune(
    older_than: Annotated[
        str,
        typer.Option("--older-than", metavar="AGE|DAY", help="180d, 26w, 6m, 2y or 2025-01-31."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Free the kept bytes of old pieces. Headlines and dates stay; so does all that matched."""
    from crawler.record.prune import prune as free  # noqa: PLC0415

    desk = workspace_of(workspace)
    edge = _edge(older_than, datetime.now(UTC))
    with locked_record(desk, wait=0) as record:
        pruned = free(record, older_than=edge, dry_run=dry_run)
    if as_json:
        print_json(pruned)
        return
    verb = "would free" if dry_run else "freed"
    words().print(f"{verb} {pruned.bytes / 1e6:.1f} MB of {pruned.snapshots} snapshots")


def _edge(text: str, now: datetime) -> datetime:
    """The moment before which pieces are old. Raises Wrong."""
    if age := AGE.fullmatch(text.strip().lower()):
        return now - timedelta(days=int(age[1]) * UNIT_DAYS[age[2]])
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise Wrong(f"--older-than {text}: write 180d, 26w, 6m, 2y or 2025-01-31") from None
