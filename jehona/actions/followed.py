"""Whose outlets are followed: chosen once, before the first crawl, and kept in files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawler.config import event_files, outlet_files
from crawler.config.event_file import set_expected
from crawler.config.outlet_file import set_use
from crawler.models import Outlet
from jehona.actions import checks
from jehona.actions.office import Office


def to_choose_from(office: Office, event: str | None) -> tuple[Outlet, ...]:
    """Whom a person may choose from before a first crawl, those of the workspace first.

    None where nothing is to be chosen: the event has its list, somebody was asked already, or
    there is but one. Raises RegistryError, RecordRefused.
    """
    what = office.event(event) if event else None
    if what is not None and what.expected_outlets:
        return ()
    begun = office.workspace.record.exists()
    if begun if what is None else not checks.nobody_asked(office, what.slug):
        return ()
    found = in_use(office)
    return found if len(found) > 1 else ()


def in_use(office: Office) -> tuple[Outlet, ...]:
    """The outlets in use, those that have a file in the workspace first. Raises RegistryError."""
    own = {path.stem for path in (office.workspace.root / "outlets").glob("*.toml")}
    used = [outlet for outlet in office.outlets().values() if outlet.use]
    return tuple(sorted(used, key=lambda outlet: outlet.slug not in own))


def keep_choice(office: Office, event: str | None, chosen: Sequence[str]) -> list[Path]:
    """Write down who is asked from now on: on the event's list; without one, the others off.

    Which files were written. Raises RegistryError.
    """
    if event is not None:
        path = event_files(office.workspace)[office.event(event).slug]
        set_expected(path, chosen)
        return [path]
    files, folder = outlet_files(office.workspace), office.workspace.root / "outlets"
    others = [outlet.slug for outlet in in_use(office) if outlet.slug not in chosen]
    return [set_use(files[slug], folder, use=False) for slug in others]
