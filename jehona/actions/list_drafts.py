"""A list that somebody dropped, between the look at it and the word to take it in."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from crawler.files import PRIVATE, whole_file
from jehona.actions.errors import Unknown, Wrong
from jehona.actions.office import Office

# Who has not come back by then looks at the list again.
KEPT: Final = timedelta(days=1)
# Bytes: 20,000 clips are some four million.
LARGEST: Final = 12_000_000
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_SUFFIXES: Final = (".csv", ".xlsx", ".tsv", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A list as it was dropped."""

    # by which it is found again
    name: str
    # as the file was called
    file: Path
    body: bytes


def put(office: Office, file: str, body: bytes) -> Draft:
    """Lay a list down for a day; only its owner reads it. Raises Wrong for too large a one."""
    if len(body) > LARGEST:
        raise Wrong(
            "{file:.200}: larger than {largest:,} bytes: part the list", file=file, largest=LARGEST
        )
    folder = _folder(office)
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(office)
    called = Path(Path(file.replace("\\", "/")).name[-100:] or "list.csv")
    name = secrets.token_urlsafe(16)
    place = folder / f"{name}{called.suffix.lower() if called.suffix.lower() in _SUFFIXES else ''}"
    with whole_file(place, mode=PRIVATE) as laid_down:
        laid_down.write(body)
    return Draft(name=name, file=called, body=body)


def get(office: Office, name: str, file: str) -> Draft:
    """The list that was laid down under a name. Raises Unknown where it is there no more."""
    place = _place(office, name)
    return Draft(
        name=name, file=Path(Path(file).name[-100:] or "list.csv"), body=place.read_bytes()
    )


def drop(office: Office, name: str) -> None:
    """It is taken in, or nobody wants it. Raises Unknown."""
    _place(office, name).unlink(missing_ok=True)


def _place(office: Office, name: str) -> Path:
    found = _folder(office).glob(f"{name}*") if _NAME.fullmatch(name) else iter(())
    place = next(found, None)
    if place is None:
        raise Unknown("the list is there no more: choose the file again")
    return place


def _folder(office: Office) -> Path:
    return office.workspace.var / "lists"


def _forget_old(office: Office) -> None:
    """By the files' own times: a list whose day is over goes."""
    now = office.clock().timestamp()
    for file in _folder(office).iterdir():
        if now - file.stat().st_mtime > KEPT.total_seconds():
            file.unlink(missing_ok=True)
