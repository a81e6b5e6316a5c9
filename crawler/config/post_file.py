"""A post's document changed in its file: what nobody changed stays as a person wrote it.

Comments and the order of keys stay (tomlkit); a block takes along what is said above it, a piece
what is said on its line. What is made is read back before it counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import tomlkit

from crawler.config.outlet_file import quoted
from crawler.config.posts import Told, comment_of, post_in
from crawler.config.refusals import RegistryError
from crawler.config.toml_changes import Stretch, edited, fill_picture, in_place, item, joined, put
from crawler.config.toml_parts import Item, Listed, Part, apart_from_tail, listed, parts_of
from crawler.models import PostBlock, PostDocument, PostPicture, PostPiece

# Of a block, in the order in which new ones are written.
_WORDS: Final = ("outlet", "heading", "picture", "video", "alt", "caption", "chart")
# lists that may hold nothing
_EMPTY: Final = ("left_out", "categories", "tags")
# what a key says that is not there
_USUAL: Final = PostDocument(title="")
# what a list that fits one line has at most, in characters
_SHORT: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to stand in a file."""

    post: PostDocument
    # of each block: which one of the file it was, counted from 0; None: it is new
    origins: tuple[int | None, ...]
    # what is said of a piece that comes in, by its name
    told: Told


def changed(text: str, change: Change, path: Path) -> str:
    """The text of a document with the change in it; read back from `path`'s folder.

    Raises RegistryError for what no document may hold, and where the file is laid out so that the
    change cannot be made without losing something.
    """
    try:
        text = made(text, change)
    except (tomlkit.exceptions.TOMLKitError, ValueError) as error:
        raise unwritable(path) from error
    if replace(post_in(text, path), source=None) != replace(change.post, source=None):
        raise unwritable(path)
    return text


def unwritable(path: Path) -> RegistryError:
    """The refusal of a change that would lose something."""
    return RegistryError(
        "{path}: laid out so that this change cannot be made in it; make it in an editor", path=path
    )


def made(text: str, change: Change) -> str:
    """The same, not read back: it may hold what no document may."""
    text, tail = apart_from_tail(text)
    parts = parts_of(text)
    said = _said(parts)
    apart = any(part.name == "picture" for part in parts)
    head = _head(parts[0], change, said, above=not apart)
    places = [at for at, part in enumerate(parts) if part.name == "block"]
    blocks: list[Stretch] = []
    for block, at in zip(change.post.blocks, change.origins, strict=True):
        place = None if at is None else places[at]
        stands = None if place is None else parts[place]
        blocks.append((place, _block(stands, block, said, change.told)))
    above = change.post.picture
    kept = [
        (at, _picture(part, above) if part.name == "picture" else part.text)
        for at, part in enumerate(parts)
        if at and part.name != "block"
    ]
    return joined([(0, head), *in_place("block", parts[1:], blocks, iter(kept))]) + tail


# --- a table ---------------------------------------------------------------------------------


def _head(part: Part, change: Change, said: Mapping[str, Item], *, above: bool) -> str:
    """What stands before any table; with `above` the picture too."""
    post, told = change.post, change.told

    def edit(table: Any) -> None:
        if "block" in table:
            raise ValueError("blocks on one line are no tables of their own")
        put(table, "title", post.title, None)
        put(table, "headlines", post.headlines, _USUAL.headlines)
        put(table, "links", post.links, _USUAL.links)
        put(table, "completeness", post.completeness, _USUAL.completeness)
        _set_list(table, "left_out", [PostPiece(name=n) for n in post.left_out], said, told)
        for key in ("categories", "tags"):
            _set_list(table, key, [PostPiece(name=n) for n in getattr(post, key)], {}, {})
        put(table, "slug", post.slug, None)
        if above and "picture" in table and post.picture:
            fill_picture(table["picture"], post.picture)
        elif above and "picture" in table:
            table.pop("picture")
        elif above and post.picture:
            fields = tomlkit.table()
            fill_picture(fields, post.picture)
            table["picture"] = fields

    return edited(part.text, lambda document: document, edit)


def _picture(part: Part, picture: PostPicture | None) -> str:
    if picture is None:
        return ""
    return edited(part.text, lambda d: d["picture"], lambda t: fill_picture(t, picture))


def _block(part: Part | None, block: PostBlock, said: Mapping[str, Item], told: Told) -> str:
    text = part.text if part else "[[block]]\n"

    def edit(table: Any) -> None:
        put(table, "text", block.text, None)
        for key in _WORDS:
            put(table, key, getattr(block, key), None)
        _set_list(table, "pieces", block.pieces, said, told)
        _set_list(table, "new", [PostPiece(name=name) for name in block.new], said, told)

    return edited(text, lambda document: document["block"][0], edit)


# --- a value ---------------------------------------------------------------------------------


def _set_list(
    table: Any, key: str, pieces: Sequence[PostPiece], said: Mapping[str, Item], told: Told
) -> None:
    """Writes a list that says something else; what is said of a piece comes along."""
    if not pieces:
        if table.get(key) and key in _EMPTY:
            # what is said behind it stays
            table[key] = item("[]")
        elif key not in _EMPTY:
            table.pop(key, None)
        return
    stands = listed(table[key].as_string()) if key in table else Listed(items=())
    own = {_named(item.value).name: item for item in stands.items}
    if [_named(item.value) for item in stands.items] == list(pieces):
        return
    items = tuple(_listed(piece, own.get(piece.name) or said.get(piece.name)) for piece in pieces)
    items = tuple(
        item if item.behind or item.above or piece.name in said else _commented(item, piece, told)
        for item, piece in zip(items, pieces, strict=True)
    )
    wanted = Listed(items=items, below=stands.below)
    # as it was laid out, where it was
    lines = "\n" in table[key].as_string() if key in table else False
    table[key] = item(wanted.text(lines=lines or len(wanted.text(lines=False)) > _SHORT))


def _listed(piece: PostPiece, before: Item | None) -> Item:
    if before and _named(before.value) == piece:
        return before
    return replace(before or Item(value=""), value=_piece(piece))


def _commented(item: Item, piece: PostPiece, told: Told) -> Item:
    said = comment_of(told.get(piece.name, ""))
    return replace(item, behind=f"# {said}") if said else item


def _piece(piece: PostPiece) -> str:
    if piece.headline is None and piece.genre is None:
        return quoted(piece.name)
    pairs = {"article": piece.name, "headline": piece.headline, "genre": piece.genre}
    told = ", ".join(f"{key} = {quoted(value)}" for key, value in pairs.items() if value)
    return f"{{ {told} }}"


def _named(value: str) -> PostPiece:
    """An item of a list as it stands. Raises ValueError where it is none of ours."""
    read = tomllib.loads(f"x = {value}")["x"]
    if isinstance(read, dict):
        return PostPiece(
            name=str(read["article"]).strip(),
            headline=(read.get("headline") or "").strip() or None,
            genre=read.get("genre"),
        )
    return PostPiece(name=str(read).strip())


def _said(parts: Sequence[Part]) -> dict[str, Item]:
    """What stands with each piece anywhere in the file, by its name; the first that says more."""
    found: dict[str, Item] = {}
    for part in parts:
        document = tomlkit.parse(part.text)
        tables = document["block"] if part.name == "block" else [document]
        for table in tables:
            for key in ("pieces", "new", "left_out"):
                if key not in table:
                    continue
                for row in listed(table[key].as_string()).items:
                    name = _named(row.value).name
                    if name not in found or not (found[name].behind or found[name].above):
                        found[name] = row
    return found
