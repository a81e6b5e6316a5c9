"""A picture that is one: a red PNG of eight by four dots."""

from __future__ import annotations

import struct
import zlib
from typing import Final


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


PNG: Final = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 4, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\x7a\x1f\x2b" * 8) * 4))
    + _chunk(b"IEND", b"")
)
