"""Where a list is empty because nobody asked: said, with what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jehona import actions
from jehona.cli.common import words
from jehona.cli.speech import tell

if TYPE_CHECKING:
    from jehona.actions.office import Office


def said_unasked(office: Office, event: str, *, to_stderr: bool = False) -> bool:
    """Says that no outlet of the event was asked yet, where that is so; whether it is.

    Raises RegistryError, RecordRefused.
    """
    if not actions.checks.empty_unasked(office, event):
        return False
    told = "{event}: no outlet of this event was asked yet\nnext: jehona crawl {event}"
    words(to_stderr=to_stderr).print(tell(told, event=event))
    return True
