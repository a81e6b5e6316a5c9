"""Where an action works: one workspace, what time it is, and who acts."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.config import (
    Unchanged,
    find_workspace,
    load_event,
    load_events,
    load_outlets,
    load_workspace,
)
from crawler.models import Event, Language, Outlet, Workspace
from crawler.record import Record, open_existing, open_record, write
from crawler.record.lock import RunLock
from jehona.actions.errors import Wrong
from jehona.actions.language import readers_language
from jehona.actions.log import logged


def now_utc() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One workspace, a clock and a person: what every action is given first.

    It opens the record for one call: a connection belongs to the thread that made it.
    """

    workspace: Workspace
    # the moment, with a zone; whoever tests or plays a demo gives another
    clock: Callable[[], datetime] = now_utc
    # who acts, as decisions carry it; None where nobody said it yet
    name: str | None = None
    # files that were read, for a program that lives long
    kept: Unchanged | None = None

    @property
    def gathered(self) -> bool:
        """Whether there is a record: something was gathered, or brought by hand."""
        return self.workspace.record.exists()

    def to_read(self) -> AbstractContextManager[Record]:
        """The record, which stays as it is. Raises RecordRefused, NoRecord where nothing is."""
        return open_record(self.workspace.record, self.workspace.snapshots, readonly=True)

    def to_write(self) -> AbstractContextManager[Record]:
        """The record, made where there is none. Raises RecordRefused."""
        return open_record(self.workspace.record, self.workspace.snapshots)

    def existing(self) -> AbstractContextManager[Record]:
        """The record for writing, or for reading where it may not be written to."""
        return open_existing(self.workspace.record, self.workspace.snapshots)

    @contextmanager
    def to_gather(self, *, wait: float = 0.0) -> Iterator[Record]:
        """The record for a run, behind the run lock; our log beside it.

        Raises RecordRefused where another run holds the lock longer than `wait` seconds.
        """
        with RunLock(self.workspace.var / "run.lock").acquire(wait), self.by_hand() as record:
            # who holds the lock knows that whoever was killed is gone
            write.end_lost_runs(record)
            yield record

    @contextmanager
    def by_hand(self, *, readonly: bool = False) -> Iterator[Record]:
        """The record for what a person adds: beside a run, if there is one; our log too.

        Raises RecordRefused.
        """
        place = self.workspace
        with (
            logged(place.var / "crawl.log"),
            open_record(place.record, place.snapshots, readonly=readonly) as record,
        ):
            yield record

    def event(self, name: str) -> Event:
        """An event by its slug or title. Raises RegistryError, with what is known."""
        return load_event(self.workspace, name, self.kept)

    def events(self) -> Mapping[str, Event]:
        """Every event by its slug. Raises RegistryError."""
        return load_events(self.workspace, self.kept)

    def outlets(self) -> Mapping[str, Outlet]:
        """Every outlet by its slug, the catalogue's under the workspace's. Raises RegistryError."""
        return load_outlets(self.workspace, self.kept)

    def language(self) -> Language:
        """Of the person who asks: $JEHONA_LANGUAGE, else the workspace's. Raises Wrong."""
        return readers_language(os.environ, self.workspace.language)

    def who(self) -> str:
        """Who acts: a name that is not blank. Raises Wrong for nobody."""
        return named(self.name)


def open_office(
    folder: Path | None = None,
    *,
    by: str | None = None,
    start: Path | None = None,
    kept: Unchanged | None = None,
) -> Office:
    """The office of `folder`, else of $JEHONA_WORKSPACE, else of the nearest folder above `start`.

    Raises NoWorkspace (with the next three commands to type) and RegistryError.
    """
    root = find_workspace(explicit=folder, environ=os.environ, start=start or Path.cwd())
    return Office(workspace=load_workspace(root), name=by, kept=kept)


def named(by: str | None) -> str:
    """`by`, else $JEHONA_USER, else the system's user. Raises Wrong where that is nobody."""
    try:
        name = (by or os.environ.get("JEHONA_USER") or getpass.getuser()).strip()
    except (KeyError, OSError, ImportError):  # no such user: a container, a service on Windows
        name = ""
    if not name:
        raise Wrong("--by: say who you are, or set JEHONA_USER")
    return name
