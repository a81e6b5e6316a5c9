"""Parts of a TOML text changed and joined anew: what nobody changed keeps its layout (tomlkit)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import tomlkit

from crawler.config.outlet_file import quoted
from crawler.config.posts import long_text
from crawler.config.toml_parts import Part
from crawler.models import PostPicture

_PICTURE: Final = ("file", "alt", "caption")

# where a part stood, None for a new one, and its text
Stretch = tuple[int | None, str]


def in_place(
    name: str, parts: Sequence[Part], blocks: Sequence[Stretch], kept: Iterator[Stretch]
) -> Iterator[Stretch]:
    """Tables of a `name` where such stood, one behind the other; what is more behind the last."""
    waiting = list(blocks)
    last = max((at for at, part in enumerate(parts) if part.name == name), default=-1)
    for at, part in enumerate(parts):
        if part.name != name:
            yield next(kept)
        elif at == last:
            yield from waiting
        elif waiting:
            yield waiting.pop(0)
    if last < 0:
        yield from waiting


def joined(stretches: Sequence[Stretch]) -> str:
    """One behind the other; an empty line between those that did not stand so."""
    text, before = "", -1
    for at, part in stretches:
        if part and text:
            together = at is not None and at == before + 1
            gap = "" if text.endswith("\n") else "\n"
            text += gap if together or f"{text}{gap}".endswith("\n\n") else f"{gap}\n"
        text += part
        before = -9 if at is None else at
    return text.rstrip() + "\n"


def edited(text: str, find: Callable[[Any], Any], edit: Callable[[Any], None]) -> str:
    """The text of a part, changed before the empty lines at its end."""
    body = text.rstrip()
    document = tomlkit.parse(f"{body}\n" if body else "")
    edit(find(document))
    return f"{tomlkit.dumps(document).rstrip()}{text[len(body) :] or chr(10)}".lstrip("\n")


def put(table: Any, key: str, value: str | bool | None, default: object = None) -> None:
    """Writes a key that says something else; takes away one that says nothing."""
    if value is None or (key not in table and value == default):
        table.pop(key, None)
        return
    stands = table.get(key)
    if stands == value or (isinstance(stands, str) and stands.strip() == value):
        return
    table[key] = item(_toml(value))


def _toml(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return long_text(value) if "\n" in value else quoted(value)


def item(toml: str) -> Any:
    """A value as it is written: `["a", "b"]`."""
    return tomlkit.parse(f"x = {toml}\n")["x"]


def put_picture(table: Any, key: str, picture: PostPicture | None) -> None:
    """Writes a picture of media/, as a text or a table, as it stood."""
    stands = table.get(key)
    if picture is None:
        table.pop(key, None)
    elif isinstance(stands, str) and stands.strip() == picture.file and not _told(picture):
        return
    elif stands is not None and not isinstance(stands, str):
        fill_picture(stands, picture)
    else:
        fields = tomlkit.inline_table()
        fill_picture(fields, picture)
        table[key] = fields


def fill_picture(table: Any, picture: PostPicture) -> None:
    """Writes what a table says of a picture."""
    for key in _PICTURE:
        put(table, key, getattr(picture, key))
    put(table, "featured", picture.featured, False)


def _told(picture: PostPicture) -> bool:
    return bool(picture.alt or picture.caption or picture.featured)
