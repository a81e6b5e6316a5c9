"""Saving a file of the workspace from a form: one at a time, and never over another's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from crawler.config.edited import ChangedMeanwhile
from crawler.record.lock import EditLock
from jehona.actions.office import Office

__all__ = ["ChangedMeanwhile", "saving"]

# Seconds that a form waits for another, which takes milliseconds.
PATIENCE: Final = 10.0


@contextmanager
def saving(office: Office) -> Iterator[None]:
    """Nobody else saves meanwhile: what is looked at is what is written over.

    Raises RecordRefused where another holds on.
    """
    with EditLock(office.workspace.var / "edit.lock").acquire(PATIENCE):
        yield
