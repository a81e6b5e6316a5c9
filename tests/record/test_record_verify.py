"""Looking a record or a backup over: what is whole, and every kind of damage by its place."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crawler.models import Layer
from crawler.record import RecordRefused, open_record, read, write
from crawler.record.backup import Damaged, backup
from crawler.record.restore import restore
from crawler.record.verify import Verified, verify_file, verify_record
from tests.record.pieces import NOON, begin, piece, store

FEED = Layer.FEED
Harm = Callable[[Path], object]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """The `var/` of a closed record: two runs of six pieces, a pack each."""
    folder = tmp_path / "var"
    with open_record(folder / "coverage.db", folder / "snapshots") as record:
        for first in (0, 10):
            run = begin(record)
            for number in range(first, first + 6):
                body = random.Random(number).randbytes(300 + number)
                told = piece(number, layer=FEED, text=f"fjala {number} " * 400)
                store(record, run, told, body=body)
            write.end_run(record, run, NOON)
    return folder


@pytest.fixture
def kept(var: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    with open_record(var / "coverage.db", var / "snapshots") as record:
        return backup(record, tmp_path / "kopje.zip").file


def looked_over(var: Path) -> Verified:
    return verify_record(var / "coverage.db", var / "snapshots")


def said(found: Verified) -> str:
    """Every place of damage."""
    return "\n".join(f"{each.file}: {each.what} ({each.where})" for each in found.damage)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- what is whole ------------------------------------------------------------------------


def test_a_whole_record_is_whole_and_stays_as_it_is(var: Path) -> None:
    before = contents(var)
    found = looked_over(var)
    assert (found.whole, found.kind, found.orphans) == (True, "record", ())
    assert (found.articles, found.pages, found.packs) == (12, 12, 2)
    assert contents(var) == before


def test_a_record_in_use_is_whole(var: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        store(record, begin(record), piece(99))
        found = looked_over(var)
    assert (found.whole, found.articles, found.orphans) == (True, 13, ())


def test_a_whole_backup_is_whole(kept: Path) -> None:
    found = verify_file(kept)
    assert (found.whole, found.kind, found.articles, found.packs) == (True, "backup", 12, 2)


def test_a_record_alone_is_whole_without_packs(var: Path, tmp_path: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        made = backup(record, tmp_path / "vetem.db")
    found = verify_file(tmp_path / "vetem.db")
    assert (made.whole, found.whole, found.kind, found.articles) == (
        True,
        True,
        "record alone",
        12,
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["var", "vetem.db"]


def test_a_record_by_its_name_is_looked_over_with_its_packs(var: Path) -> None:
    assert verify_file(var / "coverage.db").kind == "record"


def test_what_nobody_needs_is_told_and_is_no_damage(var: Path) -> None:
    (var / "snapshots/run-000099.pack").write_bytes(b"gjysm")
    with (var / "snapshots/run-000001.pack").open("ab") as torn:
        torn.write(b"gjy")
    found = looked_over(var)
    assert found.whole
    assert [(each.file, each.bytes) for each in found.orphans] == [
        ("snapshots/run-000001.pack", 3),
        ("snapshots/run-000099.pack", 5),
    ]


def test_an_earlier_releases_record_is_looked_over_and_stays_as_it_is(tmp_path: Path) -> None:
    fixture = Path(__file__).parent / "fixtures" / "first-release.zip"
    with zipfile.ZipFile(fixture) as archive:
        archive.extractall(tmp_path / "var")
    before = contents(tmp_path / "var")
    assert looked_over(tmp_path / "var").whole
    assert verify_file(fixture).whole
    assert contents(tmp_path / "var") == before


# --- what is damaged --------------------------------------------------------------------


def overwritten(path: Path, at: int, with_: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(with_)


def every_page(var: Path) -> None:
    path = var / "coverage.db"
    for at in range(4096, path.stat().st_size, 4096):
        overwritten(path, at, b"\xa5" * 512)


def a_text_that_is_none(var: Path) -> None:
    path = var / "coverage.db"
    at = path.read_bytes().index(b"fjala 3 fjala 3")
    overwritten(path, at, b"\xff\xfe\xff")


def lost_row(var: Path) -> None:
    with closing(sqlite3.connect(var / "coverage.db", isolation_level=None)) as conn:
        conn.execute("DELETE FROM pages WHERE id = 3")


def foreign_pack(var: Path) -> None:
    shutil.copy(var / "snapshots/run-000001.pack", var / "snapshots/run-000002.pack")


def foreign_first_frame(var: Path) -> None:
    """A frame of another record at the place of ours, and shorter: it unpacks by itself."""
    with open_record(var.parent / "tjeter.db", var.parent / "tjeter") as other:
        store(other, begin(other), piece(1, layer=FEED), body=b"x")
        other.store.close()
        (pack,) = (var.parent / "tjeter").glob("*.pack")
    overwritten(var / "snapshots/run-000001.pack", 0, pack.read_bytes())


def lost_place(var: Path, offset: int, length: int) -> None:
    with closing(sqlite3.connect(var / "coverage.db", isolation_level=None)) as conn:
        conn.execute('UPDATE pages SET "offset" = ?, length = ? WHERE id = 2', (offset, length))


DAMAGE: dict[str, tuple[Harm, str]] = {
    "pages": (every_page, r"coverage\.db: "),
    "text": (a_text_that_is_none, r"coverage\.db: Could not decode"),
    "header": (lambda v: overwritten(v / "coverage.db", 0, b"\0" * 100), "not a database"),
    "cut": (
        lambda v: (v / "coverage.db").write_bytes((v / "coverage.db").read_bytes()[:9000]),
        r"coverage\.db: ",
    ),
    "empty": (lambda v: (v / "coverage.db").write_bytes(b""), r"coverage\.db: is empty"),
    "letter": (lambda v: (v / "coverage.db").write_bytes(b"leter " * 99), "not a database"),
    "reference": (lost_row, r"refers to a row of pages that is not there \(snapshots 3\)"),
    "place-before": (lambda v: lost_place(v, -9, 9), "has no such place"),
    "place-behind": (lambda v: lost_place(v, 2**62, 2**61), r"is cut off \(1 kept pages"),
    "pack-gone": (
        lambda v: (v / "snapshots/run-000002.pack").unlink(),
        r"run-000002\.pack: is missing \(6 kept pages\)",
    ),
    "pack-empty": (
        lambda v: (v / "snapshots/run-000002.pack").write_bytes(b""),
        r"run-000002\.pack: is cut off \(6 kept pages from byte 0 on\)",
    ),
    "pack-cut": (
        lambda v: overwritten_end(v / "snapshots/run-000002.pack"),
        r"run-000002\.pack: is cut off \(1 kept pages from byte \d+ on\)",
    ),
    "pack-turned": (
        lambda v: overwritten(v / "snapshots/run-000001.pack", 40, b"\0\0\0\0\0\0"),
        r"run-000001\.pack: is not what was kept \(bytes 0 to \d+: https://",
    ),
    "pack-foreign": (foreign_pack, r"run-000002\.pack: is not what was kept"),
    "frame-foreign": (foreign_first_frame, r"run-000001\.pack: is not what was kept \(bytes 0 to"),
}


def overwritten_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_told_by_its_place(var: Path, kind: str) -> None:
    harm, place = DAMAGE[kind]
    harm(var)
    found = looked_over(var)
    assert not found.whole
    assert re.search(place, said(found)), said(found)


@pytest.mark.parametrize("kind", [kind for kind in DAMAGE if kind not in {"empty", "letter"}])
def test_a_damaged_record_never_replaces_a_backup(var: Path, kept: Path, kind: str) -> None:
    good = kept.read_bytes()
    DAMAGE[kind][0](var)

    def replace() -> None:
        with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
            backup(record, kept, replace=True, anyway=True)

    with pytest.raises(RecordRefused, match=r"damaged|not a SQLite database"):
        replace()
    assert kept.read_bytes() == good
    assert not list(kept.parent.glob(".*"))


def test_a_damaged_record_is_copied_as_it_is_where_that_is_wished(
    var: Path, tmp_path: Path
) -> None:
    DAMAGE["pack-gone"][0](var)
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        with pytest.raises(Damaged, match=r"run-000002\.pack is missing \(6 kept pages\)"):
            backup(record, tmp_path / "a.zip")
        found = backup(record, tmp_path / "a.zip", anyway=True)
    assert not found.whole
    assert said(found) == said(verify_file(tmp_path / "a.zip"))


def test_only_a_backup_is_replaced(var: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letra.zip"
    letter.write_bytes(b"e dashur")
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        with pytest.raises(RecordRefused, match=r"letra\.zip is no backup"):
            backup(record, letter, replace=True)
        for name in ("kopje.zip", "kopje.db"):
            for _ in range(2):
                assert backup(record, tmp_path / name, replace=True).whole
    assert letter.read_bytes() == b"e dashur"


@pytest.mark.parametrize("kind", ["cut", "flipped", "letter", "empty", "other-zip", "no-pack"])
def test_a_damaged_backup_is_told_and_not_restored(kept: Path, tmp_path: Path, kind: str) -> None:
    body = kept.read_bytes()
    if kind == "cut":
        kept.write_bytes(body[: len(body) // 2])
    elif kind == "flipped":
        kept.write_bytes(body[:300] + bytes(255 - each for each in body[300:340]) + body[340:])
    elif kind == "letter":
        kept.write_bytes(b"e dashur " * 99)
    elif kind == "empty":
        kept.write_bytes(b"")
    else:
        with zipfile.ZipFile(kept) as old, zipfile.ZipFile(tmp_path / "n.zip", "w") as new:
            for name in old.namelist():
                if (kind == "no-pack" and "2.pack" not in name) or "1.pack" in name:
                    new.writestr(name, old.read(name))
        kept = tmp_path / "n.zip"
    assert not verify_file(kept).whole
    target = tmp_path / "tjeter"
    with pytest.raises(RecordRefused, match="is damaged, and nothing was restored"):
        restore(kept, target / "coverage.db", target / "snapshots")
    assert not target.exists()


# --- restoring ----------------------------------------------------------------------------


def dump(var: Path) -> tuple[str, list[bytes]]:
    with open_record(var / "coverage.db", var / "snapshots", readonly=True) as record:
        bodies = [each.snapshot.body for each in read.snapshots_of(record, "gazeta-shembull")]
        return read.logical_dump(record), bodies


def put(file: Path, var: Path) -> Verified:
    return restore(file, var / "coverage.db", var / "snapshots")


def test_a_restored_record_is_the_record(var: Path, kept: Path, tmp_path: Path) -> None:
    assert put(kept, tmp_path / "re").whole
    assert dump(tmp_path / "re") == dump(var)


def test_nothing_is_restored_over_a_record(var: Path, kept: Path) -> None:
    before = contents(var)
    with pytest.raises(RecordRefused, match=r"coverage\.db stands there: a backup is never put"):
        put(kept, var)
    assert contents(var) == before


def test_a_log_that_was_left_is_a_record_too(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "coverage.db-wal").write_bytes(b"x")
    with pytest.raises(RecordRefused, match=r"coverage\.db-wal stands there"):
        put(kept, tmp_path)


def test_a_lost_record_is_restored_beside_its_packs(var: Path, kept: Path) -> None:
    before = dump(var)
    (var / "coverage.db").unlink()
    with (var / "snapshots/run-000001.pack").open("ab") as torn:
        torn.write(b"gjysm")
    assert put(kept, var).whole
    assert dump(var) == before


def test_a_strangers_pack_is_not_overwritten(kept: Path, tmp_path: Path) -> None:
    pack = tmp_path / "re/snapshots/run-000002.pack"
    pack.parent.mkdir(parents=True)
    pack.write_bytes(b"tjeter")
    with pytest.raises(RecordRefused, match=r"run-000002\.pack stands there and is not"):
        put(kept, tmp_path / "re")
    assert contents(tmp_path / "re") == {"run-000002.pack": b"tjeter"}


def test_a_restore_that_broke_off_is_gone_on_with(
    var: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("crawler.record.restore.unpack_record", stumble)
        with pytest.raises(RecordRefused, match="is full"):
            put(kept, tmp_path / "re")
    assert not (tmp_path / "re/coverage.db").exists()
    assert put(kept, tmp_path / "re").whole
    assert dump(tmp_path / "re") == dump(var)


def test_a_record_alone_is_restored_and_says_what_it_lacks(var: Path, tmp_path: Path) -> None:
    with open_record(var / "coverage.db", var / "snapshots") as record:
        backup(record, tmp_path / "vetem.db")
    found = put(tmp_path / "vetem.db", tmp_path / "re")
    assert (found.whole, found.articles) == (False, 12)
    assert "run-000001.pack: is missing (6 kept pages)" in said(found)
    shutil.copytree(var / "snapshots", tmp_path / "re2/snapshots")
    assert put(tmp_path / "vetem.db", tmp_path / "re2").whole


def test_a_copy_with_a_log_beside_it_is_restored_with_what_the_log_holds(
    var: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "kopje"
    copy.mkdir()
    with open_record(var / "coverage.db", var / "snapshots") as record:
        store(record, begin(record), piece(77, layer=FEED), body=b"ne regjister")
        for name in ("coverage.db", "coverage.db-wal"):
            shutil.copy(var / name, copy / name)
    shutil.copytree(var / "snapshots", tmp_path / "re/snapshots")
    assert put(copy / "coverage.db", tmp_path / "re").whole
    assert dump(tmp_path / "re") == dump(var)
