"""A newsletter's selection changed in its file: what nobody changed stays as a person wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import tomlkit

from crawler.config.post_file import unwritable
from crawler.config.selections import selection_in
from crawler.config.toml_changes import (
    Stretch,
    edited,
    fill_picture,
    in_place,
    joined,
    put,
    put_picture,
)
from crawler.config.toml_parts import Part, apart_from_tail, parts_of
from crawler.models import Pick, PostPicture, Selection

# Of an issue and of an entry, in the order in which new ones are written.
_ISSUE: Final = ("title", "introduction", "event", "language")
_ENTRY: Final = (*("url", "article", "event", "headline", "excerpt", "outlet", "genre", "section"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to stand in a file."""

    selection: Selection
    # of each entry: which one of the file it was, counted from 0; None: it is new
    origins: tuple[int | None, ...]


def changed(text: str, change: Change, path: Path) -> str:
    """The text of a selection with the change in it; read back from `path`'s folder.

    Raises RegistryError for what no selection may hold, and where the file is laid out so that the
    change cannot be made without losing something.
    """
    try:
        text = made(text, change)
    except (tomlkit.exceptions.TOMLKitError, ValueError) as error:
        raise unwritable(path) from error
    if replace(selection_in(text, path), source=None) != replace(change.selection, source=None):
        raise unwritable(path)
    return text


def made(text: str, change: Change) -> str:
    """The same, not read back: it may hold what no selection may."""
    text, tail = apart_from_tail(text)
    parts = parts_of(text)
    above = change.selection.picture
    head = _head(
        parts[0], change.selection, above=not any(part.name == "picture" for part in parts)
    )
    places = [at for at, part in enumerate(parts) if part.name == "entry"]
    entries: list[Stretch] = []
    for pick, at in zip(change.selection.picks, change.origins, strict=True):
        place = None if at is None else places[at]
        entries.append((place, _entry(None if place is None else parts[place], pick)))
    kept = [
        (at, _picture(part, above) if part.name == "picture" else part.text)
        for at, part in enumerate(parts)
        if at and part.name != "entry"
    ]
    return joined([(0, head), *in_place("entry", parts[1:], entries, iter(kept))]) + tail


def _head(part: Part, selection: Selection, *, above: bool) -> str:
    def edit(table: Any) -> None:
        if "entry" in table:
            raise ValueError("entries on one line are no tables of their own")
        if table.get("number") != selection.number:
            table["number"] = selection.number
        for key in _ISSUE:
            put(table, key, getattr(selection, key))
        put(table, "layout", selection.layout, "full")
        put(table, "sections", selection.sections, False)
        put(table, "unsubscribe", selection.unsubscribe)
        if above:
            put_picture(table, "picture", selection.picture)

    return edited(part.text, lambda document: document, edit)


def _picture(part: Part, picture: PostPicture | None) -> str:
    if picture is None:
        return ""
    return edited(part.text, lambda d: d["picture"], lambda t: fill_picture(t, picture))


def _entry(part: Part | None, pick: Pick) -> str:
    def edit(table: Any) -> None:
        for key in _ENTRY:
            put(table, key, getattr(pick, key))
        put_picture(table, "picture", pick.picture)

    text = part.text if part else "[[entry]]\n"
    return edited(text, lambda document: document["entry"][0], edit)
