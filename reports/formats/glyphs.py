"""Which letters a font file has glyphs for: the `cmap` of an OpenType font, read by hand.

Typst says only that one letter is missing, and only where a standard forbids it; which ones, and
which other font of the office has them, is what a person needs to know. Formats 4, 12 and 13 of
the OpenType specification; a file that is none of it has no letters.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

# Tables of a font; real ones have some twenty.
MOST_TABLES: Final = 200
# Bytes of a cmap; that of all Chinese characters has some hundred thousand.
LARGEST: Final = 4_000_000
# Subtables of a cmap, one a platform and encoding.
MOST_SUBTABLES: Final = 40
# Segments or groups of one subtable; a font of all Chinese characters has some thousand.
MOST_GROUPS: Final = 70_000
_COLLECTION: Final = b"ttcf"


def letters_in(path: Path, index: int, wanted: Collection[int]) -> frozenset[int]:
    """Those of `wanted` that a font has; none of a file that is broken.

    `wanted` are code points, `index` is the font's place in a collection, 0 in any other file.
    """
    try:
        with path.open("rb") as file:
            cmap = _table(file, index, b"cmap")
        return frozenset(code for table in _subtables(cmap) for code in _held(table, wanted))
    except (OSError, struct.error):
        return frozenset()


def _table(font: BinaryIO, index: int, tag: bytes) -> bytes:
    """One table of a font; the others, which are megabytes, are not read."""
    start = 0
    if font.read(4) == _COLLECTION:
        (start,) = _told(font, 12 + 4 * index, ">I")
    (count,) = _told(font, start + 4, ">H")
    for at in range(start + 12, start + 12 + 16 * min(count, MOST_TABLES), 16):
        name, _, offset, length = _told(font, at, ">4sIII")
        if name == tag:
            font.seek(offset)
            return font.read(min(length, LARGEST))
    return b""


def _told(font: BinaryIO, at: int, form: str) -> tuple[Any, ...]:
    font.seek(at)
    return struct.unpack(form, font.read(struct.calcsize(form)))


def _subtables(cmap: bytes) -> Iterator[bytes]:
    if not cmap:
        return
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets = {
        struct.unpack_from(">HHI", cmap, 4 + 8 * at)[2] for at in range(min(count, MOST_SUBTABLES))
    }
    yield from (cmap[offset:] for offset in offsets)


def _held(table: bytes, wanted: Collection[int]) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", table, 0)
    if kind == 4:  # noqa: PLR2004 - the format's number
        yield from _in_segments(table, wanted)
    elif kind in {12, 13}:
        (count,) = struct.unpack_from(">I", table, 12)
        for at in range(min(count, MOST_GROUPS)):
            first, last, glyph = struct.unpack_from(">III", table, 16 + 12 * at)
            # format 12 counts glyphs up from the first, 13 has one for all
            yield from (
                code for code in wanted if first <= code <= last and (glyph or code > first)
            )


def _in_segments(table: bytes, wanted: Collection[int]) -> Iterator[int]:
    """Format 4: segments of the first 65,536 code points."""
    (double,) = struct.unpack_from(">H", table, 6)
    ends, starts, deltas, offsets = (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
    for at in range(0, min(double, 2 * MOST_GROUPS), 2):
        (last,), (first,) = (struct.unpack_from(">H", table, base + at) for base in (ends, starts))
        for code in wanted:
            if not first <= code <= last:
                continue
            (delta,), (offset,) = (
                struct.unpack_from(">H", table, base + at) for base in (deltas, offsets)
            )
            glyph = code + delta
            if offset:
                place = offsets + at + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", table, place)
            if glyph & 0xFFFF:
                yield code
