"""What a person may ask for by name: forms, order, how far a post goes. A view needs no more."""

from __future__ import annotations

from enum import StrEnum


class ReportForm(StrEnum):
    """What a report can be written as."""

    HTML = "html"
    MD = "md"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


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
