"""`jehona checked`, `backup`, `verify`, `restore`, `prune`: what people add, and how it is kept."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from crawler.models import Workspace
from jehona.actions.as_json import plain
from jehona.actions.errors import Wrong
from jehona.cli.common import (
    JsonOption,
    WorkspaceOption,
    counted,
    print_json,
    shown,
    who,
    words,
    workspace_of,
)
from jehona.cli.crawl import hand_record, locked_record

if TYPE_CHECKING:
    from crawler.record.verify import Verified

DAMAGED: Final = 1
PART: Final = 3
# exit codes: `verify` found something; done in part
PATIENCE: Final = 20.0
# seconds that a backup, a check or a prune waits for another
MOST_FOUND: Final = 1_000_000
# pieces that a person counts
AGE = re.compile(r"(\d{1,4})\s*([dwmy])")
LONGEST_AGE: Final = 40
# characters of a typed age that are looked at
OLDEST: Final = 100 * 365
# days
UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def checked(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET")],
    event: Annotated[str, typer.Option("--event", "-e", metavar="SLUG", show_default=False)],
    found: Annotated[int, typer.Option("--found", min=0, max=MOST_FOUND, help="Pieces you found.")],
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
    with hand_record(desk) as record:
        check = write.checked_by_hand(
            record, event=what.slug, outlet=asked.slug, found=found, note=note, by=by, at=now
        )
    if as_json:
        print_json(check)
        return
    words().print(f"{asked.name}: checked by hand by {shown(by)}, {found} found", markup=False)


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
    from crawler.record import open_record  # noqa: PLC0415
    from crawler.record.backup import backup as copy  # noqa: PLC0415

    if replace and anyway:
        raise Wrong("--anyway never replaces a backup: give a new FILE, or leave --replace out")
    desk = workspace_of(workspace)
    with (
        open_record(desk.record, desk.snapshots, readonly=True) as record,
        _packs_stay(desk),
    ):
        found = copy(record, file, replace=replace, anyway=anyway)
    words().print(f"wrote {file}, {file.stat().st_size / 1e6:.1f} MB: {_holds(found)}")
    if not found.whole:
        _say_damage(found)
        raise typer.Exit(PART)


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A backup. Else the record.", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look the record or a backup over: is everything there as it was written?

    Ends with 0 where it is whole, with 1 where something is changed or damaged.
    """
    found = _backup_verified(file) if file else _record_verified(workspace_of(workspace))
    if as_json:
        print_json({**plain(found), "whole": found.whole})
    else:
        _say_found(found)
    raise typer.Exit(0 if found.whole else DAMAGED)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `jehona backup` wrote.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a backup in the record's place, once it is verified; never over a record."""
    from crawler.record.lock import RunLock  # noqa: PLC0415
    from crawler.record.restore import restore as put  # noqa: PLC0415

    desk = workspace_of(workspace)
    _want_file(file)
    with RunLock(desk.var / "run.lock").acquire(), _packs_stay(desk):
        found = put(file, desk.record, desk.snapshots)
    if as_json:
        print_json({**plain(found), "whole": found.whole})
    else:
        words().print(f"restored {desk.record} from {file}: {_holds(found)}")
        _say_damage(found)
    raise typer.Exit(0 if found.whole else PART)


def _record_verified(desk: Workspace) -> Verified:
    from crawler.record.verify import verify_record  # noqa: PLC0415

    if not desk.record.exists():
        packs = len(list(desk.snapshots.glob("*.pack")))
        beside = f", though {counted(packs, 'pack')} of one lie beside it" if packs else ""
        raise Wrong(f"{desk.record}: there is no record yet{beside}")
    with _packs_stay(desk):
        return verify_record(desk.record, desk.snapshots)


def _backup_verified(file: Path) -> Verified:
    from crawler.record.verify import verify_file  # noqa: PLC0415

    _want_file(file)
    return verify_file(file)


def _want_file(file: Path) -> None:
    if not file.is_file():
        raise Wrong(f"{file}: there is no such file")


@contextmanager
def _packs_stay(desk: Workspace) -> Iterator[None]:
    """No pack goes away meanwhile. Raises RecordRefused where a prune goes on and on.

    Where nothing can be written nobody prunes, and no lock can be taken.
    """
    from crawler.record.lock import PackLock  # noqa: PLC0415

    if desk.var.exists() and not os.access(desk.var, os.W_OK):
        yield
        return
    with PackLock(desk.var / "packs.lock").acquire(PATIENCE):
        yield


def _say_found(found: Verified) -> None:
    if found.whole:
        words().print(f"{found.file}: whole: {_holds(found)}")
    else:
        words().print(f"{found.file}: damaged")
        _say_damage(found)
        if found.kind != "backup":
            words().print(
                f"move {found.file.parent} away, keep it, and `jehona restore` the last backup"
            )
    for orphan in found.orphans:
        words().print(f"{orphan.file}: {orphan.bytes:,} bytes that nothing refers to, harmless")


def _say_damage(found: Verified) -> None:
    from crawler.record.backup import told  # noqa: PLC0415

    for each in found.damage:
        words().print(f"  {told(each)}")
    if found.more:
        words().print(f"  and {counted(found.more, 'further place')}")


def _holds(found: Verified) -> str:
    """How much it is: "30 pieces, 4 decisions, 12 kept pages in 2 packs"."""
    held = [counted(found.articles, "piece"), counted(found.decisions, "decision")]
    if found.kind != "record alone":
        held.append(f"{counted(found.pages, 'kept page')} in {counted(found.packs, 'pack')}")
    return ", ".join(held)


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
    edge = _edge(older_than, datetime.now(UTC), desk.zone)
    with locked_record(desk, wait=0) as record, _packs_stay(desk):
        pruned = free(record, older_than=edge, dry_run=dry_run)
    if as_json:
        print_json(pruned)
        return
    verb = "would free" if dry_run else "freed"
    words().print(f"{verb} {pruned.bytes / 1e6:.1f} MB of {pruned.snapshots} snapshots")


def _edge(text: str, now: datetime, zone: str) -> datetime:
    """The moment before which pieces are old: an age ago, or a day's midnight. Raises Wrong."""
    from crawler.reading.typed_dates import NO_DATE, WrongDate, typed_day  # noqa: PLC0415

    if age := AGE.fullmatch(text[:LONGEST_AGE].strip().lower()):
        days = int(age[1]) * UNIT_DAYS[age[2]]
        if days > OLDEST:
            raise Wrong(f"--older-than {shown(text)}: nothing is older than {OLDEST // 365} years")
        return now - timedelta(days=days)
    try:
        when = typed_day(text, now=now, zone=zone)
    except WrongDate as error:
        form = "write 180d, 26w, 6m, 2y or 2025-01-31"
        why = form if str(error).startswith(NO_DATE) else str(error)
        raise Wrong(f"--older-than {shown(text[:60])}: {why}") from None
    return datetime.combine(when, time(), ZoneInfo(zone))
