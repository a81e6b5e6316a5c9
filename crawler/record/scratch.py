"""A database to work on that nobody else sees and that a killed program does not leave behind."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.files import PRIVATE, draft_name, sweep

_NO_LOG = b"\1\1"
# bytes 18 and 19 of the header: read and written without a write-ahead log
# (sqlite.org/fileformat.html); a copy would else grow companions when it is opened
_LOG_AT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Scratch:
    """An empty database whose file has lost its name, where the system allows that."""

    file: BinaryIO
    # its bytes, to be written or read as they are
    writer: sqlite3.Connection
    # to copy into; to be closed before the bytes are read
    reader: sqlite3.Connection
    # sees what the file holds once it holds something

    def forget_log(self) -> None:
        """Mark the bytes as those of a database without a write-ahead log, if there are any."""
        self.file.seek(_LOG_AT)
        if self.file.read(2):
            self.file.seek(_LOG_AT)
            self.file.write(_NO_LOG)
        self.file.flush()
        self.file.seek(0)


@contextmanager
def scratch_database(beside: Path) -> Iterator[Scratch]:
    """A scratch database on the disk of `beside`. Raises OSError, sqlite3.Error."""
    sweep(beside.parent)
    name = draft_name(beside.with_name(f"{beside.name}.db"))
    with ExitStack() as opened:
        opened.callback(name.unlink, missing_ok=True)
        made = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, PRIVATE)
        file = opened.enter_context(os.fdopen(made, "w+b"))
        writer, reader = (
            opened.enter_context(closing(sqlite3.connect(where, isolation_level=None, uri=True)))
            for where in (_uri(name, "rw"), _uri(name, "ro"))
        )
        # SQLite has opened it and asks for the name no more, but for a journal: it gets none
        writer.execute("PRAGMA journal_mode = MEMORY")
        writer.execute("PRAGMA synchronous = OFF")
        with suppress(PermissionError):
            # Windows keeps the name of what is open; it goes at the end
            name.unlink()
        yield Scratch(file=file, writer=writer, reader=reader)


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"
