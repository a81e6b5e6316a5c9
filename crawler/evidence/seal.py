"""The seal: a chain of SHA-256 digests over what runs kept and found.

A leaf is the digest of one kept answer, check or run; a line is the digest of its leaves, of what
is said of them and of the line before. Whoever changes a leaf has to make every later line anew,
and then none is the one that had left the office.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Final, Literal

Value = str | int | float | None
What = Literal["run", "pruned"]
RUN: Final = "run"
# a run ended
PRUNED: Final = "pruned"
# kept answers were taken out


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One sealed thing."""

    kind: str
    # page, check, run
    row: int
    # its number in the record
    digest: str
    # SHA-256, hexadecimal
    body: str | None = None
    # of a page: SHA-256 of the bytes as the outlet sent them


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the chain."""

    number: int
    # from 1
    at: str
    # UTC, "2025-05-10T07:30:00Z"
    what: str
    # run, pruned
    run: int | None
    # whose, where it is a run's
    why: str | None
    # of what was taken out, in words
    leaves: int
    # that it seals, or that went
    content: str
    # `content_of` them
    previous: str | None
    # digest of the line before, None of the first
    digest: str
    # of all of this: the seal


def leaf_digest(kind: str, said: Mapping[str, Value], body: str | None = None) -> str:
    """SHA-256 of what a row says, its columns by name, and of its bytes' digest."""
    return _digest({"kind": kind, "said": dict(said), "body": body})


def body_digest(body: bytes) -> str:
    """SHA-256 of the bytes of an answer, hexadecimal."""
    return sha256(body).hexdigest()


def content_of(leaves: Iterable[Leaf]) -> str:
    """SHA-256 of leaves in the order of their kind and row, in which they have to come."""
    whole = sha256()
    for leaf in leaves:
        whole.update(f"{leaf.kind} {leaf.row} {leaf.digest}\n".encode())
    return whole.hexdigest()


def in_order(leaves: Iterable[Leaf]) -> list[Leaf]:
    """The order in which leaves are sealed."""
    return sorted(leaves, key=lambda leaf: (leaf.kind, leaf.row))


def line(
    previous: Line | None,
    *,
    at: str,
    what: str,
    leaves: int,
    content: str,
    run: int | None = None,
    why: str | None = None,
) -> Line:
    """The line that follows `previous`, None: the first."""
    number, before = (previous.number + 1, previous.digest) if previous else (1, None)
    bare = Line(
        number=number,
        at=at,
        what=what,
        run=run,
        why=why,
        leaves=leaves,
        content=content,
        previous=before,
        digest="",
    )
    return replace(bare, digest=sha256(text_of(bare)).hexdigest())


def text_of(line: Line) -> bytes:
    """What a line says, as its digest is made of it."""
    said = asdict(line)
    del said["digest"]
    return _text(said)


def follows(one: Line, previous: Line | None) -> bool:
    """Whether a line says what its digest says, and stands behind `previous`."""
    return one == line(
        previous,
        at=one.at,
        what=one.what,
        leaves=one.leaves,
        content=one.content,
        run=one.run,
        why=one.why,
    )


def _digest(said: Mapping[str, object]) -> str:
    return sha256(_text(said)).hexdigest()


def _text(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")
