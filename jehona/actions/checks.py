"""What people saw with their own eyes, where no machine can look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler.config import find_outlet, outlets_asked
from crawler.models import Check, Outlet
from crawler.record import read, write
from jehona.actions.as_json import plain
from jehona.actions.matches import matches_in
from jehona.actions.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCheck:
    """That a person looked, as it was kept."""

    outlet: Outlet
    check: Check

    def as_json(self) -> dict[str, Any]:
        """The check of docs/json.md."""
        told: dict[str, Any] = plain(self.check)
        return told


def nobody_asked(office: Office, event: str) -> bool:
    """Whether no outlet of an event was asked in its window yet, and nobody looked by hand.

    Raises RegistryError for an unknown event, RecordRefused.
    """
    what = office.event(event)
    if not office.workspace.record.exists():
        return True
    outlets = [outlet.slug for outlet in outlets_asked(office.outlets(), what, ())]
    with office.to_read() as record:
        found = read.latest_checks(record, event=what.slug, window=what.window, outlets=outlets)
    return not any(found.values())


def empty_unasked(office: Office, event: str) -> bool:
    """Whether a list of the event is empty because nobody was asked.

    Where the record has a piece of it all the same, it is empty for another reason. Raises as
    `nobody_asked`.
    """
    if not nobody_asked(office, event):
        return False
    if not office.workspace.record.exists():
        return True
    with office.to_read() as record:
        return not matches_in(record, office.event(event), office.outlets()).every


def by_hand(office: Office, outlet: str, *, event: str, found: int, note: str) -> HandCheck:
    """Keep that somebody looked at an outlet for an event and found so many pieces.

    Beside a crawl, if there is one. Raises RegistryError for an unknown outlet or event, Wrong
    where nobody says who looked, RecordRefused.
    """
    asked, what = find_outlet(outlet, office.outlets()), office.event(event)
    by = office.who()
    with office.by_hand() as record:
        check = write.checked_by_hand(
            record,
            event=what.slug,
            outlet=asked.slug,
            found=found,
            note=note,
            by=by,
            at=office.clock(),
        )
    return HandCheck(outlet=asked, check=check)
