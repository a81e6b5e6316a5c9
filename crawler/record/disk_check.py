"""Where a record may live: SQLite's locks and its write-ahead log need a local disk.

Source: sqlite.org/wal.html, "All processes using a database must be on the same host
computer; WAL does not work over a network filesystem", and sqlite.org/useovernet.html.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Protocol

import psutil

from crawler.record.errors import RecordRefused

NETWORK = frozenset(
    {
        *("afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "fuse.ceph"),
        *("fuse.davfs2", "fuse.glusterfs", "fuse.google-drive-ocamlfuse", "fuse.rclone"),
        *("fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "pvfs2", "smb3", "smbfs", "webdav"),
    }
)
# names of network file systems as Linux and macOS give them


class Partition(Protocol):
    """What we need of `psutil.disk_partitions()`'s rows."""

    @property
    def mountpoint(self) -> str:
        """Where it is mounted: "/mnt/share"."""

    @property
    def fstype(self) -> str:
        """Its file system: "nfs4"."""

    @property
    def opts(self) -> str:
        """How it is mounted: "rw,remote"."""


def refuse_network_drive(path: PurePath, partitions: Iterable[Partition]) -> None:
    """Raises `RecordRefused` where the absolute `path` lies on another machine's disk."""
    if path.drive.startswith("\\\\"):
        raise _refusal(path, "a network share")
    home = _partition_of(path, partitions)
    if home is not None and _is_remote(home):
        raise _refusal(path, f"a network drive ({home.fstype or 'remote'})")


def local_partitions() -> list[Partition]:
    """What is mounted on this machine, network drives included."""
    return list(psutil.disk_partitions(all=True))


def _partition_of(path: PurePath, partitions: Iterable[Partition]) -> Partition | None:
    """The partition mounted deepest above `path`; paths compare as their system does."""
    kind = type(path)
    above = {parent: depth for depth, parent in enumerate((path, *path.parents))}
    holding = [(above[kind(p.mountpoint)], p) for p in partitions if kind(p.mountpoint) in above]
    # of two mounted on one place the later hides the earlier: min keeps the first it meets
    return min(reversed(holding), key=lambda found: found[0], default=(0, None))[1]


def _is_remote(partition: Partition) -> bool:
    options = partition.opts.lower().split(",")
    windows_disk_in_linux = partition.fstype == "9p" and "drvfs" in partition.opts
    return partition.fstype.lower() in NETWORK or "remote" in options or windows_disk_in_linux


def _refusal(path: PurePath, what: str) -> RecordRefused:
    return RecordRefused(
        "{path} lies on {what}, where a record can be damaged: move the workspace to "
        "a disk of this computer",
        path=path,
        what=what,
    )


def resolved(path: Path) -> Path:
    """`path` absolute, links followed, as far as it exists."""
    return path.expanduser().resolve()
