"""Packed bytes, whatever is said of them: gzip, deflate, Brotli, Zstandard (pure, bounded).

Servers say that an answer is packed and send it plain, pack twice what a plugin had packed, name a
file `.gz` that is none, and add a comment behind a packed page. The bytes tell what they are: each
kind is known by its first ones, or by being unpacked without a fault.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import brotli
import zstandard

from crawler.limits import LAYERS, ZSTD_WINDOW
from crawler.reading import Unreadable

GZIP: Final = b"\x1f\x8b\x08"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_CHUNK: Final = 64 * 1024
# bytes that are unpacked at once
_SAMPLE: Final = 512
# bytes that show whether something is plain text
_UNPRINTED: Final = frozenset(range(0x20)) - frozenset(b"\t\n\f\r\x1b")


_HEAD, _FOOT, _CHECKSUM = 10, 8, 4
# bytes at either end of a member of a gzip file; the checksum begins the foot
_HEAD_CHECKED, _EXTRA, _NAME, _COMMENT = 2, 4, 8, 16
# flags of such a head


class TooLarge(Unreadable):
    """It unpacks to more than may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What was packed."""

    body: bytes
    # plain
    whole: bool = True
    # whether the packing came to its end without a fault


def ungzipped(body: bytes, *, most: int) -> Unpacked:
    """`body` without gzip, however often it was packed; what is not packed as it is.

    What stands behind the packed part is left, further packed parts are not (RFC 1952, 2.2).
    Raises TooLarge beyond `most` bytes, Unreadable where nothing can be unpacked.
    """
    found = Unpacked(body=body)
    for _ in range(LAYERS):
        if not found.body.startswith(GZIP):
            break
        inner = _members(found.body, most)
        found = Unpacked(body=inner.body, whole=found.whole and inner.whole)
    return found


def unpacked(body: bytes, encodings: Sequence[str], *, most: int) -> Unpacked:
    """An answer without the codings that it declares (RFC 9110, 8.4), and without gzip.

    A coding that the bytes do not have is passed over. Raises TooLarge beyond `most` bytes.
    """
    found = Unpacked(body=body)
    for encoding in reversed(encodings[-LAYERS:]):
        name = encoding.strip().lower().removeprefix("x-")
        inner = _without(name, found.body, most)
        found = Unpacked(body=inner.body, whole=found.whole and inner.whole)
    try:
        inner = ungzipped(found.body, most=most)
    except TooLarge:
        if not encodings:
            return found
        raise
    except Unreadable:
        return Unpacked(body=found.body, whole=False)
    return Unpacked(body=inner.body, whole=found.whole and inner.whole)


def _without(name: str, body: bytes, most: int) -> Unpacked:
    if body.startswith(GZIP) or _is_text(body):
        return Unpacked(body=body)
    tries: dict[str, tuple[Callable[[bytes, int], Unpacked], ...]] = {
        "deflate": (_inflated, _raw_inflated),
        "br": (_unbrotlied,),
        "zstd": (),
    }
    for unpack in (_unzstd,) if body.startswith(_ZSTD) else tries.get(name, ()):
        try:
            return unpack(body, most)
        except _Foreign:
            continue
    return Unpacked(body=body)


class _Foreign(Exception):
    """The bytes are not packed so."""


def _is_text(body: bytes) -> bool:
    """Whether bytes are plain text in UTF-8: nothing packed is that for long."""
    sample = body[:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return _UNPRINTED.isdisjoint(sample)


def _gathered(parts: Iterator[bytes], most: int) -> bytes:
    """Raises TooLarge."""
    kept, size = [], 0
    for part in parts:
        size += len(part)
        if size > most:
            raise TooLarge(f"it unpacks to more than {most // 1024**2} MB")
        kept.append(part)
    return b"".join(kept)


# --- zlib ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Stream:
    """One stream of zlib's, its parts one after the other; a fault ends it."""

    left: bytes
    # what is still packed; in the end what stands behind
    bits: int
    # zlib's word for the format
    whole: bool = False

    def parts(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(self.bits)
        while self.left and not unpacker.eof:
            try:
                part = unpacker.decompress(self.left, _CHUNK)
            except zlib.error:
                self.left = b""
                return
            self.left = unpacker.unconsumed_tail
            if part:
                yield part
        self.whole, self.left = unpacker.eof, unpacker.unused_data


def _head_of(member: bytes) -> int:
    """The length of a gzip member's head (RFC 1952, 2.3): ten bytes, and what flags announce."""
    flags, end = member[3] if len(member) > _HEAD else 0, _HEAD
    if flags & _EXTRA:
        end += 2 + int.from_bytes(member[end : end + 2], "little")
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            end = member.find(b"\0", end) + 1 or len(member)
    return end + 2 * bool(flags & _HEAD_CHECKED)


def _members(body: bytes, most: int) -> Unpacked:
    """The members of a gzip file, one behind the other."""
    parts, whole, size = [], True, 0
    while body.startswith(GZIP) and whole:
        stream = _Stream(body[_head_of(body) :], -zlib.MAX_WBITS)
        part = _gathered(stream.parts(), most - size)
        size += len(part)
        parts.append(part)
        told = stream.left[:_CHECKSUM]
        checked = len(told) < _CHECKSUM or zlib.crc32(part) == int.from_bytes(told, "little")
        body, whole = stream.left[_FOOT:], stream.whole and checked
    if not size and not whole:
        raise Unreadable("its gzip is damaged")
    return Unpacked(body=b"".join(parts), whole=whole)


def _inflated(body: bytes, most: int) -> Unpacked:
    return _by_zlib(body, zlib.MAX_WBITS, most)


def _raw_inflated(body: bytes, most: int) -> Unpacked:
    """Deflate without zlib's frame, as old servers of Microsoft send it."""
    return _by_zlib(body, -zlib.MAX_WBITS, most)


def _by_zlib(body: bytes, bits: int, most: int) -> Unpacked:
    stream = _Stream(body, bits)
    plain = _gathered(stream.parts(), most)
    if not stream.whole and not (plain and _is_text(plain)):
        raise _Foreign
    return Unpacked(body=plain, whole=stream.whole)


# --- Brotli and Zstandard -------------------------------------------------------------------


def _unbrotlied(body: bytes, most: int) -> Unpacked:
    unpacker = brotli.Decompressor()

    def parts() -> Iterator[bytes]:
        part = unpacker.process(body, output_buffer_limit=_CHUNK)
        while part:
            yield part
            part = (
                b"" if unpacker.is_finished() else unpacker.process(b"", output_buffer_limit=_CHUNK)
            )

    try:
        plain = _gathered(parts(), most)
    except brotli.error as error:
        raise _Foreign from error
    if not unpacker.is_finished() and not (plain and _is_text(plain)):
        raise _Foreign
    return Unpacked(body=plain, whole=unpacker.is_finished())


def _unzstd(body: bytes, most: int) -> Unpacked:
    reader = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).stream_reader(
        body, read_across_frames=True
    )
    ended: list[bool] = []

    def parts() -> Iterator[bytes]:
        try:
            while part := reader.read(_CHUNK):
                yield part
        except zstandard.ZstdError:
            ended.append(False)

    plain = _gathered(parts(), most)
    if not plain and ended:
        raise _Foreign
    return Unpacked(body=plain, whole=not ended)
