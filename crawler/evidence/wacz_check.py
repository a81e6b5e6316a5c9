"""Looking an archive of an event over: its members, its records, the chain they are sealed by.

The members' digests stand beside them, so whoever changes one can change both. Therefore each
record is held to the digest that the chain has of its answer, and each line of the chain to the
one before: who changed a record would have to make the latest seal anew, which others have.

Read with the standard library alone: who looks an archive over need not have what writes one.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from crawler.evidence.seal import Leaf, Line, body_digest, content_of, follows, leaf_digest
from crawler.evidence.wacz import (
    DIGEST,
    INDEX,
    NOT_TRUE_ANY_MORE,
    PACKAGE,
    PAGES,
    SEAL,
    WARC,
    sha256_of,
)
from crawler.limits import BODY, HEADER_BYTES

LARGEST: Final = BODY + 2 * HEADER_BYTES
# bytes of a record: an answer and two heads
END: Final = b"\r\n\r\n"
NO_MEMBER: Final = "is missing"
CHANGED: Final = "is not what was written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A stamp in an archive."""

    member: str
    # "evidence/stamps/12.tsr"
    line: int
    # whose
    at: str
    # UTC, by the authority's clock, as kept
    seal: str
    # digest of that line
    answer: bytes


Wrong = tuple[str, str, str | None]
# member, what is the matter with it, where in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What an archive holds, and what is not as it was written."""

    pages: int
    # of pieces
    answers: int
    # kept, these among them
    wrong: tuple[Wrong, ...]
    chain: tuple[Line, ...] = ()
    # as it stood when the archive was made
    sealed: int = 0
    # answers in it that the chain covers; others came before it
    stamps: tuple[Stamped, ...] = ()


def look_over(archive: zipfile.ZipFile) -> Looked:
    """Holds every member to its digest, every record to the chain's, the chain to itself.

    Raises KeyError, TypeError, ValueError where it is no archive of ours, and what `zipfile` raises
    where it cannot be read.
    """
    package = archive.read(PACKAGE)
    wrong: list[Wrong] = [(name, what, None) for name, what in _members(archive, package)]
    pages, kept = _lines(archive, PAGES) - 1, _lines(archive, INDEX)
    if any(name in {SEAL, WARC} for name, _, _ in wrong) or SEAL not in archive.namelist():
        return Looked(pages=pages, answers=kept, wrong=tuple(wrong))
    told = json.loads(archive.read(SEAL))
    chain = tuple(Line(**each) for each in told.get("lines", ()))
    answers = list(told.get("answers", ()))
    wrong += ((SEAL, what, where) for what, where in _seal(chain, answers, told.get("leaves", {})))
    wrong += ((WARC, what, where) for what, where in _records(archive.read(WARC), answers))
    return Looked(
        pages=pages,
        answers=kept,
        wrong=tuple(wrong),
        chain=chain,
        sealed=sum(answer["line"] is not None for answer in answers),
        stamps=tuple(_stamps(archive, chain, told.get("stamps", ()))),
    )


# --- the members --------------------------------------------------------------------------


def _members(archive: zipfile.ZipFile, package: bytes) -> Iterator[tuple[str, str]]:
    names = archive.namelist()
    told = json.loads(archive.read(DIGEST)) if DIGEST in names else {}
    if told.get("hash") != sha256_of(package):
        yield PACKAGE, CHANGED
        return
    listed = {str(one["path"]): one for one in json.loads(package)["resources"]}
    for path, one in listed.items():
        if path not in names:
            yield path, NO_MEMBER
        elif _digest_in(archive, path) != one["hash"]:
            yield path, CHANGED
    for name in names:
        if name not in listed and name not in (PACKAGE, DIGEST):
            yield name, "was added"
        elif names.count(name) > 1:
            yield name, "stands there twice"


def _digest_in(archive: zipfile.ZipFile, name: str) -> str | None:
    """None where the zip's own sum says already that it was changed."""
    whole = sha256()
    try:
        with archive.open(name) as member:
            while piece := member.read(1 << 20):
                whole.update(piece)
    except zipfile.BadZipFile:
        return None
    return f"sha256:{whole.hexdigest()}"


def _lines(archive: zipfile.ZipFile, name: str) -> int:
    try:
        return archive.read(name).count(b"\n")
    except (KeyError, zipfile.BadZipFile):
        return 0


# --- the chain ----------------------------------------------------------------------------


def _seal(
    chain: Sequence[Line], answers: Sequence[Mapping[str, Any]], leaves: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Each line behind the one before, each answer among the leaves of its line."""
    previous: Line | None = None
    for one in chain:
        if not follows(one, previous):
            yield "is not what was sealed", f"line {one.number}, of {one.at}"
        previous = one
    covered = {one.number: _covered(one, leaves.get(str(one.number))) for one in chain}
    for answer in answers:
        if answer["line"] is None:
            continue
        where = f"answer {answer['page']} of line {answer['line']}: {answer['said']['url']}"
        within = covered.get(answer["line"])
        if leaf_digest("page", answer["said"], answer["body"]) != answer["digest"]:
            yield "is not what was sealed", where
        elif within is None or ("page", answer["page"], answer["digest"]) not in within:
            yield "is not covered by its line", where


def _covered(one: Line, leaves: Sequence[Any] | None) -> frozenset[tuple[str, int, str]] | None:
    """What a line covers; None where that is not told, or another line's."""
    if leaves is None:
        return None
    every = [Leaf(kind=kind, row=row, digest=digest) for kind, row, digest in leaves]
    if len(every) != one.leaves or content_of(every) != one.content:
        return None
    return frozenset((leaf.kind, leaf.row, leaf.digest) for leaf in every)


def _stamps(
    archive: zipfile.ZipFile, chain: Sequence[Line], told: Sequence[Mapping[str, Any]]
) -> Iterator[Stamped]:
    digests = {one.number: one.digest for one in chain}
    for each in told:
        yield Stamped(
            member=each["file"],
            line=each["line"],
            at=each["at"],
            seal=digests.get(each["line"], ""),
            answer=archive.read(each["file"]),
        )


# --- the records --------------------------------------------------------------------------


def _records(warc: bytes, answers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each record is the answer that the seal names in its place, byte for byte."""
    place = 0
    for answer in answers:
        where = f"record from byte {place} on: {answer['said']['url']}"
        try:
            record, length = _unpacked(warc[place:])
        except (zlib.error, ValueError) as error:
            yield "cannot be read", f"{where} ({error})"
            return
        if not _is(record, answer):
            yield "is not what was sealed", where
        place += length
    if place != len(warc):
        yield "holds more than was sealed", f"from byte {place} on"


def _unpacked(rest: bytes) -> tuple[bytes, int]:
    """The first record, and how many bytes it takes. Raises zlib.error, ValueError."""
    packer = zlib.decompressobj(wbits=31)
    record = packer.decompress(rest, LARGEST)
    if not packer.eof:
        raise ValueError("it does not come to an end")
    return record, len(rest) - len(packer.unused_data)


def _is(record: bytes, answer: Mapping[str, Any]) -> bool:
    """Whether a record says what the chain says of an answer, and holds its bytes."""
    said = answer["said"]
    head, _, block = record.partition(END)
    named = _fields(head)
    block = block.removesuffix(END)
    whole = named.get("warc-target-uri") == said["url"] and named["warc-date"] == said["fetched"]
    if named.get("warc-type") == "response":
        http, _, block = block.partition(END)
        whole = whole and _same_head(http, said)
    return whole and answer["body"] in {None, body_digest(block)}


def _same_head(http: bytes, said: Mapping[str, Any]) -> bool:
    """Whether a response tells the status and the headers that are sealed."""
    kept = {
        name.lower(): value
        for name, value in json.loads(said["headers"] or "{}").items()
        if name.lower() not in NOT_TRUE_ANY_MORE
    }
    told = _fields(http)
    told.pop("content-length", None)
    status = http.partition(b"\r\n")[0].split(b" ")[1:2]
    return told == kept and status == [str(said["status"]).encode()]


def _fields(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(": ") for line in lines)
    return {name.lower(): value for name, _, value in pairs}
