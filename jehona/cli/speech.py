"""In whose language a terminal speaks, and its lines: English in the code, others in the catalogue.

What is written to stdout as JSON, and what scripts read, is no line and stays as it is.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jehona.actions.language import language_above, readers_language
from reports.words import line

if TYPE_CHECKING:
    from crawler.models import Language, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads this terminal."""

    # of every line
    language: Language
    # in which moments are told
    zone: ZoneInfo


# Who reads this command's lines; set where its workspace is opened.
READER: ContextVar[Reader | None] = ContextVar("reader of this terminal", default=None)


def read_by(language: Language, workspace: Workspace) -> None:
    """From here on lines are in this language."""
    READER.set(Reader(language=language, zone=ZoneInfo(workspace.zone)))


def reader() -> Reader:
    """Who reads; before a workspace is opened, as the nearest one says, else English."""
    known = READER.get()
    if known is None:
        # whoever names a language that we do not speak is told so in this one
        READER.set(Reader(language="en", zone=ZoneInfo("UTC")))
        language = readers_language(os.environ, language_above(Path.cwd(), os.environ))
        known = Reader(language=language, zone=ZoneInfo("UTC"))
        READER.set(known)
    return known


def tell(one: str, many: str | None = None, /, **values: object) -> str:
    """A line in the reader's language: its English, filled in.

    With `many` the value `n` chooses between the two.
    """
    return line((one, many) if many else one, reader().language, **values)


def tells(*english: str) -> tuple[str, ...]:
    """Several words, the heads of a table; an empty one stays empty."""
    return tuple(tell(one) if one else "" for one in english)
