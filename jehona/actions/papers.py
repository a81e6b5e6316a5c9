"""Where papers are written to, whole or not at all: files by name, the workspace's `out`; and
lists that people bring, as bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from crawler.files import refuse_full, whole_file
from crawler.limits import TABLE
from jehona.actions.errors import Wrong
from jehona.actions.office import Office
from reports.forms import ReportForm

Body = str | bytes


def places(kinds: Sequence[ReportForm], output: Path, name: str) -> dict[ReportForm, Path]:
    """The file of each form: in a folder by `name`, else `output`, with endings where several."""
    if output.is_dir():
        return {kind: output / f"{name}.{kind.ending}" for kind in kinds}
    if len(kinds) == 1:
        return {kinds[0]: output}
    return {kind: output.with_suffix(f".{kind.ending}") for kind in kinds}


def save_out(office: Office, papers: Mapping[str, Body]) -> list[Path]:
    """Write files of these names into the workspace's `out`, which is made. Raises as `save`."""
    folder = office.workspace.out
    folder.mkdir(parents=True, exist_ok=True)
    return save({folder / name: body for name, body in papers.items()})


def save(papers: Mapping[Path, Body]) -> list[Path]:
    """Write every file whole, or none of them; text ends with a line end.

    Raises Wrong where one cannot be written, DiskFull where nothing more goes onto the disk.
    """
    at = None
    try:
        with ExitStack() as drafts:
            for at, body in papers.items():
                drafts.enter_context(_paper(at)).write(_encoded(body))
    except OSError as error:
        refuse_full(error, Path(at or error.filename))
        raise Wrong("{at}: cannot be written ({reason})", at=at, reason=error.strerror) from None
    return list(papers)


def lay_aside(office: Office, file: Path, body: bytes) -> Path:
    """A copy, in `var/replaced`, of what a file held before it is written over knowingly."""
    mark = blake2b(body, digest_size=4).hexdigest()
    folder = office.workspace.var / "replaced"
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{file.stem}.{office.clock():%Y%m%dT%H%M%S}.{mark}{file.suffix}"
    return save({place: body})[0]


def body_of(path: Path) -> bytes:
    """The bytes of a list, as far as one may be long. Raises Wrong where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(TABLE + 1)
    except OSError as error:
        raise Wrong("{path}: cannot be read ({reason})", path=path, reason=error.strerror) from None


def _encoded(body: Body) -> bytes:
    if isinstance(body, bytes):
        return body
    return body.encode() + b"\n" * (not body.endswith("\n"))


def _paper(path: Path) -> AbstractContextManager[BinaryIO]:
    """Where a paper is written to; what is no file (/dev/null, a pipe) is not replaced by one."""
    if path.is_dir():
        raise Wrong("{path}: is a folder: name a file, or take the folder away", path=path)
    if path.exists() and not path.is_file():
        return path.open("wb")
    return whole_file(path, replace=True)
