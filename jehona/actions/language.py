"""In whose language a terminal or a page speaks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.config import NoWorkspace, find_workspace
from crawler.config.workspace_folder import FILE
from jehona.actions.errors import Wrong

if TYPE_CHECKING:
    from crawler.models import Language

# the values of `Language`, which a help page need not import
SPOKEN: Final[Mapping[str, Language]] = {"sq": "sq", "en": "en"}


def readers_language(environ: Mapping[str, str], default: Language) -> Language:
    """$JEHONA_LANGUAGE (`sq`, `en`, or as a locale, `sq_AL.UTF-8`), else `default`.

    Raises Wrong for a language that we do not speak.
    """
    asked = environ.get("JEHONA_LANGUAGE", "").strip()
    if not asked:
        return default
    language = SPOKEN.get(asked.replace("-", "_").partition("_")[0].lower())
    if language is None:
        raise Wrong(
            "JEHONA_LANGUAGE: we do not speak {asked!r}, only {spoken}",
            asked=asked,
            spoken=" and ".join(SPOKEN),
        )
    return language


def language_above(start: Path, environ: Mapping[str, str]) -> Language:
    """The language of the workspace that a command in `start` would work in, else English.

    A help page and a slip of the tongue open no workspace: its one key is looked for, and what is
    wrong with its file is said by the commands that read it.
    """
    try:
        root = find_workspace(explicit=None, environ=environ, start=start)
        said = tomllib.loads((root / FILE).read_text("utf-8")).get("language")
    except (NoWorkspace, OSError, ValueError):
        return "en"
    return SPOKEN.get(said, "en") if isinstance(said, str) else "en"
