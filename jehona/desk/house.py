"""What a desk has from its start to its end: the workspace, its door, where it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from jehona.actions.desk_access import NOTED_EVERY, Access, DeskLock
from jehona.actions.office import Office, now_utc
from jehona.actions.site_look import SiteLook


class OfficeSource(Protocol):
    """Gives the office for one call; who acts is told by the session."""

    def __call__(self, *, by: str | None) -> Office:
        """The office as its files are now. Raises NoWorkspace, RegistryError."""


@dataclass(slots=True, kw_only=True)
class House:
    """One desk."""

    office_source: OfficeSource
    access: Access
    # where it answers on this machine
    port: int
    # the only other origin: "https://desk.office.example"
    url: str | None = None
    # the moment, with a zone
    clock: Callable[[], datetime] = now_utc
    # where a workspace is made when there is none
    home: Path
    # the environment, for the language
    environ: Mapping[str, str] = field(default_factory=dict)
    # what the next page of a session tells, by the session's digest
    notices: dict[str, Notice] = field(default_factory=dict)

    # what a session's look at a site found, until it is saved
    looks: dict[str, SiteLook] = field(default_factory=dict)
    # when it was last noted that somebody looked at an event's pieces
    looks_noted: dict[tuple[str, str], datetime] = field(default_factory=dict)
    # held while it is open
    lock: DeskLock | None = None

    def move_in(self) -> None:
        """The workspace was made meanwhile: keys and lock go there. Raises RecordRefused."""
        var = self.home / "var"
        self.access.keys.move(var)
        self.lock = DeskLock(var / "desk.lock").acquire()

    def looked(self, name: str, event: str) -> None:
        """Somebody looks at an event's pieces: noted once a minute. Raises RecordRefused."""
        now, last = self.clock(), self.looks_noted.get((name, event))
        if last is None or abs(now - last) >= NOTED_EVERY:
            self.looks_noted[name, event] = now
            self.access.keys.look(name, event, now)

    @property
    def address(self) -> str:
        """Where its pages are found: the office's own address, else this machine's."""
        return self.url or f"http://127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        """The name of its cookie: a browser keeps cookies by host, not by port."""
        return f"jehona-{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One line that the next page shows on top, once."""

    text: str
    # a form behind it: where "Undo" is posted to, with which fields
    undo: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    # whether something was not done
    bad: bool = False
