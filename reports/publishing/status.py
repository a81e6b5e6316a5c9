"""How far a post goes: a word of its own, so that the command line need not know a post."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far a post goes; the later includes the earlier."""

    DRAFT = "draft"
    PENDING = "pending"
    PUBLISH = "publish"
