"""A file is whole or not there, whatever happens while it is written."""

from __future__ import annotations

import ast
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.files import (
    PRIVATE,
    DiskFull,
    draft_name,
    drafts_in,
    make_private,
    sweep,
    whole_file,
    write_whole,
)

SYSTEMS = pytest.mark.parametrize("unnamed", [True, False], ids=["unnamed", "named"])


@pytest.fixture
def system(unnamed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system with files that have no name, or without."""
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@SYSTEMS
def test_what_is_written_is_there_at_the_end(tmp_path: Path, system: None) -> None:
    with whole_file(tmp_path / "letra.txt") as file:
        file.write(b"gjithcka")
        assert "letra.txt" not in listed(tmp_path)
    assert listed(tmp_path) == ["letra.txt"]
    assert (tmp_path / "letra.txt").read_bytes() == b"gjithcka"


@SYSTEMS
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_leaves_what_was_there(
    tmp_path: Path, system: None, error: type[BaseException]
) -> None:
    (tmp_path / "letra.txt").write_bytes(b"e vjeter")

    def fail() -> None:
        with whole_file(tmp_path / "letra.txt", replace=True) as file:
            file.write(b"gjysm")
            raise error

    with pytest.raises(error):
        fail()
    assert listed(tmp_path) == ["letra.txt"]
    assert (tmp_path / "letra.txt").read_bytes() == b"e vjeter"


@SYSTEMS
def test_another_is_replaced_only_where_that_is_wished(tmp_path: Path, system: None) -> None:
    target = tmp_path / "letra.txt"
    target.write_bytes(b"e vjeter")

    def write(*, replace: bool) -> None:
        with whole_file(target, replace=replace) as file:
            file.write(b"e re")

    with pytest.raises(FileExistsError):
        write(replace=False)
    assert target.read_bytes() == b"e vjeter"
    write(replace=True)
    assert target.read_bytes() == b"e re"
    assert listed(tmp_path) == ["letra.txt"]


@SYSTEMS
@pytest.mark.parametrize("replace", [False, True])
def test_where_there_are_no_hard_links(
    tmp_path: Path, system: None, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with whole_file(tmp_path / "letra.txt", replace=replace) as file:
        file.write(b"gjithcka")
    assert listed(tmp_path) == ["letra.txt"]
    assert (tmp_path / "letra.txt").read_bytes() == b"gjithcka"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@SYSTEMS
def test_a_private_file_is_its_owners(tmp_path: Path, system: None) -> None:
    with whole_file(tmp_path / "adresat.txt", mode=PRIVATE):
        pass
    assert (tmp_path / "adresat.txt").stat().st_mode & 0o777 == PRIVATE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_file_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "adresat.txt"
    path.touch(mode=0o664)
    path.chmod(0o664)
    make_private(path)
    assert path.stat().st_mode & 0o777 == 0o600
    make_private(tmp_path / "nuk ka")


KILLED = """
import os, signal, sys
from pathlib import Path
from crawler.files import whole_file
if sys.argv[2] == "named":
    del os.O_TMPFILE
with whole_file(Path(sys.argv[1])) as file:
    file.write(b"gjysm")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def kill_a_writer(target: Path, system: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(target), system], check=False)
    assert done.returncode == -9


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="no unnamed files on this system")
def test_a_killed_writer_leaves_nothing(tmp_path: Path) -> None:
    kill_a_writer(tmp_path / "letra.txt", "unnamed")
    assert listed(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="the child takes it away")
def test_where_a_draft_needs_a_name_the_next_writer_takes_it_away(tmp_path: Path) -> None:
    kill_a_writer(tmp_path / "letra.txt", "named")
    assert len(drafts_in(tmp_path)) == 1
    with whole_file(tmp_path / "tjeter.txt"):
        pass
    assert listed(tmp_path) == ["tjeter.txt"]


def test_only_drafts_of_the_dead_are_swept(tmp_path: Path) -> None:
    mine = draft_name(tmp_path / "letra.txt")
    theirs = [
        mine.with_name(f".letra.txt.tjeterkund-{os.getpid() + 1}.part"),
        tmp_path / ".letra.part",
        tmp_path / "letra.part",
    ]
    for path in (mine, *theirs):
        path.touch()
    dead = mine.with_name(mine.name.replace(f"-{os.getpid()}.", "-2147483647."))
    dead.touch()
    sweep(tmp_path)
    assert listed(tmp_path) == sorted(path.name for path in (mine, *theirs))


def test_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "letra.txt").write_bytes(b"e vjeter")
    (tmp_path / "lidhje.txt").symlink_to("letra.txt")
    write_whole(tmp_path / "lidhje.txt", "e re", replace=True)
    assert (tmp_path / "letra.txt").read_text("utf-8") == "e re"
    assert (tmp_path / "lidhje.txt").is_symlink()


def test_a_full_disk_is_said_to_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFull, match=r"letra\.txt is full: free some space"):
        write_whole(tmp_path / "re" / "letra.txt", "e gjate")
    assert listed(tmp_path / "re") == []


# --- who writes ------------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[1]
MAY_WRITE = {
    "crawler/files.py": "it is how the others do",
    "crawler/record/backup.py": "members of an archive that is a whole file",
    "crawler/record/lock.py": "who holds a lock, told again each time it is taken",
    "crawler/probing/kept.py": "a folder of answers that each look makes anew",
    "crawler/probing/fixture.py": "a folder of answers; what is there is never overwritten",
    "jehona/actions/explore.py": "a folder of its own that ends with it",
    "jehona/actions/pool.py": "a folder of its own that ends with it",
    "reports/formats/pdf.py": "a folder of its own that ends with it",
    "jehona/actions/papers.py": "what is no file, as /dev/null, is not replaced by one",
    "jehona/demo/town.py": "an invented workspace in a new folder",
}


def writes(path: Path) -> bool:
    """Whether a module writes a file by its name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in {"write_text", "write_bytes"}:
            return True
        modes = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if node.func.attr == "open" and {"w", "x", "wb", "xb"} & set(modes):
            return True
    return False


def test_what_is_written_is_whole_or_not_there() -> None:
    ours = (
        path for room in ("crawler", "jehona", "reports") for path in (ROOT / room).rglob("*.py")
    )
    found = {path.relative_to(ROOT).as_posix() for path in ours if writes(path)}
    assert found <= set(MAY_WRITE)
    assert "jehona/demo/town.py" in found, "the walk sees no writer at all"
