"""Keeps a record as this release writes it, for every later release to open.

    python -m scripts.release_fixture NAME     # tests/record/fixtures/NAME.zip

The record is the demo's (invented outlets, no network), with one decision of a person, as a backup
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
from typing import Final

from crawler.record import open_record, read
from crawler.record.backup import backup

FOLDER: Final = Path(__file__).parent.parent / "tests" / "record" / "fixtures"


def keep(name: str) -> Path:
    """Writes the fixture. Raises RecordRefused where one of that name is kept already."""
    target = FOLDER / f"{name}.zip"
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "desk" / "var"
        _demo(var.parent)
        with open_record(var / "coverage.db", var / "snapshots") as record:
            _decide(record.conn)
            told = read.logical_dump(record)
            backup(record, target)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("expected.jsonl", told)
    return target


def _demo(desk: Path) -> None:
    import jehona  # noqa: PLC0415 - heavy

    typed = ["demo", "--output", str(desk)]
    os.environ.setdefault("NO_COLOR", "1")
    if code := jehona.run(lambda: jehona.build()(typed, prog_name="jehona", standalone_mode=False)):
        raise SystemExit(f"jehona demo ended with {code}")


def _decide(conn: object) -> None:
    """What a person decided, so that this too is held."""
    conn.execute(  # type: ignore[attr-defined]
        "INSERT INTO decisions (event, article, kind, value, note, by, at) "
        "SELECT 'dita-e-bregut', min(id), 'match', 'accepted', 'e pamë', 'Ardita', ? FROM articles",
        (datetime(2026, 5, 25, 9, tzinfo=UTC).isoformat().replace("+00:00", "Z"),),
    )


def main(words: Sequence[str]) -> None:
    """See the module."""
    print(keep(words[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
