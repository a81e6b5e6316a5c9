"""Opening the desk of a workspace, or of the one that is yet to be made."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from crawler.config import NoWorkspace, Unchanged, find_workspace
from crawler.config.workspace_folder import FILE
from jehona import actions
from jehona.actions.desk_access import Access, DeskKeys, DeskLock
from jehona.actions.language import readers_language
from jehona.actions.office import Office
from jehona.desk import server
from jehona.desk.house import House, OfficeSource

# Where a workspace is made for who has none; who has one there needs to be in no folder.
HOME: Final = "Jehona"


def run(
    folder: Path | None,
    *,
    port: int | None,
    environ: Mapping[str, str],
    told: Callable[[str], None],
) -> None:
    """Serve the desk until Ctrl-C; `told` is given a link that opens it once.

    Where a desk of this workspace is open already, a link to that one, and no more. Raises
    NoWorkspace for a folder that is none, RegistryError, RecordRefused, Wrong.
    """
    # what pages would refuse is refused before there is one
    readers_language(environ, "sq")
    root = _root(folder, environ)
    source = office_source(root)
    if not (root / FILE).exists():
        with tempfile.TemporaryDirectory(prefix="jehona-desk-") as keys:
            _serve(source, Path(keys), root, port=port, environ=environ, told=told)
        return
    workspace = source(by=None).workspace
    asked = workspace.desk.port if port is None else port
    url = workspace.desk.url
    _serve(source, workspace.var, root, port=asked, url=url, environ=environ, told=told)


def office_source(root: Path) -> OfficeSource:
    """The office of the workspace in `root`, as its files are at each call."""
    kept = Unchanged()

    def source(*, by: str | None) -> Office:
        return actions.office.open_office(root, by=by, kept=kept)

    return source


def _root(folder: Path | None, environ: Mapping[str, str]) -> Path:
    """The workspace that is meant; without one the folder where it would be made."""
    try:
        return find_workspace(explicit=folder, environ=environ, start=Path.cwd())
    except NoWorkspace:
        if folder is not None or environ.get("JEHONA_WORKSPACE"):
            raise
        return Path.home() / HOME


def _serve(
    source: OfficeSource,
    var: Path,
    root: Path,
    *,
    port: int | None,
    url: str | None = None,
    environ: Mapping[str, str],
    told: Callable[[str], None],
) -> None:
    access = Access(keys=DeskKeys(var))
    lock = DeskLock(var / "desk.lock")
    there = server.open_elsewhere(lock, access)
    if there is not None:
        told(access.link(there))
        return
    with lock, server.listening(port) as at:
        here = server.address(at.getsockname()[1])
        access.keys.serve_at(here)
        house = House(
            office_source=source,
            access=access,
            port=at.getsockname()[1],
            url=url,
            home=root,
            environ=environ,
        )
        server.serve(house, at, begun=lambda: told(access.link(here)))
