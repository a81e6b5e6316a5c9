"""`jehona backup`, `verify`, `restore`, `prune` as they are typed."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from crawler.record import read, write
from crawler.record.lock import PackLock
from tests.desk.conftest import Desk
from tests.record.pieces import NOON, begin, piece, store


@pytest.fixture
def kept(filled: Desk) -> Desk:
    """The office, with a finished run and its pack."""
    with filled.record() as record:
        run = begin(record)
        store(record, run, piece(50))
        write.end_run(record, run, NOON)
    return filled


def test_a_whole_record_is_0_and_says_how_much_it_holds(kept: Desk) -> None:
    done = kept.type("verify")
    assert done.code == 0
    assert "coverage.db: whole: 5 pieces, 0 decisions, 2 kept pages in 2 packs" in done.out


def test_a_damaged_record_is_1_with_what_and_where(kept: Desk) -> None:
    (kept.root / "var/snapshots/run-000002.pack").write_bytes(b"")
    done = kept.type("verify", "--json")
    told = json.loads(done.out)
    assert (done.code, told["whole"]) == (1, False)
    assert [each["file"] for each in told["damage"]] == ["snapshots/run-000002.pack"]
    done = kept.type("verify")
    assert "snapshots/run-000002.pack is cut off (1 kept pages from byte 0 on)" in done.out
    assert "jehona restore" in done.out


@pytest.mark.parametrize("command", ["verify", "restore"])
def test_no_such_file_is_2(kept: Desk, command: str, tmp_path: Path) -> None:
    for missing in (tmp_path / "nuk.zip", tmp_path):
        done = kept.type(command, str(missing))
        assert (done.code, done.out) == (2, "")
        assert f"{missing}: there is no such file" in done.err


def test_no_record_is_2(desk: Desk) -> None:
    done = desk.type("verify")
    assert done.code == 2
    assert "there is no record yet" in done.err
    assert not (desk.root / "var").exists()


@pytest.mark.parametrize("name", ["kopje.zip", "kopje.db"])
def test_there_and_back(kept: Desk, tmp_path: Path, name: str) -> None:
    with kept.record() as record:
        before = read.logical_dump(record)
    done = kept.type("backup", str(tmp_path / name))
    assert (done.code, "5 pieces" in done.out) == (0, True)
    assert kept.type("verify", str(tmp_path / name)).code == 0
    done = kept.type("restore", str(tmp_path / name))
    assert done.code == 4
    assert "never put over a record" in done.err
    (kept.root / "var").rename(kept.root / "var-damaged")
    done = kept.type("restore", str(tmp_path / name))
    assert done.code == (0 if name.endswith("zip") else 3)
    with kept.record() as record:
        assert read.logical_dump(record) == before


def test_a_backup_is_replaced_by_a_whole_one_only(kept: Desk, tmp_path: Path) -> None:
    target = str(tmp_path / "kopje.zip")
    assert kept.type("backup", target).code == 0
    assert kept.type("backup", target).code == 4
    assert kept.type("backup", target, "--replace").code == 0
    good = Path(target).read_bytes()
    (kept.root / "var/snapshots/run-000001.pack").unlink()
    done = kept.type("backup", target, "--replace")
    assert (done.code, Path(target).read_bytes()) == (4, good)
    assert "run-000001.pack is missing" in done.err
    assert kept.type("backup", target, "--replace", "--anyway").code == 2
    done = kept.type("backup", str(tmp_path / "si-eshte.zip"), "--anyway")
    assert (done.code, "is missing" in done.out) == (3, True)


def test_a_backup_waits_for_a_prune(kept: Desk, tmp_path: Path) -> None:
    with PackLock(kept.root / "var/packs.lock").acquire() as lock:
        timer = threading.Timer(0.3, lock.release)
        timer.start()
        assert kept.type("backup", str(tmp_path / "kopje.zip")).code == 0
    timer.join()


@pytest.mark.parametrize("words", [("backup", "kopje.zip"), ("prune", "--older-than", "1d")])
def test_neither_goes_beside_the_other(
    kept: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jehona.actions.upkeep.PATIENCE", 0.01)
    with PackLock(kept.root / "var/packs.lock").acquire():
        done = kept.type(*words)
    assert done.code == 4
    assert "a backup, a check or a prune of this workspace is at work (process" in done.err
    assert not (tmp_path / "kopje.zip").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_backup_is_its_owners(kept: Desk, tmp_path: Path) -> None:
    for name in ("kopje.zip", "kopje.db"):
        assert kept.type("backup", str(tmp_path / name)).code == 0
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("words", [(), ("--older-than", "2y", "--outlet", "fletorja")])
def test_prune_wants_one_of_age_and_outlet(kept: Desk, words: tuple[str, ...]) -> None:
    done = kept.type("prune", *words)
    assert done.code == 2
    assert "either --older-than AGE or --outlet OUTLET" in done.err


def test_prune_takes_the_texts_of_an_outlet_that_asks(kept: Desk) -> None:
    with kept.record() as record:
        slug = record.conn.execute("SELECT outlet FROM pages").fetchone()[0]
    assert kept.type("prune", "--outlet", slug).code == 0
    done = kept.type("verify")
    assert (done.code, "pruned since" in done.out) == (0, True)
    with kept.record() as record:
        left = record.conn.execute(
            "SELECT 1 FROM articles WHERE text NOT NULL AND outlet = ?", (slug,)
        )
        assert left.fetchone() is None
