"""Law 7: a writer killed at any moment, and two writers at once, lose nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.record import open_record, read
from tests.record import writer

PAGES = 30
ROOT = Path(__file__).resolve().parents[2]
OUTLET = "gazeta-shembull"


def start(folder: Path, outlet: str = OUTLET) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.record.writer", str(folder), str(PAGES), outlet]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill_after(folder: Path, pages: int, spins: int) -> None:
    """Kills a writer some moments after it has stored `pages`."""
    with start(folder) as process:
        assert process.stdout
        for _ in range(pages):
            process.stdout.readline()
        sum(range(spins))  # somewhere inside the next page: where is up to chance
        process.kill()


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a record says when nobody was killed."""
    folder = tmp_path_factory.mktemp("whole")
    writer.main(folder, PAGES, OUTLET)
    return dump(folder)


def dump(folder: Path) -> str:
    """What the record at `folder` says; it and all its snapshots are whole."""
    with open_record(folder / "coverage.db", folder / "snapshots", readonly=True) as record:
        assert record.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert record.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        for outlet in {article.outlet for article in read.articles(record)}:
            assert all(kept.snapshot.body for kept in read.snapshots_of(record, outlet))
        return read.logical_dump(record)


@pytest.mark.skipif(os.name == "nt", reason="what is proved is a kill without a farewell")
@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.soak)])
def test_a_writer_killed_again_and_again_ends_at_the_same_record(
    tmp_path: Path, uninterrupted: str, kills: int
) -> None:
    chance = random.Random(os.environ.get("JEHONA_SEED", "kill"))
    for _ in range(kills):
        kill_after(tmp_path, chance.randrange(PAGES), chance.randrange(200_000))
        if (tmp_path / "coverage.db").exists():
            dump(tmp_path)
    writer.main(tmp_path, PAGES, OUTLET)
    assert dump(tmp_path) == uninterrupted


def test_two_writers_at_once_wait_for_each_other_and_lose_nothing(
    tmp_path: Path, uninterrupted: str
) -> None:
    both = [start(tmp_path, outlet) for outlet in (OUTLET, "gazeta-tjeter")]
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    ours = [line for line in dump(tmp_path).splitlines() if f'"{OUTLET}"' in line]
    assert "".join(f"{line}\n" for line in ours) == uninterrupted
    assert dump(tmp_path).count("\n") == uninterrupted.count("\n") * 2
