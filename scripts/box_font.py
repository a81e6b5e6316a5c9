"""Makes reports/fonts/JehonaBox.ttf: an empty box for every letter that no other font has.

    python -m scripts.box_font          writes it

A PDF in which a letter has no glyph loses the letter: it cannot be searched, copied or read aloud.
Set in this font it is a box to look at and stays itself underneath. There are many equal boxes, so
that two letters of one paper seldom share one and each is written down with its own; nothing in it
is anybody else's.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PLACE: Final = Path(__file__).resolve().parents[1] / "reports" / "fonts" / "JehonaBox.ttf"
EM: Final = 1000
WIDTH: Final = 900
# Left, bottom, right and top of the box, in thousandths of an em, and how thick its line is.
BOX: Final = (80, -60, 820, 740)
LINE: Final = 50
FAMILY: Final = "Jehona Box"
# Everything from the first sign that is seen; surrogates are no characters.
RANGES: Final = ((0x21, 0xD7FF), (0xE000, 0x10FFFF))
BOXES: Final = 1_023
# glyphs that look the same; the first is drawn, the others are it again
MAGIC: Final = 0xB1B0AFBA
# of a whole font's checksum (OpenType, "head")


def font(family: str = FAMILY, ranges: Sequence[tuple[int, int]] = RANGES) -> bytes:
    """The font file: a box for every code point of these ranges, both ends included."""
    box = _box()
    # a glyph made of another: no contours of its own, then that glyph as it stands (flags of
    # OpenType's "glyf": the two offsets are x and y, in bytes)
    again = struct.pack(">hhhhhHHbb", -1, *BOX, 0b10, 1, 0, 0)
    places = [0, 0, len(box), *(len(box) + len(again) * n for n in range(1, BOXES))]
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(ranges),
        b"glyf": box + again * (BOXES - 1),
        b"head": _head(0),
        b"hhea": struct.pack(
            ">IhhhHhhhhhh8xhH", 0x10000, 800, -200, 0, WIDTH, 80, 80, 820, 1, 0, 0, 0, 1
        ),
        b"hmtx": struct.pack(f">Hh{BOXES}h", WIDTH, 0, *[BOX[0]] * BOXES),
        b"loca": struct.pack(f">{BOXES + 2}I", *places),
        b"maxp": struct.pack(
            ">IHHHHHHHHHHHHHH", 0x10000, BOXES + 1, 8, 2, 8, 2, 2, 0, 0, 0, 0, 0, 0, 1, 1
        ),
        b"name": _names(family),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    total = _sum(_file(tables))
    return _file({**tables, b"head": _head((MAGIC - total) & 0xFFFFFFFF)})


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The directory, then the tables, each on a border of four bytes."""
    at, directory, bodies = 12 + 16 * len(tables), b"", b""
    for tag, body in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _sum(body), at + len(bodies), len(body))
        bodies += body + b"\0" * (-len(body) % 4)
    # of ten tables: search range, entry selector, range shift
    return struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 32) + directory + bodies


def _sum(body: bytes) -> int:
    whole = body + b"\0" * (-len(body) % 4)
    total: int = sum(struct.unpack(f">{len(whole) // 4}I", whole))
    return total & 0xFFFFFFFF


def _box() -> bytes:
    """Two contours, the inner one the other way round: a frame."""
    left, low, right, top = BOX
    outer = [(left, low), (left, top), (right, top), (right, low)]
    left, low, right, top = left + LINE, low + LINE, right - LINE, top - LINE
    points = [*outer, (left, low), (right, low), (right, top), (left, top)]
    head = struct.pack(">hhhhh", 2, *BOX) + struct.pack(">HHH", 3, 7, 0)
    xs = [b[0] - a[0] for a, b in zip([(0, 0), *points], points, strict=False)]
    ys = [b[1] - a[1] for a, b in zip([(0, 0), *points], points, strict=False)]
    body = head + b"\x01" * 8 + struct.pack(">8h", *xs) + struct.pack(">8h", *ys)
    return body + b"\0" * (-len(body) % 4)


def _cmap(ranges: Sequence[tuple[int, int]]) -> bytes:
    """Format 12: each group of letters has the boxes in turn."""
    groups = [
        struct.pack(">III", at, min(at + BOXES - 1, last), 1)
        for first, last in ranges
        for at in range(first, last + 1, BOXES)
    ]
    size = 16 + 12 * len(groups)
    table = struct.pack(">HHIII", 12, 0, size, 0, len(groups)) + b"".join(groups)
    # platform 0 (Unicode), encoding 4 (all of it), and Windows' own of the same
    heads = struct.pack(">HHI", 0, 4, 20) + struct.pack(">HHI", 3, 10, 20)
    return struct.pack(">HH", 0, 2) + heads + table


def _head(adjustment: int) -> bytes:
    dates = struct.pack(">QQ", 0, 0)
    box = struct.pack(">hhhh", *BOX)
    front = struct.pack(">IIIIHH", 0x10000, 0x10000, adjustment, 0x5F0F3CF5, 0b11, EM)
    return front + dates + box + struct.pack(">HHhhh", 0, 8, 2, 1, 0)


def _os2() -> bytes:
    """Version 4: measures, weight 400, all of the rest unsaid."""
    front = struct.pack(
        ">HhHHH10h", 4, WIDTH, 400, 5, 0, *[650, 700, 0, 140, 650, 700, 0, 480, 50, 250]
    )
    panose = struct.pack(">h10s4I4s", 0, b"\0" * 10, 0, 0, 0, 0, b"JHNA")
    end = struct.pack(">HHHhhhHH", 0x40, 0x21, 0xFFFF, 800, -200, 0, 800, 200)
    return front + panose + end + struct.pack(">IIhhHHH", 1, 0, 500, 700, 0, 32, 1)


def _names(family: str) -> bytes:
    plain = family.replace(" ", "")
    told = {1: family, 2: "Regular", 3: family, 4: family, 5: "Version 1.0", 6: f"{plain}-Regular"}
    records, words = b"", b""
    for number, text in told.items():
        spelled = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(spelled), len(words))
        words += spelled
    return struct.pack(">HHH", 0, len(told), 6 + len(records)) + records + words


if __name__ == "__main__":
    PLACE.write_bytes(font())
    print(f"wrote {PLACE}")
