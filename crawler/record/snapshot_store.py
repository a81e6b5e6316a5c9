"""Snapshots beside the database: append-only pack files, one zstandard frame a kept page.

A pack is written before the row that points into it is committed, so a torn tail (a killed
run, a full disk) is bytes that nobody refers to. One pack a run: `run-000007.pack`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.record.errors import RecordRefused, translating_disk

if TYPE_CHECKING:
    from zstandard import ZstdCompressor

LEVEL = 1
# of zstandard: 0.13 ms for a page of 92 KiB against 0.18 at level 3, for 3 to 6 % more bytes
LARGEST = 256 * 1024 * 1024
# bytes of one page after unpacking; the guest lets nothing near this in
PACK = re.compile(r"run-\d{6,19}(\.\d{1,6})?\.pack")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a frame lies."""

    pack: str
    # file name: "run-000007.pack"
    offset: int
    # its first byte
    length: int
    # bytes as stored
    digest: str | None = None
    # `digest_of` them, None where an earlier release kept them


class Packs:
    """The folder of pack files; a run has a pack of its own, written to in a transaction only."""

    __slots__ = ("_name", "_open", "folder")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._name: str | None = None
        self._open: FileIO | None = None

    def put(self, run: int, body: bytes) -> Place:
        """Appends `body` to the run's pack. Raises RecordRefused where the disk does."""
        frame = packed(body)
        name = pack_name(run)
        with translating_disk(self.folder / name):
            pack = self._pack(name)
            # another handle may have appended, and a failed write may have left a torn frame
            offset = pack.seek(0, os.SEEK_END)
            _write(pack, frame)
        return Place(pack=name, offset=offset, length=len(frame), digest=digest_of(frame))

    def get(self, place: Place) -> bytes:
        """The body kept at `place`. Raises RecordRefused where it is missing or damaged."""
        return unpacked(self.frame(place), self.folder / place.pack)

    def frame(self, place: Place) -> bytes:
        """The compressed bytes at `place`. Raises RecordRefused where they are not there."""
        path = self.folder / place.pack
        with translating_disk(path):
            try:
                with path.open("rb") as pack:
                    pack.seek(place.offset)
                    frame = pack.read(place.length)
            except FileNotFoundError as error:
                raise RecordRefused(
                    "{path} is missing: restore it from a backup", path=path
                ) from error
        if len(frame) < place.length:
            raise RecordRefused("{path} is damaged: restore it from a backup", path=path)
        return frame

    def sync(self) -> None:
        """Waits until the disk has what was put; called at the end of a run."""
        if self._open is not None:
            with translating_disk(self.folder):
                os.fsync(self._open.fileno())

    def close(self) -> None:
        """Closes the pack being written."""
        if self._open is not None:
            self._open.close()
        self._open = self._name = None

    def _pack(self, name: str) -> FileIO:
        if self._open is None or self._name != name:
            self.close()
            self.folder.mkdir(parents=True, exist_ok=True)
            # unbuffered: what a full disk refused must not come back at the next write
            self._open, self._name = (self.folder / name).open("ab", buffering=0), name
        return self._open


def _write(pack: FileIO, frame: bytes) -> None:
    """Writes all of `frame`; an unbuffered write may take a part."""
    left = memoryview(frame)
    while left:
        left = left[pack.write(left) :]


def pack_name(run: int) -> str:
    """The file a run's snapshots go into."""
    return f"run-{run:06d}.pack"


def is_pack_name(name: str) -> bool:
    """Whether a file may be a pack: "run-000007.pack", "run-000007.2.pack", and never a path."""
    return PACK.fullmatch(name) is not None


def packed(body: bytes) -> bytes:
    """One frame with its size and checksum."""
    return _compressor().compress(body)


@lru_cache(maxsize=1)
def _compressor() -> ZstdCompressor:
    """One for all frames: its tables are larger than a page. Not for several threads at once."""
    import zstandard  # noqa: PLC0415 - heavy; readers of the record do without

    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)


def unpacked(frame: bytes, path: Path) -> bytes:
    """The body of one frame. Raises RecordRefused for a damaged or outsized one."""
    import zstandard  # noqa: PLC0415 - heavy; only needed where a snapshot is read

    try:
        if zstandard.frame_content_size(frame) > LARGEST:
            raise RecordRefused(
                "{path} holds a page larger than {largest} bytes: not read",
                path=path,
                largest=LARGEST,
            )
        # bytes behind a frame are no frame of ours: a pack of another record
        return zstandard.ZstdDecompressor().decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise RecordRefused("{path} is damaged: restore it from a backup", path=path) from error


def digest_of(frame: bytes) -> str:
    """By what a frame is known again; not for secrets."""
    return blake2b(frame, digest_size=16).hexdigest()


def body_if_whole(frame: bytes, digest: str | None) -> bytes | None:
    """The body of a frame that is the one that was kept, and holds what its checksum says."""
    if digest is not None and digest_of(frame) != digest:
        return None
    try:
        return unpacked(frame, Path())
    except RecordRefused:
        return None
