"""Opening a record: what it is made of, and everything it refuses in one line."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import NamedTuple

import pytest
from sqlite_utils import Database, Migrations

from crawler.record import (
    NoRecord,
    NotWritable,
    Record,
    RecordRefused,
    open_existing,
    open_record,
    read,
)
from crawler.record import opening as opening_module
from crawler.record.backup import backup
from crawler.record.disk_check import refuse_network_drive
from crawler.record.schema import migrations
from tests.record.pieces import begin, piece, store


def open_at(folder: Path, *, readonly: bool = False) -> Record:
    return open_record(folder / "coverage.db", folder / "snapshots", readonly=readonly, wait=0.05)


def refusal(folder: Path, *, readonly: bool = False) -> str:
    """The sentence with which the record at `folder` is refused: one line, with the file."""
    with pytest.raises(RecordRefused) as refused:
        open_at(folder, readonly=readonly)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder with a closed record of two articles."""
    with open_at(tmp_path) as record:
        store(record, begin(record), piece(1), piece(2))
    return tmp_path


# --- how it is made -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 1), ("foreign_keys", 1), ("busy_timeout", 30_000)],
)
def test_how_it_is_set_up(tmp_path: Path, pragma: str, value: object) -> None:
    with open_record(tmp_path / "a" / "b" / "coverage.db", tmp_path / "s") as record:
        assert record.conn.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_every_table_of_ours_is_strict(record: Record) -> None:
    found = record.conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    lax = {name for name, strict in found if not strict}
    assert lax == {"_sqlite_migrations", "sqlite_schema", "sqlite_sequence", "sqlite_temp_schema"}


def test_a_closed_record_is_one_file(filled: Path) -> None:
    assert sorted(path.name for path in filled.iterdir()) == ["coverage.db", "snapshots"]


def test_opening_again_changes_nothing(filled: Path) -> None:
    with open_at(filled) as record:
        before = read.logical_dump(record)
    with open_at(filled, readonly=True) as record:
        assert read.logical_dump(record) == before


def test_closing_twice_is_harmless(record: Record) -> None:
    record.close()
    record.close()


def test_a_folder_with_any_name(tmp_path: Path) -> None:
    odd = tmp_path / "hapësirë? pune#1%20'x"
    with open_at(odd) as record:
        store(record, begin(record), piece(1))
    assert (odd / "coverage.db").exists()


def test_a_transaction_is_immediate_and_may_stand_in_another(record: Record) -> None:
    said: list[str] = []
    record.conn.set_trace_callback(said.append)
    with record.transaction(), record.transaction():
        assert record.conn.in_transaction
    begun = [each for each in said if not each.startswith("PRAGMA busy_timeout")]
    assert begun == ["BEGIN IMMEDIATE", "COMMIT"]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, ConnectionError])
def test_a_transaction_that_fails_leaves_nothing(
    record: Record, run: int, error: type[BaseException]
) -> None:
    def fail() -> None:
        with record.transaction():
            record.conn.execute("INSERT INTO memory VALUES ('o', 'n', '1', 'x')")
            raise error

    with pytest.raises(error):
        fail()
    assert record.conn.execute("SELECT count(*) FROM memory").fetchone() == (0,)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_record_is_its_owners_alone(tmp_path: Path) -> None:
    with open_at(tmp_path) as record:
        store(record, begin(record), piece(1))
        found = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("coverage.db*")}
    assert found == {f"coverage.db{end}": 0o600 for end in ("", "-shm", "-wal")}
    with open_at(tmp_path) as record:
        for path in tmp_path.glob("coverage.db*"):
            path.chmod(0o664)
        with open_at(tmp_path, readonly=True):
            modes = {path.stat().st_mode & 0o777 for path in tmp_path.glob("coverage.db*")}
    assert modes == {0o600}


# --- what only reads --------------------------------------------------------------------


def test_a_reader_cannot_write(filled: Path) -> None:
    with open_at(filled, readonly=True) as record, pytest.raises(RecordRefused, match="written to"):
        begin(record)


def test_a_reader_needs_a_record(tmp_path: Path) -> None:
    with pytest.raises(NoRecord, match="jehona crawl"):
        open_at(tmp_path, readonly=True)
    assert list(tmp_path.iterdir()) == []


# --- whose file it is -------------------------------------------------------------------


def test_a_record_of_a_newer_version_is_refused_and_left_alone(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "coverage.db")) as conn:
        conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('jehona', '9999_future', 'x')"
        )
        conn.commit()
    before = (filled / "coverage.db").read_bytes()
    assert "newer version of jehona (9999_future): install that version" in refusal(filled)
    assert refusal(filled, readonly=True)
    assert (filled / "coverage.db").read_bytes() == before


def test_a_newer_number_alone_is_refused(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "coverage.db")) as conn:
        conn.execute("PRAGMA user_version = 999")
    assert "newer version" in refusal(filled)


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "coverage.db")) as conn:
        conn.execute("CREATE TABLE letters (id INTEGER)")
    before = (tmp_path / "coverage.db").read_bytes()
    assert "another program's database" in refusal(tmp_path)
    assert (tmp_path / "coverage.db").read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all\n" * 100, b"\0" * 5000], ids=["text", "zeros"]
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "coverage.db").write_bytes(content)
    assert "is not a SQLite database: move" in refusal(tmp_path)
    assert (tmp_path / "coverage.db").read_bytes() == content


def test_a_damaged_record_is_refused_when_it_is_met(filled: Path) -> None:
    path = filled / "coverage.db"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    assert "damaged" in refusal(filled)


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "coverage.db").touch()
    with open_at(tmp_path) as record:
        assert read.counts(record).articles == 0


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "coverage.db").mkdir()
    assert "coverage.db" in refusal(tmp_path)


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    assert "needs 3.37.0 or newer" in refusal(tmp_path)


# --- migrations -------------------------------------------------------------------------


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """The migrations of a later version, which adds a column and then a table."""
    later = Migrations("jehona")
    for known in migrations.pending(Database(memory=True)):
        later(name=known.name)(known.fn)

    @later(name="9001_mood")
    def mood(db: Database) -> None:
        db.execute("ALTER TABLE articles ADD COLUMN mood TEXT")

    @later(name="9002_moods")
    def moods(db: Database) -> None:
        db.execute("CREATE TABLE moods (article INTEGER REFERENCES articles (id)) STRICT")

    monkeypatch.setattr(opening_module, "migrations", later)
    return later


def test_a_new_record_needs_no_copy(tmp_path: Path, tomorrow: Migrations) -> None:
    with open_at(tmp_path) as record:
        assert not tomorrow.pending(record.db)
        assert not list(tmp_path.glob("*.before-*"))


def test_an_earlier_record_is_copied_brought_up_to_date_and_keeps_everything(
    filled: Path, monkeypatch: pytest.MonkeyPatch, tomorrow: Migrations
) -> None:
    with monkeypatch.context() as today:
        today.setattr(opening_module, "migrations", migrations)
        with open_at(filled) as record:
            before = read.logical_dump(record)
    with open_at(filled) as record:
        assert read.logical_dump(record) == before
        assert not tomorrow.pending(record.db)
        steps = len(tomorrow.applied(record.db))
        assert record.conn.execute("PRAGMA user_version").fetchone() == (steps,)
        store(record, begin(record), piece(3))
    assert os.name == "nt" or (filled / "coverage.db.before-9001_mood").stat().st_mode & 0o77 == 0
    shutil.move(filled / "coverage.db.before-9001_mood", filled / "old.db")
    monkeypatch.setattr(opening_module, "migrations", migrations)
    with open_record(filled / "old.db", filled / "snapshots") as old:
        assert read.logical_dump(old) == before
    assert "newer version of jehona (9002_moods)" in refusal(filled)


def test_a_reader_brings_an_earlier_record_up_to_date_too(
    filled: Path, tomorrow: Migrations
) -> None:
    with open_at(filled, readonly=True) as record:
        assert not tomorrow.pending(record.db)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be written, as on a colleague's share; the tests may run as root."""
    monkeypatch.setattr(os, "access", lambda *_: False)


def test_a_copy_that_may_not_be_written_is_read_and_stays_as_it_is(
    filled: Path, tmp_path: Path, closed: None
) -> None:
    with open_at(filled) as record:
        backup(record, tmp_path / "copy" / "kopje.db")
        told = read.logical_dump(record)
    before = (tmp_path / "copy" / "kopje.db").read_bytes()
    (tmp_path / "copy" / "kopje.db").chmod(0o644)
    with open_existing(tmp_path / "copy" / "kopje.db", filled / "snapshots") as copy:
        assert copy.readonly
        assert read.logical_dump(copy) == told
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            copy.conn.execute("DELETE FROM decisions")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["kopje.db"]
    assert (tmp_path / "copy" / "kopje.db").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "copy" / "kopje.db").read_bytes() == before


def test_an_earlier_copy_that_may_not_be_written_says_what_to_do(
    filled: Path, tomorrow: Migrations, closed: None
) -> None:
    with pytest.raises(NotWritable, match=r"older version .* copy it into a workspace"):
        open_existing(filled / "coverage.db", filled / "snapshots")


def test_what_exists_is_opened_for_writing_and_nothing_is_made(filled: Path) -> None:
    with open_existing(filled / "coverage.db", filled / "snapshots") as record:
        assert not record.readonly
    with pytest.raises(NoRecord, match="jehona crawl"):
        open_existing(filled / "none.db", filled / "none")
    assert not (filled / "none.db").exists()


def test_a_migration_that_fails_leaves_the_record_as_it_was(
    filled: Path, tomorrow: Migrations
) -> None:
    @tomorrow(name="9003_wrong")
    def wrong(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER) STRICT")
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            open_at(filled)
    with closing(sqlite3.connect(filled / "coverage.db")) as conn:
        applied = [name for (name,) in conn.execute("SELECT name FROM _sqlite_migrations")]
        assert applied[-2:] == ["9001_mood", "9002_moods"]
        assert conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall() == []
    assert sorted(path.name for path in filled.glob("*.before-*")) == [
        "coverage.db.before-9001_mood",
        "coverage.db.before-9003_wrong",
    ]


def test_an_older_copy_is_never_overwritten(filled: Path, tomorrow: Migrations) -> None:
    older = filled / "coverage.db.before-9001_mood"
    older.write_bytes(b"precious")
    open_at(filled).close()
    assert older.read_bytes() == b"precious"
    assert (filled / "coverage.db.before-9001_mood.2").exists()


def test_a_start_that_was_killed_is_copied_once(
    filled: Path, tomorrow: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(opening_module, "_apply", stumble)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                open_at(filled)
    open_at(filled).close()
    copies = [path.name for path in filled.glob("*.before-*")]
    assert copies == ["coverage.db.before-9001_mood"]


# --- locked, full, forbidden ------------------------------------------------------------


def test_a_record_locked_by_another_is_refused(filled: Path) -> None:
    with open_at(filled) as record, closing(sqlite3.connect(filled / "coverage.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordRefused, match=r"another program is writing to .*coverage\.db"):
            store(record, 1, piece(3))
        other.rollback()
        assert store(record, begin(record), piece(3)).new == {3}


def test_a_record_locked_for_good_is_refused_when_opened(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "coverage.db")) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "another program is writing" in refusal(filled)


def test_a_full_disk_is_refused_and_loses_nothing(record: Record, run: int) -> None:
    store(record, run, piece(1))
    before = read.logical_dump(record)
    (pages,) = record.conn.execute("PRAGMA page_count").fetchone()
    record.conn.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(RecordRefused, match=r"disk of .*coverage\.db is full: free some space"):
        store(record, run, *(piece(n, text="fjalë " * 9000) for n in range(9)))
    assert read.logical_dump(record) == before
    record.conn.execute("PRAGMA max_page_count = 1000000")
    assert len(store(record, run, *(piece(n) for n in range(9))).new) == 8


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_of_snapshots_is_refused_and_loses_nothing(record: Record, run: int) -> None:
    pack = record.store.folder / "run-000001.pack"
    pack.parent.mkdir()
    pack.symlink_to("/dev/full")
    with pytest.raises(RecordRefused, match=r"disk of .*run-000001\.pack is full"):
        store(record, run, piece(1))
    assert read.counts(record).articles == 0
    record.store.close()
    pack.unlink()
    assert store(record, run, piece(1)).new == {1}
    assert len(list(read.snapshots_of(record, "gazeta-shembull"))) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EACCES, "may not be opened or written to"),
        (errno.EROFS, "permissions"),
        (errno.ENOSPC, "full"),
    ],
)
def test_a_folder_that_cannot_be_made_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert words in refusal(tmp_path / "var")


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("x")
    assert "var" in refusal(tmp_path / "var")


def test_our_own_mistakes_stay_loud(record: Record) -> None:
    def mistake() -> None:
        with record.transaction():
            record.conn.execute("SELECT * FROM nowhere")

    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        mistake()


# --- network drives -----------------------------------------------------------------------


class Mounted(NamedTuple):
    mountpoint: str
    fstype: str
    opts: str = "rw"


LINUX = (
    Mounted("/", "ext4"),
    Mounted("/mnt/share", "nfs4"),
    Mounted("/mnt/share/local", "ext4"),
    Mounted("/home/ana/far", "fuse.sshfs"),
    Mounted("/mnt/c", "9p", "rw,aname=drvfs;path=C:\\"),
    Mounted("/mnt/vm", "9p", "rw,trans=virtio"),
)
WINDOWS = (
    Mounted("C:\\", "NTFS", "rw,fixed"),
    Mounted("Z:\\", "NTFS", "rw,remote"),
    Mounted("Y:\\", "", "remote"),
)


@pytest.mark.parametrize(
    ("path", "mounted", "refused"),
    [
        ("/home/ana/var/coverage.db", LINUX, False),
        ("/mnt/share/coverage.db", LINUX, True),
        ("/mnt/share/deep/er/coverage.db", LINUX, True),
        ("/mnt/share/local/coverage.db", LINUX, False),
        ("/mnt/shared/coverage.db", LINUX, False),
        ("/home/ana/far/coverage.db", LINUX, True),
        ("/mnt/c/Users/coverage.db", LINUX, True),
        ("/mnt/vm/coverage.db", LINUX, False),
        ("/x/coverage.db", (Mounted("/x", "nfs"), Mounted("/x", "ext4")), False),
        ("/x/coverage.db", (Mounted("/x", "ext4"), Mounted("/x", "CIFS")), True),
        ("/x/coverage.db", (), False),
        ("C:\\var\\coverage.db", WINDOWS, False),
        ("Z:\\var\\coverage.db", WINDOWS, True),
        ("y:\\var\\coverage.db", WINDOWS, True),
        ("\\\\server\\share\\coverage.db", WINDOWS, True),
    ],
)
def test_a_network_drive_is_refused(path: str, mounted: tuple[Mounted, ...], refused: bool) -> None:
    pure: PurePath = PureWindowsPath(path) if "\\" in path else PurePosixPath(path)
    if not refused:
        refuse_network_drive(pure, mounted)
        return
    with pytest.raises(RecordRefused, match="move the workspace to a disk of this computer"):
        refuse_network_drive(pure, mounted)


def test_a_record_on_a_network_drive_is_refused_before_it_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        opening_module, "local_partitions", lambda: [Mounted(str(tmp_path), "nfs4")]
    )
    assert "network drive (nfs4)" in refusal(tmp_path / "var")
    assert not (tmp_path / "var").exists()


def test_the_partitions_of_this_machine_can_be_asked(record: Record) -> None:
    assert all(part.mountpoint for part in opening_module.local_partitions())
