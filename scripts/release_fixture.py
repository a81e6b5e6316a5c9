"""Keeps a record as this release writes it, for every later release to open.

    python -m scripts.release_fixture NAME     # tests/record/fixtures/NAME.zip

The record is the demo's (invented outlets, no network), with a person's decisions, as a backup
holds it: database and packs, and what it tells in `expected.jsonl` (`read.logical_dump`).
Run once a release, on the tagged commit; a kept fixture is never made anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from crawler.models import DecisionKind
from crawler.record import Record, decisions, open_record, read
from crawler.record.backup import backup

FOLDER: Final = Path(__file__).parent.parent / "tests" / "record" / "fixtures"

EVENT: Final = "dita-e-bregut"
# of the demo


def keep(name: str) -> Path:
    """Writes the fixture. Raises RecordRefused where one of that name is kept already."""
    target = FOLDER / f"{name}.zip"
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "desk" / "var"
        _demo(var.parent)
        with open_record(var / "coverage.db", var / "snapshots") as record:
            _decide(record)
            told = read.logical_dump(record)
            backup(record, target)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("expected.jsonl", told)
    return target


def _demo(desk: Path) -> None:
    from jehona import cli  # noqa: PLC0415 - heavy

    typed = ["demo", "--output", str(desk)]
    os.environ.setdefault("NO_COLOR", "1")
    if code := cli.run(lambda: cli.build()(typed, prog_name="jehona", standalone_mode=False)):
        raise SystemExit(f"jehona demo ended with {code}")


def _decide(record: Record) -> None:
    """What a person decided, a decision of every sort, so that this too is held."""
    one, two, *_ = read.articles(record)
    at = datetime(2026, 5, 25, 9, tzinfo=UTC)
    said: tuple[tuple[DecisionKind, str | None, dict[str, Any]], ...] = (
        ("match", "accepted", {"event": EVENT, "note": "e pamë"}),
        ("match", "rejected", {"event": EVENT}),
        ("same-text", "same", {"event": EVENT, "other": two.key}),
        ("translation", "As a person put it", {"event": None, "language": "en"}),
        ("pin", "1", {"event": EVENT}),
        ("pin", None, {"event": EVENT}),
    )
    for kind, value, more in said:
        told = decisions.fresh(kind, one.key, value=value, by="Ardita", at=at, **more)
        decisions.decide(record, told)


def main(words: Sequence[str]) -> None:
    """See the module."""
    print(keep(words[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
