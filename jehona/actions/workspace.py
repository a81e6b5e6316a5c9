"""A new workspace, and what it looks like."""

from __future__ import annotations

from pathlib import Path

from crawler.config import init_workspace
from crawler.models import Language
from jehona.actions.office import Office
from reports.charts import Palette
from reports.formats.colours import palettes


def make(folder: Path, *, contact: str | None, language: Language = "sq") -> list[Path]:
    """Write a workspace into a new or empty folder: which files. Raises RegistryError."""
    return list(init_workspace(folder, contact=contact, language=language))


def palettes_of(office: Office) -> tuple[Palette, Palette] | None:
    """The office's colour on light pages and on dark ones, such that it can be read on both.

    None where jehona.toml names none.
    """
    colour = office.workspace.brand.colour
    return palettes(colour) if colour else None
