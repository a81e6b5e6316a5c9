"""What an action refuses, and what it could not do: the family of `crawler.failure`."""

from __future__ import annotations

from typing import ClassVar

from crawler.failure import Failure


class Wrong(Failure):
    """A wrong use: one line, exit code 2."""

    def shaped(self, sentence: str) -> str:
        """On one line, whatever was typed."""
        return " ".join(sentence.split())


class Unknown(Wrong):
    """A name that nothing of the workspace has: a desk answers 404."""


class NothingDone(Failure):
    """Nothing could be done, by no fault of the person: exit code 1."""

    code: ClassVar[int] = 1


class DoneInPart(Failure):
    """Some of it was done and stays; the line says what is missing. Exit code 3."""

    code: ClassVar[int] = 3
