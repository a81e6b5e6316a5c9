"""A text in stretches, those that a keyword made marked (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from jehona.actions.review import Mark

# Letters before and behind the first mark of what is shown in short.
BEFORE: Final = 80
BEHIND: Final = 180


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some letters of a text."""

    text: str
    # the keywords that stand there: "libër"; "" for none
    terms: str


def stretches(text: str | None, marks: Iterable[Mark]) -> Iterator[Stretch]:
    """The whole text in order; keywords that overlap make one marked stretch."""
    if not text:
        return
    at = 0
    for start, end, terms in _apart(marks, len(text)):
        if at < start:
            yield Stretch(text[at:start], "")
        yield Stretch(text[start:end], ", ".join(dict.fromkeys(terms)))
        at = end
    if at < len(text):
        yield Stretch(text[at:], "")


def _apart(marks: Iterable[Mark], length: int) -> Iterator[tuple[int, int, list[str]]]:
    """Where marks begin and end, without any that overlap."""
    open_: tuple[int, int, list[str]] | None = None
    for mark in sorted(marks, key=lambda one: (one.start, one.end)):
        start, end = mark.start, min(mark.end, length)
        if open_ and start < open_[1]:
            open_ = (open_[0], max(open_[1], end), [*open_[2], mark.term])
            continue
        if open_:
            yield open_
        open_ = (start, end, [mark.term])
    if open_:
        yield open_


def around(text: str, marks: Sequence[Mark]) -> tuple[str, list[Mark]]:
    """Some letters around the first mark on one line, else how the text begins; its marks."""
    first = min((mark.start for mark in marks), default=0)
    start = max(0, first - BEFORE)
    end = min(len(text), first + BEHIND)
    if start:
        # to the next word
        start = text.find(" ", start, first) + 1 or start
    opening, ending = "…" * bool(start), "…" * (end < len(text))
    shown = opening + text[start:end].replace("\n", " ") + ending
    moved = len(opening) - start
    return shown, [
        replace(mark, start=mark.start + moved, end=mark.end + moved)
        for mark in marks
        if start <= mark.start and mark.end <= end
    ]
