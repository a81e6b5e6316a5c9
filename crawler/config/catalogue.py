"""The shipped catalogue with the workspace's own files on top: outlets and events by slug."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from crawler.config.events import read_event, unknown_event, unknown_outlet
from crawler.config.files import toml_files
from crawler.config.outlets import read_outlet
from crawler.config.refusals import RegistryError
from crawler.config.unchanged import Unchanged
from crawler.language.folding import folded_words
from crawler.models import Event, Outlet, Workspace

PACKAGE = Path(__file__).resolve().parents[1]
# the folder "crawler", in a checkout and in an installed copy


def shipped() -> Path:
    """The folder of what comes with the program: outlets/, events/, demo/. Read-only.

    Inside the package in an installed copy, `data/` in a checkout.
    """
    inside = PACKAGE / "shipped"
    return inside if inside.is_dir() else PACKAGE.parent / "data"


def load_outlets(workspace: Workspace, kept: Unchanged | None = None) -> dict[str, Outlet]:
    """Every outlet by slug, sorted; a file of the workspace replaces a shipped one whole.

    Those with `use = false` are in it too. One whose file names no zone has the workspace's, so
    that nothing that reads its dates has to know both. What is `kept` is not read again. Raises
    RegistryError.
    """
    own, outlets = workspace.root / "outlets", {}
    kept = kept or Unchanged()
    for slug, path in outlet_files(workspace).items():
        outlet = kept.read(path, partial(read_outlet, path))
        zone = outlet.zone or workspace.zone
        outlets[slug] = replace(outlet, zone=zone, shipped=path.parent != own)
    return outlets


def outlet_files(workspace: Workspace) -> dict[str, Path]:
    """The file of every outlet by slug, sorted, unread."""
    files = {**toml_files(shipped() / "outlets"), **toml_files(workspace.root / "outlets")}
    return dict(sorted(files.items()))


def event_files(workspace: Workspace) -> dict[str, Path]:
    """The file of every event by slug, sorted, unread."""
    return toml_files(workspace.root / "events")


def load_events(workspace: Workspace, kept: Unchanged | None = None) -> dict[str, Event]:
    """The workspace's events by slug, sorted. Raises RegistryError."""
    outlets = outlet_files(workspace).keys()
    return {
        slug: _event(workspace, path, outlets, kept)
        for slug, path in toml_files(workspace.root / "events").items()
    }


def readable_events(
    workspace: Workspace, kept: Unchanged | None = None
) -> tuple[dict[str, Event], tuple[RegistryError, ...]]:
    """The events whose files can be read, and why the others cannot: one hides no other.

    Raises RegistryError for a folder that cannot be listed.
    """
    outlets = outlet_files(workspace).keys()
    readable, wrong = {}, []
    for slug, path in toml_files(workspace.root / "events").items():
        try:
            readable[slug] = _event(workspace, path, outlets, kept)
        except RegistryError as error:
            wrong.append(error)
    return readable, tuple(wrong)


def load_event(workspace: Workspace, name: str, kept: Unchanged | None = None) -> Event:
    """One event of the workspace, by its slug, or by its title where no other has it.

    Raises RegistryError, with near names for an unknown one.
    """
    folder = workspace.root / "events"
    files = toml_files(folder)
    outlets = outlet_files(workspace).keys()
    if name in files:
        return _event(workspace, files[name], outlets, kept)
    readable: dict[str, Event] = {}
    for slug, path in files.items():
        # a file that is wrong has no title to go by; whoever names its slug is told what is wrong
        with suppress(RegistryError):
            readable[slug] = _event(workspace, path, outlets)
    called = slugs_called(name, {slug: event.title for slug, event in readable.items()})
    if len(called) > 1:
        raise RegistryError(
            '{folder}: "{name}" is the title of {called}: say which',
            folder=folder,
            name=name,
            called=" and ".join(called),
        )
    if not called:
        raise unknown_event(name, files.keys(), folder)
    return readable[called[0]]


def _event(
    workspace: Workspace, path: Path, outlets: Collection[str], kept: Unchanged | None = None
) -> Event:
    zone, language = workspace.zone, workspace.language
    read = partial(read_event, path, zone_of_office=zone, language=language, outlets=outlets)
    return (kept or Unchanged()).read(path, read, beside=(zone, language, frozenset(outlets)))


def slugs_called(name: str, names: Mapping[str, str]) -> list[str]:
    """The slugs whose name, in `names`, is `name`: small letters, ë and e are one."""
    wanted = folded_words(name)
    return [slug for slug, one in names.items() if wanted and folded_words(one) == wanted]


def outlets_asked(
    outlets: Mapping[str, Outlet], event: Event | None, named: Sequence[str]
) -> tuple[Outlet, ...]:
    """The outlets of a run, which are the denominator of its report, each once.

    Those `named` by slug or name (also with `use = false`: a person asks for them), else the
    event's expected outlets, else all; of these two only with `use = true`. Raises RegistryError
    for an unknown one and where none is left.
    """
    if named:
        found = {outlet.slug: outlet for outlet in (find_outlet(name, outlets) for name in named)}
        return tuple(found.values())
    slugs = event.expected_outlets if event is not None else ()
    candidates = [find_outlet(slug, outlets) for slug in slugs] or list(outlets.values())
    asked = tuple(outlet for outlet in candidates if outlet.use)
    if not asked:
        raise RegistryError("no outlet is left to ask: each has use = false, or there is none")
    return asked


def find_outlet(name: str, outlets: Mapping[str, Outlet]) -> Outlet:
    """An outlet by its slug, or by its name where no other has it. Raises RegistryError."""
    if name in outlets:
        return outlets[name]
    called = slugs_called(name, {slug: outlet.name for slug, outlet in outlets.items()})
    if len(called) > 1:
        raise RegistryError(
            '"{name}" is the name of {called}: say which', name=name, called=" and ".join(called)
        )
    if not called:
        raise RegistryError(unknown_outlet(name, outlets.keys()))
    return outlets[called[0]]
