"""A new workspace."""

from __future__ import annotations

from pathlib import Path

from crawler.config import init_workspace
from crawler.models import Language


def make(folder: Path, *, contact: str | None, language: Language = "sq") -> list[Path]:
    """Write a workspace into a new or empty folder: which files. Raises RegistryError."""
    return list(init_workspace(folder, contact=contact, language=language))
