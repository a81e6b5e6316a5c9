"""A file of a form: its name is only told, its bytes are bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jehona.actions.errors import Wrong
from jehona.desk.visit import Visit

# Characters of a name that lead somewhere; a browser sends none of them.
LEADING: Final = frozenset("/\\\0")
# Characters of a name that are shown.
SHOWN: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What somebody chose."""

    # as their machine calls it; no path, and never one of ours
    name: str
    body: bytes


def upload(visit: Visit, field: str, *, most: int) -> Upload | None:
    """The file of a field; None where none was chosen.

    Raises Wrong for a name that is a path, and for more than `most` bytes. The form as a whole is
    bounded by the guard while it comes.
    """
    chosen = visit.file(field)
    if chosen is None:
        return None
    name = chosen.filename or ""
    if not LEADING.isdisjoint(name) or name in (".", "..") or not name.isprintable():
        raise Wrong(visit.say("desk_file_path", name=_shown(name)))
    with chosen.file as file:
        body = file.read(most + 1)
    if len(body) > most:
        megabytes = f"{most / 1e6:g}"
        raise Wrong(visit.say("desk_file_large", name=_shown(name), megabytes=megabytes))
    return Upload(name=name, body=body)


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in name)[:SHOWN]
