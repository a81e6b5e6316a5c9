"""A TOML file that pages and editors write in turn: nobody's words are lost (tomlkit).

A form carries the digest of the file that it was made of. What is another file by then is not
written over; what is written keeps comments and order, and is read back before it counts.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar

import tomlkit
from tomlkit.exceptions import ParseError

from crawler.config.files import reason
from crawler.config.refusals import RegistryError
from crawler.failure import Failure
from crawler.files import write_whole

# A document of tomlkit, or a table of one.
Table = Any


class ChangedMeanwhile(Failure):
    """The file is another than the one that was shown; nothing was written. Exit code 1."""

    code: ClassVar[int] = 1


def digest_of(path: Path) -> str:
    """By which a file as it stands is known again. Raises RegistryError where it cannot be read."""
    return digest_in(_read(path))


def digest_in(raw: bytes) -> str:
    """The same of a file's bytes."""
    return blake2b(raw, digest_size=16).hexdigest()


def edit(
    path: Path,
    change: Callable[[Table], None],
    *,
    read_back: Callable[[], object],
    digest: str | None = None,
    source: Path | None = None,
) -> Path:
    """Has `change` change the file's document, and writes what became of it.

    With `source` the document is that one's, and the file is yet to be there. Raises
    ChangedMeanwhile where the file is not the one of `digest`, and RegistryError where it cannot
    be written or `read_back` refuses what was; then it is what it was.
    """
    before = _read(source or path)
    if (digest is not None and digest_in(before) != digest) or (source and path.exists()):
        raise ChangedMeanwhile("{file}: somebody else changed it meanwhile", file=path.name)
    document = _parsed(before, path)
    change(document)
    text = tomlkit.dumps(document)
    if text.encode() == before:
        return path
    try:
        write_whole(path, text, replace=True)
        read_back()
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error
    except RegistryError:
        if source:
            path.unlink()
        else:
            write_whole(path, before.decode("utf-8"), replace=True)
        raise
    return path


def put(table: Table, key: str, value: object) -> None:
    """Sets a key that says something else; takes it out where there is nothing to say."""
    if value is None or value in ("", [], ()):
        table.pop(key, None)
    elif table.get(key) != value:
        table[key] = value


def part(document: Table, name: str) -> Table:
    """The table `[name]`, made at the end where there is none."""
    if name not in document:
        document[name] = tomlkit.table()
    return document[name]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RegistryError("{path}: {reason}", path=path, reason=reason(error)) from error


def _parsed(raw: bytes, path: Path) -> Table:
    try:
        return tomlkit.parse(raw.decode("utf-8-sig"))
    except (ParseError, UnicodeDecodeError) as error:
        raise RegistryError("{path}: not TOML: {said}", path=path, said=error) from error
