"""Saving a file of the workspace from a form: one at a time, and never over another's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from crawler.config.edited import ChangedMeanwhile, digest_in
from crawler.record.lock import EditLock
from jehona.actions.office import Office

__all__ = ["ChangedMeanwhile", "digest_of", "saving", "sound", "unchanged"]

# Seconds that a form waits for another, which takes milliseconds.
PATIENCE: Final = 10.0


@contextmanager
def saving(office: Office) -> Iterator[None]:
    """Nobody else saves meanwhile: what is looked at is what is written over.

    Raises RecordRefused where another holds on.
    """
    with EditLock(office.workspace.var / "edit.lock").acquire(PATIENCE):
        yield


def digest_of(body: bytes | None) -> str:
    """By which a document that was read is known again; "" where there was none."""
    return "" if body is None else digest_in(body)


def unchanged(file: Path, body: bytes | None, digest: str) -> None:
    """Raises ChangedMeanwhile where `body`, as a file stands, is not the one of `digest`."""
    if digest_of(body) != digest:
        named = f"{file.parent.name}/{file.name}"
        raise ChangedMeanwhile("{file}: somebody else changed it meanwhile", file=named)


def sound(origins: Iterable[int | None], count: int) -> tuple[int | None, ...]:
    """Each of the `count` parts of a file once, and none that it has not."""
    seen: set[int | None] = set()
    found: list[int | None] = []
    for at in origins:
        found.append(at if at is not None and at < count and at not in seen else None)
        seen.add(at)
    return tuple(found)
