"""Files that are read once while they stay as they are, for a program that lives long."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class Unchanged:
    """What was read of files, each while size, time and number of its file are the same.

    A noun of a file is frozen, so several threads may hold the same.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        """Knows nothing yet."""
        self._kept: dict[Path, tuple[Hashable, Any]] = {}

    def read(self, path: Path, read: Callable[[], T], *, beside: Hashable = None) -> T:
        """What `read` gives of the file, or gave while nothing changed; `beside` counts too.

        Raises as `read`; what it raised is not kept.
        """
        try:
            seen = path.stat()
        except OSError:
            return read()
        state = (seen.st_size, seen.st_mtime_ns, seen.st_ino, beside)
        known = self._kept.get(path)
        if known is not None and known[0] == state:
            told: T = known[1]
            return told
        told = read()
        self._kept[path] = (state, told)
        return told
