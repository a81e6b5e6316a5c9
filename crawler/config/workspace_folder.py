"""Where a workspace is, before anybody reads what its files say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from crawler.config.refusals import NoWorkspace

FILE = "jehona.toml"
# names a workspace where -w does not
VARIABLE = "JEHONA_WORKSPACE"


def find_workspace(*, explicit: Path | None, environ: Mapping[str, str], start: Path) -> Path:
    """The folder with the jehona.toml that a command works in.

    By `-w` (`explicit`), by JEHONA_WORKSPACE, or upwards from `start`; each may also name a
    checkout, whose workspace is its `data/`. Raises NoWorkspace with the next three commands.
    """
    if explicit is not None:
        return _named(explicit, "-w")
    if environ.get(VARIABLE):
        return _named(Path(environ[VARIABLE]), VARIABLE)
    here = start.absolute()
    for folder in (here, *here.parents):
        for root in _roots(folder):
            return root
    raise NoWorkspace(
        "No workspace: there is no {file} in {here} or above it. Three ways on:\n{commands}",
        file=FILE,
        here=here,
    )


def _named(folder: Path, how: str) -> Path:
    for root in _roots(folder.parent if folder.name == FILE else folder):
        return root
    raise NoWorkspace(
        "No workspace: there is no {file} in {folder}, which {how} names. "
        "Three ways on:\n{commands}",
        file=FILE,
        folder=folder,
        how=how,
    )


def _roots(folder: Path) -> Iterator[Path]:
    # os.path.exists answers False where pathlib raises: above us may be closed folders
    return (root for root in (folder, folder / "data") if os.path.exists(root / FILE))
