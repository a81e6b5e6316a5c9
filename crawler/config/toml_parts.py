"""A TOML text in parts that can change places, with the comments that stand with them (pure).

A comment belongs to what it stands above or behind: to the table whose header comes directly below,
to the item of a list on its line or on the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

# toml.io, 1.0: strings of four kinds, comments, ends of lines, brackets; else blanks and words
_TOKEN: Final = re.compile(
    r'"""(?:\\[\s\S]|(?!""")[^\\])*"{3,5}'
    r"|'''(?:(?!''')[\s\S])*'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|\r?\n"
    r"|[\[\]{},=]"
    r"|[ \t\r]+"
    r"|[^\s\"'\#\[\]{},=]+"
)
_HEADER: Final = re.compile(r"\s*(\[\[?)\s*(.*?)\s*\]")
_OPENING, _CLOSING, _ENDS = ("[", "{"), ("]", "}"), ("\n", "\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table as it stands: the comments directly above its header, the header, its lines."""

    # "block" of "[[block]]", "picture" of "[picture]"; None: what stands before any table
    name: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a list as it stands."""

    # "" or whole lines, "# the first evening"
    above: tuple[str, ...] = ()
    value: str
    # a comment on its line, "# Gazeta: Panairi hapet"
    behind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list as it stands."""

    items: tuple[Item, ...]
    # comments before the closing bracket
    below: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        """Whether comments stand in it."""
        return bool(self.below) or any(item.above or item.behind for item in self.items)

    def text(self, *, lines: bool) -> str:
        """The list, an item a line where that is wished or comments want it."""
        if not lines and not self.told:
            return f"[{', '.join(item.value for item in self.items)}]"
        said = [
            line
            for item in self.items
            for line in (*item.above, f"{item.value},{f'  {item.behind}' if item.behind else ''}")
        ]
        return "".join(f"{line}\n" for line in ("[", *(f"  {one}" for one in said))) + "".join(
            (*(f"  {one}\n" for one in self.below), "]")
        )


def parts_of(text: str) -> list[Part]:
    """The parts of a text that `tomllib` reads; joined they are the text. The first has no name."""
    starts = list(_headers(text))
    places = [0, *(at for at, _ in starts), len(text)]
    names = [None, *(name for _, name in starts)]
    return [
        Part(name=name, text=text[start:end])
        for name, start, end in zip(names, places[:-1], places[1:], strict=True)
    ]


def apart_from_tail(text: str) -> tuple[str, str]:
    """A text, and the comments at its end that an empty line parts from the last table."""
    tail = len(text)
    for line, first in reversed(list(_lines(text))):
        if first and not first.startswith("#"):
            break
        if not first:
            tail = line
    return text[:tail], text[tail:] if text[tail:].strip() else ""


def _headers(text: str) -> Iterator[tuple[int, str]]:
    """Where each table begins, the comments above it too, and its name.

    A table inside another, as `[block.picture]`, is a part of that one.
    """
    above: int | None = None
    inside = ""
    for line, first in _lines(text):
        if first.startswith("#"):
            above = line if above is None else above
            continue
        if first == "[":
            head = _HEADER.match(text, line)
            name = head[2].strip("\"'") if head else ""
            if not inside or not name.startswith(f"{inside}."):
                inside = name
                yield (line if above is None else above), name
        above = None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Where each line begins that is no part of a value, and its first sign; "" for none."""
    line, first, depth = 0, "", 0
    for found in _TOKEN.finditer(text):
        sign = found.group()
        if sign in _ENDS and depth == 0:
            yield line, first
            line, first = found.end(), ""
        elif not sign.isspace():
            first = first or sign
        depth += (sign in _OPENING) - (sign in _CLOSING)
    if first:
        yield line, first


class _Reading:
    """A list while it is read."""

    __slots__ = ("above", "fresh", "items", "value")

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.above: list[str] = []
        # of the item that has begun
        self.value = ""
        # whether nothing stands on this line yet
        self.fresh = True

    def end(self) -> None:
        """The item that has begun is over."""
        if self.value:
            self.items.append(Item(above=tuple(self.above), value=self.value))
            self.value, self.above = "", []

    def note(self, comment: str) -> None:
        """A comment: of the item on its line, else of the next."""
        began = bool(self.value)
        self.end()
        if self.items and (began or not self.fresh):
            last = self.items[-1]
            self.items[-1] = replace(last, behind=f"{last.behind} {comment}".strip())
        else:
            self.above.append(comment)


def listed(text: str) -> Listed:
    """The list whose TOML this is: `["a", "b"]`, with its comments."""
    read, depth = _Reading(), 0
    for sign in _TOKEN.findall(text):
        depth -= sign in _CLOSING
        if sign.startswith("#"):
            read.note(sign)
        elif (depth == 1 and sign == ",") or depth == 0:
            read.end()
        elif depth > 1 or not sign.isspace():
            read.value += sign
        depth += sign in _OPENING
        read.fresh = sign in _ENDS or (read.fresh and sign.isspace())
    return Listed(items=tuple(read.items), below=tuple(read.above))
