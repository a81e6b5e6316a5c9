"""A record that is damaged, lost, closed, or on a full disk: one true line, whatever is typed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.record import errors, open_record, write
from tests.desk.conftest import Desk
from tests.record.pieces import NOON, begin, piece, store

ROOT = Path(__file__).resolve().parents[2]
COMMANDS: dict[str, tuple[str, ...]] = {
    "report": ("report", "festa"),
    "match": ("match", "festa"),
    "events-try": ("events", "try", "festa"),
    "quality": ("events", "quality", "festa"),
    "review": ("review", "festa", "--accept-all"),
    "stories": ("stories", "festa"),
    "roundup": ("roundup", "festa"),
    "newsletter": ("newsletter", "-n", "7", "--event", "festa"),
    "export": ("decisions", "export"),
    "list": ("decisions", "list"),
    "checked": ("checked", "gazeta-shembull", "-e", "festa", "--found", "1", "--note", "x"),
    "clip": (
        *("clip", "--outlet", "gazeta-shembull", "--headline", "Libri në shesh"),
        *("--published", "2025-05-10", "--event", "festa"),
    ),
    "backup": ("backup", "kopje.zip"),
    "prune": ("prune", "--older-than", "1d"),
    "reread": ("reread",),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `var/` of a record with enough in it that every page of the file matters."""
    var = tmp_path_factory.mktemp("whole") / "var"
    with open_record(var / "coverage.db", var / "snapshots") as record:
        run = begin(record)
        chance = random.Random(5)
        for number in range(60):
            words = " ".join(chance.choices(("shesh", "libri", "hap", "festa", "Tiranë"), k=300))
            store(record, run, piece(number, text=words), body=chance.randbytes(99))
        write.end_run(record, run, NOON)
    return var


@pytest.fixture
def office(desk: Desk, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(whole, desk.root / "var")
    return desk


def one_line(desk: Desk, *words: str) -> tuple[int, str]:
    """The exit code and what was said; a traceback would be raised here."""
    done = desk.type(*words)
    said = done.err if done.code else ""
    assert done.code == 0 or (done.code in {1, 2, 3, 4} and said.strip()), (words, done)
    if done.code == 4:
        assert said.count("\n") == 1, said
    return done.code, said


# --- damaged pages ------------------------------------------------------------------------


def harm(path: Path, seed: int) -> None:
    """Eight pages of the file are something else; the first one stays."""
    chance = random.Random(seed)
    pages = path.stat().st_size // 4096
    with path.open("r+b") as file:
        for page in chance.sample(range(1, pages), 8):
            file.seek(page * 4096)
            file.write(chance.randbytes(4096) if seed % 2 else bytes(4096))


@pytest.mark.parametrize("seed", range(4))
def test_damaged_pages_are_one_true_line(office: Desk, whole: Path, seed: int) -> None:
    codes = {}
    for name, words in COMMANDS.items():
        shutil.rmtree(office.root / "var")
        shutil.copytree(whole, office.root / "var")
        harm(office.root / "var/coverage.db", seed)
        codes[name], said = one_line(office, *words)
        assert codes[name] in {0, 4}, (words, said)
        assert codes[name] == 0 or "is damaged" in said, (words, said)
    assert codes["backup"] == 4
    assert list(codes.values()).count(4) > len(codes) // 2, codes
    assert office.type("verify").code == 1


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"e dashur " * 999, "is not a SQLite database"),
        (b"", "is empty, and packs of a record lie in"),
        (None, "is missing, and packs of a record lie in"),
    ],
    ids=["letter", "empty", "missing"],
)
def test_a_lost_record_is_one_true_line(
    office: Desk, name: str, content: bytes | None, words: str
) -> None:
    path = office.root / "var/coverage.db"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    code, said = one_line(office, *COMMANDS[name])
    assert code == 4
    assert words in said
    assert "jehona restore" in said
    assert not path.exists() if content is None else path.read_bytes() == content


def test_without_packs_nothing_was_lost(desk: Desk) -> None:
    (desk.root / "var").mkdir()
    (desk.root / "var/coverage.db").touch()
    assert desk.type(*COMMANDS["checked"]).code == 0


@pytest.mark.parametrize("kind", ["missing", "cut", "foreign"])
@pytest.mark.parametrize("name", ["reread", "prune", "backup"])
def test_a_damaged_pack_is_one_true_line(office: Desk, name: str, kind: str) -> None:
    (pack,) = (office.root / "var/snapshots").glob("*.pack")
    body = pack.read_bytes()
    pack.unlink()
    if kind == "cut":
        pack.write_bytes(body[: len(body) // 2])
    if kind == "foreign":
        pack.write_bytes(body[7:] + body[:7])
    code, said = one_line(office, *COMMANDS[name])
    if name == "prune":
        # what nobody reads again goes, whatever became of it
        assert (code, said) == (0, "")
        return
    assert code == 4
    assert pack.name in said


def test_the_rest_of_a_damaged_pack_is_not_repacked(office: Desk) -> None:
    with office.record() as record:
        record.conn.execute(
            "INSERT INTO decisions (uid, event, article, kind, at) "
            "VALUES ('d_1', 'festa', 60, 'match', 'x')"
        )
    (pack,) = (office.root / "var/snapshots").glob("*.pack")
    pack.write_bytes(pack.read_bytes()[:-5])
    code, said = one_line(office, *COMMANDS["prune"])
    assert (code, pack.name in said) == (4, True)
    assert pack.exists()


# --- closed folders -------------------------------------------------------------------------

CLOSED = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("setpriv") or os.geteuid() != 0,
    reason="needs root, to become somebody who may less",
)


NEEDED_BY = {
    "var": ("report", "checked", "reread", "verify"),
    "var/snapshots": ("reread", "verify"),
    "outlets": ("report", "checked", "reread"),
    "events": ("report", "checked"),
    "jehona.toml": ("report", "checked", "reread", "verify"),
}


@CLOSED
@pytest.mark.parametrize("closed", NEEDED_BY)
def test_what_is_closed_is_one_true_line(office: Desk, closed: str) -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        root = Path(open_to_all) / "zyra"
        shutil.copytree(office.root, root)
        for path in (root.parent, root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        (root / closed).chmod(0)
        for words in (COMMANDS["report"], COMMANDS["checked"], COMMANDS["reread"], ("verify",)):
            code, said = as_nobody(root, *words)
            told = (closed, words, said)
            if words[0] in NEEDED_BY[closed]:
                assert code in {2, 4}, told
                assert said.count("\n") == 1, told
                assert str(root / closed) in said, told
            else:
                assert code in {0, 1}, told


NOBODY = 65534


def as_nobody(root: Path, *words: str) -> tuple[int, str]:
    typed = [sys.executable, "-m", "jehona", "-w", str(root), *words]
    nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *typed]
    told = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(nobody, capture_output=True, text=True, check=False, cwd=ROOT, env=told)
    return done.returncode, done.stderr


def test_what_nobody_expected_of_a_disk_is_one_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/zyra/var")

    monkeypatch.setattr(Path, "exists", refuse)
    code, said = one_line(desk, "outlets", "list")
    assert code == 4
    assert "/zyra/var may not be opened" in said


# --- a full disk ------------------------------------------------------------------------------


class Refused(sqlite3.OperationalError):
    """As SQLite says it, with its code."""

    def __init__(self, code: int) -> None:
        super().__init__("disk I/O error")
        self.sqlite_errorcode = code


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_CANTOPEN])
@pytest.mark.parametrize(
    ("full", "words"),
    [(True, "is full: free some space"), (False, "gives errors|cannot be opened")],
)
def test_an_error_of_a_full_disk_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, full: bool, words: str
) -> None:
    monkeypatch.setattr(errors, "is_full", lambda _: full)
    with pytest.raises(errors.RecordRefused, match=words), errors.translating(tmp_path / "c.db"):
        raise Refused(code)


@pytest.mark.parametrize(
    ("number", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EACCES, False)]
)
def test_a_disk_is_full_where_nothing_more_goes_onto_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, full: bool
) -> None:
    assert not errors.is_full(tmp_path)

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert errors.is_full(tmp_path) is full


def test_faults_of_ours_stay_loud(office: Desk) -> None:
    def stumble(error: Callable[[], Exception]) -> None:
        with office.record():
            raise error()

    for kind in (ValueError, KeyError, ZeroDivisionError):
        with pytest.raises(kind):
            stumble(kind)
    harm(office.root / "var/coverage.db", 1)
    with pytest.raises(errors.RecordRefused, match="is damaged"):
        stumble(ValueError)
