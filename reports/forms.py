"""What a person may ask for by name: forms, order, how far a post goes. A view needs no more."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Edition(StrEnum):
    """Whom a report is for: those whom it is forwarded to, or the office with all it knows."""

    READERS = "readers"
    FULL = "full"


class ReportForm(StrEnum):
    """What a report can be written as."""

    HTML = "html"
    MD = "md"
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"

    @property
    def ending(self) -> str:
        """What a file's name ends with: "txt" of text."""
        return "txt" if self is ReportForm.TEXT else self.value


# The forms that are the office's own unless something else is asked for.
FOR_THE_OFFICE: Final = (ReportForm.MD, ReportForm.JSON)


def edition_of(form: ReportForm, asked: Edition | None = None) -> Edition:
    """The edition that is asked for, else the one that a form is by itself."""
    return asked or (Edition.FULL if form in FOR_THE_OFFICE else Edition.READERS)


class Form(StrEnum):
    """What a roundup can be written as."""

    MD = "md"
    HTML = "html"
    BLOCKS = "blocks"
    TEXT = "text"
    DOCX = "docx"


class Group(StrEnum):
    """What the headlines stand under."""

    OUTLET = "outlet"
    DAY = "day"
    STORY = "story"


class Part(StrEnum):
    """What an issue of the newsletter is written as."""

    MD = "md"
    HTML = "html"
    TEXT = "text"
    BLOCKS = "blocks"
    DOCX = "docx"


class Status(StrEnum):
    """How far a post goes; the later includes the earlier."""

    DRAFT = "draft"
    PENDING = "pending"
    PUBLISH = "publish"


class Feed(StrEnum):
    """What the accepted pieces of an event can be fed to other programs as."""

    ATOM = "atom"
    JSON = "json"
    ICS = "ics"
