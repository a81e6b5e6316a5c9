"""A bundle: one sealed run as one zip file, with a manifest that names every member.

`manifest.json` has the run, its checks, who collected with which version, and of each member path,
bytes and SHA-256; the bundle's digest is the manifest's. Each answer is two members: what was told
(`told/000000001.json`) and what was kept of the bytes (`kept/000000001.bin`). The same run gives
the same file, byte by byte.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from crawler.bundles.accounts import Account, Gone, understood
from crawler.bundles.ledger import spelled_check, spelled_run, understood_run
from crawler.failure import Failure
from crawler.limits import BUNDLE, BUNDLE_MANIFEST, BUNDLE_MEMBER, BUNDLE_MEMBERS, BUNDLE_PACKED
from crawler.models import Run

FORMAT: Final = "jehona-bundle"
VERSION: Final = 1
# of the format
MANIFEST: Final = "manifest.json"
ENDING: Final = ".bundle.zip"
LINE: Final = 200
# characters of who collected, of a digest, of a version
LEVEL: Final = 1
# of deflate: answers are text, a higher one costs five times as much for a tenth
_FAULTS: Final = (
    ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError,
)  # fmt: skip
# what a value that is not ours raises where it is read
_PACKING: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
# what `zipfile` raises at a file that is none, or is packed otherwise


class NotTaken(Failure):
    """A bundle that is refused, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What a manifest says."""

    # of the manifest: SHA-256
    digest: str
    # who collected: "press@desk-2"
    collector: str
    # of the bundle that the collector sealed before, None of the first
    previous: str | None
    # of the program
    version: str
    # with its checks
    run: Run
    # finished, interrupted
    state: str
    # whose answers and checks it has: slugs, sorted
    outlets: tuple[str, ...]


# --- writing ----------------------------------------------------------------------------


def write(
    file: BinaryIO,
    told: Iterable[tuple[bytes, bytes]],
    *,
    run: Run,
    state: str,
    collector: str,
    previous: str | None,
    version: str,
) -> str:
    """Writes a bundle; its digest. `told` are what each answer told and what was kept of it."""
    members: list[dict[str, Any]] = []
    outlets = {check.outlet for check in run.checks}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for number, (words, body) in enumerate(told, 1):
            outlets.add(json.loads(words)["outlet"])
            for path, what in zip(_paths(number), (words, body), strict=True):
                _add(archive, path, what)
                digest = sha256(what).hexdigest()
                members.append({"path": path, "bytes": len(what), "sha256": digest})
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "jehona": version,
            "collector": collector,
            "previous": previous,
            "run": spelled_run(run, state),
            "checks": [spelled_check(check) for check in run.checks],
            "outlets": sorted(outlets),
            "members": members,
        }
        spelled = json.dumps(manifest, indent=1).encode("ascii")
        _add(archive, MANIFEST, spelled)
    return sha256(spelled).hexdigest()


def file_name(run: Run, collector: str, place: str) -> str:
    """The name of a bundle's file, by which they stand in the order of time.

    `place` is the collector's own: two may have one name, and begin in one second.
    """
    who = re.sub(r"[^a-z0-9]+", "-", collector.lower()).strip("-")[:60] or "collector"
    return f"{run.started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{who}-{place[:12]}-{run.number}{ENDING}"


def _add(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    # the first day that a zip can tell, and never now
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, body, compresslevel=LEVEL)


def _paths(number: int) -> tuple[str, str]:
    return f"told/{number:09d}.json", f"kept/{number:09d}.bin"


# --- reading ----------------------------------------------------------------------------


class Bundle:
    """A bundle that is read: bounded, and each member held to the manifest."""

    __slots__ = ("archive", "file", "members", "sealed")

    def __init__(self, file: Path, *, ours: str) -> None:
        """Opens it, `ours` is our version. Raises NotTaken, OSError."""
        self.file = file
        if not file.is_file():
            raise NotTaken("{file} is no file", file=file)
        if file.stat().st_size > BUNDLE_PACKED:
            raise NotTaken("{file} is larger than a bundle may be", file=file)
        try:
            self.archive = zipfile.ZipFile(file)
        except _PACKING as error:
            raise NotTaken("{file} is no bundle: it is no zip file", file=file) from error
        try:
            self.sealed, self.members = self._manifest(ours)
        except BaseException:
            self.archive.close()
            raise

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    def told(self) -> Iterator[Account | Gone]:
        """What each answer told, in order. Raises NotTaken where it is not what was sealed."""
        for number in range(1, len(self.members) // 2 + 1):
            words, body = (self._member(path) for path in _paths(number))
            try:
                one = understood(json.loads(words), body)
            except _FAULTS as error:
                raise self._strange(_paths(number)[0]) from error
            if one.outlet not in self.sealed.outlets:
                raise self._strange(_paths(number)[0])
            yield one

    def _manifest(self, ours: str) -> tuple[Sealed, dict[str, tuple[int, str]]]:
        listed = self._listed()
        if MANIFEST not in listed or listed[MANIFEST] > BUNDLE_MANIFEST:
            raise NotTaken("{file} is no bundle: it has no manifest", file=self.file)
        spelled = self._read(MANIFEST, BUNDLE_MANIFEST)
        try:
            told = json.loads(spelled)
            self._refuse_newer(told, ours)
            members = {one["path"]: (int(one["bytes"]), one["sha256"]) for one in told["members"]}
            sealed = _sealed(told, sha256(spelled).hexdigest())
        except _FAULTS as error:
            raise self._strange(MANIFEST) from error
        expected = [path for n in range(1, len(members) // 2 + 1) for path in _paths(n)]
        if sorted(members) != sorted(expected) or len(members) != len(told["members"]):
            raise self._strange(MANIFEST)
        for path in sorted(set(listed) ^ {MANIFEST, *members}):
            raise self._changed(path)
        return sealed, members

    def _listed(self) -> dict[str, int]:
        """Members and their sizes, as the zip says. Raises NotTaken where that is not ours."""
        every = self.archive.infolist()
        names = {one.filename: one.file_size for one in every}
        if len(every) > BUNDLE_MEMBERS or sum(names.values()) > BUNDLE:
            raise NotTaken("{file} unpacks to more than a bundle may have", file=self.file)
        for one in every:
            kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            if one.compress_type not in kinds or one.flag_bits & 1:
                raise self._strange(one.filename)
        if len(names) != len(every):
            raise NotTaken("{file} has a member twice", file=self.file)
        return names

    def _refuse_newer(self, told: dict[str, Any], ours: str) -> None:
        if told["format"] != FORMAT:
            raise self._strange(MANIFEST)
        theirs = str(told["jehona"])[:40]
        if int(told["version"]) > VERSION or _numbers(theirs) > _numbers(ours):
            raise NotTaken(
                "{file} comes from jehona {theirs}, this is {ours}: bring this machine up to date",
                file=self.file,
                theirs=theirs,
                ours=ours,
            )

    def _member(self, path: str) -> bytes:
        size, digest = self.members[path]
        if not 0 <= size <= BUNDLE_MEMBER:
            raise self._strange(path)
        body = self._read(path, size)
        if len(body) != size or sha256(body).hexdigest() != digest:
            raise self._changed(path)
        return body

    def _read(self, path: str, most: int) -> bytes:
        """At most one byte more than `most`, whatever the zip promises."""
        try:
            with self.archive.open(path) as member:
                return member.read(most + 1)
        except (*_PACKING, KeyError) as error:
            raise self._changed(path) from error

    def _changed(self, path: str) -> NotTaken:
        return NotTaken(
            "{file} was changed after it was sealed ({path}): ask for it again",
            file=self.file,
            path=path[:80],
        )

    def _strange(self, path: str) -> NotTaken:
        return NotTaken("{file} is no bundle of ours ({path})", file=self.file, path=path[:80])


def _sealed(told: dict[str, Any], digest: str) -> Sealed:
    run, state = understood_run(told["run"], told["checks"])
    outlets, previous = tuple(str(slug) for slug in told["outlets"]), told["previous"]
    if not {check.outlet for check in run.checks} <= set(outlets):
        raise ValueError(outlets)
    return Sealed(
        digest=digest,
        collector=_line(told["collector"]),
        previous=None if previous is None else _line(previous),
        version=_line(told["jehona"]),
        run=run,
        state=state,
        outlets=outlets,
    )


def _line(told: Any) -> str:
    """One line of words, as people are shown it."""
    if not isinstance(told, str) or not told.isprintable() or not 0 < len(told) <= LINE:
        raise ValueError(told)
    return told


def _numbers(version: str) -> list[int]:
    """0.10.2 as [0, 10, 2]; what follows a part's number says nothing."""
    found = (re.match(r"\d{1,9}", part) for part in version.split("."))
    return [int(number[0]) if number else 0 for number in found]
