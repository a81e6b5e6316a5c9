"""Files that are whole or not there: what is written has no name until it is finished.

A program that is killed (`kill -9`, a power cut) tidies nothing up. So a draft is an unnamed file
where the system has such (Linux, open(2): O_TMPFILE), which vanishes with the process; elsewhere
its name says whose it is, and the next one who writes there takes away those of the dead.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

import psutil

from crawler.failure import Failure

PRIVATE: Final = 0o600
# readable and writable by its owner only: files that hold addresses of people
OPEN: Final = 0o666
# as the umask leaves it
NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
FULL: Final = (
    "the disk of {path} is full: free some space, then run the same command again "
    "(what was stored before is safe)"
)
COPIED: Final = 1 << 20
# bytes at a time
_DESCRIPTORS: Final = "/proc/self/fd"
_DRAFT: Final = re.compile(r"\..+\.(?P<host>[^.]+)-(?P<pid>\d{1,10})\.part")


class DiskFull(Failure):
    """Nothing more goes onto the disk. Exit code 4."""

    code: ClassVar[int] = 4


def refuse_full(error: OSError, path: Path) -> None:
    """Raises DiskFull where the error says that nothing more goes onto the disk of `path`."""
    if error.errno in NO_ROOM:
        raise DiskFull(FULL.format(path=path)) from error


def write_whole(path: Path, text: str, *, replace: bool = False) -> None:
    """Writes a text as UTF-8, all of it or nothing; its folder is made.

    Raises FileExistsError where `path` stands and is not to be replaced, DiskFull, OSError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path, replace=replace) as file:
            file.write(text.encode())
    except OSError as error:
        refuse_full(error, path)
        raise


@contextmanager
def whole_file(target: Path, *, replace: bool = False, mode: int = OPEN) -> Iterator[BinaryIO]:
    """A file to write and read that becomes `target` when the block ends well, else nothing.

    `target` is on the disk when this ends; where it is a link, what it leads to is replaced. Raises
    FileExistsError where it stands already and is not to be replaced, and OSError.
    """
    if replace:
        target = Path(os.path.realpath(target))
    sweep(target.parent)
    unnamed = _unnamed(target.parent, mode)
    name = draft_name(target)
    with closing(unnamed or _named(name, mode)) as draft:
        try:
            yield draft
            draft.flush()
            os.fsync(draft.fileno())
            if unnamed is not None:
                _name(unnamed, name, target, replace=replace, mode=mode)
                return
            # Windows renames no open file
            draft.close()
            _rename(name, target, replace=replace)
        finally:
            name.unlink(missing_ok=True)


def draft_name(target: Path) -> Path:
    """A hidden name beside `target` that tells whose draft it is; `sweep` knows such."""
    return target.with_name(f".{target.name}.{_host()}-{os.getpid()}.part")


def sweep(folder: Path) -> None:
    """Takes away drafts in `folder` whose process on this machine is gone."""
    for draft in drafts_in(folder):
        whose = _DRAFT.fullmatch(draft.name)
        if whose and whose["host"] == _host() and not _lives(int(whose["pid"])):
            draft.unlink(missing_ok=True)


def drafts_in(folder: Path) -> list[Path]:
    """The drafts that lie in a folder, whoever's they are."""
    return sorted(path for path in folder.glob(".*.part") if _DRAFT.fullmatch(path.name))


def make_private(path: Path) -> None:
    """Takes from all but the owner what they may do with a file; nothing where it is not ours.

    Windows has no such modes: there a folder's own permissions hold.
    """
    try:
        mode = path.stat().st_mode
        if mode & 0o077:
            path.chmod(mode & 0o700)
    except (FileNotFoundError, PermissionError):
        # gone meanwhile, or another's file: theirs to say
        return


def _unnamed(folder: Path, mode: int) -> BinaryIO | None:
    """A file without a name that can be given one; None where the system has no such."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not os.path.isdir(_DESCRIPTORS):
        return None
    try:
        return os.fdopen(os.open(folder, flag | os.O_RDWR, mode), "w+b")
    except OSError as error:
        if isinstance(error, PermissionError | FileNotFoundError | NotADirectoryError):
            raise
        # not every file system can (open(2)); a full disk says so again at once
        return None


def _named(name: Path, mode: int) -> BinaryIO:
    return os.fdopen(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY, mode), "w+b")


_BINARY: Final = getattr(os, "O_BINARY", 0)
# Windows would else turn line ends


def _name(draft: BinaryIO, name: Path, target: Path, *, replace: bool, mode: int) -> None:
    """Gives an unnamed file its name; by way of a draft's where another is to be replaced."""
    if _link(draft, name if replace else target):
        if replace:
            _rename(name, target, replace=True)
        return
    draft.seek(0)
    with _named(name, mode) as copy:
        shutil.copyfileobj(draft, copy, COPIED)
        copy.flush()
        os.fsync(copy.fileno())
    _rename(name, target, replace=replace)


def _link(draft: BinaryIO, target: Path) -> bool:
    """Links an unnamed file, never over another (open(2), O_TMPFILE); False where none can be."""
    descriptors = os.open(_DESCRIPTORS, os.O_RDONLY)
    try:
        # with a folder given Python calls linkat(2), which follows the link to the file itself
        os.link(str(draft.fileno()), target, src_dir_fd=descriptors, follow_symlinks=True)
    except FileExistsError:
        raise
    except OSError:
        # a file system without hard links, a container without /proc
        return False
    finally:
        os.close(descriptors)
    return True


def _rename(name: Path, target: Path, *, replace: bool) -> None:
    """Gives a named draft its name; over another one only where that is wished."""
    if replace:
        name.replace(target)
        return
    try:
        os.link(name, target)
    except FileExistsError:
        raise
    except OSError:
        # no hard links here (FAT, some network disks); on Windows rename never overwrites
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        name.rename(target)


def _host() -> str:
    """This machine's name as it may stand in a file's."""
    return re.sub(r"[^A-Za-z0-9]+", "", platform.node())[:40] or "here"


def _lives(pid: int) -> bool:
    return bool(psutil.pid_exists(pid))
